import { answer, created, noContent } from '../http/answers';
import { bodyObject } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { listParameter, platformWindow } from '../http/paging';
import { commentAnswer } from '../issues/comment-answers';
import { addComment, commentsSeenBy } from '../issues/comments';
import { browsableIssue } from '../issues/find-issue';
import { mayDo } from '../people/permissions';
import type { CommentRecord, IssueRecord } from '../records';
import { refuse } from '../refusal';
import { childRow } from '../site-state';
import { readComment } from './read-comment';

const list = '/rest/api/3/issue/{issueIdOrKey}/comment';
const one = `${list}/{id}` as const;

export const commentOperations: Operation[] = [
  operation(`GET ${list}`, 'getComments', ['read:jira-work'], (call) => {
    const { site, actor } = call;
    const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
    const comments = commentsSeenBy(site, issue, actor.accountId);
    const order = call.query.get('orderBy') ?? 'created';
    if (!['created', '+created', '-created'].includes(order))
      throw refuse(400, `Comments cannot be ordered by '${order}'.`);
    if (order === '-created') comments.reverse();
    const { startAt, maxResults, total, values } = platformWindow(call, comments, 50, 5000);
    return answer(
      { startAt, maxResults, total, comments: values.map((comment) => shown(call, issue, comment)) },
      values.length,
    );
  }),
  operation(`POST ${list}`, 'addComment', ['write:jira-work'], (call) => {
    const { site, actor } = call;
    const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
    if (!mayDo(site, actor.accountId, issue.projectId, 'ADD_COMMENTS')) {
      throw refuse(400, 'You do not have the permission to comment on this issue.');
    }
    const { body, extra } = readComment(
      site,
      issue,
      bodyObject(call.body, ['body', 'visibility', 'properties', 'jsdPublic']),
    );
    return created(shown(call, issue, addComment(site, issue, actor.accountId, body, extra)));
  }),
  operation(`GET ${one}`, 'getComment', ['read:jira-work'], (call) => {
    const { issue, comment } = found(call);
    return answer(shown(call, issue, comment));
  }),
  operation(`DELETE ${one}`, 'deleteComment', ['write:jira-work'], (call) => {
    const { issue, comment } = found(call);
    if (
      comment.author !== call.actor.accountId &&
      !mayDo(call.site, call.actor.accountId, issue.projectId, 'ADMINISTER_PROJECTS')
    ) {
      throw refuse(400, 'You do not have the permission to delete this comment.');
    }
    call.site.tables.comments.remove(childRow(issue.id, comment.id));
    return noContent();
  }),
];

function found(call: Call): { issue: IssueRecord; comment: CommentRecord } {
  const { site, actor } = call;
  const issue = browsableIssue(site, actor, param(call, 'issueIdOrKey'));
  const id = param(call, 'id');
  const comment = commentsSeenBy(site, issue, actor.accountId).find((candidate) => candidate.id === id);
  if (comment === undefined) throw refuse(404, `Can not find a comment for the id: ${id}.`);
  return { issue, comment };
}

function shown(call: Call, issue: IssueRecord, comment: CommentRecord): Record<string, unknown> {
  const withProperties = listParameter(call.query, 'expand').includes('properties');
  return commentAnswer(call.site, issue, comment, call.actor.accountId, withProperties);
}
