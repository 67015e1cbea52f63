import { doneStatuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { Installation } from '../platform/installation';
import type { GateSeen, Told } from './witness';
import type { Wanted } from './wanted';

/** What a reading told about what an issue asks for: the change is made, is not, or nothing is known. */
export type Word = 'proves' | 'contradicts' | 'unknown';

/** Reads a target's answer as people would. Written apart from the app's own judgement. */
export function wordOf(told: Told, wanted: Wanted): Word {
  const { hold, account, replaced } = told.seen;
  if (hold === 'unknown') return 'unknown';
  if (wanted.kind === 'revoke') return hold === 'none' ? 'proves' : 'contradicts';
  if (hold !== 'direct' || account === 'inactive' || account === 'gone') return 'contradicts';
  if (wanted.kind === 'modify') {
    const old = (wanted.entitlement?.replaces ?? []).map((id) => replaced[id] ?? 'unknown');
    if (old.some((hold) => hold === 'unknown')) return 'unknown';
    if (old.some((hold) => hold !== 'none')) return 'contradicts';
  }
  return 'proves';
}

/** When the issue last left a done status: evidence from before does not count any more. */
export function reopenedAt(issue: DeskIssue, before: number): number {
  const reopenings = issue.statusChanges.filter(
    ({ at, from, to }) => at < before && doneStatuses.includes(from) && !doneStatuses.includes(to),
  );
  return reopenings.at(-1)?.at ?? 0;
}

/** What the issue asked for when the gate read it. */
export function wantedAt(issue: DeskIssue, seen: GateSeen): Wanted | undefined {
  return issue.contents.filter(({ wanted }) => wanted.key === seen.wantedAtRead).at(-1)?.wanted;
}

/** Readings for this issue of exactly this access, oldest first. */
export function readingsOf(installation: Installation, issue: DeskIssue, wanted: Wanted): Told[] {
  return installation.witness.told.filter(
    ({ issueId, expectation }) =>
      issueId === issue.id &&
      expectation.changeKind === wanted.kind &&
      expectation.account.id === wanted.userId &&
      expectation.entitlement.id === wanted.entitlement?.groupId,
  );
}

/** The app has stored the reading: what was told to an invocation that died it cannot know. */
export function isStored(installation: Installation, told: Told): boolean {
  const at = told.seen.at;
  return installation.rows.all('reading').some((row) => row['aggregate'] === told.issueId && row['at'] === at);
}

/** Why the readings do not prove what is asked at this gate, or undefined when they do. */
export function unproven(installation: Installation, issue: DeskIssue, seen: GateSeen): string | undefined {
  const wanted = wantedAt(issue, seen);
  if (!wanted?.entitlement || wanted.userId === undefined) return 'what is asked for names nothing that exists';
  const readings = readingsOf(installation, issue, wanted);
  const definite = readings.filter((told) => wordOf(told, wanted) !== 'unknown');
  const proof = definite.filter((told) => wordOf(told, wanted) === 'proves').at(-1);
  if (!proof) return 'no reading ever proved it';
  const after = definite.filter((told) => told.at > proof.at && told.at < seen.askedAt);
  const against = after.find((told) => isStored(installation, told));
  if (against) return `a newer reading (${new Date(against.at).toISOString()}) contradicts it`;
  // A clock that was wrong for a while may have dated an earlier proof later: the app has no other clock to go by.
  const broken = definite.filter((told) => wordOf(told, wanted) === 'contradicts').at(-1)?.at ?? 0;
  const proofs = definite.filter((told) => wordOf(told, wanted) === 'proves' && told.at > broken);
  const youngest = Math.max(...proofs.map(({ appAt }) => appAt), proof.appAt);
  if (seen.appAskedAt >= youngest + wanted.entitlement.evidenceMaxAgeMs)
    return `the proof of ${new Date(proof.appAt).toISOString()} was too old`;
  const first = issue.contents.find((content) => content.wanted.key === wanted.key)?.from ?? 0;
  if (proof.at < first) return 'the proof is older than what is asked for';
  const reopened = reopenedAt(issue, seen.askedAt);
  if (proof.at < reopened) return `the proof is older than the reopening of ${new Date(reopened).toISOString()}`;
  return undefined;
}
