import { kvs } from '@forge/kvs';
import { chainStart, sealEntry } from '../../domain/audit/entry';
import type { Breakers, BreakerState } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, transacted, type Row } from './entities';
import { auditKey, workKey } from './keys';

type StoredBreaker = Row & {
  readonly rev: number;
  readonly data: BreakerState & { readonly seq?: number; readonly head?: string };
};

/** Circuit breakers, one row each. Counting is bookkeeping; what a person decides has an audit entry of its own. */
export function createBreakerRepository(): Breakers {
  return {
    async get(breaker) {
      const row = await getRow<StoredBreaker>('work', workKey('breaker', breaker));
      return row && { rev: row.rev, state: row.data };
    },
    async save(state, expectedRev, change) {
      const key = workKey('breaker', state.breaker);
      const before = (await getRow<StoredBreaker>('work', key))?.data;
      const chain = `breaker:${state.breaker}`;
      const seq = (before?.seq ?? 0) + 1;
      const entry =
        change &&
        sealEntry({
          chain,
          seq,
          at: change.at,
          kind: 'decide-breaker',
          actor: change.actor,
          facts: change.facts,
          prev: before?.head ?? chainStart(chain),
        });
      const known = before?.seq === undefined ? {} : { seq: before.seq, head: before.head };
      const data = { ...state, ...known, ...(entry ? { seq, head: entry.hash } : {}) };
      const row: Row = { v: 1, rev: expectedRev + 1, kind: 'breaker', at: state.windowFrom, data };
      return transacted(() => {
        const transaction = kvs
          .transact()
          .set<Row>(key, row, { entityName: 'work', conditions: expectRev(expectedRev) });
        if (entry) transaction.set<Row>(auditKey(chain, seq), auditRow(entry), { entityName: 'audit' });
        return transaction.execute();
      });
    },
  };
}
