import type { AuditEntry } from '../../src/domain/audit/entry';
import type { Checker } from './checker';

/** What the rules of prepare.ts leave at its default: an approval waits for thirty days. */
const approvalWaits = 30 * 86_400_000;

/** T1: no timer fires early: an approval lapses no sooner than its whole time after it was asked. */
export const neverEarly: Checker = {
  name: 'T1',
  onWrite(written, installation) {
    for (const { entity, value } of written) {
      const entry = entity === 'audit' ? (value?.data as AuditEntry) : undefined;
      if (entry?.kind !== 'lapse') continue;
      const asked = installation.rows
        .chain(entry.chain)
        .filter(({ facts }) => facts.some(({ fact }) => fact === 'approval-asked'))
        .at(-1);
      if (asked && Date.parse(entry.at) < Date.parse(asked.at) + approvalWaits)
        return `${entry.chain} lapsed at ${entry.at}, asked at ${asked.at}`;
    }
    return undefined;
  },
};
