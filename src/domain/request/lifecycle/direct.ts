import type { AuditFact } from '../../audit/entry';
import { later, type Instant } from '../../instant';
import { describeFailure } from '../../verification/explain';
import type { ReadFailure } from '../../verification/judge';
import type { AccessRequest, Item } from '../access-request';
import { mayWorkAt } from '../approved';
import {
  isTriedAgain,
  mostAttempts,
  pauseAfter,
  pauseWhileWaiting,
  type DirectWrite,
  type HandOver,
  type Wait,
} from '../direct-write';
import type { PlannedEffect } from '../effect';
import { outcome, type Context, type Outcome } from './outcome';
import { schedule } from './read';

/** How long before the end of access its removal is written: two sweeps, so that the end finds it proven gone. */
const removalLeadMs = 10 * 60_000;

const inWork: ReadonlyArray<AccessRequest['state']> = ['fulfilling', 'verifying'];

/** What a write was planned for: an answer that comes late is not taken for another one's. */
export interface WriteOf {
  readonly item: string;
  readonly contentHash: string;
  readonly epoch: number;
}

/**
 * Whether the app itself may change the target for this item at an instant, as far as the record tells: what is asked is
 * approved (or something stands in for that, as for everybody's work), in work and not proven. A milder enforcement mode
 * changes nothing here: it lets people go on, never the app.
 */
function mayWrite(request: AccessRequest, item: Item, at: Instant): boolean {
  return (
    item.entitlement.fulfilment === 'direct' &&
    item.outcome === 'open' &&
    !request.legacy &&
    request.calledOff === undefined &&
    inWork.includes(request.state) &&
    mayWorkAt(request, at)
  );
}

/** When the app may write at the earliest: when the approved time begins, or when access that is planned to end ends. */
function notBefore(request: AccessRequest, item: Item): Instant | undefined {
  if (item.changeKind !== 'revoke') return item.period.start;
  if (request.compromised !== undefined || request.origin?.endsAt === undefined) return undefined;
  return later(request.origin.endsAt, -removalLeadMs);
}

function isOver(item: Item, at: Instant): boolean {
  const end = item.endsAt ?? item.period.end;
  return item.changeKind !== 'revoke' && end !== undefined && at >= end;
}

function isFor(request: AccessRequest, item: Item, write: DirectWrite | undefined): write is DirectWrite {
  return write?.contentHash === item.contentHash && write.epoch === request.epoch;
}

function withWrite(request: AccessRequest, itemId: string, direct: DirectWrite): AccessRequest {
  return { ...request, items: request.items.map((item) => (item.id === itemId ? { ...item, direct } : item)) };
}

/**
 * Plans what the app makes itself. It runs over every change of a request, like the clocks, so that no way into work is
 * forgotten; the effect and the record of it are written in the same transaction as the change that allows it.
 */
export function planWrites(
  request: AccessRequest,
  now: Instant,
): {
  readonly request: AccessRequest;
  readonly facts: readonly AuditFact[];
  readonly effects: readonly PlannedEffect[];
} {
  const facts: AuditFact[] = [];
  const effects: PlannedEffect[] = [];
  if (needsNoWrite(request, now)) return withoutWrite(request, now);
  let next = request;
  for (const item of request.items) {
    if (!mayWrite(request, item, now)) continue;
    const from = notBefore(request, item);
    const at = from !== undefined && from > now ? from : now;
    const known = item.direct;
    if (isFor(request, item, known) && known.state !== 'withdrawn') {
      // The end came nearer, or the access is in wrong hands: what waits for its time is brought forward.
      const early = known.state === 'planned' && known.notBefore !== undefined && at < known.notBefore;
      if (!early) continue;
    }
    const { contentHash } = item;
    const waits = at > now ? { nextAt: at, notBefore: at } : {};
    next = withWrite(next, item.id, {
      state: 'planned',
      contentHash,
      epoch: request.epoch,
      at: now,
      attempts: 0,
      ...waits,
    });
    facts.push({ fact: 'direct-write-planned', item: item.id, change: item.changeKind, at, contentHash });
    if (at <= now) effects.push({ kind: 'direct-write', item: item.id, contentHash, epoch: request.epoch });
  }
  return { request: next, facts, effects };
}

