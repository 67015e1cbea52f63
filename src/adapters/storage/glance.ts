import { kvs } from '@forge/kvs';
import type { Policy } from '../../domain/policy/policy';
import type { Glance, Pulse } from '../../usecases/ports';
import { guarded, type Row } from './entities';
import { configKey, workKey } from './keys';

/** The policy and the sweep's pulse in one strongly consistent read: what every screen needs beside its request. */
export function createGlance(): Glance {
  return {
    async read() {
      const policyKey = configKey('policy', 'current');
      const answer = await guarded(() =>
        kvs.batchGet<Row & { data: unknown }>([
          { key: policyKey, entityName: 'config' },
          { key: workKey('heartbeat', 'sweep'), entityName: 'work' },
        ]),
      );
      const found = new Map(answer.successfulKeys.map((item) => [item.key, item.value?.data]));
      const policy = found.get(policyKey) as { readonly value: Policy } | undefined;
      const pulse = found.get(workKey('heartbeat', 'sweep')) as Pulse | undefined;
      return { ...(policy ? { policy: policy.value } : {}), ...(pulse ? { pulse } : {}) };
    },
  };
}
