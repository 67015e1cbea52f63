import { approvalAnswer } from '../approvals/approval-answers';
import { answerApproval, approvalById } from '../approvals/answer-approval';
import { approvalsOf } from '../approvals/open-approval';
import { answer } from '../http/answers';
import { bodyObject } from '../http/body';
import { operation, param, steppedOperation, type Operation } from '../http/operation';
import { deskPage } from '../http/paging';
import { visibleRequest } from '../issues/find-issue';
import { refuse } from '../refusal';

const list = '/rest/servicedeskapi/request/{issueIdOrKey}/approval';
const one = `${list}/{approvalId}` as const;

export const approvalOperations: Operation[] = [
  operation(`GET ${list}`, 'getApprovals', ['read:servicedesk-request'], (call) => {
    const { site, actor } = call;
    const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
    const page = deskPage(call, approvalsOf(site, issue.id), (approval) =>
      approvalAnswer(site, approval, actor.accountId),
    );
    return answer(page.body, page.size);
  }),
  operation(`GET ${one}`, 'getApprovalById', ['read:servicedesk-request'], (call) => {
    const { site, actor } = call;
    const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
    return answer(approvalAnswer(site, approvalById(site, issue, param(call, 'approvalId')), actor.accountId));
  }),
  steppedOperation(`POST ${one}`, 'answerApproval', ['write:servicedesk-request'], async (call) => {
    const { site, actor } = call;
    const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
    const { decision } = bodyObject(call.body, ['decision']);
    if (decision !== 'approve' && decision !== 'decline') {
      throw refuse(400, "The decision must be either 'approve' or 'decline'.");
    }
    const approval = await answerApproval(site, issue, param(call, 'approvalId'), actor, decision);
    return answer(approvalAnswer(site, approval, actor.accountId));
  }),
];
