import { issueTypes, resolutions } from '../access-desk';
import { priorityAnswer } from '../fields/choice-types';
import { jiraInstant } from '../fields/instants';
import { appAccountId } from '../people/people';
import { knownProject } from '../projects';
import { userAnswer } from '../people/user-answers';
import type { HistoryRecord, IssueRecord } from '../records';
import type { Site } from '../site-state';
import { statusAnswer } from '../workflow/status-answers';

/** Tells the app what happened; call it inside the transaction that made the change. */
export function publishIssueEvent(
  site: Site,
  kind: 'created' | 'updated' | 'deleted',
  issue: IssueRecord,
  actor: string,
  change?: HistoryRecord,
): void {
  site.hooks.publish({
    eventType: `avi:jira:${kind}:issue`,
    issue: { id: issue.id, key: issue.key, fields: eventFields(site, issue) },
    atlassianId: actor,
    selfGenerated: actor === appAccountId,
    ...(change === undefined ? {} : { changelog: { id: change.id, items: change.items.map((item) => ({ ...item })) } }),
  });
}

function eventFields(site: Site, issue: IssueRecord): Record<string, unknown> {
  const project = knownProject(site, issue.projectId);
  const issueType = issueTypes.find((type) => type.id === issue.issueTypeId);
  const resolution = resolutions.find((known) => known.id === issue.resolutionId);
  // Triggers see people as any other account would: hidden addresses stay hidden.
  const user = (accountId: unknown): unknown =>
    typeof accountId === 'string' ? userAnswer(site, accountId, appAccountId) : null;
  return {
    summary: issue.values['summary'],
    project: {
      id: project.id,
      key: project.key,
      name: project.name,
      projectTypeKey: project.projectTypeKey,
      simplified: false,
    },
    issuetype: { id: issueType?.id, name: issueType?.name, subtask: false, hierarchyLevel: 0 },
    status: statusAnswer(site, issue.statusId),
    priority: priorityAnswer(site, (issue.values['priority'] ?? '3') as string),
    resolution: resolution === undefined ? null : { id: resolution.id, name: resolution.name },
    creator: user(issue.creator),
    reporter: user(issue.values['reporter']),
    assignee: user(issue.values['assignee']),
    created: jiraInstant(issue.created),
    updated: jiraInstant(issue.updated),
  };
}
