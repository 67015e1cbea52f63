import { accountOf, directoryPeople, statuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { Installation } from '../platform/installation';
import { withinApproved, type Wanted } from './wanted';

const day = 86_400_000;

/** A decision as it was really given. */
interface Given {
  readonly accountId: string;
  readonly decision: 'approve' | 'decline';
  readonly at: number;
  readonly wanted: string;
  readonly sure: boolean;
}

/** One thing that the company's rules demand: so many of these people. */
interface Demand {
  readonly who: readonly string[];
  readonly count: number;
}

/** Why the approvals that were really given do not carry what is asked, or undefined when they do. */
export function unapproved(
  installation: Installation,
  issue: DeskIssue,
  wanted: Wanted,
  at: number,
): string | undefined {
  const demands = demandsOf(installation, issue, wanted, at);
  if (demands.length === 0) return undefined;
  const since = countsSince(installation, issue);
  const given = decisionsOf(installation, issue).filter((g) => g.at >= since && withinApproved(g.wanted, wanted.key));
  const excluded = [issue.reporterId, issue.creatorId, ...wanted.beneficiaryIds];
  const spent = new Set<string>();
  for (const { who, count } of demands) {
    const counted = who.filter(
      (accountId) =>
        !spent.has(accountId) &&
        !excluded.includes(accountId) &&
        installation.desk.active.get(accountId) === true &&
        given.some((g) => g.accountId === accountId && g.decision === 'approve'),
    );
    if (counted.length < count) {
      const names = who.map((id) => id.slice(-3)).join(', ');
      return `${count} of (${names}) must have approved exactly this, ${counted.length} did`;
    }
    for (const accountId of counted.slice(0, count)) spent.add(accountId);
  }
  return undefined;
}

/**
 * What the rules of prepare.ts demand at least. Where a person who would be asked is part of the request or was ever
 * switched off, the governance owner may stand in; what cannot be demanded of anybody is not demanded here.
 */
function demandsOf(installation: Installation, issue: DeskIssue, wanted: Wanted, at: number): readonly Demand[] {
  if (wanted.kind === 'revoke' || !wanted.entitlement) return [];
  const holder = directoryPeople.find((person) => person.id === wanted.userId);
  const manager = directoryPeople.find((person) => person.id === holder?.managerId)?.accountId;
  const gus = accountOf('gus');
  const excluded = [issue.reporterId, issue.creatorId, ...wanted.beneficiaryIds];
  const able = (accountId: string | undefined): accountId is string =>
    accountId !== undefined && !excluded.includes(accountId) && !installation.desk.onceInactive.has(accountId);
  const stage = (...sources: Array<string | undefined>): Demand => {
    const own = [...new Set(sources.filter(able))];
    // Who answers for a service account may be changed without changing what is asked for.
    const certain = holder?.kind === 'person' && own.length === new Set(sources).size && own.length === sources.length;
    const who = certain ? own : [...new Set([...sources, gus])].filter((id): id is string => id !== undefined);
    const count = certain ? own.length : Math.max(1, Math.min(sources.length, who.filter(able).length));
    return { who, count };
  };
  switch (wanted.entitlement.risk) {
    case 'standard':
      return holder?.department === 'finance' ? [] : [stage(manager)];
    case 'sensitive': {
      const long =
        wanted.duration === undefined && (wanted.end === undefined || Date.parse(wanted.end) - at > 91 * day);
      if (!long) return [stage(manager)];
      // The owner may be the manager already; a person counts once, so somebody else stands in.
      const owner = accountOf('olga');
      return [stage(manager), manager === owner || !able(manager) ? { who: [owner, gus], count: 1 } : stage(owner)];
    }
    case 'privileged':
      return [stage(manager, accountOf('pam'))];
  }
}

/** Decisions count from when the request was last reopened after a decline or a cancellation, or asked anew. */
function countsSince(installation: Installation, issue: DeskIssue): number {
  const { canceled, declined, resolved } = statuses;
  const reopened = issue.statusChanges.filter(
    ({ from, to }, index) =>
      (from === canceled || from === declined) &&
      to !== canceled &&
      to !== declined &&
      // What was closed already and is only shown elsewhere was neither declined nor given up by that.
      issue.statusChanges[index - 1]?.from !== resolved,
  );
  const anew = installation.witness.notables.filter(
    ({ issueId, what, sure }) => issueId === issue.id && what === 'asked-anew' && sure,
  );
  return Math.max(0, ...reopened.map(({ at }) => at), ...anew.map(({ at }) => at));
}

/** All decisions that were given for an issue, wherever. */
function decisionsOf(installation: Installation, issue: DeskIssue): Given[] {
  // An answer that comes after the approval's time was over does not count.
  const since = countsSince(installation, issue);
  const portal = issue.answers
    .filter(({ at, asked }) => at < Math.max(asked, since) + 30 * day)
    .map(({ accountId, decision, at, wanted }): Given => ({ accountId, decision, at, wanted, sure: true }));
  const panel = installation.witness.panel
    .filter((attempt) => attempt.issueId === issue.id && attempt.outcome !== 'refused')
    .map(({ accountId, decision, at, wanted, outcome }): Given => ({
      accountId,
      decision,
      at,
      wanted,
      sure: outcome === 'recorded',
    }));
  return [...portal, ...panel].sort((a, b) => a.at - b.at);
}

/** Somebody who is asked and whose last word on exactly this was no. */
export function declinedBy(
  installation: Installation,
  issue: DeskIssue,
  wanted: Wanted,
  at: number,
): string | undefined {
  const since = countsSince(installation, issue);
  const people = demandsOf(installation, issue, wanted, at).flatMap(({ who }) => who);
  const given = decisionsOf(installation, issue).filter((g) => g.sure && g.at >= since && g.wanted === wanted.key);
  return people.find((accountId) => given.filter((g) => g.accountId === accountId).at(-1)?.decision === 'decline');
}
