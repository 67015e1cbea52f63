import type { Decision, Stage } from '../approval/stage';
import type { CatalogueEntry, ChangeKind, Risk } from '../catalogue/entitlement';
import type { Account, Identity, IdentityAttributes } from '../identity/identity';
import type { Duration, Instant } from '../instant';
import type { Ladder } from '../escalation/ladder';
import type { StepTaken } from '../escalation/steps';
import type { Attestation, Exception, ExceptionLimits } from '../exception/exception';
import type { EndPlan, Holding, RevocationReason } from '../holding/holding';
import type { EnforcementMode } from '../policy/enforcement';
import type { Clock, ClockKind, ClockTarget } from '../sla/clock';
import type { Verdict } from '../verification/judge';
import type { DirectWrite } from './direct-write';
import type { Problem } from './problem';
import type { FieldIds } from './project-mapping';

/** Where a request stands. The Jira status is what the desk shows; this is what is true. */
export type RequestState =
  | 'submitted'
  | 'awaiting-approval'
  | 'approved'
  | 'fulfilling'
  | 'verifying'
  | 'verified'
  | 'closed'
  /** Closed under an exception that is asked again at its end. */
  | 'excepted'
  | 'declined'
  | 'lapsed'
  | 'cancelling'
  | 'cancelled'
  | 'reopened'
  | 'deleted';

/** When access ends: at an instant, a duration after it was proven, or never. */
export interface AccessPeriod {
  readonly start?: Instant;
  readonly end?: Instant;
  readonly duration?: Duration;
}

/** What the target showed before the decision. It is reported and counted and never blocks. */
export interface Baseline {
  readonly kind: 'unknown' | 'absent' | 'pre-existing' | 'access-before-approval';
  readonly at?: Instant;
  readonly readingId?: string;
}

/** What one reading of the target said about an item, short enough to stand in the request. */
export interface ReadingSummary {
  readonly id: string;
  readonly at: Instant;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly expected: string;
  readonly observed: string;
  readonly rawHash: string;
  /** The access is in the target, whatever was asked. Undefined when the target could not be read. */
  readonly held?: boolean;
  readonly epoch: number;
  readonly contentHash: string;
  readonly accountId?: string;
}

/** One change for one identity on one entitlement. */
export interface Item {
  readonly id: string;
  readonly changeKind: ChangeKind;
  readonly identity: Identity;
  /** Absent while the identity has no login in the target. */
  readonly account?: Account;
  /** The Atlassian account that answers for a non-human identity. */
  readonly ownerAccountId?: string;
  readonly connector: { readonly id: string; readonly name: string; readonly origin: string };
  readonly entitlement: Pick<
    CatalogueEntry,
    'entitlementId' | 'name' | 'level' | 'replaces' | 'instructions' | 'ownerAccountId' | 'fulfilment'
  > & {
    readonly catalogueId: string;
  };
  readonly risk: Risk;
  readonly period: AccessPeriod;
  readonly contentHash: string;
  readonly baseline: Baseline;
  /** Newest first, at most five. */
  readonly readings: readonly ReadingSummary[];
  /** Since when the target has told nothing about it; absent once it has. */
  readonly unreadableSince?: Instant;
  readonly outcome: 'open' | 'proven' | 'declined' | 'cancelled';
  /** When the access was proven first; a duration counts from here and never moves. */
  readonly provenAt?: Instant;
  /** When the access ends, known once it is proven. */
  readonly endsAt?: Instant;
  /** The attributes of the identity that policy relied on; when they change, the access has lost its reason. */
  readonly justifiedBy?: IdentityAttributes;
  /** The access as it stands since it was proven (or opened in an emergency), until it is proven gone. */
  readonly holding?: Holding;
  /** What the app makes itself, for entries with direct fulfilment. */
  readonly direct?: DirectWrite;
}

/** The pinned answer of policy: nothing decided later by an administrator changes it for this request. */
export interface PinnedPolicy {
  readonly version: number;
  readonly rules: readonly string[];
  readonly reasons: readonly string[];
  readonly evidenceMaxAge: Duration;
  readonly grace: Duration;
  readonly approvalExpiresAfter: Duration;
  readonly mode: EnforcementMode;
  /** What each clock allows, with its calendar as it stood at submission. */
  readonly clocks: Readonly<Record<ClockKind, ClockTarget>>;
  readonly ladder: Pick<Ladder, 'steps' | 'remindersAtMost'>;
  readonly ends: EndPlan;
  readonly extensionsAtMost: number;
  readonly exceptions: ExceptionLimits;
  readonly emergency: { readonly atMost: Duration; readonly registerWithin: Duration };
}

/** Access that was opened before anybody approved it. It is reviewed afterwards, by somebody else. */
export interface Emergency {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
  /** Until when it opens the gates; the access is to be gone by then. */
  readonly until: Instant;
  /** What it was opened for: other content, or a later epoch, needs its own approval. */
  readonly contentHash: string;
  readonly epoch: number;
  /** It was made while Jira or the target was down, and registered afterwards. */
  readonly registered?: { readonly madeAt: Instant; readonly late: boolean };
  readonly review?: { readonly at: Instant; readonly by: string; readonly accepted: boolean; readonly comment: string };
}

