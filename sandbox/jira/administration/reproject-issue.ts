import { fieldIds } from '../access-desk';
import { followStatus } from '../approvals/open-approval';
import { changeIssue } from '../issues/change-issue';
import { nextKey } from '../issues/create-issue';
import { findProject } from '../projects';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { Site } from '../site-state';
import { initialTransition, workflowOf } from '../workflow/workflow';

/**
 * Jira's Move to another project: the same issue under a new key, in the first status there. A project without a service
 * desk has no request types: the issue is no customer request any more.
 */
export function reprojectIssue(site: Site, issue: IssueRecord, wanted: string, actor: string): IssueRecord {
  const project = findProject(site, wanted);
  if (project === undefined) throw refuse(404, `There is no project ${wanted}.`);
  if (project.id === issue.projectId) throw refuse(400, `${issue.key} is in ${project.key} already.`);
  const [firstType] = project.issueTypeIds;
  const issueTypeId = project.issueTypeIds.includes(issue.issueTypeId) ? issue.issueTypeId : firstType;
  if (issueTypeId === undefined) throw new Error(`project ${project.key} has no issue types`);
  const after = changeIssue(
    site,
    issue,
    {
      place: { projectId: project.id, key: nextKey(site, project) },
      issueTypeId,
      statusId: initialTransition(workflowOf(site, project.id)).to,
      values: project.projectTypeKey === 'service_desk' ? {} : { [fieldIds.requestType]: null },
    },
    actor,
  );
  followStatus(site, after, issue.statusId);
  return after;
}
