import {
  answerGate as answerOf,
  type Denial,
  type DenialCode,
  type Gate,
  type GateAnswer,
} from '../domain/gate/answer';
import { isAttested } from '../domain/connector-kinds';
import { explainDenials } from '../domain/gate/explain';
import { gateRowOf, type GateRow } from '../domain/gate/gate-row';
import { mayHaveMissedEnding } from '../domain/request/missed-ending';
import type { AccessRequest } from '../domain/request/access-request';
import { allowCancel, recordGate, resumeWork } from '../domain/request/lifecycle/act';
import { recordReadings } from '../domain/request/lifecycle/read';
import type { IssueView } from '../domain/request/issue-view';
import type { Ports } from './ports';
import { changeRequest } from './steps/change-request';
import { followIssue } from './steps/follow-issue';
import { withKnownApprovers } from './steps/known-approvers';
import { readItems } from './steps/read-target';

type Needed = Pick<
  Ports,
  'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids' | 'log'
>;

export interface GateQuestion {
  readonly gate: Gate;
  readonly issueKey: string;
  /** Fields that the transition's own screen changes. */
  readonly modifiedFields: readonly string[];
}

export type GateReply = { readonly allow: true } | { readonly allow: false; readonly text: string };

/** Leaves room inside the gate's 8 s for Jira and storage around the reading. */
const targetBudget = { timeMs: 4_500, bytes: 2 * 1024 * 1024, calls: 8 };

/**
 * The one place where a transition is allowed or refused. The issue is read as it stands, then one row of storage; with a
 * fresh confirming reading that is all. Otherwise the target is read. Anything that goes wrong is a refusal with a
 * sentence; this function does not throw.
 */
export async function answerGate(ports: Needed, question: GateQuestion): Promise<GateReply> {
  try {
    const issue = await ports.issues.read(question.issueKey);
    if (!issue) return { allow: false, text: explainDenials([{ code: 'not-registered' }], undefined, {}) };
    const row = await ports.requests.gate(issue.id);
    if (!row) return await answerUnregistered(ports, issue);
    return await answerRegistered(ports, question, issue, row);
  } catch (error) {
    ports.log.note('gate-failed', { gate: question.gate, error: error instanceof Error ? error.name : 'unknown' });
    return { allow: false, text: explainDenials([{ code: 'unavailable' }], undefined, {}) };
  }
}

/** Issues of ungoverned request types pass; a governed one that is not known yet is registered and refused this time. */
async function answerUnregistered(ports: Needed, issue: IssueView): Promise<GateReply> {
  const mapping = (await ports.configuration.get('project', issue.projectId))?.value;
  const governed =
    mapping !== undefined &&
    issue.requestTypeId !== undefined &&
    mapping.requestTypes[issue.requestTypeId] !== undefined;
  if (!governed) return { allow: true };
  const request = await followIssue(ports, issue);
  if (request?.legacy) return { allow: true };
  return { allow: false, text: explainDenials([{ code: 'not-registered' }], request, {}) };
}

async function answerRegistered(
  ports: Needed,
  question: GateQuestion,
  issue: IssueView,
  row: GateRow,
): Promise<GateReply> {
  // A record that has ended while the issue has not was reopened unnoticed, or both happened unnoticed: what was proven
  // before does not count.
  const current =
    ended.includes(row.state) || mayHaveMissedEnding(issue, row) ? await rowAfterFollowing(ports, issue, row) : row;
  const seen = await withKnownApprovers(ports, issue, current);
  let answer = answerOf(question.gate, seen, current, question.modifiedFields, ports.clock.now());
  if (answer.answer === 'deny' && answer.denials.some((d) => catchUpOn.includes(d.code))) {
    // The event that would change this may be lost or late. An edit is still refused this time: a person looks at it first.
    const caughtUp = await rowAfterFollowing(ports, issue, current);
    if (!answer.denials.some((d) => d.code === 'content-changed')) {
      const known = await withKnownApprovers(ports, issue, caughtUp);
      answer = answerOf(question.gate, known, caughtUp, question.modifiedFields, ports.clock.now());
    }
  }
  if (answer.answer === 'allow') {
    if (question.gate !== 'verification' || !(await isOutranked(ports, current))) return { allow: true };
    answer = { answer: 'deny', denials: [{ code: 'attestation-outranked' }] };
  }
  const { request, denials } =
    answer.answer === 'read'
      ? await answerByReading(ports, question, seen)
      : { request: undefined, denials: answer.denials };
  return denials.length === 0 ? { allow: true } : refuse(ports, question, issue, request, denials);
}

