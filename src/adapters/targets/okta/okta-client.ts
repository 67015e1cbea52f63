import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import { listPage, wholeList, type ListPage, type ListRows } from '../http/paged-list';
import type { SignedHttp } from '../http/signed-http';
import type { TokenClaims } from '../http/sign-in/token-claims';

/** A page of a list that takes a limit: what the vendor recommends for most of them. */
export const fullPage: Readonly<Record<string, string>> = { limit: '200' };

// Ids are letters and digits. A login would do in the same place of the path, and `me` means whoever asks.
const idText = /^(?!me$)[A-Za-z0-9_-]{1,100}$/;

/** The Okta Management API over budgeted HTTP (developer.okta.com/docs/api): what it says, checked for form and not for truth. */
export class OktaClient {
  constructor(private readonly http: SignedHttp) {}

  /** One object by its id. A row that calls itself by another id is `malformed`: ids are compared exactly. */
  async get(path: readonly [...string[], string], record: AnswerRecord): Promise<Answer<Fields>> {
    const id = path.at(-1) ?? '';
    if (!path.every((segment) => idText.test(segment))) return failed('bad-request');
    const answer = await this.http.ask({ path: ['api', 'v1', ...path] }, record);
    if (!answer.ok) return answer;
    const row = fieldsOf(answer.value);
    return row && textIn(row, 'id') === id ? { ok: true, value: row } : failed('malformed');
  }

  /** Whoever is signed in with an API token. */
  async self(record: AnswerRecord): Promise<Answer<Fields>> {
    const answer = await this.http.ask({ path: ['api', 'v1', 'users', 'me'] }, record);
    if (!answer.ok) return answer;
    const row = fieldsOf(answer.value);
    return row ? { ok: true, value: row } : failed('malformed');
  }

  /** A list to its end, page after page (`Link: rel="next"`), or until `enough` rows are there. */
  async list(
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    record: AnswerRecord,
    enough?: number,
  ): Promise<Answer<ListRows>> {
    if (!path.every((segment) => idText.test(segment))) return failed('bad-request');
    return wholeList(this.http, { path: ['api', 'v1', ...path], query }, record, enough);
  }

  /** One page of a list: the first, or the one at the address that the page before gave. */
  async page(
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    after: string | undefined,
    record: AnswerRecord,
  ): Promise<Answer<ListPage>> {
    if (!path.every((segment) => idText.test(segment))) return failed('bad-request');
    return listPage(this.http, { path: ['api', 'v1', ...path], query }, after, record);
  }

  /** A change, sent once. */
  async change(
    method: 'PUT' | 'POST' | 'DELETE',
    path: readonly string[],
    record: AnswerRecord,
    json?: Readonly<Record<string, string>>,
  ): Promise<Answer<unknown>> {
    if (!path.every((segment) => idText.test(segment))) return failed('bad-request');
    return this.http.ask({ method, path: ['api', 'v1', ...path], ...(json === undefined ? {} : { json }) }, record);
  }

  /** What the access token says of itself; undefined for an API token, which says nothing. */
  claims(record: AnswerRecord): Promise<Answer<TokenClaims | undefined>> {
    return this.http.claims(record);
  }
}

/** `property eq "value"` with the value as one literal (developer.okta.com/docs/api/#filter). */
export function equals(property: string, value: string): string {
  return `${property} eq ${JSON.stringify(value)}`;
}
