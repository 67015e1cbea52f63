import { later, type Instant } from '../instant';
import type { AccessRequest, RequestState } from './access-request';
import type { IssueView } from './issue-view';

/** States in which evidence or approvals stand that an ending would void. */
const standing: readonly RequestState[] = ['approved', 'reopened', 'fulfilling', 'verifying', 'verified', 'cancelling'];

/** Jira writes a change of status and a change of its category down in two places; the instants may differ by a rounding. */
const roundingMs = 1000;

/** Up to when it is known whether the issue ended: its work began then, it ended then, or it was raised then. */
export function endingsKnownUntil(request: Pick<AccessRequest, 'workSince' | 'endedAt' | 'submittedAt'>): Instant {
  const { workSince = '', endedAt = '', submittedAt } = request;
  return [workSince, endedAt, submittedAt].sort().at(-1) as Instant;
}

/**
 * Whether the issue may have been closed, cancelled or declined and opened again without anybody noticing: events come late
 * or never, and the status as it stands tells nothing of what was in between. Its history tells.
 */
export function mayHaveMissedEnding(
  issue: Pick<IssueView, 'categorySince'>,
  known: { readonly state: RequestState; readonly endingsKnownUntil?: Instant },
): boolean {
  if (!standing.includes(known.state) || issue.categorySince === undefined) return false;
  return known.endingsKnownUntil === undefined || issue.categorySince > later(known.endingsKnownUntil, roundingMs);
}

/**
 * What is known when the app declines a request. Its clock may be ahead of Jira's: which statuses came later is only clear
 * once the desk's own ending is found, which is the first one after everything that the desk had told before.
 */
export function declinedByApp(request: AccessRequest, now: Instant): Pick<AccessRequest, 'endedAt' | 'declinedAfter'> {
  return { endedAt: now, declinedAfter: endingsKnownUntil(request) };
}
