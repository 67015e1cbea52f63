import type { AuditFact } from '../../audit/entry';
import type { Instant } from '../../instant';
import type { AccessRequest, Item } from '../access-request';
import type { HandOver } from '../direct-write';
import type { PlannedEffect } from '../effect';
import { isFor, mayWrite, notBefore, withWrite } from './direct';
import { outcome, Refusal, type Context, type Outcome } from './outcome';

/** Another attempt would end in the same way, however often a person asks for it. */
const final: ReadonlySet<HandOver> = new Set(['period-over', 'dropped']);

/**
 * Whether a person can have the app try again: it gave the change to a person, or it pauses after a failure. What waits
 * for its time, and what is being made right now, needs nobody.
 */
export function canTryAgain(request: AccessRequest, item: Item, at: Instant): boolean {
  const write = item.direct;
  if (!isFor(request, item, write) || !mayWrite(request, item, at)) return false;
  if (write.state === 'handed-over') return write.failure === undefined || !final.has(write.failure);
  return write.state === 'planned' && write.failure !== undefined && write.nextAt !== undefined && !write.notBefore;
}

/**
 * A person has seen to what kept the app from writing, and it tries again at once. What was given to a person has all its
 * attempts again; the target is read before it is written, so that work done by hand meanwhile is not done twice.
 * @throws Refusal when the app makes nothing here, is at it right now, or may not do it any more
 */
export function tryAgain(request: AccessRequest, context: Context): Outcome {
  const items = request.items.filter((item) => canTryAgain(request, item, context.now));
  if (items.length === 0)
    throw new Refusal('not-possible-now', 'There is no change here that Proofgate could try again now.');
  const facts: AuditFact[] = [];
  const effects: PlannedEffect[] = [];
  let next = request;
  for (const item of items) {
    const { contentHash, direct } = item;
    const attempts = direct?.state === 'handed-over' ? 0 : (direct?.attempts ?? 0);
    const from = notBefore(request, item);
    const waits = from !== undefined && from > context.now ? { nextAt: from, notBefore: from } : {};
    next = withWrite(next, item.id, {
      state: 'planned',
      contentHash,
      epoch: request.epoch,
      at: context.now,
      attempts,
      ...waits,
    });
    facts.push({ fact: 'direct-write-asked-again', item: item.id, attempts: direct?.attempts ?? 0, contentHash });
    if (!('nextAt' in waits)) effects.push({ kind: 'direct-write', item: item.id, contentHash, epoch: request.epoch });
  }
  return outcome(next, 'try-again', facts, { effects });
}
