import type { Instant } from '../instant';
import type { ReadFailure } from '../verification/judge';

/** Why a person makes the change after all. */
export type HandOver =
  | ReadFailure
  /** The entry is ticketed by now, or its connector may not write any more. */
  | 'switched-off'
  /** The approved time is over: nobody gives the access any more. */
  | 'period-over'
  /** An approval does not count any more, because its account is not active. */
  | 'approver-inactive'
  /** A person decided against removals that a circuit breaker held. */
  | 'dropped';

/** Why the app does not write yet. It asks again by itself. */
export type Wait =
  /** The issue is not in work, or somebody edited it and the edit is not understood yet. */
  | 'not-in-work'
  | 'content-unclear'
  /** A removal that the app raised and that does not know its reason yet. */
  | 'reason-unknown'
  /** The circuit breaker for removals waits for a person. */
  | 'breaker-held';

/**
 * The change that the app makes itself, of one item. It is for one content and one epoch, anything else is planned anew;
 * so is what people approve anew, because somebody may have undone it in between.
 * `planned` without `nextAt` stands in the outbox right now.
 */
export interface DirectWrite {
  readonly state: 'planned' | 'made' | 'handed-over' | 'withdrawn';
  readonly contentHash: string;
  readonly epoch: number;
  /** When it came into this state. */
  readonly at: Instant;
  /** Writes begun: counted before the target is called, so that a crash counts too. */
  readonly attempts: number;
  /** When it is tried (again). */
  readonly nextAt?: Instant;
  /** It is not tried before, because the approved time has not begun or the access has not ended yet. */
  readonly notBefore?: Instant;
  /** How often it had to wait in a row. */
  readonly waits?: number;
  readonly waitsFor?: Wait;
  /** What became of the last attempt, or why a person does it. */
  readonly failure?: HandOver;
  /** `already`: the target was as asked before the app wrote. */
  readonly result?: 'applied' | 'already';
}

/** How often the app tries before a person does it: with its pauses about two hours. */
export const mostAttempts = 8;
const firstPauseMs = 60_000;
const mostPauseMs = 60 * 60_000;
const mostWaitMs = 6 * 60 * 60_000;

/** The pause after a failed attempt, in milliseconds: it doubles, up to an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(mostPauseMs, firstPauseMs * 2 ** Math.min(20, Math.max(0, attempts - 1)));
}

/** The pause after a wait, in milliseconds: it doubles, up to six hours. */
export function pauseWhileWaiting(waits: number): number {
  return Math.min(mostWaitMs, firstPauseMs * 2 ** Math.min(20, Math.max(0, waits)));
}

/** Failures after which the same write may go well by itself. Everything else needs a person. */
const passing: ReadonlySet<ReadFailure> = new Set([
  'unreachable',
  'timeout',
  'rate-limited',
  'server-error',
  'redirected',
  'too-large',
  'not-json',
  'malformed',
  'incomplete',
  'relay-silent',
  'feed-too-old',
]);

/** Whether a write that ended like this is tried again. A refusal never is, whatever class it has. */
export function isTriedAgain(result: 'refused' | 'failed', failure: ReadFailure): boolean {
  return result === 'failed' && passing.has(failure);
}
