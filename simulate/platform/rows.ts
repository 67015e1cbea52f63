import type { AccessRequest } from '../../src/domain/request/access-request';
import type { AuditEntry } from '../../src/domain/audit/entry';

/** Rows as an onlooker at the storage's door sees them being written; nothing is read back from the app. */
export interface Written {
  readonly entity: string;
  readonly key: string;
  /** Undefined: removed. */
  readonly value: Row | undefined;
}

export interface Row {
  readonly data?: unknown;
  readonly [attribute: string]: unknown;
}

/** What stands in storage now, from the writes that were let through. */
export class Rows {
  private readonly entities = new Map<string, Map<string, Row>>();

  private of(entity: string): Map<string, Row> {
    let rows = this.entities.get(entity);
    if (!rows) this.entities.set(entity, (rows = new Map()));
    return rows;
  }

  apply(written: Written): void {
    if (written.value) this.of(written.entity).set(written.key, written.value);
    else this.of(written.entity).delete(written.key);
  }

  get(entity: string, key: string): Row | undefined {
    return this.of(entity).get(key);
  }

  all(entity: string): Row[] {
    return [...this.of(entity).values()];
  }

  keys(entity: string): string[] {
    return [...this.of(entity).keys()];
  }

  request(issueId: string): AccessRequest | undefined {
    return this.get('request', `req:${issueId}`)?.data as AccessRequest | undefined;
  }

  /** The audit chain of a request, in the order of its keys. */
  chain(chain: string): AuditEntry[] {
    return this.all('audit')
      .map((row) => row.data as AuditEntry)
      .filter((entry) => entry.chain === chain)
      .sort((a, b) => a.seq - b.seq);
  }

  copy(): Rows {
    const copy = new Rows();
    for (const [entity, rows] of this.entities) copy.entities.set(entity, new Map(rows));
    return copy;
  }
}

interface Item {
  readonly key: string;
  readonly entityName?: string;
  readonly value?: Row;
}

/** The writes that a call to the storage asks for. */
export function writesOf(path: string, body: unknown): Written[] {
  const written = (item: Item): Written => ({ entity: item.entityName ?? 'plain', key: item.key, value: item.value });
  const removed = (item: Item): Written => ({ entity: item.entityName ?? 'plain', key: item.key, value: undefined });
  switch (path) {
    case '/api/v1/entity/set':
      return [written(body as Item)];
    case '/api/v1/entity/delete':
      return [removed(body as Item)];
    case '/api/v1/transaction': {
      const { set = [], delete: deletes = [] } = body as { set?: Item[]; delete?: Item[] };
      return [...set.map(written), ...deletes.map(removed)];
    }
    case '/api/v1/batch/set':
      return (body as Item[]).map(written);
    case '/api/v1/batch/delete':
      return (body as Item[]).map(removed);
    default:
      return [];
  }
}
