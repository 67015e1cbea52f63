import { kvs } from '@forge/kvs';
import type { AuditEntry } from '../../domain/audit/entry';
import type { AuditLog } from '../../usecases/ports';
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
  };
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
