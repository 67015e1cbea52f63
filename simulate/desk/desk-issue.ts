import type { Json } from '../../src/domain/canonical';
import type { Wanted } from '../truth/wanted';

export interface DeskAnswer {
  readonly accountId: string;
  decision: 'approved' | 'declined' | 'pending';
}

/** An answer as it was given, whatever became of the approval that it was given to. */
export interface GivenAnswer {
  readonly accountId: string;
  readonly decision: 'approve' | 'decline';
  readonly at: number;
  /** When the approval was opened. */
  readonly asked: number;
  /** What the issue asked for when the answer was given. */
  readonly wanted: string;
}

export interface DeskApproval {
  readonly id: string;
  readonly created: number;
  approvers: DeskAnswer[];
  finalDecision: 'approved' | 'declined' | 'pending';
  completed?: number;
}

/** How an issue came into a status. */
export interface StatusChange {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  /** An account, or `app`. */
  readonly by: string;
  readonly via: 'transition' | 'move' | 'approval';
  /** The gate that let it through. */
  readonly gated: boolean;
}

export interface DeskComment {
  readonly effectId: string;
  readonly audience: 'internal' | 'customer';
  readonly text: string;
  readonly at: number;
}

/** An issue of the simulated desk, with more of its past than Jira would tell the app. */
export interface DeskIssue {
  readonly id: string;
  readonly key: string;
  readonly created: number;
  readonly reporterId: string;
  readonly creatorId: string;
  requestTypeId: string;
  statusId: string;
  /** When it last went between to do, in progress and done. */
  categorySince: number;
  assigneeId?: string;
  priority?: string;
  /** Marks an issue that the app raised with the change that asked for it. */
  marker?: string;
  /** Keys of the issues it is linked to. */
  links: string[];
  participants: string[];
  values: Record<string, Json>;
  approvals: DeskApproval[];
  /** All answers that were ever given, oldest first. */
  answers: GivenAnswer[];
  statusChanges: StatusChange[];
  fieldChanges: Array<{ readonly at: number; readonly fieldId: string }>;
  comments: DeskComment[];
  property?: Json;
  updated: number;
  deleted: boolean;
  /** Every content the issue had, oldest first. */
  contents: Array<{ readonly from: number; readonly wanted: Wanted }>;
}
