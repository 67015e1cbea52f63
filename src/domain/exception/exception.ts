import { epochMs, later, plus, type Duration, type Instant } from '../instant';

/** Which question an override answers in place of its gate. */
export type OverriddenGate = 'approval' | 'verification';

/** A deviation from a gate with an owner, a reason and an end. */
export interface Exception {
  readonly id: string;
  /** `manual-attestation`: two people said what they saw, where nothing can be read. Never a proof. */
  readonly kind: 'override' | 'manual-attestation';
  readonly gate: OverriddenGate;
  readonly reason: string;
  readonly ownerId: string;
  readonly grantedAt: Instant;
  readonly expiresAt: Instant;
  readonly remindAt: Instant;
  readonly remindedAt?: Instant;
  /** Who granted it and who renewed it, in order: a renewal needs somebody else. */
  readonly granters: readonly string[];
  readonly renewals: number;
  readonly contentHash: string;
  readonly epoch: number;
  /** Its owner is not there any more; it ends earlier unless somebody takes it over. */
  readonly ownerMissingSince?: Instant;
  /** For a manual attestation: who said what, first and second. */
  readonly attested?: readonly [Witness, Witness];
  readonly ended?: { readonly at: Instant; readonly how: 'expired' | 'ended' | 'content-changed' | 'proven' };
}

/** A person who looked at the target and says what was there. */
export interface Witness {
  readonly by: string;
  readonly at: Instant;
  readonly statement: string;
}

/** What a first person attests; it opens nothing before a second one confirms it. */
export interface Attestation extends Witness {
  readonly ownerId: string;
  /** Until when the request may stay closed on it. */
  readonly expiresAt: Instant;
  readonly contentHash: string;
  readonly epoch: number;
}

/** How long a first attestation waits for the second: what was seen gets old. */
export const confirmWithin = 'P3D';

/** Whether an attestation can still be confirmed. */
export function attestationWaits(
  attestation: Attestation | undefined,
  content: { readonly contentHash: string; readonly epoch: number },
  now: Instant,
): attestation is Attestation {
  return (
    attestation !== undefined &&
    attestation.contentHash === content.contentHash &&
    attestation.epoch === content.epoch &&
    now < plus(attestation.at, confirmWithin) &&
    now < attestation.expiresAt
  );
}

/** What policy allows of exceptions. */
export interface ExceptionLimits {
  readonly atMost: Duration;
  readonly renewalsAtMost: number;
}

/** How long before its end the owner is told, at the most. */
const remindBefore = 'P1D';
/** How long an exception goes on without an owner. */
export const ownerGrace = 'P3D';

/** Whether an exception holds at an instant. Nothing is honoured at or after its end. */
export function exceptionHolds(
  exception: Exception | undefined,
  content: { readonly contentHash: string; readonly epoch: number },
  now: Instant,
): exception is Exception {
  return (
    exception !== undefined &&
    exception.ended === undefined &&
    exception.contentHash === content.contentHash &&
    exception.epoch === content.epoch &&
    now >= exception.grantedAt &&
    now < exception.expiresAt
  );
}

/** What is wrong with the end that somebody wants for an exception; undefined when it is acceptable. */
export function expiryProblem(expiresAt: Instant, now: Instant, atMost: Duration): string | undefined {
  if (expiresAt <= now) return 'An exception ends in the future. Choose a later end.';
  const latest = plus(now, atMost);
  return expiresAt > latest
    ? `Policy allows an exception until ${latest.slice(0, 16).replace('T', ' ')} UTC at the latest. Choose an earlier end.`
    : undefined;
}

/** When the owner is told that the exception ends: a day before, or halfway through a short one. */
export function remindAtOf(from: Instant, expiresAt: Instant): Instant {
  const half = later(from, Math.round((epochMs(expiresAt) - epochMs(from)) / 2));
  const dayBefore = later(expiresAt, -(epochMs(plus(from, remindBefore)) - epochMs(from)));
  return dayBefore > half ? dayBefore : half;
}
