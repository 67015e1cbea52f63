import { defaultPriorityId, project } from '../access-desk';
import type { FieldValues, IssueRecord } from '../records';
import { nextId, row, type Site } from '../site-state';
import { initialTransition, workflowOf } from '../workflow/workflow';
import { publishIssueEvent } from './publish-change';

/** Creates an issue in the workflow's first status. Values are parsed already; call it inside a transaction. */
export function createIssue(site: Site, issueTypeId: string, values: FieldValues, creator: string): IssueRecord {
  const now = site.clock.now();
  const key = `${project.key}-${nextId(site, 'issue-number', 1)}`;
  const issue: IssueRecord = {
    id: nextId(site, 'issue', 10001),
    key,
    issueTypeId,
    statusId: initialTransition(workflowOf(site)).to,
    statusSince: now,
    statusCategorySince: now,
    resolutionId: null,
    resolvedAt: null,
    creator,
    created: now,
    updated: now,
    values: { priority: defaultPriorityId, reporter: creator, ...values },
  };
  site.tables.issues.put(row(issue.id), issue);
  site.tables.issueIdByKey.put(key, issue.id);
  publishIssueEvent(site, 'created', issue, creator);
  return issue;
}
