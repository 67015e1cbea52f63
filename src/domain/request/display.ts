import type { Json } from '../canonical';
import { isEnforced } from '../policy/enforcement';
import type { AccessRequest } from './access-request';
import { approvalsGiven, standInsOf } from './approved';

/**
 * What the issue property `proofgate` says: a cache for JQL (manifest `jira:entityProperty`), for the condition that hides
 * *Resolve* and for the guard. Anybody who may edit the issue can forge it, so nothing is ever decided on it.
 */
export function displayProperty(request: AccessRequest): { readonly [key: string]: Json } {
  const item = request.items[0];
  const reading = item?.readings[0];
  return {
    governed: true,
    state: request.state,
    approved:
      request.legacy ||
      !isEnforced(request.policy) ||
      approvalsGiven(request) ||
      // The gate asks for the span; the condition on the property only hides *Resolve* where nothing could open it.
      standInsOf(request).some(({ by }) => by !== 'emergency' || request.emergency?.review?.accepted !== false),
    ...(reading ? { verdict: reading.verdict } : {}),
    ...(item ? { target: item.connector.name, entitlement: item.entitlement.name, baseline: item.baseline.kind } : {}),
    ...(request.exception && request.exception.ended === undefined
      ? { exceptionUntil: request.exception.expiresAt }
      : {}),
    ...(request.clocks.some((clock) => clock.breachedAt !== undefined && clock.stoppedAt === undefined)
      ? { overdue: true }
      : {}),
    ...(request.dueAt ? { dueAt: request.dueAt } : {}),
    ...(item?.endsAt ? { endsAt: item.endsAt } : {}),
  };
}
