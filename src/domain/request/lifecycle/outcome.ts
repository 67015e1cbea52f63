import type { AuditFact } from '../../audit/entry';
import type { Instant } from '../../instant';
import type { AccessRequest, ReadingSummary } from '../access-request';
import type { PlannedEffect } from '../effect';

/** Who a change is done by: a person's Atlassian account, the app by itself, or Jira when it does not say who. */
export type Actor =
  { readonly kind: 'person'; readonly accountId: string } | { readonly kind: 'app' } | { readonly kind: 'jira' };

/** What every command gets besides the request: time and names for people are arguments, never looked up here. */
export interface Context {
  readonly now: Instant;
  readonly actor: Actor;
  /** The salted reference that stands for a person in the audit chain. */
  readonly ref: (accountId: string) => string;
}

/** Something that was found and must not be forgotten, with a life of its own. */
export interface NewDiscrepancy {
  readonly kind:
    | 'ungated-resolution'
    | 'ungated-cancellation'
    | 'access-after-decline'
    | 'access-left-behind'
    | 'removal-called-off'
    | 'work-without-approval'
    | 'left-governance'
    | 'emergency-registered-late';
  readonly detail: string;
}

/** What a command leads to. `undefined` from a command means: nothing to change. */
export interface Outcome {
  /** The request after the command, its revision not yet increased. */
  readonly request: AccessRequest;
  /** The name of the change in the audit chain. */
  readonly kind: string;
  readonly facts: readonly AuditFact[];
  readonly effects: readonly PlannedEffect[];
  /** Readings to be stored whole beside the request. */
  readonly readings: readonly ReadingSummary[];
  readonly discrepancies: readonly NewDiscrepancy[];
}

/** An outcome with only what a command has to say. */
export function outcome(
  request: AccessRequest,
  kind: string,
  facts: readonly AuditFact[],
  more: Partial<Omit<Outcome, 'request' | 'kind' | 'facts'>> = {},
): Outcome {
  return {
    request,
    kind,
    facts,
    effects: more.effects ?? [],
    readings: more.readings ?? [],
    discrepancies: more.discrepancies ?? [],
  };
}

/** Thrown when a person asks for something the rules refuse. The text is for that person. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    text: string,
    /** Facts for the audit entry that records the refusal. */
    readonly facts: readonly AuditFact[] = [],
  ) {
    super(text);
    this.name = 'Refusal';
  }
}

export type RefusalCode =
  | 'not-approver'
  | 'not-independent'
  | 'not-open'
  | 'already-decided'
  | 'content-changed'
  | 'not-governance-owner'
  | 'not-possible-now'
  | 'reason-required'
  | 'expiry-refused'
  | 'owner-refused'
  | 'limit-reached';
