import type { Json } from '../../../domain/canonical';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, type Fields } from '../http/json-fields';
import { everyPage, type ListPage, type ListRows } from '../http/paged-list';
import type { SignedHttp } from '../http/signed-http';

type Query = Readonly<Record<string, string>>;

const api = ['admin', 'directory', 'v1'];

/** The objects under `name`, none where the property is left out as Google does with empty lists; undefined when it is no list of objects. */
function listIn(row: Fields, name: string): readonly Fields[] | undefined {
  return row[name] === undefined ? [] : rowsOf(row[name]);
}

/** Google's Directory API v1 over budgeted HTTP: what it says, checked for form and not for truth. */
export class DirectoryClient {
  constructor(
    private readonly http: SignedHttp,
    readonly customer: string,
  ) {}

  /** One object. `malformed` when none comes. */
  async get(path: readonly string[], record: AnswerRecord, query: Query = {}): Promise<Answer<Fields>> {
    const answer = await this.http.ask({ path: [...api, ...path], query }, record);
    if (!answer.ok) return answer;
    const row = fieldsOf(answer.value);
    return row ? answered(row) : failed('malformed');
  }

  /** One page of a list. An answer must call itself the list that was asked for: emptiness has no property of its own. */
  async page(
    path: readonly string[],
    name: 'users' | 'groups' | 'members',
    query: Query,
    record: AnswerRecord,
    token?: string,
  ): Promise<Answer<ListPage>> {
    const list = await this.get(path, record, { ...query, ...(token === undefined ? {} : { pageToken: token }) });
    if (!list.ok) return list;
    const rows = listIn(list.value, name);
    const next = list.value['nextPageToken'];
    if (!rows || list.value['kind'] !== `admin#directory#${name}`) return failed('malformed');
    if (next !== undefined && typeof next !== 'string') return failed('malformed');
    return answered({ rows, ...(next === undefined || next === '' ? {} : { next }) });
  }

  /** A list page after page, until it ends, `enough` rows are there or reading fails. */
  list(
    path: readonly string[],
    name: 'users' | 'groups' | 'members',
    query: Query,
    record: AnswerRecord,
    enough?: number,
  ): Promise<Answer<ListRows>> {
    return everyPage((token) => this.page(path, name, query, record, token), enough);
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
