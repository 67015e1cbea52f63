import { kvs } from '@forge/kvs';
import type { Heartbeat, Pulse } from '../../usecases/ports';
import { getRow, guarded, type Row } from './entities';
import { workKey } from './keys';

const key = workKey('heartbeat', 'sweep');

/** When the sweep last ran to its end, and when it last caught up with lost events. */
export function createHeartbeat(): Heartbeat {
  return {
    async beat(pulse) {
      const row: Row = { v: 1, rev: 1, kind: 'heartbeat', at: pulse.at, data: pulse };
      await guarded(() => kvs.entity<Row>('work').set(key, row));
    },
    async last() {
      return (await getRow<Row & { data: Pulse }>('work', key))?.data;
    },
  };
}
