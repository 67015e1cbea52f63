import { createHash } from 'node:crypto';
import { answer } from '../http/answers';
import { bodyObject, stringsProperty } from '../http/body';
import { operation, type Call, type Operation } from '../http/operation';
import { listParameter } from '../http/paging';
import {
  fieldsAnswer,
  historyAnswer,
  historyOf,
  issueHead,
  propertiesAnswer,
  selectFields,
} from '../issues/issue-answers';
import { searchIssues } from '../jql/search-issues';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import type { SiteResponse } from '../../contracts';
import { fieldById } from '../fields/catalogue';
import { schemaAnswer } from './field-answers';

interface Search {
  jql: string;
  nextPageToken: string | undefined;
  maxResults: number | undefined;
  fields: string[];
  properties: string[];
  expand: string[];
}

const gone = (): SiteResponse => {
  throw refuse(
    410,
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. ' +
      'A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  );
};

export const searchOperations: Operation[] = [
  operation('GET /rest/api/3/search', 'searchForIssuesUsingJql', ['read:jira-work'], gone),
  operation('POST /rest/api/3/search', 'searchForIssuesUsingJqlPost', ['read:jira-work'], gone),
  operation('GET /rest/api/3/search/jql', 'searchAndReconsileIssuesUsingJql', ['read:jira-work'], (call) => {
    const { query } = call;
    const size = query.get('maxResults');
    return search(call, {
      jql: query.get('jql') ?? '',
      nextPageToken: query.get('nextPageToken') ?? undefined,
      maxResults: size === null ? undefined : Number(size),
      fields: listParameter(query, 'fields'),
      properties: listParameter(query, 'properties'),
      expand: listParameter(query, 'expand'),
    });
  }),
  operation('POST /rest/api/3/search/jql', 'searchAndReconsileIssuesUsingJqlPost', ['read:jira-work'], (call) => {
    const body = bodyObject(call.body, [
      'jql',
      'nextPageToken',
      'maxResults',
      'fields',
      'properties',
      'expand',
      'fieldsByKeys',
      'reconcileIssues',
    ]);
    const { jql, nextPageToken, maxResults, expand } = body;
    return search(call, {
      jql: typeof jql === 'string' ? jql : '',
      nextPageToken: typeof nextPageToken === 'string' ? nextPageToken : undefined,
      maxResults: typeof maxResults === 'number' ? maxResults : undefined,
      fields: stringsProperty(body, 'fields'),
      properties: stringsProperty(body, 'properties'),
      expand: typeof expand === 'string' ? expand.split(',') : [],
    });
  }),
  operation('POST /rest/api/3/search/approximate-count', 'countIssues', ['read:jira-work'], (call) => {
    const { jql } = bodyObject(call.body, ['jql']);
    return answer({ count: searchIssues(call, typeof jql === 'string' ? jql : '').length });
  }),
];

function search(call: Call, wanted: Search): SiteResponse {
  const unmodelled = wanted.expand.find((part) => !['changelog', 'names', 'schema'].includes(part));
  if (unmodelled !== undefined)
    throw refuse(501, `The sandbox does not model the expansion '${unmodelled}' of a search.`);
  const found = searchIssues(call, wanted.jql);
  const start = startOf(wanted);
  const size = pageSize(wanted);
  const page = found.slice(start, start + size);
  const isLast = start + page.length >= found.length;
  return answer(
    {
      issues: page.map((issue) => issueAnswer(call, issue, wanted)),
      isLast,
      ...describedFields(wanted),
      ...(isLast ? {} : { nextPageToken: token(wanted, start + page.length) }),
    },
    page.length,
  );
}

/** Jira hands out large pages only when nothing but ids is asked for. */
function pageSize({ maxResults, fields }: Search): number {
  if (maxResults !== undefined && (!Number.isInteger(maxResults) || maxResults < 1)) {
    throw refuse(400, 'The value of maxResults must be between 1 and 5000.');
  }
  const largest = fields.every((field) => field === 'id' || field === 'key') ? 5000 : 100;
  return Math.min(maxResults ?? 50, largest);
}

function issueAnswer(call: Call, issue: IssueRecord, wanted: Search): Record<string, unknown> {
  const { site, actor } = call;
  // The bare id is what the operation answers by default.
  if (wanted.fields.length === 0 && wanted.properties.length === 0 && wanted.expand.length === 0) {
    return { id: issue.id };
  }
  const ids = selectFields(wanted.fields);
  return {
    ...issueHead(site, issue),
    ...(wanted.properties.length === 0 ? {} : { properties: propertiesAnswer(site, issue, wanted.properties) }),
    ...(wanted.expand.includes('changelog') ? { changelog: changelogAnswer(call, issue) } : {}),
    fields: fieldsAnswer(site, issue, ids, actor.accountId),
  };
}

/** `expand=names,schema` describes the fields of the page once. */
function describedFields({ expand, fields }: Search): Record<string, unknown> {
  const chosen = selectFields(fields).flatMap((id) => fieldById(id) ?? []);
  return {
    ...(expand.includes('names') ? { names: Object.fromEntries(chosen.map(({ id, name }) => [id, name])) } : {}),
    ...(expand.includes('schema')
      ? { schema: Object.fromEntries(chosen.map((field) => [field.id, schemaAnswer(field)])) }
      : {}),
  };
}

function changelogAnswer(call: Call, issue: IssueRecord): Record<string, unknown> {
  const histories = historyOf(call.site, issue.id).reverse();
  return {
    startAt: 0,
    maxResults: histories.length,
    total: histories.length,
    histories: histories.map((history) => historyAnswer(call.site, history, call.actor.accountId)),
  };
}

const fingerprint = (jql: string): string => createHash('sha256').update(jql).digest('hex').slice(0, 16);

function token(wanted: Search, start: number): string {
  return Buffer.from(JSON.stringify({ start, jql: fingerprint(wanted.jql) })).toString('base64url');
}

/** A page token belongs to the query that it came from. */
function startOf(wanted: Search): number {
  if (wanted.nextPageToken === undefined || wanted.nextPageToken === '') return 0;
  try {
    const { start, jql } = JSON.parse(Buffer.from(wanted.nextPageToken, 'base64url').toString()) as {
      start: unknown;
      jql: unknown;
    };
    if (typeof start === 'number' && jql === fingerprint(wanted.jql)) return start;
  } catch {
    // Falls through: an unreadable token is as invalid as one of another query.
  }
  throw refuse(400, 'The provided next page token is invalid or expired.');
}
