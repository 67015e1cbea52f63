import { epochMs } from '../../domain/instant';
import type { AccessRequest } from '../../domain/request/access-request';
import { askedInDesk, openStage, stageProgress } from '../../domain/approval/progress';
import { requestContentHash } from '../../domain/request/content';
import { issueDeleted, lapse, leaveGovernance, restoreApprovers } from '../../domain/request/lifecycle/act';
import { mirrorApprovals } from '../../domain/request/lifecycle/decide';
import { followStatus, type StatusSeen } from '../../domain/request/lifecycle/follow';
import type { Actor } from '../../domain/request/lifecycle/outcome';
import { register } from '../../domain/request/lifecycle/register';
import { endingsKnownUntil, mayHaveMissedEnding } from '../../domain/request/missed-ending';
import { dueWant } from '../../domain/request/wants';
import { governedFieldIds, governedFieldsHash, kindFieldIds } from '../../domain/request/governed-fields';
import { openApproval, type IssueView } from '../../domain/request/issue-view';
import { statusRole, type ProjectMapping } from '../../domain/request/project-mapping';
import { pauseClock } from '../../domain/sla/clock';
import type { IssueHistory, Ports } from '../ports';
import { changeRequest, type Command } from './change-request';
import { understandIssue } from './understand-issue';

type Needed = Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs' | 'issues' | 'configuration' | 'targets' | 'ids'>;

const app: Actor = { kind: 'app' };
const jira: Actor = { kind: 'jira' };

/** Marks the request of a deleted issue. What was granted stays on record. */
export async function followDeletion(ports: Needed, issueId: string): Promise<void> {
  await changeRequest(ports, issueId, jira, (request, context) => request && issueDeleted(request, context));
}

/**
 * Brings the request up to the issue as it stands now: content, approvals, status. Level-triggered and idempotent, so it
 * may run at any time and as often as anybody likes; a lost or doubled event makes no difference.
 * @returns the request, or undefined when the issue is not governed
 */
export async function followIssue(
  ports: Needed,
  issue: IssueView,
  known?: AccessRequest,
): Promise<AccessRequest | undefined> {
  let request = known ?? (await ports.requests.get(issue.id));
  const mapping = (await ports.configuration.get('project', issue.projectId))?.value;
  if (!mapping) {
    return (
      request &&
      changeRequest(ports, issue.id, app, (current, context) => current && leaveGovernance(current, 'project', context))
    );
  }
  const governed = issue.requestTypeId !== undefined && mapping.requestTypes[issue.requestTypeId] !== undefined;
  if (!request && !governed) return undefined;
  const history = onceHistory(ports, issue.id);
  const role = statusRole(mapping, issue.statusId);
  if (request) request = await takeMissedEnding(ports, request, issue, mapping, history);
  if (request) request = await takeOwnDecline(ports, request, mapping, history);
  // What ended the request comes first: an edit that is made afterwards must not change what it was closed on.
  if (request && ['resolved', 'cancelled', 'declined'].includes(role)) {
    request = await takeAnswers(ports, request, issue, mapping, history);
    return takeStatus(ports, request, issue, mapping, history);
  }
  if (request && !governed) {
    return changeRequest(
      ports,
      issue.id,
      app,
      (current, context) => current && leaveGovernance(current, 'request-type', context),
    );
  }
  request = await understand(ports, request, issue, mapping);
  if (!request) return undefined;
  const answered = await takeAnswers(ports, request, issue, mapping, history);
  request = await takeStatus(ports, answered, issue, mapping, history, answered !== request);
  // A reopened request is understood anew before anything is asked or started on what it was before.
  request = (await understand(ports, request, issue, mapping)) ?? request;
  request = await keepApprovers(ports, request, issue, role);
  // What fell due before the lapse (a breach, a notice) comes before it, after however long a silence.
  if (dueWant(request, ports.clock.now())?.what === 'lapse') {
    request =
      (await changeRequest(ports, issue.id, app, (current, context) => current && lapse(current, context))) ?? request;
  }
  return request;
}

async function understand(
  ports: Needed,
  request: AccessRequest | undefined,
  issue: IssueView,
  mapping: ProjectMapping,
): Promise<AccessRequest | undefined> {
  if (!needsUnderstanding(request, issue, mapping, ports.clock.now())) return request;
  const content = await understandIssue(ports, issue, mapping);
  return changeRequest(ports, issue.id, app, (current, context) => register(current, content, context));
}

