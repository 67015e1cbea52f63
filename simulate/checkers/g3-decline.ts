import type { AuditEntry } from '../../src/domain/audit/entry';
import type { Checker } from './checker';

/** G3: one no is a no: the change that records a decline that counts declines the request. */
export const decline: Checker = {
  name: 'G3',
  onWrite(written) {
    for (const { entity, value } of written) {
      const entry = entity === 'audit' ? (value?.data as AuditEntry) : undefined;
      if (!entry?.facts.some(({ fact }) => fact === 'declined')) continue;
      if (!entry.facts.some((fact) => fact.fact === 'state' && fact['state'] === 'declined'))
        return `${entry.chain} recorded a decline in entry ${entry.seq} and went on`;
    }
    return undefined;
  },
};
