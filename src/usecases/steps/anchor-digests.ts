import { anchorLine, anchorMessage } from '../../domain/audit/anchor';
import type { Digest } from '../../domain/audit/digest';
import { withAnchored, withFailure, withLease, type DigestState } from '../../domain/audit/digest-state';
import { later } from '../../domain/instant';
import type { Anchor } from '../../domain/site-settings';
import type { ReadFailure } from '../../domain/verification/judge';
import { Unavailable, type Ports } from '../ports';

type Needed = Pick<Ports, 'digests' | 'configuration' | 'issues' | 'outbound' | 'clock' | 'log'>;

/** While one invocation anchors, others leave it alone for this long: longer than an invocation may take. */
const leaseMs = 6 * 60_000;
/** After an outage the backlog is anchored in portions, so that one sweep does not flood the issue. */
const mostAtOnce = 20;

/**
 * Anchors the digests that wait, oldest first, each once: only the holder of the lease tries, and a comment that an
 * earlier attempt left is found before it is made again. What fails waits for a later sweep and is never given up.
 * @returns the state as it is afterwards
 */
export async function anchorDigests(ports: Needed, before: DigestState, noTime: () => boolean): Promise<DigestState> {
  if (before.waitingFrom === undefined || noTime()) return before;
  if (before.tryAt !== undefined && ports.clock.now() < before.tryAt) return before;
  const anchor = (await ports.configuration.get('site', 'current'))?.value.anchor;
  let state = before;
  for (let count = 0; anchor && state.waitingFrom !== undefined && count < mostAtOnce && !noTime(); count++) {
    const stored = await ports.digests.get(state.waitingFrom);
    if (!stored) throw new Unavailable('storage');
    const leased = withLease(state, later(ports.clock.now(), leaseMs));
    if (!(await ports.digests.save(leased))) return state;
    const tried = await attempt(ports, anchor, stored.digest);
    const now = ports.clock.now();
    if (tried !== 'done') {
      ports.log.note('anchor-postponed', { seq: stored.digest.seq, attempts: leased.attempts });
      return settle(ports, leased, (current) => withFailure(current, now, tried.problem, tried.retryAfterSeconds));
    }
    const where = anchor.kind === 'issue' ? `issue ${anchor.issueKey}` : anchor.url;
    state = await settle(
      ports,
      leased,
      (current) => withAnchored(current, stored.digest, now, where),
      (next) => ports.digests.anchored({ digest: stored.digest, anchoredAt: now, where }, next),
    );
  }
  return state;
}

/** Writes down what came of an attempt. Whoever wrote a digest meanwhile changed the state, but not what waits. */
async function settle(
  ports: Needed,
  leased: DigestState,
  change: (current: DigestState) => DigestState,
  save: (next: DigestState) => Promise<boolean> = (next) => ports.digests.save(next),
): Promise<DigestState> {
  for (let current: DigestState | undefined = leased, tries = 0; tries < 5; tries++) {
    const next = change(current);
    if (await save(next)) return next;
    current = await ports.digests.state();
    // Somebody else took over after the lease, or the anchor was taken away: theirs stands.
    if (!current || current.waitingFrom !== leased.waitingFrom || current.tryAt !== leased.tryAt) break;
  }
  return (await ports.digests.state()) ?? leased;
}

type Attempt = 'done' | { readonly problem: string; readonly retryAfterSeconds?: number };

async function attempt(ports: Needed, anchor: Anchor, digest: Digest): Promise<Attempt> {
  if (anchor.kind === 'address') {
    const sent = await ports.outbound.post(anchor.url, digest.hash, anchorMessage(digest));
    return sent === 'done' ? 'done' : { problem: sentences[sent.failed] ?? 'The anchor address did not take it.' };
  }
  try {
    const id = `digest-${digest.series}-${digest.seq}-${digest.hash.slice(0, 16)}`;
    await ports.issues.comment(anchor.issueKey, id, 'internal', anchorLine(digest), { notBefore: digest.at });
    return 'done';
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    const wait = error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds };
    return { problem: `Jira did not take the comment on ${anchor.issueKey}.`, ...wait };
  }
}

const sentences: Partial<Record<ReadFailure, string>> = {
  'not-approved': 'The host of the anchor address is not approved for this app.',
  unreachable: 'The anchor address could not be reached.',
  timeout: 'The anchor address did not answer in time.',
  redirected: 'The anchor address sent the app somewhere else.',
  'not-found': 'The anchor address does not exist.',
  'refused-credentials': 'The anchor address asks for credentials.',
  forbidden: 'The anchor address refused the digest.',
  'rate-limited': 'The anchor address is overloaded.',
  'server-error': 'The anchor address reported an internal error.',
};
