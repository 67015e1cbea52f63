import { deskInstant } from '../fields/instants';
import { deskUserAnswer } from '../people/user-answers';
import type { ApprovalRecord } from '../records';
import type { Site } from '../site-state';
import { isOpen } from './open-approval';

export function canAnswer(approval: ApprovalRecord, accountId: string): boolean {
  return (
    isOpen(approval) &&
    approval.approvers.some((approver) => approver.accountId === accountId && approver.decision === 'pending')
  );
}

/** An approval as servicedeskapi and the approvals field show it to `reader`. */
export function approvalAnswer(site: Site, approval: ApprovalRecord, reader: string): Record<string, unknown> {
  const now = site.clock.now();
  return {
    id: approval.id,
    name: approval.name,
    finalDecision: approval.finalDecision,
    canAnswerApproval: canAnswer(approval, reader),
    approvers: approval.approvers.map(({ accountId, decision }) => ({
      approver: deskUserAnswer(site, accountId, reader),
      approverDecision: decision,
    })),
    createdDate: deskInstant(approval.created, now),
    ...(approval.completed === undefined ? {} : { completedDate: deskInstant(approval.completed, now) }),
    _links: { self: `${site.baseUrl()}/rest/servicedeskapi/request/${approval.issueId}/approval/${approval.id}` },
  };
}
