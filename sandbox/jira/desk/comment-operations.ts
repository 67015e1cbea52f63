import { adfFromText } from '../fields/adf';
import { answer, created } from '../http/answers';
import { bodyObject, stringProperty } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { deskPage, listParameter } from '../http/paging';
import { addComment, commentsSeenBy, isPublic, publicMark } from '../issues/comments';
import { visibleRequest } from '../issues/find-issue';
import { isAgent, mayDo } from '../people/permissions';
import type { CommentRecord, IssueRecord } from '../records';
import { refuse } from '../refusal';
import { deskCommentAnswer } from './comment-answers';

const list = '/rest/servicedeskapi/request/{issueIdOrKey}/comment';

export const deskCommentOperations: Operation[] = [
  operation(`GET ${list}`, 'getRequestComments', ['read:servicedesk-request'], (call) => {
    const issue = visibleRequest(call.site, call.actor, param(call, 'issueIdOrKey'));
    const withPublic = call.query.get('public') !== 'false';
    const withInternal = call.query.get('internal') !== 'false';
    const comments = seen(call, issue).filter((comment) => (isPublic(comment) ? withPublic : withInternal));
    const page = deskPage(call, comments, (comment) => shown(call, issue, comment), ['attachment', 'renderedBody']);
    return answer(page.body, page.size);
  }),
  operation(`GET ${list}/{commentId}`, 'getRequestCommentById', ['read:servicedesk-request'], (call) => {
    const issue = visibleRequest(call.site, call.actor, param(call, 'issueIdOrKey'));
    const id = param(call, 'commentId');
    const comment = seen(call, issue).find((candidate) => candidate.id === id);
    if (comment === undefined) throw refuse(404, `The comment with ID ${id} does not exist.`);
    return answer(shown(call, issue, comment));
  }),
  operation(`POST ${list}`, 'createRequestComment', ['write:servicedesk-request'], (call) => {
    const { site, actor } = call;
    const issue = visibleRequest(site, actor, param(call, 'issueIdOrKey'));
    const body = bodyObject(call.body, ['body', 'public']);
    const text = stringProperty(body, 'body');
    if (text.length > 32_767) {
      throw refuse(400, 'The entered text is too long. It exceeds the allowed limit of 32,767 characters.');
    }
    // What a member of the desk leaves unsaid stays inside the desk; customers write public comments only.
    const agent = mayDo(site, actor.accountId, issue.projectId, 'ADD_COMMENTS');
    const isOpen = body['public'] === true || (!agent && body['public'] === undefined);
    if (!agent && !isOpen) throw refuse(403, 'You do not have permission to write internal comments.');
    return created(
      shown(
        call,
        issue,
        addComment(site, issue, actor.accountId, adfFromText(text), { properties: publicMark(isOpen) }),
      ),
    );
  }),
];

function seen({ site, actor }: Call, issue: IssueRecord): CommentRecord[] {
  return commentsSeenBy(site, issue, actor.accountId).filter(
    (comment) => isPublic(comment) || isAgent(site, actor.accountId, issue.projectId),
  );
}

function shown(call: Call, issue: IssueRecord, comment: CommentRecord): Record<string, unknown> {
  const expand = listParameter(call.query, 'expand');
  if (expand.includes('attachment'))
    throw refuse(501, "The sandbox does not model the expansion 'attachment' of a comment.");
  return deskCommentAnswer(call.site, issue, comment, call.actor.accountId, expand.includes('renderedBody'));
}
