import type { BreakerKind } from '../../domain/breaker';
import { revocationGone } from '../../domain/request/lifecycle/hold';
import { recordReadings } from '../../domain/request/lifecycle/read';
import { stageProgress } from '../../domain/approval/progress';
import { mayWorkAt } from '../../domain/request/approved';
import { requestContentHash } from '../../domain/request/content';
import type { AccessRequest } from '../../domain/request/access-request';
import type { Effect } from '../../domain/request/effect';
import { openApproval, type IssueView } from '../../domain/request/issue-view';
import {
  statusRole,
  type ProjectMapping,
  type StatusRole,
  type TransitionRole,
} from '../../domain/request/project-mapping';
import type { Ports } from '../ports';
import { changeRequest } from './change-request';
import { followIssue } from './follow-issue';
import { passBreaker } from './pass-breaker';
import { raiseIssue } from './raise-issue';
import { readItems } from './read-target';
import { settleHoldings } from './settle-holdings';
import { writeDirectly } from './write-directly';

type Needed = Pick<
  Ports,
  'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids' | 'breakers'
>;

/** Where the app's own transitions start. From anywhere else the effect is out of date and has nothing to do. */
const startsFrom: Record<TransitionRole, readonly StatusRole[]> = {
  'ask-approval': ['submitted'],
  start: ['submitted'],
  'ask-again': ['in-progress'],
  resolve: ['in-progress'],
  reopen: ['resolved', 'cancelled', 'declined'],
  decline: ['submitted', 'waiting', 'in-progress'],
};

const readBudget = { timeMs: 15_000, bytes: 2 * 1024 * 1024, calls: 12 };

/**
 * `done`, or why it cannot be done now: then it is tried again later. `held` waits for a person and not for a retry. Throws
 * `Unavailable` when Jira does not answer.
 */
export type EffectResult = 'done' | { readonly notYet: string } | { readonly held: BreakerKind };

/** Makes one effect. Every effect may be made twice without harm: a crash after it and before its acknowledgement repeats it. */
export async function makeEffect(ports: Needed, issueId: string, effect: Effect): Promise<EffectResult> {
  switch (effect.kind) {
    case 'comment':
      await ports.issues.comment(
        issueId,
        effect.id,
        effect.audience,
        effect.text,
        effect.mentions ? { mentions: effect.mentions } : {},
      );
      return 'done';
    case 'add-participants':
    case 'assign':
    case 'set-priority':
      return tellOrHand(ports, issueId, effect);
    case 'raise':
      return raiseIssue(ports, issueId, effect);
    case 'end-holdings':
    case 'extend-holdings':
      return settleHoldings(ports, issueId, effect);
    case 'open-work':
      return openWork(ports, issueId, effect.accountId);
    case 'raise-again':
      await changeRequest(
        ports,
        effect.issueId,
        { kind: 'app' },
        (current, context) => current && revocationGone(current, issueId, context),
      );
      return 'done';
    case 'property':
      await ports.issues.setProperty(issueId, effect.value);
      return 'done';
    case 'direct-write':
      return writeDirectly(ports, issueId, effect);
    case 'read-target':
      return readTarget(ports, issueId);
    case 'answer-approval':
      return answerApproval(ports, issueId, effect);
    case 'ask-approvals':
      return askApprovals(ports, issueId, effect.approvers);
    case 'transition':
      return withIssue(ports, issueId, (issue, mapping) => transition(ports, issue, mapping, effect.role));
  }
}

async function withIssue(
  ports: Needed,
  issueId: string,
  work: (issue: IssueView, mapping: ProjectMapping) => Promise<EffectResult>,
): Promise<EffectResult> {
  const issue = await ports.issues.read(issueId);
  const mapping = issue && (await ports.configuration.get('project', issue.projectId))?.value;
  // An issue that is gone, or lies in a project that is not governed any more, has nothing left to change.
  return issue && mapping ? work(issue, mapping) : 'done';
}

