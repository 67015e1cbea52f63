import type { Connector, ConnectorAuth, SecretFacts, SecretPurpose } from '../domain/connector';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

type Unsecret = Omit<Connector, 'secret' | 'writeSecret'>;

/**
 * Saves a connector. Secrets are written to the secret store only and bound to the connector's origin; when the origin,
 * the way to sign in or the address of the token endpoint changes without a new secret, the stored one is cleared: it
 * never goes to another address than the one it was entered for.
 */
export async function saveConnector(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock' | 'secrets'>,
  asked: {
    readonly connector: Unsecret;
    readonly secrets: { readonly [P in SecretPurpose]?: string };
    readonly expectedRev: number;
    readonly accountId: string;
  },
): Promise<SaveResult<'connector'>> {
  const { connector } = asked;
  const before = (await ports.configuration.get('connector', connector.id))?.value;
  const secret = await keepSecret(ports, 'read', before, connector, asked.secrets.read);
  const writeSecret = await keepSecret(ports, 'write', before, connector, asked.secrets.write);
  const value: Connector = { ...connector, ...(secret ? { secret } : {}), ...(writeSecret ? { writeSecret } : {}) };
  return saveDocument(ports, {
    kind: 'connector',
    id: connector.id,
    value,
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}

/** What is known of the secret from now on; undefined when there is none. */
async function keepSecret(
  ports: Pick<Ports, 'clock' | 'secrets'>,
  purpose: SecretPurpose,
  before: Connector | undefined,
  now: Unsecret,
  given: string | undefined,
): Promise<SecretFacts | undefined> {
  const stored = purpose === 'write' ? before?.writeSecret : before?.secret;
  if (given !== undefined) {
    const { fingerprint } = await ports.secrets.set(now.id, purpose, now.origin, given);
    return { fingerprint, setAt: ports.clock.now(), origin: now.origin };
  }
  if (before === undefined || stored === undefined) return undefined;
  if (stored.origin === now.origin && sameWay(authFor(before, purpose), authFor(now, purpose))) return stored;
  await ports.secrets.clear(now.id, purpose);
  return undefined;
}

function authFor(connector: Unsecret, purpose: SecretPurpose): ConnectorAuth {
  return (purpose === 'write' ? connector.writeAuth : undefined) ?? connector.auth;
}

/** Whether a stored secret would still be sent exactly where it was meant to go, in the same way. */
function sameWay(before: ConnectorAuth, now: ConnectorAuth): boolean {
  const { scope: _before, ...was } = before as ConnectorAuth & { readonly scope?: string };
  const { scope: _now, ...is } = now as ConnectorAuth & { readonly scope?: string };
  const names = new Set([...Object.keys(was), ...Object.keys(is)]) as Set<keyof typeof was>;
  return [...names].every((name) => was[name] === is[name]);
}
