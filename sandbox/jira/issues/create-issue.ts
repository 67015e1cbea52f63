import { defaultPriorityId } from '../access-desk';
import { knownProject } from '../projects';
import type { FieldValues, IssueRecord, ProjectRecord } from '../records';
import { nextId, row, type Site } from '../site-state';
import { initialTransition, workflowOf } from '../workflow/workflow';
import { setProperty } from './properties';
import { publishIssueEvent } from './publish-change';

export interface NewIssue {
  projectId: string;
  issueTypeId: string;
  values: FieldValues;
  /** Absent: the first status of the workflow. */
  statusId?: string;
  /** Issue properties that are there when the event is published. */
  properties?: ReadonlyArray<{ key: string; value: unknown }>;
}

/** The next free key of a project. Call it inside the transaction that uses the key. */
export const nextKey = (site: Site, project: ProjectRecord): string =>
  `${project.key}-${nextId(site, `issue-number:${project.key}`, 1)}`;

/** Creates an issue. Values are parsed already; call it inside a transaction. */
export function createIssue(site: Site, wanted: NewIssue, creator: string): IssueRecord {
  const now = site.clock.now();
  const key = nextKey(site, knownProject(site, wanted.projectId));
  const issue: IssueRecord = {
    id: nextId(site, 'issue', 10001),
    projectId: wanted.projectId,
    key,
    issueTypeId: wanted.issueTypeId,
    statusId: wanted.statusId ?? initialTransition(workflowOf(site, wanted.projectId)).to,
    statusSince: now,
    statusCategorySince: now,
    resolutionId: null,
    resolvedAt: null,
    creator,
    created: now,
    updated: now,
    values: { priority: defaultPriorityId, reporter: creator, ...wanted.values },
  };
  site.tables.issues.put(row(issue.id), issue);
  site.tables.issueIdByKey.put(key, issue.id);
  for (const { key: name, value } of wanted.properties ?? []) setProperty(site, issue.id, name, value);
  publishIssueEvent(site, 'created', issue, creator);
  return issue;
}
