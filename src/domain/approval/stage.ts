import type { Instant } from '../instant';

/** Where a stage's approvers come from. */
export type ApproverSource =
  | { readonly kind: 'manager' }
  | { readonly kind: 'entitlement-owner' }
  | { readonly kind: 'person'; readonly accountId: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'field'; readonly fieldId: string }
  /** Whoever is on call by a rota at that moment. */
  | { readonly kind: 'on-call'; readonly rota: string };

/** What policy asks for: a stage before its approvers are known. */
export interface StageRule {
  readonly id: string;
  readonly name: string;
  /** Stages are asked one after the other, lowest first. */
  readonly order: number;
  /** How many of the approvers must approve, or `all`. */
  readonly quorum: number | 'all';
  readonly sources: readonly ApproverSource[];
}

/** A stage with its approvers as they were found at submission. People added by hand later never count. */
export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly order: number;
  readonly quorum: number;
  readonly approvers: readonly string[];
  /**
   * Whom the service desk asks when the stage was handed on because nobody answered. Those before may still answer in the
   * app: a desk that wants everybody's answer would otherwise wait for the very people who do not give it.
   */
  readonly handedTo?: readonly string[];
}

/** One person's answer, bound to the content it was given for. */
export interface Decision {
  readonly stageId: string;
  readonly accountId: string;
  readonly decision: 'approve' | 'decline';
  readonly at: Instant;
  readonly channel: 'jsm' | 'panel';
  readonly comment?: string;
  readonly contentHash: string;
  readonly round: number;
}
