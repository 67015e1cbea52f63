import type { Json } from '../../src/domain/canonical';
import type { IssueView } from '../../src/domain/request/issue-view';
import type { IssueHistory } from '../../src/usecases/ports';
import {
  accountOf,
  anchorKey,
  doneStatuses,
  fields,
  people,
  projectId,
  projectKey,
  requestTypeField,
  statuses,
} from '../company';
import { wantedOf } from '../truth/wanted';
import type { DeskApproval, DeskIssue, StatusChange } from './desk-issue';

export const appAccount = 'app';

/** Something happened to an issue; Jira tells the app about it, some time and some times. */
export interface DeskEvent {
  readonly issueId: string;
  readonly deleted: boolean;
  readonly selfGenerated: boolean;
  readonly statusChanged: boolean;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** An issue of the governance project: nobody works on it here, it is only looked at. */
export interface GovernanceIssue {
  readonly key: string;
  readonly marker: string;
  readonly summary: string;
  readonly comments: Array<{ readonly effectId: string; readonly text: string }>;
}

/** A JSM project in memory: issues with their past, approvals that follow the status, and an event for every change. */
export class Desk {
  readonly issues = new Map<string, DeskIssue>();
  readonly active = new Map(people.map((person) => [accountOf(person), true]));
  /** Issues of the governance project, by their markers: the first is the one that digests are anchored on. */
  readonly governance: GovernanceIssue[] = [{ key: anchorKey, marker: '', summary: 'Digests', comments: [] }];
  /** Accounts that were switched off at some time. */
  readonly onceInactive = new Set<string>();
  private nextApproval = 1;

  constructor(
    private readonly now: () => number,
    private readonly publish: (event: DeskEvent) => void,
  ) {}

  /** Issues that exist, oldest first. */
  list(): DeskIssue[] {
    return [...this.issues.values()].filter((issue) => !issue.deleted);
  }

  find(keyOrId: string): DeskIssue | undefined {
    const issue = this.issues.get(keyOrId.startsWith(projectKey) ? keyOrId.slice(projectKey.length + 1) : keyOrId);
    return issue?.deleted === false ? issue : undefined;
  }

  create(asked: {
    requestTypeId: string;
    reporterId: string;
    creatorId: string;
    values: Record<string, Json>;
    statusId?: string;
    marker?: string;
  }): DeskIssue {
    const id = String(this.issues.size + 1);
    const at = this.now();
    const issue: DeskIssue = {
      id,
      key: `${projectKey}-${id}`,
      created: at,
      reporterId: asked.reporterId,
      creatorId: asked.creatorId,
      requestTypeId: asked.requestTypeId,
      statusId: asked.statusId ?? statuses.submitted,
      categorySince: at,
      values: asked.values,
      approvals: [],
      answers: [],
      statusChanges: [],
      fieldChanges: [],
      comments: [],
      links: [],
      participants: [],
      ...(asked.marker === undefined ? {} : { marker: asked.marker }),
      updated: at,
      deleted: false,
      contents: [],
    };
    issue.contents.push({ from: at, wanted: wantedOf(issue) });
    this.issues.set(id, issue);
    this.tell(issue, asked.creatorId, false);
    return issue;
  }

  edit(issue: DeskIssue, changes: Record<string, Json | undefined>, by: string): void {
    const at = this.now();
    const values = { ...issue.values };
    for (const [fieldId, value] of Object.entries(changes)) {
      if (JSON.stringify(values[fieldId]) === JSON.stringify(value)) continue;
      if (value === undefined) delete values[fieldId];
      else values[fieldId] = value;
      issue.fieldChanges.push({ at, fieldId });
    }
    issue.values = values;
    if (fields.approvers in changes) this.syncApprovers(issue);
    this.noteContent(issue);
    issue.updated = at;
    this.tell(issue, by, false);
  }

  changeType(issue: DeskIssue, requestTypeId: string, by: string): void {
    if (issue.requestTypeId !== requestTypeId) issue.fieldChanges.push({ at: this.now(), fieldId: requestTypeField });
    issue.requestTypeId = requestTypeId;
    this.noteContent(issue);
    issue.updated = this.now();
    this.tell(issue, by, false);
  }

  /** Puts an issue into a status, whoever let it. */
  toStatus(issue: DeskIssue, to: string, by: string, via: StatusChange['via'], gated: boolean): void {
    const at = this.now();
    const from = issue.statusId;
    if (from === to) return;
    issue.statusChanges.push({ at, from, to, by, via, gated });
    issue.statusId = to;
    if (categoryOf(from) !== categoryOf(to)) issue.categorySince = at;
    issue.updated = at;
    const pending = openOf(issue);
    if (pending) pending.completed = at;
    if (to === statuses.waiting) {
      issue.approvals.push({
        id: String(this.nextApproval++),
        created: at,
        approvers: approversOf(issue).map((accountId) => ({ accountId, decision: 'pending' as const })),
        finalDecision: 'pending',
      });
    }
    this.tell(issue, by, true);
  }