/** While JSM waits, the people whom policy asks must be among those who can answer there. */
async function keepApprovers(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView,
  role: StatusSeen['role'],
): Promise<AccessRequest> {
  const pending = openApproval(issue);
  if (role !== 'waiting' || request.state !== 'awaiting-approval' || !pending) return request;
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  const wanted = askedInDesk(openStage(progress));
  const asked = pending.approvers.map((approver) => approver.accountId).sort();
  if (wanted.every((accountId) => asked.includes(accountId))) return request;
  const change = `approvers:${pending.id}:${request.round}:${asked.join(',')}`;
  return (
    (await changeRequest(
      ports,
      issue.id,
      app,
      (current, context) => current && restoreApprovers(current, change, context),
    )) ?? request
  );
}

function needsUnderstanding(
  request: AccessRequest | undefined,
  issue: IssueView,
  mapping: ProjectMapping,
  now: string,
): boolean {
  if (!request) return true;
  if (request.restage) return true;
  if (['closed', 'excepted', 'cancelled', 'declined', 'deleted'].includes(request.state)) return false;
  if (governedFieldsHash(issue, mapping.fields) !== request.fieldsHash) return true;
  // An outage is tried again when its time has come; other problems wait for an edit or a change of configuration.
  if (request.problems.length === 0) return false;
  return (
    !request.problems.some((problem) => problem.retry) || request.nextLookAt === undefined || request.nextLookAt <= now
  );
}

function onceHistory(ports: Needed, issueId: string): () => Promise<IssueHistory> {
  let history: Promise<IssueHistory> | undefined;
  return () => (history ??= ports.issues.history(issueId));
}

async function takeApprovals(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView,
  mapping: ProjectMapping,
  history: () => Promise<IssueHistory>,
): Promise<AccessRequest> {
  const fresh = issue.approvals.some((approval) =>
    approval.approvers.some(
      (a) => a.decision !== 'pending' && !request.mirrored.includes(`${approval.id}:${a.accountId}:${a.decision}`),
    ),
  );
  if (!fresh) return request;
  // What was answered while the issue was of another type, or elsewhere, was not asked by any policy.
  const governed = [...governedFieldIds(mapping.fields), ...kindFieldIds(issue)];
  const governedChanges = (await history()).fieldChanges
    .filter((change) => governed.includes(change.fieldId))
    .map((change) => change.at);
  const input = {
    approvals: issue.approvals,
    governedChanges,
    waiting: statusRole(mapping, issue.statusId) === 'waiting',
    ...(issue.assigneeId ? { assigneeId: issue.assigneeId } : {}),
  };
  return (
    (await changeRequest(
      ports,
      issue.id,
      jira,
      (current, context) => current && mirrorApprovals(current, input, context),
    )) ?? request
  );
}

/** Approvals that are heard of late may be older than an ending that was missed: it voids them like all others. */
async function takeAnswers(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView,
  mapping: ProjectMapping,
  history: () => Promise<IssueHistory>,
): Promise<AccessRequest> {
  const answered = await takeApprovals(ports, request, issue, mapping, history);
  return answered === request ? request : takeMissedEnding(ports, answered, issue, mapping, history);
}

/** An ending that was over before anybody looked still ends what was proven and approved before it. */
async function takeMissedEnding(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView,
  mapping: ProjectMapping,
  history: () => Promise<IssueHistory>,
): Promise<AccessRequest> {
  const known = endingsKnownUntil(request);
  if (!mayHaveMissedEnding(issue, { state: request.state, endingsKnownUntil: known })) return request;
  const endings = (await history()).statusChanges
    .map((change) => ({ ...change, role: statusRole(mapping, change.toStatusId) }))
    .filter((change) => change.at > known && ['resolved', 'cancelled', 'declined'].includes(change.role));
  // The status in which the issue stands now is followed anyway; what it went through before is what would be missed.
  const missed = endings.at(-1)?.role === statusRole(mapping, issue.statusId) ? endings.slice(0, -1) : endings;
  let followed = request;
  // One after the other: what was cancelled and then resolved has lost its approvals like anything that was cancelled.
  for (const { role, at, byApp, by } of missed) {
    const seen: StatusSeen = { role, at, byApp, legacy: request.legacy, ...(by ? { by } : {}) };
    // Somebody else may have followed it meanwhile: what is known to the record as it stands is not followed again.
    const decide: Command = (current, context) =>
      current && at > endingsKnownUntil(current) ? followStatus(current, seen, context) : undefined;
    followed = (await changeRequest(ports, issue.id, jira, decide)) ?? followed;
  }
  return followed;
}

