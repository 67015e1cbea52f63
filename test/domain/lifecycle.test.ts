import { answerGate } from '../../src/domain/gate/answer';
import { gateRowOf } from '../../src/domain/gate/gate-row';
import { governedFieldsHash } from '../../src/domain/request/governed-fields';
import { issueDeleted, lapse, recordGate, reportFulfilment } from '../../src/domain/request/lifecycle/act';
import { commitOf } from '../../src/domain/request/lifecycle/commit';
import { decideInPanel, mirrorApprovals, type MirrorInput } from '../../src/domain/request/lifecycle/decide';
import { followStatus, type StatusSeen } from '../../src/domain/request/lifecycle/follow';
import { Refusal } from '../../src/domain/request/lifecycle/outcome';
import { inGrace, recordReadings } from '../../src/domain/request/lifecycle/read';
import { register } from '../../src/domain/request/lifecycle/register';
import type { AccessRequest } from '../../src/domain/request/access-request';
import { later } from '../../src/domain/instant';
import { aContent, anItem, applied, aReading, aRequest, contextAt, managerStage, t0 } from './builders';

const at = (minutes: number) => later(t0, minutes * 60_000);
const person = (accountId: string) => ({ kind: 'person', accountId }) as const;

function approve(request: AccessRequest, now = at(1)): AccessRequest {
  const [item] = request.items;
  const result = decideInPanel(
    request,
    { accountId: 'mark', decision: 'approve', contentHash: item?.contentHash ?? '' },
    contextAt(now, person('mark')),
  );
  return applied(result, now);
}
const seen = (role: StatusSeen['role'], when: string, over: Partial<StatusSeen> = {}): StatusSeen => ({
  role,
  at: when,
  by: 'amir',
  byApp: false,
  legacy: false,
  ...over,
});
const working = () => applied(followStatus(approve(aRequest()), seen('in-progress', at(2)), contextAt(at(2))), at(2));
const verified = () =>
  applied(recordReadings(working(), [aReading(working(), 'confirmed', at(3))], contextAt(at(3))), at(3));

describe('submission', () => {
  it('asks the first stage and pins policy', () => {
    const result = register(undefined, aContent(), contextAt(t0));
    expect(result).toMatchObject({
      request: { state: 'awaiting-approval', round: 1, epoch: 1 },
      effects: [{ kind: 'ask-approvals', approvers: ['mark'] }],
    });
  });

  it('starts work at once when policy asks for nobody', () => {
    const result = register(undefined, aContent({ stages: [] }), contextAt(t0));
    expect(result).toMatchObject({ request: { state: 'approved' }, effects: [{ kind: 'transition', role: 'start' }] });
  });

  it('stays where it is with a message when something is wrong, and goes on once it is corrected', () => {
    const wrong = aContent({
      items: [],
      stages: [],
      problems: [{ code: 'entitlement-unknown', text: 'Not in the catalogue.', retry: false }],
    });
    const request = applied(register(undefined, wrong, contextAt(t0)), t0);
    expect(request).toMatchObject({ state: 'submitted' });
    const corrected = register(request, aContent({ fieldsHash: 'fields-2' }), contextAt(at(5)));
    expect(corrected).toMatchObject({ request: { state: 'awaiting-approval', problems: [] } });
  });

  it('tries an outage again by itself and bothers nobody with it', () => {
    const down = aContent({
      items: [],
      stages: [],
      problems: [{ code: 'directory-unreadable', text: 'x', retry: true }],
    });
    const result = register(undefined, down, contextAt(t0));
    expect(result).toMatchObject({ request: { nextLookAt: at(1) }, effects: [] });
  });
});

