import { standing, type BreakerMemory } from '../../src/domain/breaker';
import type { AccessRequest, Item } from '../../src/domain/request/access-request';
import { isTriedAgain, mostAttempts, pauseAfter } from '../../src/domain/request/direct-write';
import { askAnew, callOffRemoval, markCompromised, recordGate } from '../../src/domain/request/lifecycle/act';
import { commitOf } from '../../src/domain/request/lifecycle/commit';
import { decideInPanel } from '../../src/domain/request/lifecycle/decide';
import {
  beginWrite,
  begun,
  recordWrite,
  resumeWrite,
  waitWithWrite,
  writeInHand,
  type Written,
} from '../../src/domain/request/lifecycle/direct';
import { followStatus, type StatusSeen } from '../../src/domain/request/lifecycle/follow';
import { bindOrigin } from '../../src/domain/request/lifecycle/hold';
import type { Outcome } from '../../src/domain/request/lifecycle/outcome';
import { recordReadings } from '../../src/domain/request/lifecycle/read';
import { register } from '../../src/domain/request/lifecycle/register';
import { wantsOf } from '../../src/domain/request/wants';
import { aContent, anItem, applied, aReading, aRequest, contextAt, t0 } from './builders';

const at = (minute: number): string => new Date(Date.parse(t0) + minute * 60_000).toISOString();

const direct = (over: Partial<Item> = {}): Item => {
  const item = anItem(over);
  return { ...item, entitlement: { ...item.entitlement, fulfilment: 'direct', ownerAccountId: 'olga' } };
};

const approve = (request: AccessRequest): AccessRequest => {
  const contentHash = request.items[0]?.contentHash ?? '';
  const asked = { accountId: 'mark', decision: 'approve' as const, contentHash };
  return applied(decideInPanel(request, asked, contextAt(at(1))), at(1));
};

const seen = (role: StatusSeen['role'], minute: number): StatusSeen => ({
  role,
  at: at(minute),
  byApp: true,
  legacy: false,
});

const started = (request: AccessRequest): Outcome => {
  const outcome = followStatus(request, seen('in-progress', 2), contextAt(at(2)));
  if (!outcome) throw new Error('work did not start');
  return outcome;
};

/** A request in work whose write stands in the outbox. */
const inHand = (item: Item = direct()): AccessRequest => applied(started(approve(aRequest({ items: [item] }))), at(2));

const ofWrite = (request: AccessRequest) => ({
  item: '1',
  contentHash: request.items[0]?.contentHash ?? '',
  epoch: request.epoch,
});

const begin = (request: AccessRequest, minute = 2): AccessRequest =>
  applied(beginWrite(request, ofWrite(request), contextAt(at(minute))), at(minute));

const answer = (request: AccessRequest, written: Written, minute = 2): Outcome => {
  const outcome = recordWrite(request, ofWrite(request), written, contextAt(at(minute)));
  if (!outcome) throw new Error('nothing was recorded');
  return outcome;
};

const facts = (outcome: Outcome, now = at(2)): string[] =>
  commitOf(outcome, contextAt(now)).entries.flatMap((entry) => entry.facts.map(({ fact }) => fact));

const writes = (outcome: Outcome, now = at(2)) =>
  commitOf(outcome, contextAt(now)).outbox?.effects.filter(({ kind }) => kind === 'direct-write') ?? [];

