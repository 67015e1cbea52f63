import type { Json } from '../../../domain/canonical';
import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { SignedHttp } from '../http/signed-http';
import { attributesOf, listOf, textOf, type Attributes } from './attributes';

export type ResourceType = 'Users' | 'Groups' | 'Schemas';

export interface ListQuery {
  readonly filter?: string;
  readonly attributes?: string;
}

export interface Page {
  readonly rows: readonly Attributes[];
  /** How many rows there are in all, as the server says. */
  readonly total: number;
}

export interface Rows {
  readonly rows: readonly Attributes[];
  /** As many different rows were read as the server says there are. */
  readonly complete: boolean;
  /** Why reading stopped early. */
  readonly failure?: ReadFailure;
}

export interface PatchOperation {
  readonly op: 'add' | 'remove';
  readonly path: string;
  readonly value?: ReadonlyArray<{ readonly value: string }>;
}

const pageSize = 100;

/** The SCIM 2.0 protocol (RFC 7644) over budgeted HTTP: what servers say, checked for form and not for truth. */
export class ScimClient {
  constructor(private readonly http: SignedHttp) {}

  /** One resource. A row that calls itself by another id is `malformed`: ids are compared exactly. */
  async get(
    type: ResourceType,
    id: string,
    record: AnswerRecord,
    attributes?: string,
    maxBytes?: number,
  ): Promise<Answer<Attributes>> {
    const query = attributes === undefined ? {} : { attributes };
    const answer = await this.http.ask(
      { path: [type, id], query, ...(maxBytes === undefined ? {} : { maxBytes }) },
      record,
    );
    if (!answer.ok) return answer;
    const resource = attributesOf(answer.value);
    return resource && textOf(resource, 'id') === id ? answered(resource) : failed('malformed');
  }

  /** One page of a list, from its 1-based start. */
  async page(
    type: ResourceType,
    query: ListQuery,
    paging: { readonly startIndex: number; readonly count: number } | 'as-the-server-likes',
    record: AnswerRecord,
  ): Promise<Answer<Page>> {
    const parameters = {
      ...(query.filter === undefined ? {} : { filter: query.filter }),
      ...(query.attributes === undefined ? {} : { attributes: query.attributes }),
      ...(paging === 'as-the-server-likes'
        ? {}
        : { startIndex: String(paging.startIndex), count: String(paging.count) }),
    };
    const answer = await this.ask('GET', [type], parameters, record);
    if (!answer.ok) return answer;
    const list = attributesOf(answer.value);
    const rows = list && listOf(list, 'Resources');
    const total = list?.get('totalresults');
    if (!rows || typeof total !== 'number' || !Number.isInteger(total) || total < 0) return failed('malformed');
    return answered({ rows: rows === 'absent' ? [] : rows, total });
  }

  /** A list page after page, until the server's total is reached, `enough` rows are there or reading fails. */
  async list(type: ResourceType, query: ListQuery, record: AnswerRecord, enough = Infinity): Promise<Answer<Rows>> {
    const rows = new Map<string, Attributes>();
    let received = 0;
    for (;;) {
      const count = Math.min(pageSize, enough - received);
      const page = await this.page(type, query, { startIndex: received + 1, count }, record);
      if (!page.ok) {
        return received === 0 ? page : answered({ rows: [...rows.values()], complete: false, failure: page.failure });
      }
      const before = rows.size;
      for (const row of page.value.rows) {
        const id = textOf(row, 'id');
        if (id === undefined) return failed('malformed');
        rows.set(id, row);
      }
      received += page.value.rows.length;
      // A page that brings nothing new is a server that does not page: reading on would go round in circles.
      const stuck = rows.size === before;
      if (stuck || received >= page.value.total || received >= enough) {
        return answered({
          rows: [...rows.values()],
          complete: rows.size === page.value.total && received === page.value.total,
        });
      }
    }
  }

  /** Changes one resource (RFC 7644 3.5.2). Sent once, whatever comes back. */
  async patch(
    type: ResourceType,
    id: string,
    operations: readonly PatchOperation[],
    record: AnswerRecord,
  ): Promise<Answer<unknown>> {
    const changes = operations.map((operation) => ({ ...operation }));
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: changes };
    return this.ask('PATCH', [type, id], {}, record, body);
  }

  private async ask(
    method: 'GET' | 'PATCH',
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    record: AnswerRecord,
    json?: Json,
  ): Promise<Answer<Json>> {
    const contentType = 'application/scim+json';
    return this.http.ask({ method, path, query, ...(json === undefined ? {} : { json, contentType }) }, record);
  }
}
