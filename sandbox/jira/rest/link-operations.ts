import { linkTypes } from '../access-desk';
import { answer, noContent } from '../http/answers';
import { bodyObject, isObject } from '../http/body';
import { operation, param, type Call, type Operation } from '../http/operation';
import { addComment } from '../issues/comments';
import { issueByIdOrKey, permittedIssue } from '../issues/find-issue';
import { addLink, linkAnswer, removeLink } from '../issues/links';
import { recordLink } from '../issues/record-link';
import type { IssueRecord, LinkRecord } from '../records';
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
    recordLink(site, { ...link, inward, outward }, 'removed', actor.accountId);
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
  recordLink(site, { typeId: type.id, inward, outward }, 'added', actor.accountId);
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
