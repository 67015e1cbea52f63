import type { Json } from '../../../domain/canonical';
import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { failureOfStatus } from '../http/failure-class';
import { requestUrl } from '../http/request-url';
import type { SignedHttp } from '../http/signed-http';
import type { TokenClaims } from '../http/sign-in/token-claims';
import { rowOf, rowsOf, textOf, type Row } from './graph-row';

type Query = Readonly<Record<string, string>>;

/** One request inside a batch. */
export interface Part {
  readonly method?: 'GET' | 'POST';
  readonly path: readonly string[];
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Every page was read, and as many rows came as Graph counts, where it was asked to count. */
  readonly complete: boolean;
  /** Why reading stopped early. */
  readonly failure?: ReadFailure;
}

/** Where the next page is, with its rows. */
export interface GraphPage {
  readonly rows: readonly Row[];
  readonly count?: number;
  readonly next?: string;
}

/** The most rows that Graph gives on one page. */
export const fullPage = '999';

/** Counting, and filters on rarely filtered properties, are answered by Graph's index only, which must be asked for. */
export const indexed: Readonly<Record<string, string>> = { consistencylevel: 'eventual' };

/** Microsoft Graph v1.0 over budgeted HTTP: what it says, checked for form and not for truth. */
export class GraphClient {
  constructor(
    private readonly http: SignedHttp,
    /** Canonical address of the version, without a trailing slash. */
    readonly baseUrl: string,
  ) {}

  /** One object. An object that calls itself by another id is `malformed`: ids are compared exactly. */
  async get(path: readonly string[], id: string, query: Query, record: AnswerRecord): Promise<Answer<Row>> {
    const answer = await this.http.ask({ path, query }, record);
    return answer.ok ? named(answer.value, id) : answer;
  }

  /** One page of a list; `after` is where the page before says that it goes on. */
  async page(
    path: readonly string[],
    query: Query,
    record: AnswerRecord,
    options: { readonly after?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer<GraphPage>> {
    const { after, headers } = options;
    const answer = await (after === undefined
      ? this.http.exchange({ path, query, ...(headers ? { headers } : {}) }, record)
      : this.http.follow(after, record, headers));
    return answer.ok ? pageOf(answer.value.json) : answer;
  }

  /** A list page after page, until it ends, `enough` rows are there or reading fails. */
  async list(path: readonly string[], query: Query, record: AnswerRecord, enough = Infinity): Promise<Answer<Rows>> {
    const counted = query['$count'] === 'true' ? { headers: indexed } : {};
    const first = await this.page(path, query, record, counted);
    return first.ok ? this.rest(first.value, record, counted, enough) : first;
  }

  /** The first page and all that follow it. */
  async rest(
    first: GraphPage,
    record: AnswerRecord,
    options: { readonly headers?: Readonly<Record<string, string>> } = {},
    enough = Infinity,
  ): Promise<Answer<Rows>> {
    const rows = [...first.rows];
    const count = first.count;
    const seen = new Set<string>();
    let { next } = first;
    while (next !== undefined && rows.length < enough) {
      // A next page that was read already is a list that goes round in circles.
      if (seen.has(next)) return answered({ rows, complete: false, failure: 'incomplete' });
      seen.add(next);
      const page = await this.page([], {}, record, { ...options, after: next });
      if (!page.ok) return answered({ rows, complete: false, failure: page.failure });
      rows.push(...page.value.rows);
      next = page.value.next;
    }
    return answered({ rows, complete: next === undefined && (count === undefined || count === rows.length) });
  }

  /**
   * Several readings in one call (JSON batching, at most 20), each with its own answer. A part that got none is
   * `incomplete`.
   */
  async batch<K extends string>(
    parts: Readonly<Record<K, Part>>,
    record: AnswerRecord,
  ): Promise<Answer<Readonly<Record<K, Answer<Json>>>>> {
    const named = Object.entries(parts) as Array<[K, Part]>;
    const requests: Json[] = [];
    for (const [id, { method = 'GET', path, query, headers, body }] of named) {
      const url = requestUrl(this.baseUrl, path, query);
      if (url === undefined) return failed('bad-request');
      const sent = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      requests.push({
        id,
        method,
        url: url.slice(this.baseUrl.length),
        ...(Object.keys(sent).length === 0 ? {} : { headers: sent }),
        ...(body === undefined ? {} : { body }),
      });
    }
    const answer = await this.http.ask(
      { method: 'POST', path: ['$batch'], json: { requests }, reads: true, expects: 'json' },
      record,
    );
    if (!answer.ok) return answer;
    const responses = rowsOf(rowOf(answer.value), 'responses');
    if (!responses) return failed('malformed');
    const answers = {} as Record<K, Answer<Json>>;
    for (const [id] of named) {
      const own = responses.filter((response) => response['id'] === id);
      answers[id] = own.length > 1 ? failed('malformed') : partAnswer(own[0]);
    }
    return answered(answers);
  }

  /** Changes something. Sent once, whatever comes back. */
  change(
    method: 'POST' | 'DELETE',
    path: readonly string[],
    json: Json | undefined,
    record: AnswerRecord,
  ): Promise<Answer<unknown>> {
    return this.http.ask({ method, path, ...(json === undefined ? {} : { json }) }, record);
  }

  /** What the access token says that it may do, unverified; undefined when it does not say. */
  async roles(record: AnswerRecord): Promise<Answer<readonly string[] | undefined>> {
    const claims = await this.http.claims(record);
    if (!claims.ok) return claims;
    const roles: TokenClaims[string] = claims.value?.['roles'];
    if (claims.value !== undefined && roles === undefined) return answered([]);
    return answered(Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : undefined);
  }
}

/** The object of an answer, if it is the one with this id. */
export function named(value: Json, id: string): Answer<Row> {
  const row = rowOf(value);
  return row && textOf(row, 'id') === id ? answered(row) : failed('malformed');
}

/** The page that an answer is. */
export function pageOf(value: Json): Answer<GraphPage> {
  const list = rowOf(value);
  const rows = rowsOf(list, 'value');
  const count = list?.['@odata.count'];
  const next = list?.['@odata.nextLink'];
  if (!rows || (next !== undefined && typeof next !== 'string')) return failed('malformed');
  return answered({
    rows,
    ...(typeof count === 'number' ? { count } : {}),
    ...(next === undefined ? {} : { next }),
  });
}

function partAnswer(response: Row | undefined): Answer<Json> {
  if (!response) return failed('incomplete');
  const { status, body } = response;
  if (typeof status !== 'number') return failed('malformed');
  const failure = failureOfStatus(status);
  if (failure !== undefined) return failed(failure);
  return body === undefined ? failed('not-json') : answered(body);
}
