import { kvs } from '@forge/kvs';
import type { Heartbeat } from '../../usecases/ports';
import { getRow, guarded, type Row } from './entities';
import { workKey } from './keys';

const key = workKey('heartbeat', 'sweep');

/** When the sweep last ran to its end. */
export function createHeartbeat(): Heartbeat {
  return {
    async beat(at) {
      await guarded(() => kvs.entity<Row>('work').set(key, { v: 1, rev: 1, kind: 'heartbeat', at }));
    },
    async last() {
      return (await getRow<Row & { at: string }>('work', key))?.at;
    },
  };
}
