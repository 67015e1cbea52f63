import type { StageRule } from '../approval/stage';
import type { ChangeKind, Risk } from '../catalogue/entitlement';
import type { IdentityAttributes, IdentityKind } from '../identity/identity';
import type { Duration } from '../instant';

/** A test on one attribute of a person. An unknown attribute fails `in` and passes `notIn`: the strict reading of both. */
export interface AttributeTest {
  readonly attribute: keyof IdentityAttributes;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** When a rule applies. Every named part must fit; a part that is left out fits everything. */
export interface RuleConditions {
  readonly changeKinds?: readonly ChangeKind[];
  readonly risks?: readonly Risk[];
  readonly connectors?: readonly string[];
  readonly entitlements?: readonly string[];
  readonly identityKinds?: readonly IdentityKind[];
  readonly requester?: readonly AttributeTest[];
  readonly beneficiary?: readonly AttributeTest[];
  /** Access that lasts longer than this; access without an end always does. */
  readonly longerThan?: Duration;
}

/** What a rule demands. Where several rules apply, the strictest demand of each kind wins. */
export interface RuleDemands {
  readonly stages?: readonly StageRule[];
  readonly maxDuration?: Duration;
  readonly endRequired?: boolean;
  readonly evidenceMaxAge?: Duration;
  readonly grace?: Duration;
  readonly fulfilWithin?: Duration;
  readonly approvalExpiresAfter?: Duration;
}

export interface PolicyRule {
  readonly id: string;
  /** Shown to people as the reason: "Sensitive access". */
  readonly name: string;
  readonly when: RuleConditions;
  readonly then: RuleDemands;
}

/** The rules of a site, as one versioned document. */
export interface Policy {
  readonly version: number;
  readonly rules: readonly PolicyRule[];
  /** Who is asked when a stage has no independent approver left. */
  readonly fallbackApproverId?: string;
  /** Who may call off removals and decide on exceptions. */
  readonly governanceOwnerIds: readonly string[];
}

/** What policy looks at. */
export interface PolicyQuestion {
  readonly changeKind: ChangeKind;
  readonly risk: Risk;
  readonly connectorId: string;
  readonly entitlementId: string;
  readonly identityKind: IdentityKind;
  readonly requester: IdentityAttributes;
  readonly beneficiary: IdentityAttributes;
  /** How long the access lasts in milliseconds; undefined when it has no end. */
  readonly lastsMs: number | undefined;
}

/** Policy's answer with the rules that led to it. */
export interface PolicyAnswer {
  /** False when no rule applies: then nothing may be granted. */
  readonly covered: boolean;
  readonly rules: readonly string[];
  readonly reasons: readonly string[];
  readonly stages: readonly StageRule[];
  readonly maxDuration?: Duration;
  readonly endRequired: boolean;
  readonly evidenceMaxAge: Duration;
  readonly grace: Duration;
  readonly fulfilWithin: Duration;
  readonly approvalExpiresAfter: Duration;
}
