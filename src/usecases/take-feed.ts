import { canonicalHash, sha256 } from '../domain/canonical';
import { allBuckets, inBuckets, packNames } from '../domain/feed/feed-buckets';
import { partsAgree } from '../domain/feed/feed-parts';
import { readFeed, type FeedContent } from '../domain/feed/feed-row';
import {
  beginPart,
  endPart,
  envelopeOf,
  feedText,
  refusedFeed,
  type Ending,
  type EnvelopeTexts,
  type FeedEnvelope,
  type FeedGeneration,
  type FeedProblem,
  type FeedState,
} from '../domain/feed/feed-state';
import type { Instant } from '../domain/instant';
import { nonceExpiry, type Signed } from '../domain/signature';
import { Unavailable, type Ports, type SignedInbox } from './ports';
import { isSignedFor, mayBeTaken } from './steps/check-signed';

const attempts = 6;
/** Parts of former feeds that are removed with each message. */
const removedAtOnce = 2;

export type FeedAnswer = 'accepted' | 'part' | 'refused' | FeedProblem;

interface SentFeed {
  readonly signed: Signed;
  readonly envelope: EnvelopeTexts;
  readonly body: string;
}

type Needed = Pick<Ports, 'feeds' | 'clock' | 'ids'>;

/**
 * Takes in a feed, or a numbered part of one, if it is genuine: timely, signed with the connector's secret, and sent for the
 * first time. A genuine feed that is wrong in anything is refused as a whole and written down with the reason; the feed
 * before it stays. With its last part a feed takes the place of the one before in one transaction.
 * @throws Unavailable when storage does not answer: the sender signs and sends again
 */
export async function takeFeed(ports: Needed, sent: SentFeed): Promise<FeedAnswer> {
  const { signed, body } = sent;
  const text = feedText(sent.envelope, body);
  if (!(await isSignedFor(ports, ports.feeds, 'feed', signed, text))) return 'refused';
  const envelope = envelopeOf(sent.envelope);
  const content = readFeed(body);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const inbox = await ports.feeds.inbox(signed.keyId, signed.nonce);
    const now = ports.clock.now();
    if (!mayBeTaken(inbox, 'feed', now)) return 'refused';
    const saving = { inbox, now, nonce: { value: signed.nonce, expiresAt: nonceExpiry(now) } };
    if (envelope === undefined || 'badLine' in content) {
      const line = 'badLine' in content ? content.badLine : undefined;
      const state = refusedFeed(inbox.state, 'malformed', envelope, now, line);
      if (!(await ports.feeds.save({ ...saving, state, facts: [refusal('malformed', sent, line)] }))) continue;
      return 'malformed';
    }
    const begun = begin(inbox, envelope, content, body, now, ports.ids.next());
    if (begun.begins === 'known') {
      if (!(await ports.feeds.save({ ...saving, state: inbox.state }))) continue;
      return begun.whole ? 'accepted' : 'part';
    }
    const facts = begun.begins === 'refused' ? [refusal(begun.problem, sent)] : undefined;
    if (!(await ports.feeds.save({ ...saving, state: begun.state, ...(facts ? { facts } : {}) }))) continue;
    if (begun.begins === 'refused') return begun.problem;
    return storePart(ports, sent, begun.generation, envelope, content);
  }
  throw new Unavailable('storage');
}

function begin(
  inbox: SignedInbox<FeedState>,
  envelope: FeedEnvelope,
  content: FeedContent,
  body: string,
  now: Instant,
  newId: string,
) {
  const names = packNames(envelope, new Set(inBuckets(content, envelope).keys()));
  return beginPart(inbox.state, envelope, { hash: sha256(body), rows: content.rows, names }, now, newId);
}

async function storePart(
  ports: Needed,
  sent: SentFeed,
  generation: FeedGeneration,
  envelope: FeedEnvelope,
  content: FeedContent,
): Promise<FeedAnswer> {
  const { keyId, nonce } = sent.signed;
  const stored = await ports.feeds.store(keyId, generation, envelope.part, inBuckets(content, generation));
  for (let attempt = 0; attempt < attempts; attempt++) {
    const inbox = await ports.feeds.inbox(keyId, nonce);
    const now = ports.clock.now();
    if (stored === 'too-large') {
      const state = refusedFeed(inbox.state, 'too-large', envelope, now);
      if (!(await ports.feeds.save({ inbox, now, state, facts: [refusal('too-large', sent)] }))) continue;
      return 'too-large';
    }
    const ended = endPart(inbox.state, generation.id, envelope, now);
    const agree = ended.ends !== 'whole' || (await compareParts(ports, keyId, ended.whole));
    // Rows that are gone are those of a feed that has just given way to another: the state tells.
    if (agree === undefined) continue;
    const end: Ending = agree
      ? ended
      : {
          ends: 'refused',
          problem: 'parts-disagree',
          state: refusedFeed(inbox.state, 'parts-disagree', envelope, now),
        };
    const facts =
      end.ends === 'refused'
        ? [refusal(end.problem, sent)]
        : [
            { fact: 'feed-part', ...envelopeFact(envelope), body: sha256(sent.body), read: content.rows },
            ...(end.ends === 'whole' ? [{ fact: 'feed-taken', feed: generation.id, ...envelopeFact(envelope) }] : []),
          ];
    if (!(await ports.feeds.save({ inbox, now, state: end.state, facts }))) continue;
    if (end.ends === 'refused') return end.problem;
    await tidy(ports, keyId, nonce);
    return end.ends === 'whole' ? 'accepted' : 'part';
  }
  throw new Unavailable('storage');
}

/** Rows of storage that are looked at together, so that a long feed is never in memory as a whole. */
const rowsAtOnce = 24;

/** Whether the parts of a whole feed can stand beside each other; undefined when its rows are being removed. */
async function compareParts(ports: Needed, connectorId: string, whole: FeedGeneration): Promise<boolean | undefined> {
  // One part has been looked at as a whole already.
  if (whole.parts === 1) return true;
  const buckets = [...allBuckets(whole, 'accounts'), ...allBuckets(whole, 'entitlements')];
  const some = Math.floor(rowsAtOnce / whole.parts);
  for (let first = 0; first < buckets.length; first += some) {
    const read = await ports.feeds.buckets(connectorId, whole, buckets.slice(first, first + some));
    if (!read) return undefined;
    if (!partsAgree(read)) return false;
  }
  return true;
}

/** Removes what former feeds left behind, a bounded piece with each message. What fails is left for the next one. */
async function tidy(ports: Needed, connectorId: string, nonce: string): Promise<void> {
  try {
    const before = await ports.feeds.inbox(connectorId, nonce);
    const some = before.state.garbage.slice(0, removedAtOnce);
    for (const garbage of some) await ports.feeds.remove(connectorId, garbage);
    if (some.length === 0) return;
    const state = { ...before.state, garbage: before.state.garbage.slice(some.length) };
    await ports.feeds.save({ inbox: before, state, now: ports.clock.now() });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
  }
}

function refusal(problem: FeedProblem, { envelope, body, signed }: SentFeed, line?: number) {
  return {
    fact: 'feed-refused',
    problem,
    envelope: canonicalHash({ ...envelope }),
    body: sha256(body),
    nonce: canonicalHash(signed.nonce),
    ...(line === undefined ? {} : { line }),
  };
}

function envelopeFact({ asOf, rows, part, parts }: FeedEnvelope) {
  return { asOf, rows, part, parts };
}
