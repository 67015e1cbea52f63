import { adfFromText } from '../fields/adf';
import { answer, noContent } from '../http/answers';
import { bodyObject, isObject, stringProperty } from '../http/body';
import { operation, param, steppedOperation, type Operation } from '../http/operation';
import { deskPage } from '../http/paging';
import { addComment, publicMark } from '../issues/comments';
import { visibleRequest } from '../issues/find-issue';
import { isAgent } from '../people/permissions';
import { refuse } from '../refusal';
import { availableTransitions } from '../workflow/available-transitions';
import { transitionIssue } from '../workflow/transition-issue';

const path = '/rest/servicedeskapi/request/{issueIdOrKey}/transition';

/** The workflow shows no transition to customers on the portal; agents get theirs, with every rule of the workflow. */
export const deskTransitionOperations: Operation[] = [
  operation(`GET ${path}`, 'getCustomerTransitions', ['read:servicedesk-request'], (call) => {
    const { site, actor } = call;
    const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
    const offered = isAgent(site, actor.accountId, issue.projectId) ? availableTransitions(site, issue, actor) : [];
    const page = deskPage(call, offered, ({ id, name }) => ({ id, name }));
    return answer(page.body, page.size);
  }),
  steppedOperation(`POST ${path}`, 'performCustomerTransition', ['write:servicedesk-request'], async (call) => {
    const { site, actor } = call;
    const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
    if (!isAgent(site, actor.accountId, issue.projectId))
      throw refuse(403, 'You do not have permission to transition this request.');
    const body = bodyObject(call.body, ['id', 'additionalComment']);
    const comment = isObject(body['additionalComment']) ? stringProperty(body['additionalComment'], 'body') : undefined;
    await transitionIssue(site, issue, actor, stringProperty(body, 'id'), {}, (changed) => {
      if (comment === undefined) return;
      addComment(site, changed, actor.accountId, adfFromText(comment), { properties: publicMark(true) });
    });
    return noContent();
  }),
];
