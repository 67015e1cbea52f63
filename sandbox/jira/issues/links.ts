import { linkTypes } from '../access-desk';
import type { IssueRecord, LinkRecord } from '../records';
import { childPrefix, childRow, nextId, row, type Site } from '../site-state';
import { priorityAnswer } from '../fields/choice-types';
import { statusAnswer } from '../workflow/status-answers';
import { issueTypeAnswer } from './project-answers';

export function linkTypeAnswer(site: Site, typeId: string): Record<string, unknown> {
  const type = linkTypes.find((known) => known.id === typeId);
  if (type === undefined) throw new Error(`no link type ${typeId}`);
  return { ...type, self: `${site.baseUrl()}/rest/api/3/issueLinkType/${type.id}` };
}

/** Stores a link and indexes it under both issues. Call it inside a transaction. */
export function addLink(site: Site, typeId: string, inward: IssueRecord, outward: IssueRecord): LinkRecord {
  const link: LinkRecord = { id: nextId(site, 'link', 10000), typeId, inward: inward.id, outward: outward.id };
  site.tables.links.put(row(link.id), link);
  for (const issueId of [link.inward, link.outward]) {
    site.tables.linkIdsByIssue.put(childRow(issueId, link.id), link.id);
  }
  return link;
}

export function removeLink(site: Site, link: LinkRecord): void {
  site.tables.links.remove(row(link.id));
  for (const issueId of [link.inward, link.outward]) site.tables.linkIdsByIssue.remove(childRow(issueId, link.id));
}

export function linksOf(site: Site, issueId: string): LinkRecord[] {
  return site.tables.linkIdsByIssue.entries({ prefix: childPrefix(issueId) }).flatMap(([, id]) => {
    const link = site.tables.links.get(row(id));
    return link === undefined ? [] : [link];
  });
}

function linkedIssueAnswer(site: Site, issueId: string): Record<string, unknown> | undefined {
  const issue = site.tables.issues.get(row(issueId));
  if (issue === undefined) return undefined;
  return {
    id: issue.id,
    key: issue.key,
    self: `${site.baseUrl()}/rest/api/3/issue/${issue.id}`,
    fields: {
      summary: issue.values['summary'],
      status: statusAnswer(site, issue.statusId),
      priority: priorityAnswer(site, (issue.values['priority'] ?? '3') as string),
      issuetype: issueTypeAnswer(site, issue.issueTypeId),
    },
  };
}

/** A link as an issue's `issuelinks` shows it: with the other end only. Without `from`, with both ends. */
export function linkAnswer(site: Site, link: LinkRecord, from?: string): Record<string, unknown> {
  return {
    id: link.id,
    self: `${site.baseUrl()}/rest/api/3/issueLink/${link.id}`,
    type: linkTypeAnswer(site, link.typeId),
    ...(from === link.inward ? {} : { inwardIssue: linkedIssueAnswer(site, link.inward) }),
    ...(from === link.outward ? {} : { outwardIssue: linkedIssueAnswer(site, link.outward) }),
  };
}
