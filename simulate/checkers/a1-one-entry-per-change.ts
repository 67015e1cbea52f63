import type { AuditEntry } from '../../src/domain/audit/entry';
import type { Checker } from './checker';

/** Documents that have a revision and an audit chain, and the chain's name. */
const chains: Readonly<Record<string, (key: string) => string>> = {
  request: (key) => `request:${key.slice('req:'.length)}`,
  config: (key) => `config:${key.slice('cfg:'.length)}`,
};

/** A1: every change of a record is written together with exactly one audit entry of the same number, and no other way. */
export const oneEntryPerChange: Checker = {
  name: 'A1',
  onWrite(written, installation) {
    const entries = written.filter(({ entity }) => entity === 'audit');
    for (const { key, value } of entries) {
      if (!value) return `the audit entry ${key} was removed`;
      if (installation.rows.get('audit', key)) return `the audit entry ${key} was written a second time`;
    }
    for (const { entity, key, value } of written) {
      const chainOf = chains[entity];
      if (!chainOf) continue;
      if (!value) return `the record ${key} was removed`;
      const before = installation.rows.get(entity, key);
      const rev = Number(value['rev']);
      if (rev !== Number(before?.['rev'] ?? 0) + 1)
        return `the record ${key} went from revision ${String(before?.['rev'] ?? 0)} to ${rev}`;
      const own = entries
        .map((entry) => entry.value?.data as AuditEntry)
        .filter((entry) => entry.chain === chainOf(key));
      if (own.length !== 1 || own[0]?.seq !== rev)
        return `revision ${rev} of ${key} was written with ${own.length} audit entries (${own.map((e) => e.seq).join()})`;
    }
    return undefined;
  },
};
