import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn, type Fields } from '../http/json-fields';
import type { SignedHttp } from '../http/signed-http';

export interface Rows {
  readonly rows: readonly Fields[];
  /** Everything there is was read. */
  readonly complete: boolean;
  /** Where the server reads on from, when it has more. */
  readonly marker?: string;
  /** Why reading stopped early. */
  readonly failure?: ReadFailure;
}

/** The form of the Identity API v3's answers over signed HTTP: checked for form and not for truth. */
export class KeystoneClient {
  constructor(private readonly http: SignedHttp) {}

  /** One object under its member (`{"user": {...}}`). One that calls itself by another id is `malformed`. */
  async one(
    type: 'users' | 'groups' | 'roles' | 'projects' | 'domains',
    id: string,
    record: AnswerRecord,
  ): Promise<Answer<Fields>> {
    const answer = await this.http.ask({ path: [type, id] }, record);
    if (!answer.ok) return answer;
    const object = fieldsOf(fieldsOf(answer.value)?.[type.slice(0, -1)]);
    return object && textIn(object, 'id') === id ? answered(object) : failed('malformed');
  }

  /** Something else than an object with an id, as it comes. */
  async plain(
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    record: AnswerRecord,
  ): Promise<Answer<Fields>> {
    const answer = await this.http.ask({ path, query }, record);
    if (!answer.ok) return answer;
    const object = fieldsOf(answer.value);
    return object ? answered(object) : failed('malformed');
  }

  /** Whether something is there that only its status tells of: `not-found` when one of the names in the path does not exist, or none of it is so. */
  exists(path: readonly string[], record: AnswerRecord): Promise<Answer<unknown>> {
    return this.http.ask({ path, expects: 'nothing' }, record);
  }

  /** One page of a list, as the server cuts it. Older servers know no pages and answer with everything. */
  async page(
    path: readonly string[],
    member: string,
    query: Readonly<Record<string, string>>,
    record: AnswerRecord,
  ): Promise<Answer<Rows>> {
    const answer = await this.http.ask({ path, query }, record);
    if (!answer.ok) return answer;
    const body = fieldsOf(answer.value);
    const rows = rowsOf(body?.[member]);
    if (!body || !rows) return failed('malformed');
    // The administrator's limit on the length of lists (`list_limit`): the rest cannot be had.
    if (body['truncated'] !== undefined && body['truncated'] !== false)
      return answered({ rows, complete: false, failure: 'incomplete' });
    const next = fieldsOf(body['links'])?.['next'];
    if (next === undefined || next === null) return answered({ rows, complete: true });
    const marker = typeof next === 'string' ? markerOf(next) : undefined;
    return answered(
      marker === undefined ? { rows, complete: false, failure: 'incomplete' } : { rows, complete: false, marker },
    );
  }

  /** A whole list, page after page, or until `enough` rows are there. */
  async list(
    path: readonly string[],
    member: string,
    query: Readonly<Record<string, string>>,
    record: AnswerRecord,
    enough = Infinity,
  ): Promise<Answer<Rows>> {
    const rows: Fields[] = [];
    const seen = new Set<string>();
    let more: Readonly<Record<string, string>> = {};
    for (;;) {
      const page = await this.page(path, member, { ...query, ...more }, record);
      if (!page.ok) return rows.length === 0 ? page : answered({ rows, complete: false, failure: page.failure });
      rows.push(...page.value.rows);
      const { marker } = page.value;
      if (marker === undefined) return answered({ ...page.value, rows });
      // A marker that comes again leads in circles.
      if (seen.has(marker) || rows.length >= enough) return answered({ rows, complete: false, failure: 'incomplete' });
      seen.add(marker);
      more = { marker };
    }
  }

  /** Changes something by its path alone. Sent once, whatever comes back. */
  change(method: 'PUT' | 'DELETE', path: readonly string[], record: AnswerRecord): Promise<Answer<unknown>> {
    return this.http.ask({ method, path }, record);
  }
}

/** The marker in the address of the next page. The address itself is not followed: servers behind proxies name other hosts. */
function markerOf(next: string): string | undefined {
  try {
    return new URL(next).searchParams.get('marker') ?? undefined;
  } catch {
    return undefined;
  }
}
