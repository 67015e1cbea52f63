import type { Json } from '../canonical';
import type { Instant } from '../instant';

/** One approver's part in a JSM approval. */
export interface ApproverAnswer {
  readonly accountId: string;
  /** Undefined when Jira does not tell. */
  readonly active: boolean | undefined;
  readonly decision: 'approved' | 'declined' | 'pending';
}

/** One JSM approval of an issue. */
export interface JsmApproval {
  readonly id: string;
  readonly finalDecision: 'approved' | 'declined' | 'pending';
  readonly createdAt: Instant;
  readonly completedAt?: Instant;
  readonly approvers: readonly ApproverAnswer[];
}

/** An issue as it stands now, in the app's terms: people are account ids, dates are instants, rich text is plain. */
export interface IssueView {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly requestTypeId?: string;
  /** The field that holds the request type; its id differs between sites. */
  readonly requestTypeFieldId?: string;
  readonly statusId: string;
  /** When the issue last went between to do, in progress and done. Undefined when Jira does not tell. */
  readonly categorySince?: Instant;
  readonly createdAt: Instant;
  readonly reporterId: string;
  readonly creatorId: string;
  readonly assigneeId?: string;
  /** Values by field id; fields without a value are absent. */
  readonly values: Readonly<Record<string, Json>>;
  readonly approvals: readonly JsmApproval[];
  /** Whether the accounts that the issue mentions are active. */
  readonly activeAccounts: Readonly<Record<string, boolean>>;
}

/** The approval that JSM waits for now. One that the issue left behind stays pending for ever, but it is completed. */
export function openApproval(issue: Pick<IssueView, 'approvals'>): JsmApproval | undefined {
  return issue.approvals
    .filter((approval) => approval.finalDecision === 'pending' && approval.completedAt === undefined)
    .at(-1);
}
