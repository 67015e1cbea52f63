import { kvs } from '@forge/kvs';
import type { Heartbeat, Pulse } from '../../usecases/ports';
import { expectRev, getRow, transacted, type Row } from './entities';
import { workKey } from './keys';

const key = workKey('heartbeat', 'sweep');

/** What the sweep remembers of itself, in one row that only one sweep at a time can change. */
export function createHeartbeat(): Heartbeat {
  return {
    async beat(pulse, rev) {
      const row: Row = { v: 1, rev: rev + 1, kind: 'heartbeat', at: pulse.at, data: pulse };
      return transacted(() =>
        kvs
          .transact()
          .set<Row>(key, row, { entityName: 'work', conditions: expectRev(rev) })
          .execute(),
      );
    },
    async last() {
      const row = await getRow<Row & { rev: number; data: Pulse }>('work', key);
      return row && { rev: row.rev, pulse: row.data };
    },
  };
}