describe('a write', () => {
  it('is planned with the change that brings approved work into work, once', () => {
    const outcome = started(approve(aRequest({ items: [direct()] })));
    expect(writes(outcome)).toHaveLength(1);
    const request = applied(outcome, at(2));
    const again = recordGate(request, { gate: 'verification', denials: [], letThrough: false }, contextAt(at(3)));
    expect(writes(again, at(3))).toHaveLength(0);
  });

  it('is not planned for a ticketed entry, for legacy requests, nor in a mode that would let people go on', () => {
    for (const content of [aContent(), aContent({ items: [direct()], legacy: true })])
      expect(writes(started(approve(aRequest(content))))).toHaveLength(0);
    const { policy } = aContent();
    if (!policy) throw new Error('no policy');
    const observed = aRequest({ items: [direct()], policy: { ...policy, mode: 'observe' } });
    const moved = followStatus(observed, seen('in-progress', 2), contextAt(at(2)));
    expect(moved).toBeDefined();
    expect(writes(moved as Outcome)).toHaveLength(0);
  });

  it('counts its attempt before the target is called', () => {
    const request = begin(inHand());
    expect(request.items[0]?.direct).toMatchObject({ state: 'planned', attempts: 1 });
    expect(beginWrite(request, ofWrite(request), contextAt(at(3)))?.kind).toBe(begun);
  });

  it('is withdrawn when the approvals are asked anew or the grant is being cancelled', () => {
    const request = inHand();
    const anew = applied(askAnew(request, 'amir', contextAt(at(3))), at(3));
    const denied = {
      gate: 'cancel' as const,
      denials: [{ code: 'differs-from-baseline' as const }],
      letThrough: false,
    };
    const cancelling = applied(recordGate(request, denied, contextAt(at(3))), at(3));
    expect(cancelling.state).toBe('cancelling');
    for (const later of [anew, cancelling]) {
      const outcome = beginWrite(later, ofWrite(later), contextAt(at(4)));
      expect(outcome?.request.items[0]?.direct).toMatchObject({ state: 'withdrawn', attempts: 0 });
    }
  });

  it('is not in hand any more for other content or a later epoch', () => {
    const request = inHand();
    expect(writeInHand(request, ofWrite(request))).toBeDefined();
    expect(writeInHand(request, { ...ofWrite(request), contentHash: 'other' })).toBeUndefined();
    expect(writeInHand({ ...request, epoch: 2 }, ofWrite(request))).toBeUndefined();
  });

  it('whose answer comes after the content changed has the target read, so that nothing is left behind', () => {
    const request = begin(inHand());
    const of = ofWrite(request);
    const changed = register(
      request,
      aContent({ items: [direct({ period: { end: '2027-03-31T00:00:00.000Z' } })], fieldsHash: 'fields-2' }),
      contextAt(at(3)),
    );
    const after = applied(changed, at(3));
    const outcome = recordWrite(after, of, { result: 'applied' }, contextAt(at(3)));
    expect(outcome?.facts[0]?.fact).toBe('direct-write-out-of-date');
    expect(outcome?.effects).toEqual([{ kind: 'read-target' }]);
  });

  it('goes on for a shorter end, which keeps the approvals', () => {
    const shorter = aContent({
      items: [direct({ period: { end: '2026-12-31T00:00:00.000Z' } })],
      fieldsHash: 'fields-2',
    });
    const request = applied(register(inHand(), shorter, contextAt(at(3))), at(3));
    const want = wantsOf(request).find(({ what }) => what === 'write');
    expect(want).toMatchObject({ at: at(3), item: '1' });
    expect(writes(resumeWrite(request, '1', contextAt(at(3))) as Outcome, at(3))).toHaveLength(1);
  });
});

describe('the answer to a write', () => {
  it.each(['applied', 'already'] as const)('%s is read back at once and resolved when proven', (result) => {
    const outcome = answer(begin(inHand()), { result });
    expect(outcome.request).toMatchObject({
      state: 'verifying',
      fulfilmentDone: { by: 'app' },
      resolveWhenProven: { by: 'app' },
    });
    expect(outcome.effects).toEqual([{ kind: 'read-target' }]);
    expect(facts(outcome)).toContain(result === 'applied' ? 'direct-write-made' : 'direct-write-already');
    const proven = recordReadings(
      applied(outcome, at(2)),
      [aReading(outcome.request, 'confirmed', at(2))],
      contextAt(at(2)),
    );
    expect(proven?.effects).toContainEqual({ kind: 'transition', role: 'resolve' });
  });

  it('that may go better is tried again after pauses that double, until the limit', () => {
    let request = inHand();
    let minute = 2;
    const pauses: number[] = [];
    for (let attempt = 1; attempt < mostAttempts; attempt++) {
      request = applied(answer(begin(request, minute), { result: 'failed', failure: 'timeout' }, minute), at(minute));
      const next = wantsOf(request).find(({ what }) => what === 'write');
      const wait = (Date.parse(next?.at ?? '') - Date.parse(at(minute))) / 60_000;
      pauses.push(wait);
      minute += wait;
      expect(resumeWrite(request, '1', contextAt(at(minute - 0.5)))).toBeUndefined();
      request = applied(resumeWrite(request, '1', contextAt(at(minute))), at(minute));
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60]);
    const last = answer(begin(request, minute), { result: 'failed', failure: 'timeout' }, minute);
    expect(last.request.items[0]?.direct).toMatchObject({ state: 'handed-over', attempts: 8, failure: 'timeout' });
    expect(last.request.state).toBe('fulfilling');
  });

  it('that says no free seat names the owner, and nobody tries again', () => {
    const outcome = answer(begin(inHand()), { result: 'failed', failure: 'no-seat' });
    const comment = outcome.effects.find(({ kind }) => kind === 'comment');
    expect(comment).toMatchObject({ audience: 'internal', mentions: ['olga'] });
    expect(comment && 'text' in comment ? comment.text : '').toContain('the target has no free seat');
    expect(wantsOf(applied(outcome, at(2))).some(({ what }) => what === 'write')).toBe(false);
  });

  it('is classified by what could help', () => {
    expect(isTriedAgain('failed', 'rate-limited')).toBe(true);
    expect(isTriedAgain('refused', 'rate-limited')).toBe(false);
    for (const failure of ['no-seat', 'origin-changed', 'forbidden', 'secret-too-old', 'no-reader'] as const)
      expect(isTriedAgain('failed', failure)).toBe(false);
    expect(pauseAfter(100)).toBe(60 * 60_000);
  });

  it('that finds the account pins it', () => {
    const { account: _none, ...item } = direct();
    const account = { id: 'dir-rita', login: 'rita@acme.test' };
    const outcome = answer(begin(inHand(item)), { result: 'applied', account });
    expect(outcome.request.items[0]?.account).toEqual(account);
    expect(facts(outcome)).toContain('account-pinned');
  });

  it('does not make its own access one that was there before the approval', () => {
    const request = { ...begin(inHand()), approvedAt: at(1.95) };
    const read = recordReadings(request, [aReading(request, 'confirmed', at(2))], contextAt(at(2)));
    expect(read?.request.items[0]?.baseline.kind).toBe('absent');
  });
});

