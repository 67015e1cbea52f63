import { earliest, type Instant } from '../instant';
import { openSteps } from '../escalation/steps';
import { holdingWants } from '../holding/holding';
import type { AccessRequest } from './access-request';

/** What a request waits for without anybody asking: the reason it stands in the due-index. */
export type Want =
  /** A reading, or an outage tried again. */
  | { readonly what: 'look'; readonly at: Instant }
  | { readonly what: 'lapse'; readonly at: Instant }
  /** A breach or a step of the ladder, by its key. */
  | { readonly what: 'escalate'; readonly at: Instant; readonly step: string }
  | { readonly what: 'exception-reminder' | 'exception-end'; readonly at: Instant }
  | { readonly what: 'warn' | 'raise' | 'check'; readonly at: Instant; readonly item: string }
  /** A change that the app makes itself, at its time or after a failure. */
  | { readonly what: 'write'; readonly at: Instant; readonly item: string };

/** Everything a request waits for, earliest first. What is due is decided by comparing with the clock, never by arrival. */
export function wantsOf(request: AccessRequest): readonly Want[] {
  const wants: Want[] = [];
  if (request.state !== 'deleted') {
    if (request.nextLookAt !== undefined) wants.push({ what: 'look', at: request.nextLookAt });
    if (request.state === 'awaiting-approval' && request.approvalExpiresAt !== undefined)
      wants.push({ what: 'lapse', at: request.approvalExpiresAt });
    const [step] = request.policy ? openSteps(request.clocks, request.policy.ladder, request.stepsTaken) : [];
    if (step !== undefined) wants.push({ what: 'escalate', at: step.at, step: step.key });
    if (request.state === 'fulfilling' || request.state === 'verifying')
      for (const { id, direct } of request.items)
        if (direct?.state === 'planned' && direct.nextAt !== undefined)
          wants.push({ what: 'write', at: direct.nextAt, item: id });
    const { exception } = request;
    if (exception !== undefined && exception.ended === undefined) {
      if (exception.remindedAt === undefined) wants.push({ what: 'exception-reminder', at: exception.remindAt });
      wants.push({ what: 'exception-end', at: exception.expiresAt });
    }
  }
  // What was granted is still in the target when its issue is gone.
  for (const item of [...request.items, ...request.former])
    for (const { what, at } of item.holding ? holdingWants(item.holding) : []) wants.push({ what, at, item: item.id });
  return wants.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** When a request wants to be looked at next; undefined when it waits for nothing. */
export function nextWantAt(request: AccessRequest): Instant | undefined {
  return earliest(...wantsOf(request).map((want) => want.at));
}

/** The first thing that is due at an instant: nothing ever happens early. */
export function dueWant(request: AccessRequest, now: Instant): Want | undefined {
  const [first] = wantsOf(request);
  return first !== undefined && first.at <= now ? first : undefined;
}
