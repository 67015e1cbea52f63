import { chainStart, entryHash, type AuditEntry } from '../../src/domain/audit/entry';
import type { Checker } from './checker';

/** A2: every chain runs from its start without a gap, each entry on the one before, and ends where its record stands. */
export const unbroken: Checker = {
  name: 'A2',
  atEnd({ rows }) {
    const chains = new Map<string, AuditEntry[]>();
    for (const row of rows.all('audit')) {
      const entry = row.data as AuditEntry;
      const chain = chains.get(entry.chain);
      if (chain) chain.push(entry);
      else chains.set(entry.chain, [entry]);
    }
    for (const [chain, entries] of chains) {
      // The configuration is the same in thousands of histories and was checked once.
      if (chain.startsWith('config:')) continue;
      let prev = chainStart(chain);
      for (const [index, entry] of entries.sort((a, b) => a.seq - b.seq).entries()) {
        if (entry.seq !== index + 1) return `chain ${chain} has entry ${entry.seq} where ${index + 1} must stand`;
        if (entry.prev !== prev) return `entry ${entry.seq} of ${chain} does not follow the one before`;
        if (entryHash(entry) !== entry.hash) return `entry ${entry.seq} of ${chain} does not have its own hash`;
        prev = entry.hash;
      }
    }
    for (const key of rows.keys('request')) {
      const id = key.slice('req:'.length);
      const request = rows.request(id);
      const head = chains.get(`request:${id}`)?.at(-1);
      if (request?.rev !== head?.seq || request?.auditHead !== head?.hash)
        return `the record ${id} stands at revision ${request?.rev}, its chain at ${head?.seq}`;
      const gate = rows.get('gate', `gate:${id}`)?.data as { rev?: number } | undefined;
      if (gate?.rev !== request?.rev)
        return `the gate row of ${id} is of revision ${gate?.rev}, the record of ${request?.rev}`;
    }
    return undefined;
  },
};