/** What people attested counts only where nothing can be read, at the moment of the gate too. */
async function isOutranked(ports: Needed, row: GateRow): Promise<boolean> {
  for (const id of row.attested ?? []) {
    const connector = (await ports.configuration.get('connector', id))?.value;
    if (!connector || !isAttested(connector)) return true;
  }
  return false;
}

const ended: readonly GateRow['state'][] = ['closed', 'excepted', 'cancelled', 'declined'];
const catchUpOn: readonly DenialCode[] = ['content-changed', 'not-approved', 'declined', 'lapsed', 'problems'];

async function rowAfterFollowing(ports: Needed, issue: IssueView, row: GateRow): Promise<GateRow> {
  const request = await followIssue(ports, issue);
  return request ? gateRowOf(request) : row;
}

async function answerByReading(
  ports: Needed,
  question: GateQuestion,
  issue: IssueView,
): Promise<{ request: AccessRequest | undefined; denials: readonly Denial[] }> {
  let request = await ports.requests.get(issue.id);
  if (!request) return { request, denials: [{ code: 'not-registered' }] };
  if (question.gate === 'verification' && request.state === 'cancelling') {
    request = await changeRequest(
      ports,
      issue.id,
      { kind: 'app' },
      (current, context) => current && resumeWork(current, context),
    );
  }
  // What was asked for earlier matters to cancelling only; reading it must not hold up the proof of what is asked now.
  const former = question.gate === 'cancel' ? (request?.former ?? []) : [];
  const readings = request ? await readItems(ports, { ...request, former }, targetBudget) : [];
  request = await changeRequest(
    ports,
    issue.id,
    { kind: 'app' },
    (current, context) => current && recordReadings(current, readings, context),
  );
  if (question.gate === 'cancel') {
    request = await changeRequest(
      ports,
      issue.id,
      { kind: 'app' },
      (current, context) => current && allowCancel(current, context),
    );
  }
  if (!request) return { request, denials: [{ code: 'not-registered' }] };
  // The permit starts at the reading, which may lie a moment ahead of a clock that was asked before it.
  const answer: GateAnswer = answerOf(
    question.gate,
    issue,
    gateRowOf(request),
    question.modifiedFields,
    ports.clock.now(),
  );
  if (answer.answer === 'allow') return { request, denials: [] };
  if (answer.answer === 'deny') return { request, denials: answer.denials };
  const unreadable = readings.some(({ reading }) => reading.verdict === 'unreadable');
  return {
    request,
    denials: [
      { code: unreadable ? 'unreadable' : question.gate === 'cancel' ? 'differs-from-baseline' : 'not-proven' },
    ],
  };
}

async function refuse(
  ports: Needed,
  question: GateQuestion,
  issue: IssueView,
  known: AccessRequest | undefined,
  denials: readonly Denial[],
): Promise<GateReply> {
  const stored = known ?? (await ports.requests.get(issue.id));
  const letThrough = stored?.policy !== undefined && stored.policy.mode !== 'enforce';
  const request = await changeRequest(
    ports,
    issue.id,
    { kind: 'app' },
    (current, context) => current && recordGate(current, { gate: question.gate, denials, letThrough }, context),
  );
  if (letThrough) return { allow: true };
  const names: Record<string, string> = { ...request?.names };
  for (const accountId of denials.flatMap((d) => (aboutPeople.includes(d.code) ? (d.detail ?? []) : []))) {
    names[accountId] ??= (await ports.issues.person(accountId))?.displayName ?? 'somebody';
  }
  return { allow: false, text: explainDenials(denials, request, names) };
}

/** Denials whose detail names people. */
const aboutPeople: readonly DenialCode[] = ['not-approved', 'approver-inactive', 'approver-unknown'];

/** How long a gate may take before it says no by itself, in milliseconds. */
export const gateDeadlineMs = 8_000;

/** The refusal for a gate that ran out of time: given by the entry, whatever is still under way. */
export function tooSlow(): GateReply {
  return { allow: false, text: explainDenials([{ code: 'too-slow' }], undefined, {}) };
}
