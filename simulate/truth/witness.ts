import type { Gate } from '../../src/domain/gate/answer';
import type { GateReply } from '../../src/usecases/answer-gate';
import type { AccessRequest } from '../../src/domain/request/access-request';
import type { Expectation, Observation } from '../../src/domain/verification/judge';
import type { Wanted } from './wanted';

/** What a target told the app. `told` equals the truth at that instant, or says that nothing is known. */
export interface Told {
  readonly issueId: string | undefined;
  readonly expectation: Expectation;
  readonly seen: Observation;
  /** The true time, and the time as the app's clock showed it. */
  readonly at: number;
  readonly appAt: number;
}

/** A gate that was asked, as an onlooker saw it. */
export interface GateSeen {
  readonly issueId: string;
  readonly gate: Gate;
  /** When it was asked: the true time, and the app's clock. */
  readonly askedAt: number;
  readonly appAskedAt: number;
  /** When the app read the issue, and what the issue asked for then; undefined when it never could. */
  readAt?: number;
  wantedAtRead?: string;
  endedAt: number;
  reply: GateReply | { readonly threw: string } | { readonly killed: true };
}

/** An attempt to decide in the app's own screen. */
export interface PanelAttempt {
  readonly issueId: string;
  readonly accountId: string;
  readonly decision: 'approve' | 'decline';
  /** What the screen showed. */
  readonly wanted: string;
  readonly at: number;
  readonly appAt: number;
  /** `maybe`: the invocation died or failed, so nobody knows. */
  outcome: 'recorded' | 'refused' | 'maybe';
}

/** Something that changes what counts, done by a person in the app. */
export interface Notable {
  readonly issueId: string;
  readonly what:
    | 'asked-anew'
    | 'called-off'
    | 'exception'
    | 'exception-ended'
    | 'emergency'
    | 'emergency-accepted'
    | 'emergency-rejected';
  /** Which gate an exception overrides (a renewal goes on with the one it had), and until when. */
  readonly gate?: 'approval' | 'verification';
  readonly until?: number;
  /** What the issue asked for then. */
  readonly wanted: string;
  readonly by: string;
  readonly at: number;
  readonly appAt: number;
  readonly sure: boolean;
}

/** An issue as the app read it last, and why nobody's decision carried what it asked for at that moment. */
export interface IssueRead {
  readonly issueId: string;
  readonly at: number;
  readonly wanted: Wanted;
  readonly statusId: string;
  readonly unapproved: string | undefined;
}

/** A change of a target that the app made. */
export interface WrittenByApp {
  readonly issueId: string | undefined;
  readonly expectation: Expectation;
  readonly at: number;
  readonly appAt: number;
  /** What the invocation that wrote had read before. */
  readonly read: IssueRead | undefined;
  /** The record as it stood in storage at that moment. */
  readonly record: AccessRequest | undefined;
}

/** An administrator lets the app make the changes of an entitlement, or does not any more. */
export interface Switched {
  readonly groupId: string;
  readonly on: boolean;
  readonly at: number;
}

/** Everything that was seen from outside, kept apart from anything that the app concludes. */
export class Witness {
  readonly told: Told[] = [];
  readonly gates: GateSeen[] = [];
  readonly panel: PanelAttempt[] = [];
  readonly notables: Notable[] = [];
  readonly switches: Switched[] = [];
}
