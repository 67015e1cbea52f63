import { kvs } from '@forge/kvs';
import { sha256 } from '../../domain/canonical';
import type { Secrets } from '../../usecases/ports';
import { guarded } from './entities';
import { secretKey } from './keys';

interface StoredSecret {
  readonly value: string;
  /** The origin the secret was entered for. It is never sent anywhere else. */
  readonly origin: string;
}

/** Secrets of connectors, in Forge's secret store only. */
export function createSecretStore(): Secrets & {
  read(connectorId: string, origin: string): Promise<string | undefined>;
} {
  return {
    async set(connectorId, origin, value) {
      await guarded(() => kvs.setSecret<StoredSecret>(secretKey(connectorId), { value, origin }));
      return { fingerprint: sha256(value).slice(0, 12) };
    },
    async clear(connectorId) {
      await guarded(() => kvs.deleteSecret(secretKey(connectorId)));
    },
    async read(connectorId, origin) {
      const stored = await guarded(() => kvs.getSecret<StoredSecret>(secretKey(connectorId)));
      return stored?.origin === origin ? stored.value : undefined;
    },
  };
}
