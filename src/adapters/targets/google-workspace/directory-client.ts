import type { Json } from '../../../domain/canonical';
import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';

/** An object of the Directory API, by property. */
export type Row = { readonly [name: string]: Json };

export interface DirectoryPage {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly complete: boolean;
  /** Why reading stopped early. */
  readonly failure?: ReadFailure;
}

type Query = Readonly<Record<string, string>>;

const api = ['admin', 'directory', 'v1'];

/** Undefined for anything that is no object. */
export function rowOf(value: Json | undefined): Row | undefined {
  return value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)
    ? undefined
    : (value as Row);
}

/** The objects under `name`, none where the property is left out as Google does with empty lists; undefined when it is no list of objects. */
export function rowsOf(row: Row | undefined, name: string): readonly Row[] | undefined {
  const list = row?.[name];
  if (row && list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  const rows = (list as readonly Json[]).map(rowOf);
  return rows.every((each) => each !== undefined) ? rows : undefined;
}

/** Undefined when the property is absent, empty or no text. */
export function textOf(row: Row | undefined, name: string): string | undefined {
  const value = row?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Google's Directory API v1 over budgeted HTTP: what it says, checked for form and not for truth. */
export class DirectoryClient {
  constructor(
    private readonly http: SignedHttp,
    readonly customer: string,
  ) {}

  /** One object. `malformed` when none comes. */
  async get(path: readonly string[], record: AnswerRecord, query: Query = {}): Promise<Answer<Row>> {
    const answer = await this.http.ask({ path: [...api, ...path], query }, record);
    if (!answer.ok) return answer;
    const row = rowOf(answer.value);
    return row ? answered(row) : failed('malformed');
  }

  /** One page of a list. An answer must call itself the list that was asked for: emptiness has no property of its own. */
  async page(
    path: readonly string[],
    name: 'users' | 'groups' | 'members',
    query: Query,
    record: AnswerRecord,
    token?: string,
  ): Promise<Answer<DirectoryPage>> {
    const list = await this.get(path, record, { ...query, ...(token === undefined ? {} : { pageToken: token }) });
    if (!list.ok) return list;
    const rows = rowsOf(list.value, name);
    const next = list.value['nextPageToken'];
    if (!rows || list.value['kind'] !== `admin#directory#${name}`) return failed('malformed');
    if (next !== undefined && typeof next !== 'string') return failed('malformed');
    return answered({ rows, ...(next === undefined || next === '' ? {} : { next }) });
  }

  /** A list page after page, until it ends, `enough` rows are there or reading fails. */
  async list(
    path: readonly string[],
    name: 'users' | 'groups' | 'members',
    query: Query,
    record: AnswerRecord,
    enough = Infinity,
  ): Promise<Answer<Rows>> {
    const rows: Row[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    for (;;) {
      const page = await this.page(path, name, query, record, token);
      if (!page.ok) return rows.length === 0 ? page : answered({ rows, complete: false, failure: page.failure });
      rows.push(...page.value.rows);
      token = page.value.next;
      if (token === undefined) return answered({ rows, complete: true });
      // A page that leads back to itself is a list that goes round in circles.
      if (rows.length >= enough || seen.has(token)) return answered({ rows, complete: false });
      seen.add(token);
    }
  }

  change(
    method: 'POST' | 'DELETE',
    path: readonly string[],
    json: Json | undefined,
    record: AnswerRecord,
  ): Promise<Answer<unknown>> {
    return this.http.ask({ method, path: [...api, ...path], ...(json === undefined ? {} : { json }) }, record);
  }
}