describe('an edit', () => {
  it('voids approvals, evidence and permits when the content changes', () => {
    const before = verified();
    const result = register(
      before,
      aContent({ fieldsHash: 'fields-2', items: [anItem({ period: { end: '2028-01-31T00:00:00.000Z' } })] }),
      contextAt(at(4)),
    );
    const after = applied(result, at(4));
    expect(after).toMatchObject({ state: 'awaiting-approval', round: 2, epoch: before.epoch + 1 });
    expect(after.permits.every((permit) => permit.until <= at(4))).toBe(true);
    expect(gateRowOf(after).approved).toBe(false);
  });

  it.each([
    ['the identity', anItem({ identity: { ...anItem().identity, id: 'dir-mona' } })],
    ['the entitlement', anItem({ entitlement: { ...anItem().entitlement, entitlementId: 'g-admins' } })],
    ['the change kind', anItem({ changeKind: 'revoke' })],
    ['the connector’s origin', anItem({ connector: { ...anItem().connector, origin: 'https://evil.test' } })],
    ['the start', anItem({ period: { start: '2026-12-01T00:00:00.000Z', end: '2027-01-31T00:00:00.000Z' } })],
    ['no end at all', anItem({ period: {} })],
  ])('of %s asks for approval again', (_what, item) => {
    const result = register(approve(aRequest()), aContent({ fieldsHash: 'fields-2', items: [item] }), contextAt(at(4)));
    expect(result?.facts.map((f) => f.fact)).toContain('content-changed');
  });

  it('that only shortens the end keeps approvals but not evidence', () => {
    const before = verified();
    const after = applied(
      register(
        before,
        aContent({ fieldsHash: 'fields-2', items: [anItem({ period: { end: '2026-12-31T00:00:00.000Z' } })] }),
        contextAt(at(4)),
      ),
      at(4),
    );
    expect(gateRowOf(after).approved).toBe(true);
    expect(answerGate('verification', issue(after), rowFor(after), [], at(4))).toEqual({ answer: 'read' });
  });

  it('of justification or names keeps everything', () => {
    const before = approve(aRequest());
    expect(register(before, aContent({ justification: 'Other words' }), contextAt(at(4)))).toBeUndefined();
  });

  it('that cannot be understood because of an outage keeps what is approved', () => {
    const before = approve(aRequest());
    const down = aContent({
      fieldsHash: 'fields-2',
      items: [],
      stages: [],
      problems: [{ code: 'directory-unreadable', text: 'x', retry: true }],
    });
    const after = applied(register(before, down, contextAt(at(4))), at(4));
    expect(after.items).toEqual(before.items);
    expect(after.fieldsHash).toBe('fields-1');
  });
});