/** Why the app itself raised this request, and for which other one. */
export interface Origin {
  readonly kind: 'revocation' | 'extension';
  readonly issueId: string;
  readonly key: string;
  readonly reason?: RevocationReason;
  /** The access must be gone by then: the end of what is taken away. */
  readonly endsAt?: Instant;
  /** How many extensions came before this one. */
  readonly extensions?: number;
}

/** A span in which the gate may open, because a stored reading confirms it (or the mode says so). */
export interface Permit {
  readonly from: Instant;
  readonly until: Instant;
  readonly epoch: number;
  readonly basis: 'evidence' | 'exception' | 'mode' | 'baseline' | 'called-off';
}

/** What one issue asks for and how far it is: the aggregate that every command changes. */
export interface AccessRequest {
  readonly issueId: string;
  readonly key: string;
  readonly projectId: string;
  /** Increases by one with every change; equals the sequence of the newest audit entry. */
  readonly rev: number;
  readonly state: RequestState;
  readonly requesterId: string;
  readonly raiserId: string;
  readonly submittedAt: Instant;
  readonly justification: string;
  /** The project's fields when the request was last understood; the gate reads the issue by them. */
  readonly fields: FieldIds;
  /** Older than the enforcement that would govern it: counted, never refused. */
  readonly legacy: boolean;
  /** Names of the people involved, for screens. */
  readonly names: Readonly<Record<string, string>>;
  /** Fingerprint of the governed Jira fields as last understood. */
  readonly fieldsHash: string;
  /** Since when the content is what it is; approvals asked before do not count. */
  readonly contentSince: Instant;
  readonly items: readonly Item[];
  /** What was approved before the content was changed to something else: it may be in the target already. */
  readonly former: readonly Item[];
  /** Some content of this request was approved once; from then on *Cancel* is gated. */
  readonly approvedOnce: boolean;
  /** An approved removal was asked for here once; from then on *Cancel* needs its being called off, whatever is asked now. */
  readonly removalOnce?: true;
  /** Accounts that hold what was to be removed then: they do not call it off. */
  readonly removalHolders?: readonly string[];
  /** The approvers must be found anew before anything can go on. */
  readonly restage?: boolean;
  /** When the issue came into work last; an ending after this that is over already was missed. */
  readonly workSince?: Instant;
  /** When the request ended last (closed, cancelled or declined); older statuses have nothing to say. */
  readonly endedAt?: Instant;
  /** The app declined it, by its own clock, and the desk has not said so yet: its word comes after this instant of the desk's. */
  readonly declinedAfter?: Instant;
  readonly stages: readonly Stage[];
  readonly decisions: readonly Decision[];
  /** Increases when approvals are asked anew; decisions of older rounds do not count. */
  readonly round: number;
  /** Increases on reopening; readings of older epochs do not count. */
  readonly epoch: number;
  /** When it was reopened last: what a target told of before then is old evidence, whenever it is heard. */
  readonly reopenedAt?: Instant;
  readonly policy?: PinnedPolicy;
  readonly problems: readonly Problem[];
  readonly permits: readonly Permit[];
  /** The clocks of this request, oldest first; those that have stopped are history and never change. */
  readonly clocks: readonly Clock[];
  /** Steps of the ladder that took effect. */
  readonly stepsTaken: readonly StepTaken[];
  readonly exception?: Exception;
  /** The first half of a manual attestation. */
  readonly attestation?: Attestation;
  readonly emergency?: Emergency;
  readonly origin?: Origin;
  /** The removal of a credential or access that is known to be in wrong hands, since when. */
  readonly compromised?: { readonly notifiedAt: Instant; readonly by: string; readonly reason: string };
  /** When the running clock is due: what screens and JQL show. */
  readonly dueAt?: Instant;
  readonly approvalExpiresAt?: Instant;
  readonly approvedAt?: Instant;
  readonly fulfilmentDone?: { readonly at: Instant; readonly by: string };
  readonly resolveWhenProven?: { readonly at: Instant; readonly by: string };
  /** Since when somebody tries to cancel; readings go on until the target is as before. */
  readonly cancellingSince?: Instant;
  readonly calledOff?: { readonly at: Instant; readonly by: string; readonly reason: string };
  readonly closing?: {
    readonly at: Instant;
    readonly by: string;
    readonly gated: boolean;
    /** An exception opened the gate, and no proof. */
    readonly excepted?: boolean;
    /** The approvals of the closed request still hold if it is reopened. */
    readonly keepsApprovals: boolean;
  };
  /** When the request is looked at again without anybody asking. */
  readonly nextLookAt?: Instant;
  /** Consecutive readings that failed, for backing off. */
  readonly failedReadings: number;
  /** JSM approvals already mirrored: id and the approvers whose answers are recorded or refused. */
  readonly mirrored: readonly string[];
  /** Fingerprint of the display property as last planned, so that it is written only when it changes. */
  readonly shown?: string;
  /** What went round a gate, newest last, at most five: the screens say so, whatever else is true. */
  readonly bypasses?: ReadonlyArray<{ readonly at: Instant; readonly kind: string; readonly detail: string }>;
  /** Hash of the newest audit entry. */
  readonly auditHead: string;
  /** Revision whose outbox row is the newest, to keep effects in order. */
  readonly lastOutboxRev?: number;
  /** Salted references of the people named in the audit chain, by Atlassian account. */
  readonly people: Readonly<Record<string, string>>;
}
