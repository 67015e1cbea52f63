import type { EnforcementMode } from '../src/domain/policy/enforcement';
import type { ReadFailure } from '../src/domain/verification/judge';

/**
 * A history as data: it can be written to a file, run again, and made smaller. Times are milliseconds. `nth` counts from 1
 * within a step.
 */
export interface Script {
  readonly seed: number;
  readonly site: SiteScript;
  readonly steps: readonly Step[];
}

/** What stays the same through a history. */
export interface SiteScript {
  readonly startsAt: string;
  /** How long each call of the app takes. 0: everything happens in one instant. */
  readonly callMs: number;
  /** How long Jira's events are under way when nothing goes wrong; Forge promises no more than minutes. */
  readonly eventMs: number;
  /** Queries over entities and Jira's search see what was this long ago. */
  readonly staleMs: number;
  /** Two installations share the process. */
  readonly installations: 1 | 2;
  readonly mode: EnforcementMode;
  /** Digests are anchored on an issue of the governance project. */
  readonly anchored: boolean;
  /** Issues raised within this time after the start are older than the enforcement. */
  readonly legacyForMs: number;
  /** The app makes the changes of every entitlement itself, unless an administrator switches that off. */
  readonly direct?: true;
}

/** One thing that somebody does, what goes wrong meanwhile, and how much time passes after it. */
export interface Step {
  readonly actor: string;
  readonly installation: 0 | 1;
  /** Choices of the actor, each from 0 to 999. */
  readonly dice: readonly number[];
  readonly waitMs: number;
  readonly faults: readonly Fault[];
  /** Runs the step, due deliveries and sweeps at the same time, switching at calls as the seed says. */
  readonly race?: Race;
  /** Time passes on to the next instant at which something ends, opens or falls due by the records, if it is not far. */
  readonly jump?: true;
  /** Tried again every few minutes until it works: for flows that must come to the same end with and without faults. */
  readonly patient?: true;
}

/** What runs together with a step. */
export interface Race {
  readonly seed: number;
  readonly sweeps: number;
  readonly deliveries: number;
  /** Targets answer sweeps and deliveries only when the step is done with all it does. */
  readonly slow?: true;
}

/** How a call to storage goes wrong. `ack-lost`: it was done, and the app is told that it was not. */
export type StorageFailure = 'rate-limited' | 'server-error' | 'no-answer' | 'ack-lost' | 'conflict';
export type JiraFailure = 'rate-limited' | 'rate-limited-bare' | 'server-error' | 'forbidden' | 'ack-lost';
export type DeliveryFate = 'lost' | 'twice' | 'late';

export type Fault =
  /** The invocation that makes the n-th call (of those with the name `at`) dies there, before or after the call's effect. */
  | { readonly kind: 'crash'; readonly nth: number; readonly when: 'before' | 'after'; readonly at?: string }
  | { readonly kind: 'storage'; readonly nth: number; readonly count: number; readonly how: StorageFailure }
  | { readonly kind: 'jira'; readonly nth: number; readonly count: number; readonly how: JiraFailure }
  | { readonly kind: 'target'; readonly nth: number; readonly count: number; readonly how: ReadFailure }
  | { readonly kind: 'event'; readonly nth: number; readonly fate: DeliveryFate; readonly ms: number }
  | { readonly kind: 'job'; readonly nth: number; readonly fate: DeliveryFate; readonly ms: number }
  /** Scheduled triggers do not fire. */
  | { readonly kind: 'silence'; readonly forMs: number }
  /** The app's clock is off by this much from now on. */
  | { readonly kind: 'clock'; readonly offMs: number }
  /** The next sweeps run out of time after so many items. */
  | { readonly kind: 'hurry'; readonly items: number }
  /** Rows get members that this version of the app does not know, as a newer version would have written them. */
  | { readonly kind: 'upgrade' };

export type FaultKind = Fault['kind'];