  /** A person answers the open approval; the last answer fires *Approve* or *Decline*. */
  answer(
    issue: DeskIssue,
    approvalId: string,
    accountId: string,
    decision: 'approve' | 'decline',
  ): 'done' | 'not-open' | { readonly refused: string } {
    const approval = issue.approvals.find(({ id }) => id === approvalId);
    const own = approval?.approvers.find((entry) => entry.accountId === accountId);
    if (!approval || !own) return { refused: 'You must be assigned to the approval to answer it.' };
    if (approval.completed !== undefined || own.decision !== 'pending') return 'not-open';
    own.decision = decision === 'approve' ? 'approved' : 'declined';
    const wanted = issue.contents.at(-1)?.wanted.key ?? '';
    issue.answers.push({ accountId, decision, at: this.now(), asked: approval.created, wanted });
    issue.updated = this.now();
    if (own.decision === 'declined') this.settle(issue, approval, 'declined', accountId);
    else if (approval.approvers.every((entry) => entry.decision === 'approved'))
      this.settle(issue, approval, 'approved', accountId);
    else this.tell(issue, accountId, false);
    return 'done';
  }

  remove(issue: DeskIssue): void {
    issue.deleted = true;
    this.publish({ issueId: issue.id, deleted: true, selfGenerated: false, statusChanged: false });
  }

  setActive(accountId: string, active: boolean): void {
    this.active.set(accountId, active);
    if (!active) this.onceInactive.add(accountId);
  }

  private settle(issue: DeskIssue, approval: DeskApproval, final: 'approved' | 'declined', by: string): void {
    approval.finalDecision = final;
    approval.completed = this.now();
    this.toStatus(issue, final === 'approved' ? statuses.inProgress : statuses.declined, by, 'approval', false);
  }

  private syncApprovers(issue: DeskIssue): void {
    const pending = openOf(issue);
    if (!pending) return;
    pending.approvers = approversOf(issue).map(
      (accountId) =>
        pending.approvers.find((entry) => entry.accountId === accountId) ?? { accountId, decision: 'pending' },
    );
  }

  private noteContent(issue: DeskIssue): void {
    const wanted = wantedOf(issue);
    const last = issue.contents.at(-1);
    if (wanted.key !== last?.wanted.key) issue.contents.push({ from: this.now(), wanted });
    // The same access with somebody else who answers for it.
    else issue.contents.splice(-1, 1, { from: last.from, wanted });
  }

  private tell(issue: DeskIssue, by: string, statusChanged: boolean): void {
    this.publish({ issueId: issue.id, deleted: false, selfGenerated: by === appAccount, statusChanged });
  }

  /** The issue as the app reads it. */
  view(issue: DeskIssue): IssueView {
    const activeAccounts: Record<string, boolean> = {};
    const note = (accountId: string | undefined) => {
      const active = accountId === undefined ? undefined : this.active.get(accountId);
      if (active !== undefined) activeAccounts[accountId as string] = active;
    };
    [issue.reporterId, issue.creatorId, issue.assigneeId, ...approversOf(issue)].forEach(note);
    const beneficiary = issue.values[fields.beneficiary];
    if (typeof beneficiary === 'string') note(beneficiary);
    const approvals = issue.approvals.map((approval) => ({
      id: approval.id,
      finalDecision: approval.finalDecision,
      createdAt: iso(approval.created),
      ...(approval.completed === undefined ? {} : { completedAt: iso(approval.completed) }),
      approvers: approval.approvers.map(({ accountId, decision }) => {
        note(accountId);
        return { accountId, active: this.active.get(accountId), decision };
      }),
    }));
    return {
      id: issue.id,
      key: issue.key,
      projectId,
      requestTypeId: issue.requestTypeId,
      requestTypeFieldId: requestTypeField,
      statusId: issue.statusId,
      categorySince: iso(issue.categorySince),
      createdAt: iso(issue.created),
      reporterId: issue.reporterId,
      creatorId: issue.creatorId,
      ...(issue.assigneeId === undefined ? {} : { assigneeId: issue.assigneeId }),
      values: { ...issue.values },
      approvals,
      activeAccounts,
    };
  }

  history(issue: DeskIssue): IssueHistory {
    return {
      statusChanges: issue.statusChanges.map(({ at, to, by }) => ({
        at: iso(at),
        toStatusId: to,
        byApp: by === appAccount,
        by,
      })),
      fieldChanges: issue.fieldChanges.map(({ at, fieldId }) => ({ at: iso(at), fieldId })),
    };
  }
}

function categoryOf(statusId: string): 'to-do' | 'in-progress' | 'done' {
  if (doneStatuses.includes(statusId)) return 'done';
  return statusId === statuses.submitted ? 'to-do' : 'in-progress';
}

/** The approval that waits for an answer. */
export function openOf(issue: DeskIssue): DeskApproval | undefined {
  return issue.approvals.find((approval) => approval.completed === undefined);
}

function approversOf(issue: DeskIssue): string[] {
  const value = issue.values[fields.approvers];
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}
