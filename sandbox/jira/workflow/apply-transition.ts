import { followStatus } from '../approvals/open-approval';
import { changeIssue } from '../issues/change-issue';
import type { FieldValues, IssueRecord } from '../records';
import type { Site } from '../site-state';
import type { TransitionDefinition } from './definition';

/**
 * The change itself, after everything has agreed: fields of the screen, status and post functions in one history entry
 * and one event. Call it inside a transaction.
 */
export function applyTransition(
  site: Site,
  issue: IssueRecord,
  transition: TransitionDefinition,
  actor: string,
  screen: { values: FieldValues; resolutionId?: string | undefined } = { values: {} },
): IssueRecord {
  const after = changeIssue(
    site,
    issue,
    {
      values: screen.values,
      statusId: transition.to,
      resolutionId: screen.resolutionId ?? transition.resolution,
    },
    actor,
  );
  followStatus(site, after, issue.statusId);
  return after;
}
