import { followStatus } from '../approvals/open-approval';
import { changeIssue } from '../issues/change-issue';
import { issueByIdOrKey } from '../issues/find-issue';
import { refuse } from '../refusal';
import type { Site } from '../site-state';
import { statusByName, workflowOf } from './workflow';

/** Bulk move: another status without a transition. No condition, validator or post function; history and event yes. */
export function moveIssue(site: Site, issueKey: string, statusName: string, mover: string): void {
  site.store.transaction(() => {
    const issue = issueByIdOrKey(site, issueKey);
    if (issue === undefined) throw refuse(404, `There is no issue ${issueKey}.`);
    const status = statusByName(workflowOf(site, issue.projectId).statuses, statusName);
    if (status === undefined) throw refuse(400, `There is no status '${statusName}'.`);
    if (status.id === issue.statusId) return;
    followStatus(site, changeIssue(site, issue, { statusId: status.id }, mover), issue.statusId);
  });
}
