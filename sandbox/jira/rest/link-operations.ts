import { linkTypes } from '../access-desk';
import { answer, noContent } from '../http/answers';
import { bodyObject, isObject } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { changeIssue } from '../issues/change-issue';
import { addComment } from '../issues/comments';
import { issueByIdOrKey, permittedIssue } from '../issues/find-issue';
import { addLink, linkAnswer, removeLink } from '../issues/links';
import type { ChangeItem, IssueRecord, LinkRecord } from '../records';
import { mayDo } from '../people/permissions';
import { refuse } from '../refusal';
import { row } from '../site-state';
import { readComment } from './read-comment';
import type { SiteResponse } from '../../contracts';

export const linkOperations: Operation[] = [
  operation('POST /rest/api/3/issueLink', 'linkIssues', ['write:jira-work'], linkIssues),
  operation('GET /rest/api/3/issueLink/{linkId}', 'getIssueLink', ['read:jira-work'], (call) =>
    answer(linkAnswer(call.site, foundLink(call))),
  ),
  operation('DELETE /rest/api/3/issueLink/{linkId}', 'deleteIssueLink', ['write:jira-work'], (call) => {
    const { site, actor } = call;
    const link = foundLink(call);
    const inward = permittedIssue(site, actor, link.inward, 'LINK_ISSUES');
    const outward = permittedIssue(site, actor, link.outward, 'LINK_ISSUES');
    removeLink(site, link);
    recordLink(call, link.typeId, inward, outward, 'removed');
    return noContent();
  }),
];

function linkIssues(call: Call): SiteResponse {
  const { site, actor } = call;
  const body = bodyObject(call.body, ['type', 'inwardIssue', 'outwardIssue', 'comment']);
  const wanted = isObject(body['type']) ? body['type'] : {};
  const type = linkTypes.find(
    (known) => known.id === wanted['id'] || known.name.toLowerCase() === String(wanted['name']).toLowerCase(),
  );
  if (type === undefined) throw refuse(404, `No issue link type with name '${String(wanted['name'])}' found.`);
  const inward = end(call, body['inwardIssue']);
  const outward = end(call, body['outwardIssue']);
  if (inward.id === outward.id) throw refuse(400, 'You cannot link an issue to itself.');
  addLink(site, type.id, inward, outward);
  recordLink(call, type.id, inward, outward, 'added');
  if (isObject(body['comment'])) {
    const { body: text, extra } = readComment(site, inward, body['comment']);
    const linked = site.tables.issues.get(row(inward.id));
    if (linked !== undefined) addComment(site, linked, actor.accountId, text, extra);
  }
  return { status: 201, headers: {}, objects: 1 };
}

function end(call: Call, wanted: unknown): IssueRecord {
  const { id, key } = isObject(wanted) ? wanted : {};
  return permittedIssue(call.site, call.actor, String(key ?? id), 'LINK_ISSUES');
}

function foundLink(call: Call): LinkRecord {
  const id = param(call, 'linkId');
  const link = call.site.tables.links.get(row(id));
  const seen = link !== undefined && [link.inward, link.outward].every((issueId) => browses(call, issueId));
  if (!seen) throw refuse(404, `No issue link with id '${id}' exists.`);
  return link;
}

function browses({ site, actor }: Call, issueId: string): boolean {
  const issue = issueByIdOrKey(site, issueId);
  return issue !== undefined && mayDo(site, actor.accountId, issue.projectId, 'BROWSE_PROJECTS');
}

/** Both issues remember the link. The outward issue is the subject: "inward is blocked by outward". */
function recordLink(
  call: Call,
  typeId: string,
  inward: IssueRecord,
  outward: IssueRecord,
  what: 'added' | 'removed',
): void {
  const type = linkTypes.find((known) => known.id === typeId);
  const item = (phrase: string | undefined, other: IssueRecord): ChangeItem => {
    const text = `This issue ${phrase ?? 'relates to'} ${other.key}`;
    return what === 'added'
      ? { field: 'Link', fieldtype: 'jira', from: null, fromString: null, to: other.key, toString: text }
      : { field: 'Link', fieldtype: 'jira', from: other.key, fromString: text, to: null, toString: null };
  };
  changeIssue(call.site, inward, { items: [item(type?.outward, outward)] }, call.actor.accountId);
  changeIssue(call.site, outward, { items: [item(type?.inward, inward)] }, call.actor.accountId);
}
