import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn, type Fields } from '../http/json-fields';
import { everyPage, type ListPage, type ListRows } from '../http/paged-list';
import type { SignedHttp } from '../http/signed-http';
import type { TokenClaims } from '../http/sign-in/token-claims';

type Query = Readonly<Record<string, string>>;

/** Without the attributes of users and groups, and without the groups' roles. */
export const brief: Query = { briefRepresentation: 'true' };

const fullPage = 100;

/** The Admin REST API of one realm over signed HTTP (keycloak.org/docs-api): checked for form and not for truth. */
export class KeycloakClient {
  constructor(
    private readonly http: SignedHttp,
    readonly realm: string,
  ) {}

  /** One object at its address. One that calls itself by another id is `malformed`. */
  async one(type: 'users' | 'groups' | 'roles-by-id', id: string, record: AnswerRecord): Promise<Answer<Fields>> {
    const answer = await this.object([type, id], record);
    return answer.ok && textIn(answer.value, 'id') !== id ? failed('malformed') : answer;
  }

  /** Something else than an object with an id. */
  async object(path: readonly string[], record: AnswerRecord): Promise<Answer<Fields>> {
    const answer = await this.http.ask({ path: this.path(path) }, record);
    if (!answer.ok) return answer;
    const fields = fieldsOf(answer.value);
    return fields ? answered(fields) : failed('malformed');
  }

  /** A list that comes as a whole. */
  async rows(path: readonly string[], query: Query, record: AnswerRecord): Promise<Answer<readonly Fields[]>> {
    const answer = await this.http.ask({ path: this.path(path), query }, record);
    if (!answer.ok) return answer;
    const rows = rowsOf(answer.value);
    // Whatever is listed has an id.
    return rows?.every((row) => textIn(row, 'id') !== undefined) ? answered(rows) : failed('malformed');
  }

  /** A list that comes in pages, from its `first` row on. A page that is not full is the last one. */
  async page(
    path: readonly string[],
    query: Query,
    first: string | undefined,
    max: number,
    record: AnswerRecord,
  ): Promise<Answer<ListPage>> {
    const rows = await this.rows(path, { ...query, first: first ?? '0', max: String(max) }, record);
    if (!rows.ok) return rows;
    const next = rows.value.length < max ? {} : { next: String(Number(first ?? 0) + rows.value.length) };
    return answered({ rows: rows.value, ...next });
  }

  /** The same page after page to its end, or until `enough` rows are there. */
  list(path: readonly string[], query: Query, record: AnswerRecord, enough = Infinity): Promise<Answer<ListRows>> {
    const max = Math.min(fullPage, enough);
    return everyPage((after) => this.page(path, query, after, max, record), enough);
  }

  /** A change, sent once. */
  change(
    method: 'PUT' | 'POST' | 'DELETE',
    path: readonly string[],
    record: AnswerRecord,
    json?: ReadonlyArray<Readonly<Record<string, string>>>,
  ): Promise<Answer<unknown>> {
    return this.http.ask({ method, path: this.path(path), ...(json === undefined ? {} : { json }) }, record);
  }

  /** What the access token says of itself. */
  claims(record: AnswerRecord): Promise<Answer<TokenClaims | undefined>> {
    return this.http.claims(record);
  }

  private path(path: readonly string[]): readonly string[] {
    return ['admin', 'realms', this.realm, ...path];
  }
}