/** Everything is proven before the app has made anything: it was there already, or somebody was faster. */
function needsNoWrite(request: AccessRequest, now: Instant): boolean {
  return (
    request.state === 'verified' &&
    !request.legacy &&
    request.calledOff === undefined &&
    mayWorkAt(request, now) &&
    request.items.every((item) => item.entitlement.fulfilment === 'direct' && isIdle(request, item))
  );
}

/** Nothing is made, given to a person or being made right now. */
function isIdle(request: AccessRequest, item: Item): boolean {
  const write = item.direct;
  if (!isFor(request, item, write) || write.state === 'withdrawn') return true;
  return write.state === 'planned' && (write.attempts === 0 || write.nextAt !== undefined);
}

/** Nothing is left to write; the app resolves the request as it does after its own writes. */
function withoutWrite(request: AccessRequest, now: Instant): ReturnType<typeof planWrites> {
  const items = request.items.map((item): Item => ({
    ...item,
    direct: {
      state: 'made',
      result: 'already',
      contentHash: item.contentHash,
      epoch: request.epoch,
      at: now,
      attempts: isFor(request, item, item.direct) ? item.direct.attempts : 0,
    },
  }));
  return {
    request: { ...request, items, resolveWhenProven: request.resolveWhenProven ?? { at: now, by: 'app' } },
    facts: items.map(({ id, direct }) => ({
      fact: 'direct-write-already',
      item: id,
      attempt: direct?.attempts ?? 0,
    })),
    effects: [{ kind: 'transition', role: 'resolve' }],
  };
}

/** What waited is due: its effect is planned again, or it is withdrawn because it may not be made any more. */
export function resumeWrite(request: AccessRequest, itemId: string, context: Context): Outcome | undefined {
  const item = request.items.find(({ id }) => id === itemId);
  const write = item?.direct;
  if (!item || write?.state !== 'planned' || write.nextAt === undefined || write.nextAt > context.now) return undefined;
  if (!isFor(request, item, write) || !mayWrite(request, item, context.now)) return withdraw(request, item, context);
  const { nextAt: _next, notBefore: _start, ...rest } = write;
  const { contentHash } = item;
  return outcome(
    withWrite(request, item.id, rest),
    'resume-direct-write',
    [{ fact: 'direct-write-due', item: item.id, attempts: write.attempts }],
    { effects: [{ kind: 'direct-write', item: item.id, contentHash, epoch: request.epoch }] },
  );
}

function withdraw(request: AccessRequest, item: Item, context: Context): Outcome {
  const { nextAt: _next, notBefore: _start, ...rest } = item.direct as DirectWrite;
  return outcome(
    withWrite(request, item.id, { ...rest, state: 'withdrawn', at: context.now }),
    'withdraw-direct-write',
    [{ fact: 'direct-write-withdrawn', item: item.id, state: request.state }],
  );
}

/** The item whose write is to be made now: planned, standing in the outbox, for exactly this content and epoch. */
export function writeInHand(request: AccessRequest, of: WriteOf): Item | undefined {
  const item = request.items.find(({ id }) => id === of.item);
  const write = item?.direct;
  if (!item || write?.state !== 'planned' || write.nextAt !== undefined) return undefined;
  const same = write.contentHash === of.contentHash && write.epoch === of.epoch && isFor(request, item, write);
  return same ? item : undefined;
}

/**
 * The intent, written before the target is called: decided on the record as it stands at that moment. What may not be made
 * any more is withdrawn, what was begun too often is given to a person; `begun` says whether to go on.
 */
