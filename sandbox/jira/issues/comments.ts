import { inRole, isAgent } from '../people/permissions';
import { personById } from '../people/people';
import type { AdfNode, CommentRecord, IssueRecord } from '../records';
import { childRow, childrenOf, nextId, row, type Site } from '../site-state';

const publicProperty = 'sd.public.comment';

/** Comments of a request are shown to its customers unless marked internal or restricted. */
export function isPublic(comment: CommentRecord): boolean {
  const mark = comment.properties.find((property) => property.key === publicProperty)?.value;
  const internal = typeof mark === 'object' && mark !== null && (mark as { internal?: unknown }).internal === true;
  return !internal && comment.visibility === undefined;
}

export const publicMark = (isOpen: boolean): CommentRecord['properties'] => [
  { key: publicProperty, value: { internal: !isOpen } },
];

function maySee(site: Site, issue: IssueRecord, comment: CommentRecord, reader: string): boolean {
  if (!isPublic(comment) && !isAgent(site, reader, issue.projectId) && comment.author !== reader) return false;
  if (comment.visibility === undefined) return true;
  return comment.visibility.type === 'role'
    ? inRole(site, reader, issue.projectId, comment.visibility.value)
    : personById(site, reader)?.groups.includes(comment.visibility.value) === true;
}

export function commentsSeenBy(site: Site, issue: IssueRecord, reader: string): CommentRecord[] {
  return childrenOf(site.tables.comments, issue.id).filter((comment) => maySee(site, issue, comment, reader));
}

/** Stores a comment and touches the issue. Call it inside a transaction. */
export function addComment(
  site: Site,
  issue: IssueRecord,
  author: string,
  body: AdfNode,
  extra: Pick<CommentRecord, 'visibility' | 'properties'>,
): CommentRecord {
  const now = site.clock.now();
  const comment: CommentRecord = {
    id: nextId(site, 'comment', 10200),
    issueId: issue.id,
    author,
    body,
    created: now,
    updated: now,
    ...extra,
  };
  site.tables.comments.put(childRow(issue.id, comment.id), comment);
  site.tables.issues.put(row(issue.id), { ...issue, updated: now });
  return comment;
}
