import { canonicalHash, sha256 } from '../domain/canonical';
import { fingerprintOf } from '../domain/fingerprint';
import { leaverList, type Leaver } from '../domain/leaver/leaver-list';
import { isTimely, nonceExpiry, signatureFits, type Signed } from '../domain/leaver/signature';
import { Unavailable, type Ports } from './ports';

const attempts = 6;
/** An audit entry names at most this many entries that were not understood; the count is always whole. */
const mostNamed = 50;

/** Why an entry of a genuine list was not taken. `entry` counts from 1. */
export interface EntryRefusal {
  readonly entry: number;
  readonly problem: 'form' | 'one-name' | 'name' | 'instant';
}

/** What a body says once it was read. */
export interface SentList {
  readonly entries: readonly Leaver[];
  readonly refused: readonly EntryRefusal[];
}

/**
 * Takes in a list of leavers if it is genuine: timely, signed with a key that stands, and sent for the first time. What is
 * not genuine is refused with one read and without being looked into. What is genuine is stored, with its nonce and its
 * audit entry in one transaction, before anything is answered; the sweep applies it.
 * @throws Unavailable when storage does not answer: nothing was taken, and the sender signs and sends again
 */
export async function takeLeavers(
  ports: Pick<Ports, 'leavers' | 'clock'>,
  sent: { readonly signed: Signed; readonly body: string; readonly parse: () => SentList | undefined },
): Promise<'accepted' | 'partly' | 'malformed' | 'refused'> {
  const { signed, body } = sent;
  if (!isTimely(signed.timestamp, ports.clock.now())) return 'refused';
  const secret = await ports.leavers.secret(signed.keyId);
  if (!signatureFits(secret, signed, body) || secret === undefined) return 'refused';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const now = ports.clock.now();
    const inbox = await ports.leavers.inbox(signed.keyId, signed.nonce);
    // A secret whose key was changed or removed meanwhile signs nothing any more.
    if (inbox.key?.secret?.fingerprint !== fingerprintOf(secret)) return 'refused';
    if (inbox.nonce !== undefined && now < inbox.nonce.expiresAt) return 'refused';
    const parsed = sent.parse();
    if (parsed === undefined) return 'malformed';
    const list = leaverList(parsed.entries, signed.keyId, now);
    const known = list.entries.length === 0 || (await ports.leavers.list(list.id)) !== undefined;
    const taken = await ports.leavers.take({
      inbox,
      nonce: { value: signed.nonce, expiresAt: nonceExpiry(now) },
      ...(known ? {} : { list }),
      summary: {
        keyId: signed.keyId,
        at: now,
        entries: list.entries.length,
        refused: parsed.refused.slice(0, mostNamed),
      },
      facts: [
        {
          fact: 'leavers-taken',
          list: list.id,
          body: sha256(body),
          nonce: canonicalHash(signed.nonce),
          entries: list.entries.length,
          again: known,
        },
        ...(parsed.refused.length > 0 ? [{ fact: 'entries-refused', count: parsed.refused.length }] : []),
        ...parsed.refused.slice(0, mostNamed).map((refusal) => ({ fact: 'entry-refused', ...refusal })),
      ],
    });
    if (!taken) continue;
    if (parsed.refused.length === 0) return 'accepted';
    return parsed.entries.length > 0 ? 'partly' : 'malformed';
  }
  throw new Unavailable('storage');
}
