import { kvs } from '@forge/kvs';
import { sha256 } from '../../domain/canonical';
import type { SecretPurpose } from '../../domain/connector';
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
  read(connectorId: string, purpose: SecretPurpose, origin: string): Promise<string | undefined>;
} {
  return {
    async set(connectorId, purpose, origin, value) {
      await guarded(() => kvs.setSecret<StoredSecret>(secretKey(connectorId, purpose), { value, origin }));
      return { fingerprint: sha256(value).slice(0, 12) };
    },
    async clear(connectorId, purpose) {
      await guarded(() => kvs.deleteSecret(secretKey(connectorId, purpose)));
    },
    async read(connectorId, purpose, origin) {
      const stored = await guarded(() => kvs.getSecret<StoredSecret>(secretKey(connectorId, purpose)));
      return stored?.origin === origin ? stored.value : undefined;
    },
  };
}
