/** What the site's tables hold. Everything is plain JSON; instants are epoch milliseconds. */

export interface PersonRecord {
  accountId: string;
  /** The part before `@`; `proofgate-app` for the app's own account. */
  key: string;
  email: string;
  displayName: string;
  accountType: 'atlassian' | 'app';
  active: boolean;
  licensed: boolean;
  emailHidden: boolean;
  timeZone: string;
  groups: string[];
}

export interface ProjectRecord {
  id: string;
  key: string;
  name: string;
  uuid: string;
  projectTypeKey: 'service_desk' | 'business';
  /** The first is the one that issues moved from elsewhere get. */
  issueTypeIds: string[];
}

/** A role of one project: Jira has role names once and actors per project. */
export interface RoleRecord {
  id: string;
  projectId: string;
  name: string;
  description: string;
  /** Account ids. */
  actors: string[];
  /** Project permission keys that the permission scheme grants to the role. */
  permissions: string[];
}

export interface AdfNode {
  type: string;
  text?: string;
  content?: AdfNode[];
  [key: string]: unknown;
}

/** Values of the editable fields by field id, in the form that the field's type stores. */
export type FieldValues = Record<string, unknown>;

export interface IssueRecord {
  id: string;
  projectId: string;
  key: string;
  /** Keys from before a move to another project; they still find the issue. */
  formerKeys?: string[];
  /** When an administrator archived it. */
  archived?: number;
  issueTypeId: string;
  statusId: string;
  statusSince: number;
  statusCategorySince: number;
  resolutionId: string | null;
  resolvedAt: number | null;
  creator: string;
  created: number;
  updated: number;
  values: FieldValues;
}

export interface ChangeItem {
  field: string;
  fieldtype: 'jira' | 'custom';
  fieldId?: string;
  from: string | null;
  fromString: string | null;
  to: string | null;
  toString: string | null;
}

export interface HistoryRecord {
  id: string;
  issueId: string;
  author: string;
  at: number;
  items: ChangeItem[];
}

export interface CommentRecord {
  id: string;
  issueId: string;
  author: string;
  body: AdfNode;
  created: number;
  updated: number;
  visibility?: { type: 'role' | 'group'; value: string; identifier?: string };
  properties: Array<{ key: string; value: unknown }>;
}

export type Decision = 'approved' | 'declined' | 'pending';

export interface ApprovalRecord {
  id: string;
  issueId: string;
  name: string;
  statusId: string;
  finalDecision: Decision;
  approvers: Array<{ accountId: string; decision: Decision }>;
  created: number;
  /** When it was decided, or when the issue left the status without a decision. */
  completed?: number;
}

export interface LinkRecord {
  id: string;
  typeId: string;
  inward: string;
  outward: string;
}
