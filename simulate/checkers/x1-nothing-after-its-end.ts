import { accountOf, governanceOwners, statuses } from '../company';
import { isStored, readingsOf, wantedAt, wordOf } from '../truth/evidence';
import { appAccount } from '../desk/desk';
import { isBound, startedByTheBook } from '../truth/governed';
import type { Checker } from './checker';

const day = 86_400_000;
const hour = 3_600_000;

/** X1: nothing is honoured at or after its end: the approved period, the leave to cancel a removal. */
export const ends: Checker = {
  name: 'X1',
  onGate(seen, installation, { site }) {
    const issue = installation.desk.issues.get(seen.issueId);
    if (!issue || !('allow' in seen.reply) || !seen.reply.allow) return undefined;
    const wanted = wantedAt(issue, seen);
    if (!wanted || !isBound(issue, wanted, site)) return undefined;
    if (seen.gate === 'verification' && wanted.kind !== 'revoke') {
      if (wanted.end !== undefined && seen.appAskedAt >= Date.parse(wanted.end))
        return `${issue.key} was let through at ${new Date(seen.appAskedAt).toISOString()}, after the access ended at ${wanted.end}`;
      if (wanted.start !== undefined && seen.appAskedAt + (seen.endedAt - seen.askedAt) < Date.parse(wanted.start))
        return `${issue.key} was let through before the access begins at ${wanted.start}`;
      const lasts = /^PT(\d+)H$/.exec(wanted.duration ?? '')?.[1];
      const proofs = readingsOf(installation, issue, wanted).filter(
        (told) => wordOf(told, wanted) === 'proves' && isStored(installation, told),
      );
      const started = workBegan(issue);
      const proof = proofs.find((told) => started !== undefined && told.at > started);
      // The first proof that certainly counted: while work was under way, for content that did not change since.
      if (
        lasts &&
        proof &&
        issue.contents.length === 1 &&
        installation.witness.notables.every(({ issueId }) => issueId !== issue.id) &&
        seen.appAskedAt >= proof.appAt + Number(lasts) * hour &&
        // What was cancelled and asked again begins anew.
        issue.statusChanges.every(({ via, from }) => via !== 'move' && from !== statuses.canceled)
      )
        return `${issue.key} was let through more than ${lasts} hours after it was proven first`;
    }
    if (seen.gate === 'cancel' && issue.contents.every((content) => content.wanted.kind === 'revoke')) {
      const leave = installation.witness.notables.filter(
        ({ issueId, what, by }) =>
          issueId === issue.id && what === 'called-off' && governanceOwners.map(accountOf).includes(by),
      );
      const inTime = leave.some(({ appAt }) => seen.appAskedAt < appAt + day + hour / 60);
      // A removal that the app raised for an end is called off by the app itself when the access is extended.
      if (!inTime && startedByTheBook(issue) && issue.creatorId !== appAccount)
        return `the removal ${issue.key} was cancelled without a leave that still holds`;
    }
    return undefined;
  },
};

function workBegan(issue: {
  readonly statusChanges: ReadonlyArray<{ readonly at: number; readonly to: string }>;
}): number | undefined {
  return issue.statusChanges.find(({ to }) => to === '3')?.at;
}
