import type { Connector } from '../domain/connector';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/**
 * Saves a connector. A secret is written to the secret store only and bound to the connector's origin; when the origin
 * or the address of the token endpoint changes without a new secret, the stored one is cleared: it never goes to another
 * address than the one it was entered for.
 */
export async function saveConnector(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock' | 'secrets'>,
  asked: {
    readonly connector: Omit<Connector, 'secret'>;
    readonly secret?: string;
    readonly expectedRev: number;
    readonly accountId: string;
  },
): Promise<SaveResult<'connector'>> {
  const { connector } = asked;
  const before = (await ports.configuration.get('connector', connector.id))?.value;
  let secret = before?.secret && goesToTheSamePlace(before, connector) ? before.secret : undefined;
  if (before?.secret && !secret) await ports.secrets.clear(connector.id);
  if (asked.secret !== undefined) {
    const { fingerprint } = await ports.secrets.set(connector.id, connector.origin, asked.secret);
    secret = { fingerprint, setAt: ports.clock.now(), origin: connector.origin };
  }
  const value: Connector = { ...connector, ...(secret ? { secret } : {}) };
  return saveDocument(ports, {
    kind: 'connector',
    id: connector.id,
    value,
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}

/** Whether a stored secret would still be sent exactly where it was meant to go, in the same way. */
function goesToTheSamePlace(before: Connector, now: Omit<Connector, 'secret'>): boolean {
  if (before.secret?.origin !== now.origin || before.auth.kind !== now.auth.kind) return false;
  return (
    before.auth.kind !== 'oauth2' ||
    now.auth.kind !== 'oauth2' ||
    (before.auth.tokenUrl === now.auth.tokenUrl && before.auth.clientId === now.auth.clientId)
  );
}
