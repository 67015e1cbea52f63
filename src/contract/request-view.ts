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

/** One clock with its steps, for a bar: everything is an instant, shares follow from them. */
export interface ClockView {
  readonly kind: 'approval' | 'fulfilment' | 'removal' | 'compromise' | 'review';
  readonly startedAt: string;
  readonly dueAt: string;
  /** ISO-8601 duration of the target. */
  readonly within: string;
  /** Share of the target that is used up, at `now` of the view; above 1 when overdue. */
  readonly used: number;
  /** Name of the working calendar; absent: 24x7. */
  readonly calendar?: string;
  readonly paused?: boolean;
  /** When the pause began, while `paused`. */
  readonly pausedSince?: string;
  readonly breachedAt?: string;
  readonly stoppedAt?: string;
  readonly outcome?: 'met' | 'breached' | 'withdrawn' | 'excepted';
  /** Steps of the ladder in order. Past ones carry when they took effect. */
  readonly steps: ReadonlyArray<{
    readonly at: string;
    readonly do:
      'remind' | 'notify' | 'add-approvers' | 'reassign' | 'raise-priority' | 'governance-request' | 'auto-decline';
    readonly to?: readonly string[];
    readonly done?: string;
  }>;
}

/** Access that is held and how it ends. */
export interface HoldingView {
  readonly since: string;
  readonly endsAt?: string;
  readonly warnedAt?: string;
  /** When the removal is raised by itself. */
  readonly raiseAt?: string;
  readonly revocation?: { readonly reason: string; readonly at: string; readonly key?: string };
  readonly extensions: ReadonlyArray<{ readonly at: string; readonly key?: string }>;
  readonly over?: { readonly at: string; readonly how: 'removed' | 'extended' | 'never-given' };
}

/** A person who looked at a target that nothing can read, and says what was there. */
export interface WitnessView {
  readonly by: PersonView;
  readonly at: string;
  readonly statement: string;
}

/** The first half of a manual attestation: it opens nothing before a second person confirms it. */
export interface AttestationView extends WitnessView {
  readonly owner: PersonView;
  readonly expiresAt: string;
  /** Until when a second person can confirm it. */
  readonly waitsUntil: string;
}

export interface ExceptionView {
  /** `manual-attestation`: two people's word where nothing can be read, never a proof. */
  readonly kind: 'override' | 'manual-attestation';
  /** For a manual attestation: the two who attested, in order. */
  readonly attested?: readonly WitnessView[];
  readonly gate: 'approval' | 'verification';
  readonly reason: string;
  readonly owner: PersonView;
  readonly grantedBy: PersonView;
  readonly grantedAt: string;
  readonly expiresAt: string;
  readonly renewals: number;
  readonly ownerMissing?: boolean;
  readonly ended?: { readonly at: string; readonly how: 'expired' | 'ended' | 'content-changed' | 'proven' };
}

export interface EmergencyView {
  readonly at: string;
  readonly by: PersonView;
  readonly reason: string;
  readonly until: string;
  readonly madeAt?: string;
  readonly late?: boolean;
  readonly review?: {
    readonly at: string;
    readonly by: PersonView;
    readonly accepted: boolean;
    readonly comment: string;
  };
}

/** A change that the app makes itself. */
export interface DirectView {
  readonly state: 'not-yet' | 'planned' | 'made' | 'handed-over';
  /** When it came into this state; absent before it is planned. */
  readonly at?: string;
  /** When it is tried (again); absent while it is being made. */
  readonly nextAt?: string;
  readonly attempts: number;
  /** It waits for something that is not the target. */
  readonly waitsFor?: 'not-in-work' | 'content-unclear' | 'reason-unknown' | 'breaker-held' | 'its-time';
  /** The target was as asked before the app wrote. */
  readonly already?: boolean;
  /** Why the last attempt failed, or why a person does it now: the second half of a sentence. */
  readonly why?: string;
  /** Nobody can make it before somebody buys or frees a seat: who that is, when the catalogue names an owner. */
  readonly noSeat?: { readonly owner?: PersonView };
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
    /** Nothing can be read in the target: people attest. */
    readonly attested?: boolean;
  };
  readonly stages: readonly StageView[];
  /** Newest first. */
  readonly evidence: readonly EvidenceView[];
  /** Since when the target has told nothing; it is asked again by itself. */
  readonly unreadableSince?: string;
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
  readonly holding?: HoldingView;
  /** The app makes this change itself, and how far it is. */
  readonly direct?: DirectView;
  readonly links: ReadonlyArray<{
    readonly kind: 'revocation' | 'extension' | 'raised-for' | 'extension-of';
    readonly key: string;
  }>;
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
  /** Running clocks first, then those that stopped, newest first; at most four. */
  readonly clocks: readonly ClockView[];
  readonly exception?: ExceptionView;
  readonly attestation?: AttestationView;
  readonly emergency?: EmergencyView;
  readonly compromised?: { readonly notifiedAt: string; readonly reason: string };
  /** The request came into a done status, left its project or its type behind the gate: what happened, in words. */
  readonly bypasses: readonly string[];
  /** The scheduled sweep is late: nothing happens by itself until it runs again. */
  readonly sweepLateSince?: string;
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
    /** Have the app try again what it makes itself. */
    readonly tryAgain: boolean;
    /** Grant (or renew, when there is one) an exception; end the one there is. */
    readonly except: boolean;
    readonly endException: boolean;
    /** Attest what is in a target that nothing can read, or confirm what somebody else attested. */
    readonly attest: boolean;
    readonly confirmAttestation: boolean;
    readonly openEmergency: boolean;
    readonly reviewEmergency: boolean;
    readonly markCompromised: boolean;
    readonly extend: boolean;
    readonly giveBack: boolean;
  };
}

/** What a customer sees of the own request in the portal: nothing about other people's access. */
export interface PortalRequestView {
  readonly key: string;
  readonly state: string;
  readonly summary: string;
  /** Nothing can be read in the target: two people attest. Until when their word holds, once it does. */
  readonly attested?: { readonly until?: string };
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
  readonly holding?: HoldingView;
  /** Why the request was raised by the app, in words. */
  readonly raisedFor?: { readonly key: string; readonly text: string };
  readonly overdue: boolean;
  readonly mayExtend: boolean;
  readonly mayGiveBack: boolean;
  readonly sweepLateSince?: string;
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
