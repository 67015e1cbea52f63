import type { Installation } from '../platform/installation';
import { statuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import { isBound } from '../truth/governed';
import { unproven, wantedAt } from '../truth/evidence';
import type { Wanted } from '../truth/wanted';
import type { Checker } from './checker';

const minute = 60_000;

/** X1: what was closed under an exception is open again after its end, unless the target confirms it. */
export const exceptionsEnd: Checker = {
  name: 'X1',
  atEnd(installation, { site, now }) {
    for (const issue of installation.desk.list()) {
      const closing = issue.statusChanges.at(-1);
      if (issue.statusId !== statuses.resolved || !closing?.gated) continue;
      const seen = installation.witness.gates
        .filter((gate) => gate.issueId === issue.id && gate.gate === 'verification' && gate.endedAt <= closing.at)
        .at(-1);
      const wanted = seen && wantedAt(issue, seen);
      if (!seen || !wanted || !isBound(issue, wanted, site)) continue;
      if (unproven(installation, issue, seen) === undefined) continue;
      const ends = installation.witness.notables
        .filter(({ issueId, what, gate }) => issueId === issue.id && what === 'exception' && gate !== 'approval')
        .map(({ until }) => until ?? 0);
      const ended = ends.length > 0 && Math.max(...ends) < now - 15 * minute;
      if (ended && !isSo(installation, issue, wanted))
        return `${issue.key} is still Resolved under an exception that ended, and the target does not confirm it`;
    }
    return undefined;
  },
};

/** What is asked for is so in the target. */
function isSo({ directory }: Installation, _issue: DeskIssue, { kind, entitlement, userId }: Wanted): boolean {
  if (!entitlement || userId === undefined) return false;
  const hold = directory.hold(entitlement.groupId, userId);
  if (kind === 'revoke') return hold === 'none';
  return (
    hold === 'direct' && entitlement.replaces.every((id) => kind !== 'modify' || directory.hold(id, userId) === 'none')
  );
}
