import { issueByIdOrKey } from '../issues/find-issue';
import { knownPerson } from '../people/people';
import type { ApprovalRecord, Decision, IssueRecord, PersonRecord } from '../records';
import { refuse } from '../refusal';
import { childRow, type Site } from '../site-state';
import { applyTransition } from '../workflow/apply-transition';
import type { ApprovalConfiguration, TransitionDefinition } from '../workflow/definition';
import { runValidators } from '../workflow/run-validators';
import { transitionById, workflowOf } from '../workflow/workflow';
import { isOpen, saveApproval } from './open-approval';

/**
 * A person answers an approval that names them. The answer that settles it fires Approve or Decline as that person,
 * whatever the person's own permissions are. App validators stay out of it unless the faults ask for them.
 */
export async function answerApproval(
  site: Site,
  issue: IssueRecord,
  approvalId: string,
  actor: PersonRecord,
  decision: 'approve' | 'decline',
): Promise<ApprovalRecord> {
  const settled = withAnswer(site, issue, approvalId, actor, decision);
  const exit = exitOf(site, issue, settled);
  const denied =
    exit !== undefined && site.faults().validatorsOnApproval === true
      ? (await runValidators(site, issue, knownPerson(site, actor.accountId), exit, {})).length > 0
      : false;
  return site.store.transaction(() => {
    const now = issueByIdOrKey(site, issue.id);
    if (now === undefined) throw refuse(404, 'The request does not exist any more.');
    const answered = withAnswer(site, now, approvalId, actor, decision);
    saveApproval(site, answered);
    const transition = exitOf(site, now, answered);
    // A denied exit leaves an answered approval in its status: it cannot be asked again.
    if (transition !== undefined && !denied) applyTransition(site, now, transition, actor.accountId);
    return answered;
  });
}

function withAnswer(
  site: Site,
  issue: IssueRecord,
  approvalId: string,
  actor: PersonRecord,
  decision: 'approve' | 'decline',
): ApprovalRecord {
  const approval = approvalById(site, issue, approvalId);
  const own = approval.approvers.find((approver) => approver.accountId === actor.accountId);
  if (own === undefined) throw refuse(403, 'You must be assigned to the approval to answer it.');
  if (!isOpen(approval) || own.decision !== 'pending') throw refuse(409, 'The approval has already been answered.');
  const configuration = workflowOf(site, issue.projectId).approvals[approval.statusId];
  if (configuration === undefined) throw refuse(409, 'The status has no approval any more.');
  const answer: Decision = decision === 'approve' ? 'approved' : 'declined';
  const approvers = approval.approvers.map((approver) => (approver === own ? { ...own, decision: answer } : approver));
  const finalDecision = settle(approvers, configuration);
  return {
    ...approval,
    approvers,
    finalDecision,
    ...(finalDecision === 'pending' ? {} : { completed: site.clock.now() }),
  };
}

export function approvalById(site: Site, issue: IssueRecord, approvalId: string): ApprovalRecord {
  const approval = site.tables.approvals.get(childRow(issue.id, approvalId));
  if (approval === undefined) throw refuse(404, `The approval with ID '${approvalId}' does not exist.`);
  return approval;
}

/** One decline declines. Approved is a number of approvers, or a share of them. */
function settle(approvers: ApprovalRecord['approvers'], configuration: ApprovalConfiguration): Decision {
  if (approvers.some((approver) => approver.decision === 'declined')) return 'declined';
  const approved = approvers.filter((approver) => approver.decision === 'approved').length;
  const needed =
    configuration.conditionType === 'percent'
      ? Math.ceil((approvers.length * configuration.conditionValue) / 100)
      : Math.min(configuration.conditionValue, approvers.length);
  return approved >= needed ? 'approved' : 'pending';
}

function exitOf(site: Site, issue: IssueRecord, approval: ApprovalRecord): TransitionDefinition | undefined {
  if (approval.finalDecision === 'pending') return undefined;
  const workflow = workflowOf(site, issue.projectId);
  const configuration = workflow.approvals[approval.statusId];
  if (configuration === undefined) return undefined;
  return transitionById(
    workflow,
    approval.finalDecision === 'approved' ? configuration.transitionApproved : configuration.transitionRejected,
  );
}