/** What the app declined ends in the desk as well, perhaps for a moment only; when it did is told by the desk's own clock. */
async function takeOwnDecline(
  ports: Needed,
  request: AccessRequest,
  mapping: ProjectMapping,
  history: () => Promise<IssueHistory>,
): Promise<AccessRequest> {
  const { declinedAfter } = request;
  if (declinedAfter === undefined) return request;
  const change = (await history()).statusChanges.find(
    ({ at, toStatusId }) => at > declinedAfter && statusRole(mapping, toStatusId) === 'declined',
  );
  if (!change) return request;
  const { at, byApp, by } = change;
  const seen: StatusSeen = { role: 'declined', at, byApp, legacy: request.legacy, ...(by ? { by } : {}) };
  const decide: Command = (current, context) =>
    current?.declinedAfter === declinedAfter ? followStatus(current, seen, context) : undefined;
  return (await changeRequest(ports, request.issueId, jira, decide)) ?? request;
}

/** `heard`: answers that nobody had heard of were taken from the issue a moment ago, and what they mean was decided. */
async function takeStatus(
  ports: Needed,
  request: AccessRequest,
  issue: IssueView,
  mapping: ProjectMapping,
  history: () => Promise<IssueHistory>,
  heard = false,
): Promise<AccessRequest> {
  const role = statusRole(mapping, issue.statusId);
  const pausing = mapping.pauseStatuses?.includes(issue.statusId) === true;
  if (settled(request, role) && !pauseIsNews(request, pausing)) return request;
  const entered = (await history()).statusChanges.filter((change) => change.toStatusId === issue.statusId).at(-1);
  const seen: StatusSeen = {
    role,
    at: entered?.at ?? issue.createdAt,
    byApp: entered?.byApp ?? false,
    legacy: request.legacy,
    pausing,
    viaApproval:
      entered !== undefined &&
      issue.approvals.some(
        (approval) =>
          approval.finalDecision === 'approved' &&
          approval.completedAt !== undefined &&
          sameMoment(approval.completedAt, entered.at) &&
          // An approval of what was asked before, with nothing new in it, lets nothing through: it is asked again.
          (heard || approval.createdAt >= request.contentSince),
      ),
    ...(entered?.by ? { by: entered.by } : {}),
  };
  return (
    (await changeRequest(
      ports,
      issue.id,
      jira,
      (current, context) => current && followStatus(current, seen, context),
    )) ?? request
  );
}

/** Whether a clock stands that should run, or the other way round. */
function pauseIsNews(request: AccessRequest, pausing: boolean): boolean {
  return request.clocks.some((clock) => pauseClock(clock, pausing, clock.startedAt) !== clock);
}

/** Whether the status can have nothing new to say, so that the history need not be read. */
function settled(request: AccessRequest, role: StatusSeen['role']): boolean {
  switch (role) {
    case 'submitted':
      return !['closed', 'excepted', 'cancelled', 'declined', 'awaiting-approval', 'approved', 'reopened'].includes(
        request.state,
      );
    case 'waiting':
      return !['closed', 'excepted', 'cancelled', 'declined'].includes(request.state);
    case 'in-progress':
      return ['fulfilling', 'verifying', 'verified', 'cancelling', 'submitted', 'lapsed', 'deleted'].includes(
        request.state,
      );
    case 'resolved':
      return false;
    case 'cancelled':
      return request.state === 'cancelled';
    case 'declined':
      return request.state === 'declined';
  }
}

/** JSM completes an approval and moves the issue in one step; the two instants may differ by a rounding. */
function sameMoment(a: string, b: string): boolean {
  return Math.abs(epochMs(a) - epochMs(b)) <= 1000;
}
