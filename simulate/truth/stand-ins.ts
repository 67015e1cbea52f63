import { accountOf, governanceOwners } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { Installation } from '../platform/installation';
import { reopenedAt } from './evidence';
import type { GateSeen, Notable } from './witness';

const emergencyLasts = 4 * 3_600_000;

/** Whether somebody who may has put something in the place of what a gate asks for, and it has not ended. */
export function standsIn(
  installation: Installation,
  issue: DeskIssue,
  seen: GateSeen,
  gate: 'approval' | 'verification',
): boolean {
  const own = installation.witness.notables.filter(({ issueId, at }) => issueId === issue.id && at <= seen.endedAt);
  return own.some(
    (notable) =>
      (isException(issue, notable, gate) &&
        notable.wanted === seen.wantedAtRead &&
        notable.at >= reopenedAt(issue, seen.askedAt) &&
        !own.some((later) => later.what === 'exception-ended' && later.sure && later.at > notable.at) &&
        seen.appAskedAt < (notable.until ?? 0)) ||
      (gate === 'approval' && isEmergency(issue, notable, own) && seen.appAskedAt < notable.appAt + emergencyLasts),
  );
}

/** An override by a governance owner who has no part in the request. */
function isException(issue: DeskIssue, { what, by, gate }: Notable, wanted: 'approval' | 'verification'): boolean {
  return (
    what === 'exception' &&
    (gate ?? wanted) === wanted &&
    governanceOwners.map(accountOf).includes(by) &&
    !hasPart(issue, by)
  );
}

function isEmergency(issue: DeskIssue, notable: Notable, all: readonly Notable[]): boolean {
  const rejected = all.some((later) => later.what === 'emergency-rejected' && later.sure && later.at > notable.at);
  return notable.what === 'emergency' && !rejected && !hasPart(issue, notable.by);
}

function hasPart(issue: DeskIssue, accountId: string): boolean {
  const beneficiaries = issue.contents.at(-1)?.wanted.beneficiaryIds ?? [];
  return accountId === issue.reporterId || beneficiaries.includes(accountId);
}

/** Exceptions of the verification gate that were in force at an instant of the app's clock, give or take a minute. */
export function exceptedAt(installation: Installation, issue: DeskIssue, appMs: number): boolean {
  return installation.witness.notables.some(
    ({ issueId, what, gate, appAt, until }) =>
      issueId === issue.id &&
      what === 'exception' &&
      gate !== 'approval' &&
      appMs >= appAt - 360_000 &&
      appMs < (until ?? 0) + 360_000,
  );
}
