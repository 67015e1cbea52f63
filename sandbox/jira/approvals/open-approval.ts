import type { ApprovalRecord, IssueRecord } from '../records';
import { childRow, childrenOf, nextId, type Site } from '../site-state';
import { workflowOf } from '../workflow/workflow';

export function approvalsOf(site: Site, issueId: string): ApprovalRecord[] {
  return childrenOf(site.tables.approvals, issueId);
}

export const isOpen = (approval: ApprovalRecord): boolean =>
  approval.finalDecision === 'pending' && approval.completed === undefined;

export function openApproval(site: Site, issueId: string): ApprovalRecord | undefined {
  return approvalsOf(site, issueId).find(isOpen);
}

export function saveApproval(site: Site, approval: ApprovalRecord): void {
  site.tables.approvals.put(childRow(approval.issueId, approval.id), approval);
}

/**
 * Keeps approvals in step with the status, however the issue got there: leaving ends a pending approval without a
 * decision, entering opens a new one for the people whom the approvers field names at that moment.
 */
export function followStatus(site: Site, issue: IssueRecord, previousStatusId: string): void {
  if (issue.statusId === previousStatusId) return;
  const now = site.clock.now();
  const pending = openApproval(site, issue.id);
  if (pending !== undefined) saveApproval(site, { ...pending, completed: now });
  const configuration = workflowOf(site, issue.projectId).approvals[issue.statusId];
  if (configuration === undefined) return;
  saveApproval(site, {
    id: nextId(site, 'approval', 1),
    issueId: issue.id,
    name: configuration.name,
    statusId: issue.statusId,
    finalDecision: 'pending',
    approvers: namedApprovers(issue, configuration.fieldId).map((accountId) => ({ accountId, decision: 'pending' })),
    created: now,
  });
}

/** While an approval is pending, editing the approvers field changes who may decide; given answers stay. */
export function syncApprovers(site: Site, issue: IssueRecord): void {
  const pending = openApproval(site, issue.id);
  const configuration = workflowOf(site, issue.projectId).approvals[issue.statusId];
  if (pending === undefined || configuration === undefined) return;
  saveApproval(site, {
    ...pending,
    approvers: namedApprovers(issue, configuration.fieldId).map(
      (accountId) =>
        pending.approvers.find((known) => known.accountId === accountId) ?? { accountId, decision: 'pending' },
    ),
  });
}

function namedApprovers(issue: IssueRecord, fieldId: string): string[] {
  return (issue.values[fieldId] ?? []) as string[];
}
