import { textFromAdf } from '../fields/adf';
import { deskInstant } from '../fields/instants';
import { paragraphHtml } from '../fields/text-types';
import { isPublic } from '../issues/comments';
import { deskUserAnswer } from '../people/user-answers';
import type { CommentRecord, IssueRecord } from '../records';
import type { Site } from '../site-state';

/** A comment as servicedeskapi shows it: plain text, public or not. */
export function deskCommentAnswer(
  site: Site,
  issue: IssueRecord,
  comment: CommentRecord,
  reader: string,
  rendered: boolean,
): Record<string, unknown> {
  return {
    _expands: ['attachment', 'renderedBody'],
    id: comment.id,
    body: textFromAdf(comment.body),
    ...(rendered ? { renderedBody: { html: paragraphHtml(comment.body) } } : {}),
    public: isPublic(comment),
    author: deskUserAnswer(site, comment.author, reader),
    created: deskInstant(comment.created, site.clock.now()),
    _links: { self: `${site.baseUrl()}/rest/servicedeskapi/request/${issue.id}/comment/${comment.id}` },
  };
}
