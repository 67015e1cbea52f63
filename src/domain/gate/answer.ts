import { later, type Instant } from '../instant';
import { governedFieldIds, governedFieldsHash } from '../request/governed-fields';
import type { Permit } from '../request/access-request';
import type { IssueView } from '../request/issue-view';
import type { GateRow } from './gate-row';

export type Gate = 'approval' | 'verification' | 'cancel';

/** Why a gate says no. Closed list; the sentences are in `explain`. */
export type DenialCode =
  | 'not-registered'
  | 'content-changed'
  | 'changed-on-screen'
  | 'problems'
  | 'declined'
  | 'lapsed'
  | 'not-approved'
  | 'approver-inactive'
  | 'approver-unknown'
  | 'period-over'
  | 'period-not-begun'
  | 'not-proven'
  | 'differs-from-baseline'
  | 'removal-not-called-off'
  /** People attested it, and by now it could be read. */
  | 'attestation-outranked'
  | 'unreadable'
  | 'unavailable'
  | 'too-slow';

export interface Denial {
  readonly code: DenialCode;
  /** Account ids, problem sentences or the like that the sentence needs. */
  readonly detail?: readonly string[];
}

export type GateAnswer =
  | { readonly answer: 'allow' }
  | { readonly answer: 'deny'; readonly denials: readonly Denial[] }
  /** Nothing stored confirms; the target must be read before an answer is possible. */
  | { readonly answer: 'read' };

const allow: GateAnswer = { answer: 'allow' };
const deny = (code: DenialCode, detail?: readonly string[]): GateAnswer => ({
  answer: 'deny',
  denials: [detail ? { code, detail } : { code }],
});

/**
 * A gate's answer from the issue as it stands now and the stored row: a pure function. Everything is asked again here
 * (content, approvals, active approvers), because approvals and content may have changed since the row was written.
 * `modifiedFields` are the fields that the transition's own screen changes.
 */
export function answerGate(
  gate: Gate,
  issue: IssueView,
  row: GateRow,
  modifiedFields: readonly string[],
  now: Instant,
): GateAnswer {
  if (row.legacy) return allow;
  if (row.problems.length > 0 && gate !== 'cancel') return deny('problems', row.problems);
  if (governedFieldsHash(issue, row.fields) !== row.fieldsHash) return deny('content-changed');
  const governed = governedFieldIds(row.fields);
  if (modifiedFields.some((field) => governed.includes(field))) return deny('changed-on-screen');
  switch (gate) {
    case 'approval':
      return answerApproval(row, issue.activeAccounts, now);
    case 'verification': {
      const approval = answerApproval(row, issue.activeAccounts, now);
      return approval.answer === 'allow' ? answerProof(row, now) : approval;
    }
    case 'cancel':
      return answerCancel(row, now);
  }
}

/**
 * What the verification gate would say as far as stored facts tell: for showing, never for deciding. Whether the issue was
 * edited or an approver deactivated since is not looked at.
 */
export function storedAnswer(row: GateRow, now: Instant): GateAnswer {
  if (row.legacy) return allow;
  const active = Object.fromEntries(row.approvers.map((accountId) => [accountId, true]));
  const approval = answerApproval(row, active, now);
  return approval.answer === 'allow' ? answerProof(row, now) : approval;
}

function answerProof(row: GateRow, now: Instant): GateAnswer {
  const grants = row.changeKinds.some((kind) => kind !== 'revoke');
  if (grants && row.endsAt !== undefined && now >= row.endsAt) return deny('period-over', [row.endsAt]);
  if (grants && row.startsAt !== undefined && now < row.startsAt) return deny('period-not-begun', [row.startsAt]);
  return covered(row.permits, row.epoch, now) ? allow : { answer: 'read' };
}

function answerApproval(row: GateRow, activeAccounts: IssueView['activeAccounts'], now: Instant): GateAnswer {
  if (row.problems.length > 0) return deny('problems', row.problems);
  if (row.standIns.some((span) => span.from <= now && now < span.until)) return allow;
  if (row.state === 'declined') return deny('declined');
  if (row.state === 'lapsed') return deny('lapsed');
  if (!row.approved) return deny('not-approved', row.waitingFor);
  const inactive = row.approvers.filter((accountId) => activeAccounts[accountId] === false);
  if (inactive.length > 0) return deny('approver-inactive', inactive);
  const unknown = row.approvers.filter((accountId) => activeAccounts[accountId] === undefined);
  return unknown.length > 0 ? deny('approver-unknown', unknown) : allow;
}

function answerCancel(row: GateRow, now: Instant): GateAnswer {
  if (!row.approvalBegun) return allow;
  if (covered(row.cancelPermits, row.epoch, now)) return allow;
  if (row.removalOnce || row.changeKinds.includes('revoke')) return deny('removal-not-called-off');
  return { answer: 'read' };
}

/** How long after a gate's answer Jira may take to write the change down, in milliseconds. */
const closingLagMs = 10_000;

/** How far the app's clock may be ahead of Jira's before even its own closings are doubted, in milliseconds. */
const aheadMs = 10 * 60_000;

/**
 * Whether a permit of this epoch covers a closing that Jira wrote down at this instant. The app closes only what it holds a
 * permit for, so that which of the two was first is no matter of clocks for its `own` closings: otherwise a clock that is a
 * moment ahead would have the app reopen what it has just closed, make the change anew and close it again, without end.
 */
export function coveredClosing(permits: readonly Permit[], epoch: number, at: Instant, own: boolean): boolean {
  const known = own ? later(at, aheadMs) : at;
  return permits.some(
    (permit) => permit.epoch === epoch && permit.from <= known && at < later(permit.until, closingLagMs),
  );
}

/** Whether a permit of this epoch covers the instant. Nothing counts at or after its end. */
export function covered(permits: readonly Permit[], epoch: number, at: Instant): boolean {
  return permits.some((permit) => permit.epoch === epoch && permit.from <= at && at < permit.until);
}