export function beginWrite(request: AccessRequest, of: WriteOf, context: Context): Outcome | undefined {
  const item = writeInHand(request, of);
  if (!item?.direct) return undefined;
  if (!mayWrite(request, item, context.now)) return withdraw(request, item, context);
  if (isOver(item, context.now)) return handOver(request, item, 'period-over', context);
  const from = notBefore(request, item);
  if (from !== undefined && from > context.now)
    return outcome(
      withWrite(request, item.id, { ...item.direct, nextAt: from, notBefore: from }),
      'wait-with-direct-write',
      [{ fact: 'direct-write-waits', item: item.id, until: from }],
    );
  if (item.direct.attempts >= mostAttempts) return handOver(request, item, item.direct.failure ?? 'timeout', context);
  const { waits: _waits, waitsFor: _why, ...rest } = item.direct;
  const attempts = item.direct.attempts + 1;
  return outcome(withWrite(request, item.id, { ...rest, attempts }), begun, [
    {
      fact: 'direct-write-begun',
      item: item.id,
      change: item.changeKind,
      attempt: attempts,
      contentHash: of.contentHash,
    },
  ]);
}

/** The name of the change that says: the app goes on and writes. */
export const begun = 'begin-direct-write';

/** Something outside the record keeps the app from writing now. Nothing was sent to the target. */
export function waitWithWrite(request: AccessRequest, of: WriteOf, why: Wait, context: Context): Outcome | undefined {
  const item = writeInHand(request, of);
  if (!item?.direct) return undefined;
  if (!mayWrite(request, item, context.now)) return withdraw(request, item, context);
  const waits = (item.direct.waits ?? 0) + 1;
  const nextAt = later(context.now, pauseWhileWaiting(waits - 1));
  return outcome(
    withWrite(request, item.id, { ...item.direct, waits, waitsFor: why, nextAt }),
    'wait-with-direct-write',
    [{ fact: 'direct-write-waits', item: item.id, why, until: nextAt }],
  );
}

/** A person makes the change: nothing the app could try would help. */
export function giveWriteToPerson(
  request: AccessRequest,
  of: WriteOf,
  why: HandOver,
  context: Context,
): Outcome | undefined {
  const item = writeInHand(request, of);
  return item && handOver(request, item, why, context);
}

/** What the target answered to a write. `account` is set when the account was found for the first time. */
export interface Written {
  readonly result: 'applied' | 'already' | 'refused' | 'failed';
  readonly failure?: ReadFailure;
  readonly account?: Item['account'];
}

/**
 * The acknowledgement. What was made is read back at once, and the request is resolved by the app when the target proves
 * it. An answer to what is not asked any more changes nothing but has the target read, so that nothing is left behind.
 */
export function recordWrite(
  request: AccessRequest,
  of: WriteOf,
  written: Written,
  context: Context,
): Outcome | undefined {
  const item = writeInHand(request, of);
  const { result, failure = 'server-error' } = written;
  const fact = (name: string, more: Omit<AuditFact, 'fact'> = {}): AuditFact => ({
    fact: name,
    item: of.item,
    contentHash: of.contentHash,
    ...more,
  });
  if (!item?.direct)
    return result === 'refused'
      ? undefined
      : outcome(request, 'record-direct-write', [fact('direct-write-out-of-date', { result })], {
          effects: [{ kind: 'read-target' }],
        });
  const { attempts } = item.direct;
  const pinned = item.account ? item : { ...item, ...(written.account ? { account: written.account } : {}) };
  const account: AuditFact[] =
    !item.account && written.account ? [{ fact: 'account-pinned', item: item.id, account: written.account.id }] : [];
  const taken: AccessRequest = { ...request, items: request.items.map((i) => (i.id === item.id ? pinned : i)) };
  if (result === 'applied' || result === 'already') {
    const { nextAt: _next, failure: _failure, ...rest } = item.direct;
    const next = withWrite(taken, item.id, { ...rest, state: 'made', at: context.now, result });
    return outcome(
      schedule(awaitingProof(next, context), context),
      'record-direct-write',
      [...account, fact(result === 'applied' ? 'direct-write-made' : 'direct-write-already', { attempt: attempts })],
      { effects: [{ kind: 'read-target' }] },
    );
  }
  const again = isTriedAgain(result, failure) && attempts < mostAttempts;
  if (!again) {
    const given = handOver(taken, pinned, failure, context);
    return {
      ...given,
      facts: [...account, fact('direct-write-refused', { why: failure, attempt: attempts }), ...given.facts],
    };
  }
  const nextAt = later(context.now, pauseAfter(attempts));
  return outcome(withWrite(taken, item.id, { ...item.direct, failure, nextAt }), 'record-direct-write', [
    ...account,
    fact('direct-write-failed', { why: failure, attempt: attempts, until: nextAt }),
  ]);
}