async function transition(
  ports: Needed,
  issue: IssueView,
  mapping: ProjectMapping,
  role: TransitionRole,
): Promise<EffectResult> {
  if (!startsFrom[role].includes(statusRole(mapping, issue.statusId))) return 'done';
  if (role === 'start' && !(await mayStart(ports, issue.id))) return 'done';
  const name = mapping.transitions[role];
  // A desk whose approval step has no exit for the app keeps the issue there; the record says what is true.
  if (name === undefined) return 'done';
  if (role === 'reopen') {
    const leave = await passBreaker(ports, 'reopenings');
    if (leave === 'held') return { held: 'reopenings' };
    // What was closed under an exception that has ended is never left closed.
    const excepted = (await ports.requests.get(issue.id))?.state === 'excepted';
    if (leave === 'drop' && !excepted) return 'done';
  }
  const result = await ports.issues.transition(issue.id, name);
  if (result === 'done') {
    // Jira's event may be lost or late: what the app has done itself it follows at once.
    const moved = await ports.issues.read(issue.id);
    if (moved) await followIssue(ports, moved);
    return 'done';
  }
  // The gate said no to the app's own *Resolve*: the readings go on by themselves and try again.
  if (role === 'resolve' || role === 'decline') return 'done';
  return { notYet: result === 'not-on-offer' ? `the transition "${name}" is not on offer` : result.refused };
}

/**
 * People and priority: what Jira refuses for good (an account that is gone, a priority that is not there) is told, once.
 * An issue that is gone refuses too, and the comment then finds nowhere to stand.
 */
async function tellOrHand(
  ports: Needed,
  issueId: string,
  effect: Extract<Effect, { kind: 'add-participants' | 'assign' | 'set-priority' }>,
): Promise<EffectResult> {
  const result =
    effect.kind === 'assign'
      ? await ports.issues.assign(issueId, effect.accountId)
      : effect.kind === 'set-priority'
        ? await ports.issues.setPriority(issueId, effect.priority)
        : await ports.issues.addParticipants(issueId, effect.accountIds);
  if (result === 'done') return 'done';
  const what = {
    assign: 'be assigned',
    'set-priority': 'get its priority',
    'add-participants': 'get its participants',
  };
  const text = `This request could not ${what[effect.kind]}: ${result.refused}`;
  await ports.issues.comment(issueId, effect.id, 'internal', text);
  return 'done';
}

/**
 * Opens an issue for an emergency or an exception of the approval gate. Where JSM waits for an approval nobody but an
 * approver can move it, so the person who opened it is asked and answers there; Proofgate counts that as what it is, never
 * as an approval.
 */
async function openWork(ports: Needed, issueId: string, accountId: string): Promise<EffectResult> {
  return withIssue(ports, issueId, async (issue, mapping) => {
    const request = await ports.requests.get(issueId);
    // A row that was held up: what it was opened for has ended, or is not what is asked any more.
    if (!request || !mayWorkAt(request, ports.clock.now())) return 'done';
    const role = statusRole(mapping, issue.statusId);
    if (role === 'submitted') return transition(ports, issue, mapping, 'start');
    const pending = role === 'waiting' ? openApproval(issue) : undefined;
    if (!pending) return 'done';
    const alone = pending.approvers.length === 1 && pending.approvers[0]?.accountId === accountId;
    if (!alone) await ports.issues.setApprovers(issueId, mapping.fields.approvers, [accountId]);
    const result = await ports.issues.answerApproval(issue.key, pending.id, accountId, 'approve');
    if (typeof result !== 'string') return { notYet: result.refused };
    const moved = await ports.issues.read(issue.id);
    if (moved) await followIssue(ports, moved);
    return 'done';
  });
}

/**
 * An effect that was planned before the request changed again must not stand in front of what was planned after it. Work
 * that is proven already (a reading that came late) is begun all the same: nobody else would move the issue on.
 */
async function mayStart(ports: Needed, issueId: string): Promise<boolean> {
  const state = (await ports.requests.get(issueId))?.state;
  return state !== undefined && startable.includes(state);
}

const startable: ReadonlyArray<AccessRequest['state']> = [
  'approved',
  'reopened',
  'fulfilling',
  'verifying',
  'verified',
];