describe('a decision', () => {
  it.each([
    ['rita', 'not-independent'],
    ['amir', 'not-approver'],
  ])('by %s is refused as %s', (accountId, code) => {
    const request = aRequest();
    const call = () =>
      decideInPanel(
        request,
        { accountId, decision: 'approve', contentHash: request.items[0]?.contentHash ?? '' },
        contextAt(at(1), person(accountId)),
      );
    expect(call).toThrow(Refusal);
    expect(call).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('on other content than shown is refused', () => {
    expect(() =>
      decideInPanel(
        aRequest(),
        { accountId: 'mark', decision: 'approve', contentHash: 'f'.repeat(64) },
        contextAt(at(1)),
      ),
    ).toThrow('changed since you opened');
  });

  it('counts once', () => {
    const two = aRequest({ stages: [{ ...managerStage, quorum: 2, approvers: ['mark', 'pam'] }] });
    const once = approve(two);
    expect(() => approve(once)).toThrow('recorded already');
  });
});

describe('a JSM decision', () => {
  const input = (
    over: Partial<MirrorInput> = {},
    created = at(1),
    who = 'mark',
    active: boolean | undefined = true,
  ): MirrorInput => ({
    approvals: [
      {
        id: '1',
        finalDecision: 'approved',
        createdAt: created,
        completedAt: at(2),
        approvers: [{ accountId: who, active, decision: 'approved' }],
      },
    ],
    governedChanges: [],
    waiting: false,
    ...over,
  });

  it('counts once however often it is seen', () => {
    const request = aRequest();
    const after = applied(mirrorApprovals(request, input(), contextAt(at(3))), at(3));
    expect(after.state).toBe('approved');
    expect(after.decisions).toHaveLength(1);
    expect(mirrorApprovals(after, input(), contextAt(at(4)))).toBeUndefined();
  });

  it.each<[string, MirrorInput, string]>([
    [
      'was asked before the content became what it is',
      input({}, '2026-11-23T08:00:00.000Z'),
      'content-changed-since-asked',
    ],
    ['has a governed change after it was asked', input({ governedChanges: [at(1.5)] }), 'content-changed-since-asked'],
    ['comes from somebody who was not asked', input({}, at(1), 'amir'), 'not-asked'],
    ['comes from the requester', input({}, at(1), 'rita'), 'not-independent'],
    ['comes from a deactivated account', input({}, at(1), 'mark', false), 'inactive'],
    ['comes from the person the issue is assigned to', input({ assigneeId: 'mark' }), 'not-independent'],
  ])('does not count when it %s, and is asked again', (_name, what, why) => {
    const result = mirrorApprovals(aRequest(), what, contextAt(at(3)));
    expect(result?.facts).toContainEqual(expect.objectContaining({ fact: 'jsm-decision-not-counted', why }));
    expect(result?.request.state).toBe('awaiting-approval');
    expect(result?.effects).toContainEqual({ kind: 'ask-approvals', approvers: ['mark'] });
  });
});

const issue = (request: AccessRequest, over: object = {}) => ({
  id: request.issueId,
  key: request.key,
  projectId: request.projectId,
  requestTypeId: '11',
  statusId: '3',
  createdAt: t0,
  reporterId: 'rita',
  creatorId: 'rita',
  values: {},
  approvals: [],
  activeAccounts: { mark: true },
  ...over,
});

/** A gate row whose fields match the issue above. */
const rowFor = (request: AccessRequest) => ({
  ...gateRowOf(request),
  fieldsHash: governedFieldsHash({ values: {}, requestTypeId: '11' }, request.fields),
});

describe('the verification gate', () => {
  it('allows on a fresh confirming reading and on nothing at or after its end', () => {
    const row = rowFor(verified());
    expect(answerGate('verification', issue(verified()), row, [], at(4))).toEqual({ answer: 'allow' });
    expect(answerGate('verification', issue(verified()), row, [], at(17.99))).toEqual({ answer: 'allow' });
    expect(answerGate('verification', issue(verified()), row, [], at(18))).toEqual({ answer: 'read' });
  });

  it.each<[string, (r: AccessRequest) => ReturnType<typeof answerGate>, string]>([
    [
      'an edit it has not seen yet',
      (r) => answerGate('verification', issue(r, { values: { f2: 'Other' } }), rowFor(r), [], at(4)),
      'content-changed',
    ],
    [
      'a change on the transition screen',
      (r) => answerGate('verification', issue(r), rowFor(r), ['f6'], at(4)),
      'changed-on-screen',
    ],
    [
      'a deactivated approver',
      (r) => answerGate('verification', issue(r, { activeAccounts: { mark: false } }), rowFor(r), [], at(4)),
      'approver-inactive',
    ],
    [
      'an approver nobody knows',
      (r) => answerGate('verification', issue(r, { activeAccounts: {} }), rowFor(r), [], at(4)),
      'approver-unknown',
    ],
  ])('refuses on %s', (_name, ask, code) => {
    expect(ask(verified())).toMatchObject({ answer: 'deny', denials: [{ code }] });
  });

  it('refuses a request that is not approved even when the access is there', () => {
    const request = aRequest();
    const read = applied(recordReadings(request, [aReading(request, 'confirmed', at(1))], contextAt(at(1))), at(1));
    expect(answerGate('verification', issue(read), rowFor(read), [], at(1))).toMatchObject({
      answer: 'deny',
      denials: [{ code: 'not-approved', detail: ['mark'] }],
    });
  });

  it('lets legacy issues pass', () => {
    const request = aRequest({ legacy: true });
    expect(answerGate('verification', issue(request), rowFor(request), [], at(1))).toEqual({ answer: 'allow' });
  });

  it('ends a permit when a later reading contradicts', () => {
    const after = applied(recordReadings(verified(), [aReading(verified(), 'absent', at(5))], contextAt(at(5))), at(5));
    expect(answerGate('verification', issue(after), rowFor(after), [], at(6))).toEqual({ answer: 'read' });
  });

  it.each(['absent', 'different', 'pending', 'unreadable'] as const)('opens nothing on %s', (verdict) => {
    const request = working();
    const after = applied(recordReadings(request, [aReading(request, verdict, at(3))], contextAt(at(3))), at(3));
    expect(after.permits).toEqual([]);
    expect(after.state).not.toBe('verified');
  });

  it.each([
    ['another epoch', { epoch: 0 }],
    ['other content', { contentHash: 'other' }],
    ['another account', { accountId: 'dir-mona' }],
  ])('does not count a confirming reading of %s', (_name, over) => {
    const request = working();
    const after = applied(
      recordReadings(request, [aReading(request, 'confirmed', at(3), over)], contextAt(at(3))),
      at(3),
    );
    expect(after.permits).toEqual([]);
  });
});

describe('the cancel gate', () => {
  it('is free before the first approval and gated after it', () => {
    expect(answerGate('cancel', issue(aRequest()), rowFor(aRequest()), [], at(1))).toEqual({ answer: 'allow' });
    expect(answerGate('cancel', issue(working()), rowFor(working()), [], at(3))).toEqual({ answer: 'read' });
  });

  it('keeps reading after it refused a grant', () => {
    const after = applied(
      recordGate(
        working(),
        { gate: 'cancel', denials: [{ code: 'differs-from-baseline' }], letThrough: false },
        contextAt(at(3)),
      ),
      at(3),
    );
    expect(after).toMatchObject({ state: 'cancelling' });
    expect(after.nextLookAt).toBeDefined();
  });
});

describe('following the desk', () => {
  it('closes on proof when a permit covers the instant of closing', () => {
    const result = followStatus(verified(), seen('resolved', at(4)), contextAt(at(9)));
    expect(result).toMatchObject({ request: { state: 'closed', closing: { gated: true } }, effects: [] });
  });

  it.each([at(2.9), at(18.2)])(
    'calls a closing at %s, which no permit covers, an ungated resolution and reopens it',
    (when) => {
      const result = followStatus(verified(), seen('resolved', when), contextAt(at(20)));
      expect(result).toMatchObject({
        request: { closing: { gated: false } },
        discrepancies: [{ kind: 'ungated-resolution' }],
      });
      expect(result?.effects).toContainEqual({ kind: 'transition', role: 'reopen' });
    },
  );

  it('takes a closing that stands a moment before the proof for its own only where it was to resolve the request', () => {
    const early = seen('resolved', at(2.9), { byApp: true });
    const closing = (request: AccessRequest): unknown =>
      followStatus(request, early, contextAt(at(5)))?.request.closing?.gated;
    expect(closing(verified())).toBe(false);
    expect(closing({ ...verified(), resolveWhenProven: { at: at(1), by: 'app' } })).toBe(true);
  });

  it('never reopens legacy issues or issues it only observes', () => {
    const observed = aRequest({ policy: { ...aContent().policy, mode: 'observe' } as never });
    expect(followStatus(observed, seen('resolved', at(1)), contextAt(at(2)))?.effects).toEqual([]);
    expect(
      followStatus(aRequest({ legacy: true }), seen('resolved', at(1), { legacy: true }), contextAt(at(2)))?.effects,
    ).toEqual([]);
  });

  it('notes when the person who resolved had approved', () => {
    const result = followStatus(verified(), seen('resolved', at(4), { by: 'mark' }), contextAt(at(5)));
    expect(result?.facts).toContainEqual(expect.objectContaining({ fact: 'implementer-approved', rule: 'SOD4' }));
  });

  it('starts a new evidence epoch on reopening and keeps the approval of a closed request', () => {
    const closed = applied(followStatus(verified(), seen('resolved', at(4)), contextAt(at(4))), at(4));
    const reopened = applied(followStatus(closed, seen('submitted', at(5)), contextAt(at(5))), at(5));
    expect(reopened).toMatchObject({ state: 'reopened', epoch: closed.epoch + 1 });
    expect(gateRowOf(reopened).approved).toBe(true);
    expect(answerGate('verification', issue(reopened), rowFor(reopened), [], at(5))).toEqual({ answer: 'read' });
  });

  it('asks again when a declined request is reopened', () => {
    const declined = applied(followStatus(aRequest(), seen('declined', at(1)), contextAt(at(1))), at(1));
    const reopened = applied(followStatus(declined, seen('submitted', at(2)), contextAt(at(2))), at(2));
    expect(reopened).toMatchObject({ state: 'submitted', round: 2, restage: true });
    const asked = applied(register(reopened, aContent(), contextAt(at(3))), at(3));
    expect(asked).toMatchObject({ state: 'awaiting-approval', round: 2 });
    expect(asked.restage).toBeUndefined();
  });

  it('brings a request back to approval that somebody started without it', () => {
    const result = followStatus(aRequest(), seen('in-progress', at(1)), contextAt(at(1)));
    expect(result?.facts[0]?.fact).toBe('work-started-without-approval');
    expect(result?.effects).toContainEqual({ kind: 'ask-approvals', approvers: ['mark'] });
  });

  it('has nothing to say twice', () => {
    const closed = applied(followStatus(verified(), seen('resolved', at(4)), contextAt(at(4))), at(4));
    expect(followStatus(closed, seen('resolved', at(4)), contextAt(at(6)))).toBeUndefined();
    const gone = applied(issueDeleted(closed, contextAt(at(5))), at(5));
    expect(issueDeleted(gone, contextAt(at(6)))).toBeUndefined();
  });
});

describe('time', () => {
  it('lapses an approval at its instant and not before', () => {
    const request = aRequest();
    const expiry = request.approvalExpiresAt as string;
    expect(lapse(request, contextAt(later(expiry, -1)))).toBeUndefined();
    expect(lapse(request, contextAt(expiry))).toMatchObject({ request: { state: 'lapsed' } });
  });

  it('calls a contradiction not yet until the grace is over', () => {
    const reported = applied(reportFulfilment(working(), 'amir', contextAt(at(3))), at(3));
    expect(inGrace(reported, at(17.9))).toBe(true);
    expect(inGrace(reported, at(18))).toBe(false);
    expect(reported.nextLookAt).toBe(at(8));
  });

  it('fixes the end of access that lasts from when it works at the first proof', () => {
    const request = applied(
      followStatus(
        approve(aRequest({ items: [anItem({ period: { duration: 'PT8H' } })] })),
        seen('in-progress', at(2)),
        contextAt(at(2)),
      ),
      at(2),
    );
    const first = applied(recordReadings(request, [aReading(request, 'confirmed', at(10))], contextAt(at(10))), at(10));
    const second = applied(recordReadings(first, [aReading(first, 'confirmed', at(30))], contextAt(at(30))), at(30));
    expect(second.items[0]?.endsAt).toBe(later(t0, (8 * 60 + 10) * 60_000));
  });
});

it('writes exactly one audit entry per change, continuing the chain', () => {
  const result = register(undefined, aContent(), contextAt(t0));
  const first = commitOf(result as NonNullable<typeof result>, contextAt(t0));
  expect(first.entries).toHaveLength(1);
  expect(first).toMatchObject({ expectedRev: 0, request: { rev: 1 }, entries: [{ seq: 1 }] });
  const next = commitOf(
    recordReadings(first.request, [aReading(first.request, 'absent', at(1))], contextAt(at(1))) as NonNullable<
      typeof result
    >,
    contextAt(at(1)),
  );
  expect(next).toMatchObject({ expectedRev: 1, request: { rev: 2 } });
  expect(next.entries[0]?.prev).toBe(first.entries[0]?.hash);
});
