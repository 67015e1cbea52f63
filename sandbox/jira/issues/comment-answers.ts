import { jiraInstant } from '../fields/instants';
import { userAnswer } from '../people/user-answers';
import { mayDo } from '../people/permissions';
import type { CommentRecord, IssueRecord } from '../records';
import type { Site } from '../site-state';
import { commentsSeenBy, isPublic } from './comments';
import { tiesTo } from './find-issue';

/** A comment as the platform shows it; `withProperties` is `expand=properties`. */
export function commentAnswer(
  site: Site,
  issue: IssueRecord,
  comment: CommentRecord,
  reader: string,
  withProperties = false,
): Record<string, unknown> {
  const author = userAnswer(site, comment.author, reader);
  return {
    self: `${site.baseUrl()}/rest/api/3/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author,
    body: comment.body,
    updateAuthor: author,
    created: jiraInstant(comment.created),
    updated: jiraInstant(comment.updated),
    ...(comment.visibility === undefined ? {} : { visibility: comment.visibility }),
    jsdPublic: isPublic(comment),
    jsdAuthorCanSeeRequest:
      mayDo(site, comment.author, issue.projectId, 'BROWSE_PROJECTS') || tiesTo(site, comment.author, issue).size > 0,
    ...(withProperties ? { properties: comment.properties } : {}),
  };
}

/** The `comment` field of an issue. */
export function commentPage(site: Site, issue: IssueRecord, reader: string): Record<string, unknown> {
  const comments = commentsSeenBy(site, issue, reader);
  return {
    comments: comments.map((comment) => commentAnswer(site, issue, comment, reader)),
    self: `${site.baseUrl()}/rest/api/3/issue/${issue.id}/comment`,
    maxResults: comments.length,
    total: comments.length,
    startAt: 0,
  };
}