async function askApprovals(ports: Needed, issueId: string, approvers: readonly string[]): Promise<EffectResult> {
  const request = await ports.requests.get(issueId);
  if (request?.state !== 'awaiting-approval' || approvers.length === 0) return 'done';
  return withIssue(ports, issueId, async (issue, mapping) => {
    const role = statusRole(mapping, issue.statusId);
    const pending = role === 'waiting' ? openApproval(issue) : undefined;
    const asked = pending?.approvers.filter((p) => p.decision === 'pending').map((p) => p.accountId);
    if (asked && approvers.every((a) => asked.includes(a))) return 'done';
    await ports.issues.setApprovers(issueId, mapping.fields.approvers, approvers);
    return transition(ports, issue, mapping, role === 'submitted' ? 'ask-approval' : 'ask-again');
  });
}

async function answerApproval(
  ports: Needed,
  issueId: string,
  effect: Extract<Effect, { kind: 'answer-approval' }>,
): Promise<EffectResult> {
  return withIssue(ports, issueId, async (issue, mapping) => {
    const mine =
      (await askedHere(ports, issue, mapping, effect.accountId)) ?? (await askToDecline(ports, issue, mapping, effect));
    if (!mine) return 'done';
    const result = await ports.issues.answerApproval(issue.key, mine.id, effect.accountId, effect.decision);
    if (typeof result !== 'string') return { notYet: result.refused };
    const answered = await ports.issues.read(issue.id);
    if (answered) await followIssue(ports, answered);
    return 'done';
  });
}

/**
 * A decline that was given in the app before the desk asked: only its approval leads the issue to where it ends, so the
 * person is asked there now. Without this the issue would lie open for ever with a request that was declined.
 */
async function askToDecline(
  ports: Needed,
  issue: IssueView,
  mapping: ProjectMapping,
  effect: Extract<Effect, { kind: 'answer-approval' }>,
): Promise<IssueView['approvals'][number] | undefined> {
  const role = statusRole(mapping, issue.statusId);
  if (effect.decision !== 'decline' || (role !== 'submitted' && role !== 'in-progress')) return undefined;
  if ((await ports.requests.get(issue.id))?.state !== 'declined') return undefined;
  await ports.issues.setApprovers(issue.id, mapping.fields.approvers, [effect.accountId]);
  const name = mapping.transitions[role === 'submitted' ? 'ask-approval' : 'ask-again'];
  if ((await ports.issues.transition(issue.id, name)) !== 'done') return undefined;
  const asked = await ports.issues.read(issue.id);
  return asked && openApproval(asked);
}

/**
 * The open approval, with the desk asking the right people: people whom somebody added there, or to whom the stage was
 * handed on, would keep it open after everybody whom policy needs has answered.
 */
async function askedHere(
  ports: Needed,
  issue: IssueView,
  mapping: ProjectMapping,
  accountId: string,
): Promise<IssueView['approvals'][number] | undefined> {
  const open = openApproval(issue);
  const request = await ports.requests.get(issue.id);
  const stage = request?.stages.find((s) => s.approvers.includes(accountId));
  if (!open || !request || !stage) return open?.approvers.some((p) => pending(p, accountId)) ? open : undefined;
  const hash = requestContentHash(request.items);
  const progress = stageProgress(request.stages, request.decisions, request.round, hash);
  const complete = progress.some((p) => p.stage.id === stage.id && p.status === 'approved');
  // Whoever has answered stays on the approval: it shows who approved.
  const answered = open.approvers.filter((p) => p.decision !== 'pending').map((p) => p.accountId);
  const wanted = complete ? [...new Set([...answered, accountId])] : stage.approvers;
  const fits =
    open.approvers.every((p) => wanted.includes(p.accountId)) && open.approvers.some((p) => pending(p, accountId));
  if (fits) return open;
  if (open.approvers.some((p) => p.accountId === accountId && p.decision !== 'pending')) return undefined;
  await ports.issues.setApprovers(issue.id, mapping.fields.approvers, wanted);
  const now = await ports.issues.read(issue.id);
  return now && openApproval(now);
}

function pending(approver: { readonly accountId: string; readonly decision: string }, accountId: string): boolean {
  return approver.accountId === accountId && approver.decision === 'pending';
}

async function readTarget(ports: Needed, issueId: string): Promise<EffectResult> {
  const request = await ports.requests.get(issueId);
  if (!request || request.items.length + request.former.length === 0) return 'done';
  const readings = await readItems(ports, request, readBudget);
  await changeRequest(
    ports,
    issueId,
    { kind: 'app' },
    (current, context) => current && recordReadings(current, readings, context),
  );
  return 'done';
}
