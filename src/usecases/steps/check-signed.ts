import { later, type Instant } from '../../domain/instant';
import { isTimely, signatureFits, type Signed } from '../../domain/signature';
import type { Ports, SignedBox, SignedInbox } from '../ports';

/** Messages with a wrong signature are written down once in this time, so that nobody can fill the audit with them. */
const forgedOnceInMs = 60 * 60_000;

/**
 * Whether a message is timely and signed with the connector's secret. A wrong signature under a connector that exists is
 * written down, at most once an hour.
 */
export async function isSignedFor<S extends { readonly forgedAt?: Instant }, M>(
  ports: Pick<Ports, 'clock'>,
  box: SignedBox<S, M>,
  kind: 'feed' | 'relay',
  signed: Signed,
  text: string,
): Promise<boolean> {
  if (!isTimely(signed.timestamp, ports.clock.now())) return false;
  const secret = await box.secret(signed.keyId);
  if (signatureFits(secret, signed, text)) return true;
  if (secret === undefined) return false;
  const inbox = await box.inbox(signed.keyId, signed.nonce);
  const now = ports.clock.now();
  const { forgedAt } = inbox.state;
  if (inbox.connector?.kind !== kind || (forgedAt !== undefined && now < later(forgedAt, forgedOnceInMs))) return false;
  // Not tried again when somebody else was first: one entry is enough.
  await box.save({
    inbox,
    now,
    state: { ...inbox.state, forgedAt: now },
    facts: [{ fact: `${kind}-refused`, problem: 'signature' }],
  });
  return false;
}

/** Whether a message is for a connector of this kind that stands, and comes for the first time. */
export function mayBeTaken<S>(inbox: SignedInbox<S>, kind: 'feed' | 'relay', now: Instant): boolean {
  const { connector, nonce } = inbox;
  return connector?.kind === kind && connector.secret !== undefined && (nonce === undefined || now >= nonce.expiresAt);
}
