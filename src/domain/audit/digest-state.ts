import { earliest, later, type Instant } from '../instant';
import { nextDigestAt, type Digest } from './digest';

/** What is remembered of a digest once it is written. */
export interface DigestTip {
  readonly seq: number;
  readonly hash: string;
  readonly at: Instant;
  readonly to: Instant;
}

/** Where a series of digests stands, and how far it is anchored. */
export interface DigestState {
  /** Revision of this state: whoever changes it states the one that was read. */
  readonly rev: number;
  readonly newest: DigestTip;
  /** The newest digest that stands outside of the app's storage. */
  readonly anchored?: Omit<DigestTip, 'to'> & { readonly anchoredAt: Instant; readonly where: string };
  /** The first digest that is to be anchored and is not yet; all up to the newest wait with it. */
  readonly waitingFrom?: number;
  /** Attempts to anchor it so far. */
  readonly attempts: number;
  /** Not before this instant is it tried again; also the lease of whoever tries it now. */
  readonly tryAt?: Instant;
  /** Why the last attempt failed. */
  readonly problem?: string;
}

const firstRetryMs = 60_000;
const mostRetryMs = 60 * 60_000;

/** The state after one more digest. It waits for the anchor only where there is one: without, nobody waits for it. */
export function withDigest(state: DigestState | undefined, digest: Digest, hasAnchor: boolean): DigestState {
  const { seq, hash, at, to } = digest;
  const newest = { seq, hash, at, to };
  const rev = (state?.rev ?? 0) + 1;
  const anchored = state?.anchored ? { anchored: state.anchored } : {};
  if (!hasAnchor) return { rev, newest, ...anchored, attempts: 0 };
  if (state?.waitingFrom === undefined) return { rev, newest, ...anchored, waitingFrom: seq, attempts: 0 };
  return { ...state, rev, newest };
}

/** The state while one invocation anchors the first waiting digest and the others leave it alone. */
export function withLease(state: DigestState, until: Instant): DigestState {
  return { ...state, rev: state.rev + 1, attempts: state.attempts + 1, tryAt: until };
}

/** The state once a digest is anchored. */
export function withAnchored(state: DigestState, digest: Digest, anchoredAt: Instant, where: string): DigestState {
  const { seq, hash, at } = digest;
  const next = seq < state.newest.seq ? { waitingFrom: seq + 1 } : {};
  const anchored = { seq, hash, at, anchoredAt, where };
  return { rev: state.rev + 1, newest: state.newest, anchored, ...next, attempts: 0 };
}

/** The state after a failed attempt. It is never given up: pauses grow to an hour, or to what the other side asked for. */
export function withFailure(state: DigestState, now: Instant, problem: string, retryAfterSeconds = 0): DigestState {
  const pause = Math.max(retryAfterSeconds * 1000, Math.min(mostRetryMs, firstRetryMs * 2 ** (state.attempts - 1)));
  return { ...state, rev: state.rev + 1, tryAt: later(now, pause), problem };
}

/** When the series wants attention again: a new digest, or the anchor tried again. */
export function nextTurn(state: DigestState, now: Instant): Instant {
  const retry = state.waitingFrom === undefined ? undefined : (state.tryAt ?? now);
  return earliest(nextDigestAt(state.newest.at), retry) as Instant;
}
