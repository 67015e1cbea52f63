import { canonicalHash } from '../canonical';
import { later, type Instant } from '../instant';
import type { Expectation } from '../verification/judge';

/** What a relay can be asked. It says what to look for and never where: that stands in the relay's own configuration. */
export type RelayAsk =
  | { readonly ask: 'login'; readonly login: string }
  | { readonly ask: 'id'; readonly id: string }
  | { readonly ask: 'account-id'; readonly accountId: string }
  | { readonly ask: 'observe'; readonly expectation: Omit<Expectation, 'notBefore'> }
  | { readonly ask: 'entitlements'; readonly limit: number }
  | { readonly ask: 'probe' };

/** Something that is to be read in the company's network. */
export interface RelayJob {
  readonly id: string;
  /** Comes back with the answer. */
  readonly nonce: string;
  /** What is the same for the same question. */
  readonly question: string;
  readonly ask: RelayAsk;
  /** Nothing is taken for it at or after this instant. */
  readonly expiresAt: Instant;
  /** When it was handed out first, and last. */
  readonly handedAt?: Instant;
  readonly handedAgainAt?: Instant;
}

export interface RelayState {
  readonly jobs: readonly RelayJob[];
  /** When a genuine message of the relay came last. */
  readonly seenAt?: Instant;
  /** When a message with a wrong signature was last written down. */
  readonly forgedAt?: Instant;
}

export const noRelay: RelayState = { jobs: [] };

export const relayLimits = { bytes: 400_000, openJobs: 50, handedAtOnce: 10, waitSeconds: 15 } as const;

const jobLivesMs = 60_000;
/** A job that brought no answer is handed out again: the relay may have been started anew. */
const againAfterMs = 15_000;
/** A relay that has not been heard of for so long is not waited for. */
const awayAfterMs = 90_000;
/**
 * How long an answer that came too late for whoever asked serves the next who asks the same. Short: somebody who has just
 * changed the target and asks again wants to be told of the change.
 */
const servesForMs = 20_000;

export function questionOf(ask: RelayAsk): string {
  return canonicalHash({ ...ask });
}

/** The job for a question: one that is open already, or a new one. Undefined when too many are open. */
export function openJob(
  state: RelayState,
  ask: RelayAsk,
  now: Instant,
  ids: { readonly id: string; readonly nonce: string },
): { readonly state: RelayState; readonly job: RelayJob; readonly isNew: boolean } | undefined {
  const open = state.jobs.filter((job) => now < job.expiresAt);
  const question = questionOf(ask);
  const known = open.find((job) => job.question === question);
  if (known) return { state, job: known, isNew: false };
  if (open.length >= relayLimits.openJobs) return undefined;
  const job = { ...ids, question, ask, expiresAt: later(now, jobLivesMs) };
  return { state: { ...state, jobs: [...open, job] }, job, isNew: true };
}

/** Jobs that the relay gets now, and the state that remembers it. */
export function handOut(
  state: RelayState,
  now: Instant,
): { readonly state: RelayState; readonly jobs: readonly RelayJob[] } {
  const waiting = (job: RelayJob): boolean =>
    now < job.expiresAt && (job.handedAgainAt === undefined || later(job.handedAgainAt, againAfterMs) <= now);
  const jobs = state.jobs.filter(waiting).slice(0, relayLimits.handedAtOnce);
  const given = (job: RelayJob): RelayJob =>
    jobs.includes(job) ? { ...job, handedAt: job.handedAt ?? now, handedAgainAt: now } : job;
  return { jobs, state: { ...state, jobs: state.jobs.map(given) } };
}

/** What became of an answer. */
export type Taken =
  | { readonly taken: 'yes'; readonly state: RelayState; readonly job: RelayJob & { readonly handedAt: Instant } }
  /** There is no such open job of this connector: it was answered already, is over, or never was. */
  | { readonly taken: 'no-such-job' };

/** Takes an answer for an open job that was handed out, once. */
export function takeAnswer(
  state: RelayState,
  answer: { readonly job: string; readonly nonce: string },
  now: Instant,
): Taken {
  const job = state.jobs.find(({ id }) => id === answer.job);
  if (job?.handedAt === undefined || job.nonce !== answer.nonce || now >= job.expiresAt)
    return { taken: 'no-such-job' };
  return {
    taken: 'yes',
    job: { ...job, handedAt: job.handedAt },
    state: { ...state, jobs: state.jobs.filter((other) => other !== job) },
  };
}

/** Whether the relay was heard of lately. */
export function isHeardOf(state: RelayState, now: Instant): boolean {
  return state.seenAt !== undefined && now < later(state.seenAt, awayAfterMs);
}

/** Whether an answer to an earlier question of the same words may still serve. */
export function stillServes(at: Instant, now: Instant): boolean {
  return now < later(at, servesForMs);
}

/** What a relay signs, after timestamp and nonce. The first line says what it is: no other message can pass for it. */
export function relayText(body: string): string {
  return `proofgate-relay-1\n${body}`;
}

/** What the app signs in return, with the timestamp and nonce of the message that it answers. */
export function jobsText(body: string): string {
  return `proofgate-relay-jobs-1\n${body}`;
}
