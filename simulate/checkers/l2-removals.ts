import { statuses } from '../company';
import type { DeskIssue } from '../desk/desk-issue';
import type { Installation } from '../platform/installation';
import { isBound } from '../truth/governed';
import type { Wanted } from '../truth/wanted';
import type { Checker } from './checker';

const hour = 3_600_000;

/** L2: access that was granted until an instant, and is still there, has a removal that was raised for it. */
export const removals: Checker = {
  name: 'L2',
  atEnd(installation, { site, now }) {
    for (const issue of installation.desk.issues.values()) {
      const wanted = issue.contents.at(-1)?.wanted;
      if (!wanted || issue.contents.length !== 1 || wanted.kind !== 'grant' || !isBound(issue, wanted, site)) continue;
      const proven = provenAt(installation, issue);
      if (proven === undefined || !stillHeld(installation, wanted)) continue;
      const end = endOf(wanted, proven);
      if (end === undefined || end > now - hour / 2) continue;
      if (othersFor(installation, issue, wanted).length === 0)
        return `the access of ${issue.key} ended at ${new Date(end).toISOString()} and nobody raised its removal`;
    }
    return undefined;
  },
};

/** When the issue was resolved through its gate, and it was not opened again: the access counts as given. */
function provenAt({ witness }: Installation, issue: DeskIssue): number | undefined {
  const last = issue.statusChanges.at(-1);
  const excepted = witness.notables.some(({ issueId, what }) => issueId === issue.id && what !== 'asked-anew');
  return last?.to === statuses.resolved && last.gated && !excepted ? last.at : undefined;
}

function endOf({ end, duration }: Wanted, proven: number): number | undefined {
  if (end !== undefined) return Date.parse(end);
  const hours = /^PT(\d+)H$/.exec(duration ?? '')?.[1];
  return hours === undefined ? undefined : proven + Number(hours) * hour;
}

function stillHeld({ directory }: Installation, { entitlement, userId }: Wanted): boolean {
  return entitlement !== undefined && userId !== undefined && directory.hold(entitlement.groupId, userId) === 'direct';
}

/** Other issues about the same access: a removal of it, or a grant that goes on for longer. */
function othersFor({ desk }: Installation, issue: DeskIssue, { userId, entitlement }: Wanted): DeskIssue[] {
  const same = ({ wanted }: DeskIssue['contents'][number]): boolean =>
    wanted.userId === userId && wanted.entitlement?.groupId === entitlement?.groupId;
  // What it asked for once counts: who edits a removal away has been told of it.
  return [...desk.issues.values()].filter((other) => other !== issue && other.contents.some(same));
}
