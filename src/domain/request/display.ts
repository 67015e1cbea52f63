import type { Json } from '../canonical';
import { approvalOutcome, stageProgress } from '../approval/progress';
import { isEnforced } from '../policy/enforcement';
import type { AccessRequest } from './access-request';
import { requestContentHash } from './content';

/**
 * What the issue property `proofgate` says: a cache for JQL (manifest `jira:entityProperty`), for the condition that hides
 * *Resolve* and for the guard. Anybody who may edit the issue can forge it, so nothing is ever decided on it.
 */
export function displayProperty(request: AccessRequest): { readonly [key: string]: Json } {
  const item = request.items[0];
  const reading = item?.readings[0];
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  return {
    governed: true,
    state: request.state,
    approved:
      request.legacy ||
      !isEnforced(request.policy) ||
      (request.problems.length === 0 && request.items.length > 0 && approvalOutcome(progress) === 'approved'),
    ...(reading ? { verdict: reading.verdict } : {}),
    ...(item ? { target: item.connector.name, entitlement: item.entitlement.name, baseline: item.baseline.kind } : {}),
    ...(request.dueAt ? { dueAt: request.dueAt } : {}),
    ...(item?.endsAt ? { endsAt: item.endsAt } : {}),
  };
}
