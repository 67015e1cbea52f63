/** What Jira and JSM answer, as far as the pages show it. */

export interface User {
  accountId: string;
  displayName: string;
}

export interface Status {
  id: string;
  name: string;
  statusCategory?: { key: string };
}

export interface Transition {
  id: string;
  name: string;
  to: Status;
}

export interface FieldSchema {
  type: string;
  items?: string;
  system?: string;
  custom?: string;
}

export interface History {
  id: string;
  author: User;
  created: string;
  items: Array<{ field: string; fromString?: string | null; toString?: string | null }>;
}

export interface Issue {
  id: string;
  key: string;
  fields: Record<string, unknown>;
  names: Record<string, string>;
  transitions: Transition[];
  changelog: { histories: History[] };
  editmeta: { fields: Record<string, { name: string; schema: FieldSchema }> };
}

export interface DeskInstant {
  iso8601: string;
  friendly: string;
  epochMillis: number;
}

export interface Comment {
  id: string;
  body: string;
  public: boolean;
  author: User;
  created: DeskInstant;
}

export interface RequestType {
  id: string;
  name: string;
  description: string;
}

export interface RequestField {
  fieldId: string;
  name: string;
  required: boolean;
  jiraSchema: FieldSchema;
}

export interface CustomerRequest {
  issueKey: string;
  summary: string;
  requestTypeId: string;
  createdDate: DeskInstant;
  reporter: User;
  currentStatus: { status: string; statusCategory: string; statusDate: DeskInstant };
  requestFieldValues: Array<{ fieldId: string; label: string; value?: unknown }>;
  status?: { values: Array<{ status: string; statusCategory: string; statusDate: DeskInstant }> };
  comments?: { values: Comment[] };
  requestType?: RequestType;
}

export interface Approval {
  id: string;
  name: string;
  finalDecision: 'pending' | 'approved' | 'declined';
  canAnswerApproval: boolean;
  approvers: Array<{ approver: User; approverDecision: string }>;
  createdDate: DeskInstant;
  completedDate?: DeskInstant;
}

export interface Page<T> {
  values: T[];
}

export const DESK = '/rest/servicedeskapi/servicedesk/1';
export const REQUEST = '/rest/servicedeskapi/request';
export const ISSUE = '/rest/api/3/issue';
