import { kvs, WhereConditions } from '@forge/kvs';
import type { ChainHead } from '../../domain/audit/digest';
import type { AuditEntry } from '../../domain/audit/entry';
import { Unavailable, type AuditLog } from '../../usecases/ports';
import { guarded, queryRows, type Row } from './entities';
import { auditKey } from './keys';

type StoredEntry = Row & { readonly chain: string; readonly data: AuditEntry };

/** The stored form of an audit entry. */
export function auditRow(entry: AuditEntry): Row {
  return {
    v: 1,
    chain: entry.chain,
    seq: entry.seq,
    at: entry.at,
    day: entry.at.slice(0, 10),
    kind: entry.kind,
    data: entry,
  };
}

/** How many keys one batch may name (developer.atlassian.com/platform/forge/limits-kvs-ce). */
const batch = 25;

/**
 * Reads the audit chains. The list of chains comes from a query over their first entries; the entries themselves are read
 * by key in sequence, so a chain that is listed is always complete.
 */
export function createAuditRepository(): AuditLog {
  return {
    async chain(chain, limit) {
      return readChain(chain, limit);
    },
    async page(cursor, limit) {
      const { rows, cursor: next } = await queryRows<StoredEntry>('audit', 'by-seq', [1], {
        limit,
        ...(cursor ? { cursor } : {}),
      });
      const entries: AuditEntry[] = [];
      for (const { value } of rows) entries.push(...(await readChain(value.chain, Number.POSITIVE_INFINITY)));
      return { entries, ...(next ? { cursor: next } : {}) };
    },
    async since(day, at, cursor) {
      const { rows, cursor: next } = await queryRows<StoredEntry>('audit', 'by-day', [day], {
        limit: 100,
        where: WhereConditions.greaterThanEqualTo(at),
        ...(cursor ? { cursor } : {}),
      });
      return { entries: rows.map(({ value }) => value.data), ...(next ? { cursor: next } : {}) };
    },
    async oldest() {
      const { rows } = await queryRows<StoredEntry>('audit', 'by-seq', [1], { limit: 1 });
      return rows[0]?.value.data.at;
    },
    async heads(atLeast) {
      const heads = new Map(atLeast);
      // Entries follow one another without gap, so a chain is at its head when the next number is absent.
      for (let open = [...atLeast.keys()]; open.length > 0;) open = await oneFurther(open, heads);
      return heads;
    },
  };
}

/** Looks for the next entry of each chain and notes it. Answers the chains that had one. */
async function oneFurther(chains: readonly string[], heads: Map<string, ChainHead>): Promise<string[]> {
  const further: string[] = [];
  for (let first = 0; first < chains.length; first += batch) {
    const keys = chains.slice(first, first + batch).map((chain) => ({
      key: auditKey(chain, (heads.get(chain)?.seq ?? 0) + 1),
      entityName: 'audit',
    }));
    for (const { value } of await found(keys)) {
      if (!value) continue;
      heads.set(value.chain, { seq: value.data.seq, hash: value.data.hash });
      further.push(value.chain);
    }
  }
  return further;
}

/** Rows that exist among these keys. A key that storage did not answer for is a failure, not an absence. */
async function found(
  keys: Array<{ key: string; entityName: string }>,
): Promise<ReadonlyArray<{ key: string; value?: StoredEntry }>> {
  const answer = await guarded(() => kvs.batchGet<StoredEntry>(keys));
  if (answer.failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND')) throw new Unavailable('storage');
  return answer.successfulKeys;
}

async function readChain(chain: string, limit: number): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let first = 1; entries.length < limit; first += batch) {
    const keys = Array.from({ length: batch }, (_, i) => ({ key: auditKey(chain, first + i), entityName: 'audit' }));
    const answer = await guarded(() => kvs.batchGet<StoredEntry>(keys));
    const found = new Map(answer.successfulKeys.map((item) => [item.key, item.value?.data]));
    for (const { key } of keys) {
      const entry = found.get(key);
      if (!entry) return entries;
      entries.push(entry);
    }
  }
  return entries.slice(0, limit);
}
