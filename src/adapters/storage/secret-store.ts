import { kvs } from '@forge/kvs';
import type { SecretFacts, SecretPurpose } from '../../domain/connector';
import { fingerprintOf } from '../../domain/fingerprint';
import type { Secrets } from '../../usecases/ports';
import { guarded } from './entities';
import { secretKey } from './keys';

interface StoredSecret {
  readonly value: string;
  /** The origin the secret was entered for. It is never sent anywhere else. */
  readonly origin: string;
}

/**
 * Secrets of connectors, in Forge's secret store only. `read` answers the secret only if it is the one that the connector
 * says it has: document and secret are two writes, and a secret from before or after is not the one that was meant.
 */
export function createSecretStore(): Secrets & {
  read(connectorId: string, purpose: SecretPurpose, facts: SecretFacts): Promise<string | undefined>;
} {
  return {
    async set(connectorId, purpose, origin, value) {
      await guarded(() => kvs.setSecret<StoredSecret>(secretKey(connectorId, purpose), { value, origin }));
    },
    async clear(connectorId, purpose) {
      await guarded(() => kvs.deleteSecret(secretKey(connectorId, purpose)));
    },
    async read(connectorId, purpose, facts) {
      const stored = await guarded(() => kvs.getSecret<StoredSecret>(secretKey(connectorId, purpose)));
      if (stored === undefined || stored.origin !== facts.origin) return undefined;
      return fingerprintOf(stored.value) === facts.fingerprint ? stored.value : undefined;
    },
  };
}
