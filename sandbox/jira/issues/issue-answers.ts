import { fieldIds, resolutions } from '../access-desk';
import { approvalsFieldAnswer, requestTypeFieldAnswer } from '../desk/request-answers';
import { fields, fieldById } from '../fields/catalogue';
import { jiraInstant } from '../fields/instants';
import { knownProject } from '../projects';
import { userAnswer } from '../people/user-answers';
import type { HistoryRecord, IssueRecord } from '../records';
import { childrenOf, type Site } from '../site-state';
import { statusAnswer } from '../workflow/status-answers';
import { commentPage } from './comment-answers';
import { linkAnswer, linksOf } from './links';
import { issueTypeAnswer, projectAnswer } from './project-answers';
import { propertyKeys, propertyValue } from './properties';

type FieldReader = (site: Site, issue: IssueRecord, reader: string) => unknown;

/** Fields that are computed and not stored in `values`. */
const computed: Record<string, FieldReader> = {
  statuscategorychangedate: (_site, issue) => jiraInstant(issue.statusCategorySince),
  issuetype: (site, issue) => issueTypeAnswer(site, issue.issueTypeId),
  project: (site, issue) => projectAnswer(site, knownProject(site, issue.projectId)),
  status: (site, issue) => statusAnswer(site, issue.statusId),
  resolution: (site, issue) => resolutionAnswer(site, issue.resolutionId),
  resolutiondate: (_site, issue) => (issue.resolvedAt === null ? null : jiraInstant(issue.resolvedAt)),
  creator: (site, issue, reader) => userAnswer(site, issue.creator, reader),
  created: (_site, issue) => jiraInstant(issue.created),
  updated: (_site, issue) => jiraInstant(issue.updated),
  issuelinks: (site, issue) => linksOf(site, issue.id).map((link) => linkAnswer(site, link, issue.id)),
  comment: (site, issue, reader) => commentPage(site, issue, reader),
  [fieldIds.requestType]: requestTypeFieldAnswer,
  [fieldIds.approvals]: approvalsFieldAnswer,
};

export const computedFields = Object.keys(computed);

export function resolutionAnswer(site: Site, id: string | null): Record<string, unknown> | null {
  const resolution = resolutions.find((known) => known.id === id);
  return resolution === undefined
    ? null
    : { self: `${site.baseUrl()}/rest/api/3/resolution/${resolution.id}`, ...resolution };
}

function fieldAnswer(site: Site, issue: IssueRecord, id: string, reader: string): unknown {
  const compute = computed[id];
  if (compute !== undefined) return compute(site, issue, reader);
  const stored = issue.values[id] ?? null;
  const field = fieldById(id);
  if (field === undefined) return undefined;
  if (stored === null && id !== 'labels' && id !== 'priority') return null;
  return field.type.platform(stored, site, reader);
}

const everyField = [...new Set([...computedFields, ...fields.map((field) => field.id)])];

/** A page of comments is no column. */
const navigable = everyField.filter((id) => id !== 'comment');

/** The field ids that a `fields` parameter selects: `*all`, `*navigable`, names, and exclusions with a minus. */
export function selectFields(wanted: readonly string[]): string[] {
  const chosen = new Set<string>();
  const onlyExclusions = wanted.length > 0 && wanted.every((name) => name.startsWith('-'));
  if (onlyExclusions) for (const id of everyField) chosen.add(id);
  for (const name of wanted) {
    if (name === '*all') for (const id of everyField) chosen.add(id);
    else if (name === '*navigable') for (const id of navigable) chosen.add(id);
    else if (name.startsWith('-')) chosen.delete(name.slice(1));
    else if (everyField.includes(name)) chosen.add(name);
  }
  return [...chosen];
}

export function fieldsAnswer(
  site: Site,
  issue: IssueRecord,
  ids: readonly string[],
  reader: string,
): Record<string, unknown> {
  return Object.fromEntries(ids.map((id) => [id, fieldAnswer(site, issue, id, reader)]));
}

export function propertiesAnswer(site: Site, issue: IssueRecord, wanted: readonly string[]): Record<string, unknown> {
  const keys = wanted.includes('*all') ? propertyKeys(site, issue.id) : wanted;
  return Object.fromEntries(
    keys.map((key) => [key, propertyValue(site, issue.id, key)]).filter(([, value]) => value !== undefined),
  );
}

/** The parts that every issue answer begins with. */
export function issueHead(site: Site, issue: IssueRecord): Record<string, unknown> {
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${site.baseUrl()}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
  };
}

export function historyOf(site: Site, issueId: string): HistoryRecord[] {
  return childrenOf(site.tables.history, issueId);
}

export function historyAnswer(site: Site, history: HistoryRecord, reader: string): Record<string, unknown> {
  return {
    id: history.id,
    author: userAnswer(site, history.author, reader),
    created: jiraInstant(history.at),
    items: history.items,
  };
}