/** Once everything is made the app waits for the proof and resolves, as an agent would who walks away. */
function awaitingProof(request: AccessRequest, context: Context): AccessRequest {
  const all = request.items.every(
    (item) => item.outcome === 'proven' || (item.direct?.state === 'made' && isFor(request, item, item.direct)),
  );
  if (!all) return request;
  const since = { at: context.now, by: 'app' };
  return {
    ...request,
    state: request.state === 'fulfilling' ? 'verifying' : request.state,
    fulfilmentDone: request.fulfilmentDone ?? since,
    resolveWhenProven: request.resolveWhenProven ?? since,
  };
}

function handOver(request: AccessRequest, item: Item, why: HandOver, context: Context): Outcome {
  const { nextAt: _next, notBefore: _start, ...rest } = item.direct as DirectWrite;
  const next = withWrite(request, item.id, { ...rest, state: 'handed-over', at: context.now, failure: why });
  const owner = why === 'no-seat' ? item.entitlement.ownerAccountId : undefined;
  return outcome(
    next,
    'hand-over-direct-write',
    [{ fact: 'direct-write-handed-over', item: item.id, why, attempts: rest.attempts }],
    {
      effects: [
        {
          kind: 'comment',
          audience: 'internal',
          text: handOverText(item, why, rest.attempts),
          ...(owner ? { mentions: [owner] } : {}),
        },
        // What the target shows now tells the person why it did not work.
        ...(rest.attempts > 0 ? [{ kind: 'read-target' as const }] : []),
      ],
    },
  );
}

/** Why the app does not make the change and what a person does now, in sentences. */
export function handOverText(item: Item, why: HandOver, attempts: number): string {
  const tried = attempts > 1 ? ` after ${attempts} attempts` : '';
  return `Proofgate does not make this change itself${tried}: ${handOverReason(item, why)}. ${whatToDo(item, why)}`;
}

/** The reason alone, in a few words. */
export function handOverReason(item: Pick<Item, 'changeKind'>, why: HandOver): string {
  switch (why) {
    case 'switched-off':
      return 'direct fulfilment is switched off for this entitlement or its target';
    case 'period-over':
      return 'the time for which the access was approved is over';
    case 'approver-inactive':
      return 'the account of somebody who approved it is not active any more';
    case 'dropped':
      return 'a person decided against the removals that the circuit breaker held';
    case 'bad-request':
      return item.changeKind === 'grant'
        ? 'the target did not accept the change'
        : 'the target did not accept the change, or the access comes through another path';
    default:
      return describeFailure(why);
  }
}

function whatToDo(item: Item, why: HandOver): string {
  if (why === 'period-over') return 'Cancel this request; the access must be asked for again.';
  if (why === 'approver-inactive') return 'Ask for approval again in the Access panel.';
  if (why === 'dropped') return 'Decide in this request whether the access is removed.';
  const { grant, revoke } = item.entitlement.instructions;
  const who = `${item.identity.name} (${item.identity.login})`;
  const where = `${item.entitlement.name} in ${item.connector.name}`;
  const own = item.changeKind === 'revoke' ? revoke : grant;
  const work = own || (item.changeKind === 'revoke' ? `Remove ${who} from ${where}.` : `Add ${who} to ${where}.`);
  const seat = why === 'no-seat' ? 'The owner of the entitlement buys or frees a seat. ' : '';
  return `${seat}A person makes it now: ${work} It is resolved once the target proves it.`;
}
