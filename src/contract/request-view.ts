/** What the screens and the API see of a request. Instants are ISO-8601 in UTC. */

export interface PersonView {
  readonly accountId: string;
  readonly name: string;
}

export interface StageView {
  readonly id: string;
  readonly name: string;
  readonly status: 'waiting' | 'open' | 'approved' | 'declined';
  readonly quorum: number;
  readonly approvers: readonly PersonView[];
  readonly decisions: ReadonlyArray<{
    readonly by: PersonView;
    readonly decision: 'approve' | 'decline';
    readonly at: string;
    readonly channel: 'jsm' | 'panel';
    readonly comment?: string;
  }>;
}

export interface EvidenceView {
  readonly id: string;
  readonly at: string;
  readonly verdict: 'confirmed' | 'absent' | 'different' | 'pending' | 'unreadable';
  /** The verdict is a contradiction, but fulfilment was reported a moment ago: not yet rather than no. */
  readonly notYet?: boolean;
  readonly reason: string;
  readonly expected: string;
  readonly observed: string;
  readonly because: string;
  readonly todo: string;
  /** False for readings of older content or before a reopening: history, never proof. */
  readonly counts: boolean;
  readonly fingerprint: string;
}

export interface ItemView {
  readonly id: string;
  readonly contentHash: string;
  readonly change: 'grant' | 'modify' | 'revoke';
  readonly identity: {
    readonly kind: 'person' | 'service-account' | 'workload';
    readonly id: string;
    readonly name: string;
    readonly login: string;
    readonly accountId?: string;
  };
  readonly entitlement: {
    readonly name: string;
    readonly target: string;
    readonly risk: 'standard' | 'sensitive' | 'privileged';
    readonly instructions: string;
  };
  readonly stages: readonly StageView[];
  /** Newest first. */
  readonly evidence: readonly EvidenceView[];
  readonly baseline: {
    readonly kind: 'unknown' | 'absent' | 'pre-existing' | 'access-before-approval';
    readonly at?: string;
  };
  readonly outcome: 'open' | 'proven' | 'declined' | 'cancelled';
  readonly startsAt?: string;
  readonly dueAt?: string;
  readonly endsAt?: string;
  /** "8 hours from when it works" as ISO-8601 duration, until the proof fixes the end. */
  readonly duration?: string;
  readonly links: ReadonlyArray<{ readonly kind: string; readonly key: string }>;
}

export interface RequestView {
  readonly key: string;
  readonly state: string;
  readonly contentHash: string;
  readonly mode: 'observe' | 'warn' | 'enforce';
  readonly legacy: boolean;
  readonly submittedAt: string;
  readonly requester: PersonView;
  readonly justification: string;
  readonly policy: { readonly version: number; readonly reasons: readonly string[] };
  readonly problems: readonly string[];
  readonly items: readonly ItemView[];
  /** Whether *Resolve* would be let through on what is stored, and why not. */
  readonly gate: { readonly open: boolean; readonly reasons: readonly string[]; readonly openUntil?: string };
  readonly resolveWhenProven: boolean;
  readonly fulfilmentReportedAt?: string;
  readonly closedAt?: string;
  /** Whether a proof covered the moment of closing. */
  readonly closedOnProof?: boolean;
  /** The instant this view was made, by the app's clock. */
  readonly now: string;
  /** What the person who looks may do here. The backend decides again on every call. */
  readonly may: {
    readonly decide: boolean;
    readonly verify: boolean;
    readonly work: boolean;
    readonly callOff: boolean;
    /** Approvals can be asked for again: they lapsed, or an approver does not count any more. */
    readonly askAnew: boolean;
  };
}

/** What a customer sees of the own request in the portal: nothing about other people's access. */
export interface PortalRequestView {
  readonly key: string;
  readonly state: string;
  readonly summary: string;
  readonly steps: ReadonlyArray<{
    readonly id: 'asked' | 'approved' | 'being-done' | 'proven' | 'closed';
    readonly status: 'done' | 'now' | 'later' | 'failed';
    readonly at?: string;
    readonly text: string;
  }>;
  readonly waitingFor: readonly string[];
  readonly problems: readonly string[];
  readonly dueAt?: string;
  readonly endsAt?: string;
  /** "8 hours from when it works" as ISO-8601 duration, until the proof fixes the end. */
  readonly duration?: string;
  readonly contentHash: string;
  /** The person who looks is asked to decide. */
  readonly mayDecide: boolean;
  readonly what:
    | {
        readonly change: 'grant' | 'modify' | 'revoke';
        readonly identity: string;
        readonly entitlement: string;
        readonly target: string;
        readonly risk: string;
        readonly reasons: readonly string[];
      }
    | undefined;
  readonly now: string;
}

export interface HistoryEntryView {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly facts: ReadonlyArray<{ readonly fact: string; readonly detail: string }>;
  readonly hash: string;
}