describe('the write of a removal', () => {
  const removal = (): AccessRequest => {
    const request = aRequest({ items: [direct({ changeKind: 'revoke', period: {} })], stages: [] });
    return applied(started(request), at(2));
  };
  const origin = { kind: 'revocation' as const, issueId: '1', key: 'ACC-9', reason: 'end' as const, endsAt: at(120) };

  it('waits for the end of the access, and is written ten minutes before it', () => {
    const bound = applied(bindOrigin(removal(), origin, contextAt(at(3))), at(3));
    const outcome = beginWrite(bound, ofWrite(bound), contextAt(at(3)));
    expect(outcome?.request.items[0]?.direct).toMatchObject({ attempts: 0, nextAt: at(110) });
  });

  it('is brought forward when the access is known to be in wrong hands', () => {
    const bound = applied(bindOrigin(removal(), origin, contextAt(at(3))), at(3));
    const waiting = applied(beginWrite(bound, ofWrite(bound), contextAt(at(3))), at(3));
    const marked = markCompromised(waiting, { by: 'amir', notifiedAt: at(4), reason: 'Seen' }, contextAt(at(5)));
    expect(writes(marked, at(5))).toHaveLength(1);
  });

  it('is never made once the removal is called off', () => {
    const called = applied(callOffRemoval(removal(), 'gus', 'It is needed', contextAt(at(3))), at(3));
    expect(beginWrite(called, ofWrite(called), contextAt(at(4)))?.request.items[0]?.direct?.state).toBe('withdrawn');
  });

  it('waits longer each time for what the record does not tell', () => {
    const request = removal();
    const once = applied(waitWithWrite(request, ofWrite(request), 'breaker-held', contextAt(at(3))), at(3));
    expect(once.items[0]?.direct).toMatchObject({ waits: 1, waitsFor: 'breaker-held', nextAt: at(4), attempts: 0 });
    const due = applied(resumeWrite(once, '1', contextAt(at(4))), at(4));
    const twice = waitWithWrite(due, ofWrite(due), 'breaker-held', contextAt(at(4)));
    expect(twice?.request.items[0]?.direct).toMatchObject({ waits: 2, nextAt: at(6) });
  });
});

it('knows how a breaker stands without counting', () => {
  const memory: BreakerMemory = { windowFrom: t0, count: 20, trippedAt: t0 };
  const decided = (decision: 'go-on' | 'drop') => ({ ...memory, decided: { until: at(60), decision, by: 'ref' } });
  expect(standing(undefined, t0)).toBe('open');
  expect(standing(memory, at(30))).toBe('held');
  expect(standing(decided('go-on'), at(30))).toBe('open');
  expect(standing(decided('drop'), at(30))).toBe('drop');
  expect(standing(decided('drop'), at(60))).toBe('open');
});
