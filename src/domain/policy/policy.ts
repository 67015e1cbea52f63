import type { StageRule } from '../approval/stage';
import type { ChangeKind, Risk } from '../catalogue/entitlement';
import type { IdentityAttributes, IdentityKind } from '../identity/identity';
import type { ExceptionLimits } from '../exception/exception';
import type { EndPlan } from '../holding/holding';
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
  /** From submission to the approval. */
  readonly approveWithin?: Duration;
  /** From submission to the verified fulfilment; for removals too where `removeWithin` says nothing. */
  readonly fulfilWithin?: Duration;
  /** From submission to the verified removal. */
  readonly removeWithin?: Duration;
  /** From the notification to the proven death of a compromised credential, always 24x7. */
  readonly compromisedWithin?: Duration;
  /** The working calendar in which this rule's clocks run; 24x7 where a rule names none. */
  readonly calendar?: string;
  /** How long pause statuses may hold the clock of a grant, all together. */
  readonly pauseAtMost?: Duration;
  /** The escalation ladder. */
  readonly ladder?: string;
  readonly approvalExpiresAfter?: Duration;
  /** How long before the end of access its removal is raised. */
  readonly revocationLead?: Duration;
  /** How long before the end of access the people are told. */
  readonly warnBefore?: Duration;
  /** How many times access may be extended. */
  readonly extensionsAtMost?: number;
  readonly exceptionAtMost?: Duration;
  readonly renewalsAtMost?: number;
  /** How long access opened in an emergency lasts; `PT0S` forbids emergencies. */
  readonly emergencyAtMost?: Duration;
  readonly reviewWithin?: Duration;
  /** How soon access that was made while Jira or the app was down must be registered. */
  readonly registerWithin?: Duration;
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
  /** Who hears of privileged access that is late. */
  readonly privilegedOwnerIds?: readonly string[];
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
  readonly approvalExpiresAfter: Duration;
  /** What each rule demands of the clocks: which is the strictest depends on when the request is submitted. */
  readonly clocks: Readonly<
    Record<'approval' | 'fulfilment' | 'removal' | 'compromise' | 'review', readonly TimeDemand[]>
  >;
  /** Ladders of the rules that name one. */
  readonly ladders: readonly string[];
  readonly ends: EndPlan;
  readonly extensionsAtMost: number;
  readonly exceptions: ExceptionLimits;
  readonly emergency: { readonly atMost: Duration; readonly registerWithin: Duration };
}

/** How long something may take by one rule, and in which calendar it counts (24x7 when none). */
export interface TimeDemand {
  readonly within: Duration;
  readonly calendar?: string;
  readonly pauseAtMost?: Duration;
}
