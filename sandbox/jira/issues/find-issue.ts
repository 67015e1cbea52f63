import { fieldIds } from '../access-desk';
import { mayDo } from '../people/permissions';
import type { IssueRecord, PersonRecord } from '../records';
import { issueNotVisible, refuse } from '../refusal';
import { childrenOf, row, type Site } from '../site-state';

/** An issue that is there for everybody: an archived one answers as one that does not exist. */
export function issueByIdOrKey(site: Site, idOrKey: string): IssueRecord | undefined {
  const issue = storedIssue(site, idOrKey);
  return issue?.archived === undefined ? issue : undefined;
}

/** Also finds what is archived: only an administrator's tools reach that. */
export function storedIssue(site: Site, idOrKey: string): IssueRecord | undefined {
  const id = /^\d+$/.test(idOrKey) ? idOrKey : site.tables.issueIdByKey.get(idOrKey.toUpperCase());
  return id === undefined ? undefined : site.tables.issues.get(row(id));
}

/** The issue, for someone who may browse the project; everyone else learns nothing. */
export function browsableIssue(site: Site, actor: PersonRecord, idOrKey: string): IssueRecord {
  const issue = issueByIdOrKey(site, idOrKey);
  if (issue === undefined || !mayDo(site, actor.accountId, issue.projectId, 'BROWSE_PROJECTS')) throw issueNotVisible();
  return issue;
}

/** The issue, for someone who may browse the project and do one thing more. */
export function permittedIssue(site: Site, actor: PersonRecord, idOrKey: string, permission: string): IssueRecord {
  const issue = browsableIssue(site, actor, idOrKey);
  if (!mayDo(site, actor.accountId, issue.projectId, permission)) {
    throw refuse(403, `You do not have the permission ${permission} for issue ${issue.key}.`);
  }
  return issue;
}

export type Tie = 'reporter' | 'participant' | 'approver';

/** How a portal customer is tied to a request; ties are what let customers see it. */
export function tiesTo(site: Site, accountId: string, issue: IssueRecord): Set<Tie> {
  const ties = new Set<Tie>();
  if (issue.values['reporter'] === accountId) ties.add('reporter');
  const participants = (issue.values[fieldIds.participants] ?? []) as string[];
  if (participants.includes(accountId)) ties.add('participant');
  const asked = childrenOf(site.tables.approvals, issue.id).some((approval) =>
    approval.approvers.some((approver) => approver.accountId === accountId),
  );
  if (asked) ties.add('approver');
  return ties;
}

/** A customer request as servicedeskapi finds it: an issue that has a request type. */
export function visibleRequest(site: Site, actor: PersonRecord, idOrKey: string): IssueRecord {
  const issue = issueByIdOrKey(site, idOrKey);
  if (
    issue === undefined ||
    typeof issue.values[fieldIds.requestType] !== 'string' ||
    !(mayDo(site, actor.accountId, issue.projectId, 'BROWSE_PROJECTS') || tiesTo(site, actor.accountId, issue).size > 0)
  ) {
    throw refuse(404, 'The request you are looking for does not exist or you do not have permission to see it.');
  }
  return issue;
}
