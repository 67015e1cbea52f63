import type { Connector, SecretFacts, SecretPurpose } from '../domain/connector';
import { keptSecret } from '../domain/connector-secret';
import { fingerprintOf, isAmong } from '../domain/fingerprint';
import type { Instant } from '../domain/instant';
import type { ConfigChange, GivenSecrets, Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';
import { storedFingerprints } from './steps/stored-fingerprints';

type Unsecret = Omit<Connector, 'secret' | 'writeSecret'>;

/** What becomes of one of the two secrets. */
interface Keeping {
  readonly purpose: SecretPurpose;
  /** What is known of it from now on; absent: there is none. */
  readonly facts?: SecretFacts;
  /** A new value to store. */
  readonly given?: string;
  /** What is stored must go. */
  readonly cleared: boolean;
}

/**
 * Saves a connector. Secrets are written to the secret store only and bound to the connector's origin; when the origin,
 * the way to sign in or the address of the token endpoint changes without a new secret, the stored one is cleared: it
 * never goes to another address than the one it was entered for. A secret that is stored anywhere else already is refused.
 * The document is written first: a secret that does not fit it is never sent, so whatever breaks in between leaves the
 * connector unreadable, never open. Entering the stored secret again does not make it younger.
 */
export async function saveConnector(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock' | 'secrets'>,
  asked: {
    readonly connector: Unsecret;
    readonly secrets: GivenSecrets;
    readonly expectedRev: number;
    readonly accountId: string;
  },
): Promise<SaveResult<'connector'> | { readonly saved: 'refused'; readonly problems: readonly string[] }> {
  const { connector, secrets } = asked;
  const before = (await ports.configuration.get('connector', connector.id))?.value;
  const problems = await takenSecrets(ports, connector.id, secrets);
  if (problems.length > 0) return { saved: 'refused', problems };
  const now = ports.clock.now();
  const read = keeping('read', before, connector, secrets.read, now);
  const write = keeping('write', before, connector, secrets.write, now);
  const result = await saveDocument(ports, {
    kind: 'connector',
    id: connector.id,
    value: {
      ...connector,
      ...(read.facts ? { secret: read.facts } : {}),
      ...(write.facts ? { writeSecret: write.facts } : {}),
    },
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
    facts: factsOf(before, connector, [read, write]),
  });
  if (!result.saved) return result;
  for (const { purpose, given, cleared } of [read, write]) {
    if (given !== undefined) await ports.secrets.set(connector.id, purpose, connector.origin, given);
    else if (cleared) await ports.secrets.clear(connector.id, purpose);
  }
  return result;
}

/** A secret opens one door: whoever learns it from one system, or from reading, must not be able to do more. */
async function takenSecrets(
  ports: Pick<Ports, 'configuration'>,
  id: string,
  secrets: GivenSecrets,
): Promise<readonly string[]> {
  const fingerprints = {
    read: secrets.read === undefined ? undefined : fingerprintOf(secrets.read),
    write: secrets.write === undefined ? undefined : fingerprintOf(secrets.write),
  };
  if (fingerprints.read !== undefined && fingerprints.write !== undefined)
    if (isAmong(fingerprints.read, [fingerprints.write])) return [sameForBoth];
  for (const purpose of ['read', 'write'] as const) {
    const fingerprint = fingerprints[purpose];
    if (fingerprint === undefined) continue;
    if (isAmong(fingerprint, await storedFingerprints(ports, { connector: id, purpose }))) return [inUse];
  }
  return [];
}

const sameForBoth = 'Reading and writing need two different secrets. Make a second one in the target.';
const inUse =
  'This secret is stored already: for another connector, for the other use of this one, or for lists of leavers. Make a new one in the target, for this use alone.';

function keeping(
  purpose: SecretPurpose,
  before: Connector | undefined,
  now: Unsecret,
  given: string | undefined,
  at: Instant,
): Keeping {
  const stored = purpose === 'write' ? before?.writeSecret : before?.secret;
  if (given !== undefined) {
    const fingerprint = fingerprintOf(given);
    const setAt = stored?.fingerprint === fingerprint ? stored.setAt : at;
    return { purpose, facts: { fingerprint, setAt, origin: now.origin }, given, cleared: stored !== undefined };
  }
  const kept = before && keptSecret(before, now, purpose);
  return { purpose, ...(kept ? { facts: kept } : {}), cleared: stored !== undefined && kept === undefined };
}

/** What an auditor asks about: where the connector pointed before, and what became of the secrets. Never what they are. */
function factsOf(
  before: Connector | undefined,
  now: Unsecret,
  secrets: readonly Keeping[],
): NonNullable<ConfigChange['facts']> {
  const moved = before !== undefined && before.origin !== now.origin;
  return [
    ...(moved ? [{ fact: 'origin-changed', from: before.origin, to: now.origin }] : []),
    ...secrets.flatMap(({ purpose, given, cleared }) => [
      ...(cleared ? [{ fact: 'secret-cleared', purpose }] : []),
      ...(given === undefined ? [] : [{ fact: 'secret-stored', purpose }]),
    ]),
  ];
}
