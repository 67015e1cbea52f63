import type { AccessRequest } from '../../src/domain/request/access-request';
import { approvalOutcome, openStage, stageProgress } from '../../src/domain/approval/progress';
import { requestContentHash } from '../../src/domain/request/content';
import { statuses } from '../company';
import { openOf } from '../desk/desk';
import type { DeskIssue } from '../desk/desk-issue';
import { isBound } from '../truth/governed';
import type { Checker } from './checker';

/** L3: every effect is made or stuck, and the desk stands where the record says. */
export const effects: Checker = {
  name: 'L3',
  atEnd({ rows, desk }, { site, clockWasOff, silentTooLong }) {
    for (const row of rows.all('outbox')) {
      const data = row.data as { issueId: string; rev: number; stuck?: unknown };
      if (!data.stuck) return `the effects of ${data.issueId}.${data.rev} were never made`;
    }
    for (const issue of desk.list()) {
      const wanted = issue.contents.at(-1)?.wanted;
      if (!isBound(issue, wanted, site)) continue;
      // What is stuck has an owner who is told: nothing more is promised.
      if (rows.all('outbox').some((row) => row['aggregate'] === issue.id)) continue;
      const request = rows.request(issue.id);
      if (!request && silentTooLong) continue;
      if (!request) return `${issue.key} was never registered`;
      const problem = disagreement(issue, request, clockWasOff);
      if (problem) return `${issue.key} ${problem} (record: ${request.state}, status: ${issue.statusId})`;
    }
    return undefined;
  },
};

const startable: ReadonlyArray<AccessRequest['state']> = [
  'approved',
  'reopened',
  'fulfilling',
  'verifying',
  'verified',
];

function disagreement(issue: DeskIssue, request: AccessRequest, clockWasOff: boolean): string | undefined {
  const { state } = request;
  switch (issue.statusId) {
    case statuses.resolved:
      return state === 'closed' || state === 'excepted' ? undefined : 'is resolved and the record does not know';
    case statuses.canceled:
      return state === 'cancelled' ? undefined : 'is cancelled and the record does not know';
    case statuses.declined:
      // Moved there by hand from another done status: the request had ended already.
      return ended(state) ? undefined : 'is declined and the record does not know';
    case statuses.submitted:
      // Whoever moved it here by hand behind the workflow can start it by hand.
      if (startable.includes(state) && issue.statusChanges.at(-1)?.via !== 'move') return 'was never started';
      // By a clock that is ahead of Jira's, what happens next seems to have happened before.
      return state === 'awaiting-approval' && !clockWasOff ? 'never asked for its approval' : ended(state);
    case statuses.inProgress:
      return state === 'awaiting-approval' && !clockWasOff && !mayAskNoMore(request)
        ? 'is worked on while approvals are missing'
        : ended(state);
    default:
      // Who answered in the desk and declines in the app cannot answer there again; the others still can.
      if (state === 'declined' && openOf(issue)?.approvers.some(({ decision }) => decision !== 'pending'))
        return undefined;
      return ended(state) ?? askedNobody(issue, request);
  }
}

function ended(state: AccessRequest['state']): string | undefined {
  return ['closed', 'excepted', 'cancelled', 'declined'].includes(state)
    ? 'is open and the record says that it ended'
    : undefined;
}

/** Nobody is left to be asked: policy is content, or wants people who said something that does not count. */
function mayAskNoMore(request: AccessRequest): boolean {
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  return approvalOutcome(progress) !== 'open' || (openStage(progress)?.outstanding.length ?? 0) === 0;
}

function askedNobody(issue: DeskIssue, request: AccessRequest): string | undefined {
  if (request.state !== 'awaiting-approval') return undefined;
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  const wanted = openStage(progress)?.outstanding ?? [];
  const asked = openOf(issue)?.approvers.map((entry) => entry.accountId) ?? [];
  return wanted.length > 0 && !wanted.some((accountId) => asked.includes(accountId))
    ? 'waits for people who are not asked'
    : undefined;
}
