/** Changes that the app makes itself: after approval, once, and read back like everybody else's. */
import { openDesk, type Desk } from './desk';
import { commentsOf, saveDirectory, saveEntry, settings, switchOn, writesSince } from './direct-desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';
const directory = 'SCIM directory';

const writeFacts = async (key: string): Promise<string[]> =>
  (await desk.facts(key)).filter((fact) => fact.startsWith('direct-write'));

/** A request that the app works on, with a fault in force from the approval on. */
async function approvedWhile(faults: Parameters<Desk['world']['faults']>[0]): Promise<string> {
  await switchOn(desk);
  const key = await desk.ask({ end: until });
  desk.world.faults(faults);
  await desk.answer(key, 'mark');
  return key;
}

describe('direct fulfilment', () => {
  it('writes after the approval and not before, reads back and resolves by itself', async () => {
    await switchOn(desk);
    const key = await desk.ask({ end: until });
    expect(writesSince(desk)).toBe(0);
    expect((await desk.view(key)).items[0]?.direct).toMatchObject({ state: 'not-yet' });
    await desk.answer(key, 'mark');
    expect(await desk.status(key)).toBe('Resolved');
    expect(writesSince(desk)).toBe(1);
    const view = await desk.view(key);
    expect(view).toMatchObject({ state: 'closed', closedOnProof: true });
    expect(view.items[0]).toMatchObject({ direct: { state: 'made', attempts: 1 }, baseline: { kind: 'absent' } });
    expect(await writeFacts(key)).toEqual(['direct-write-planned', 'direct-write-begun', 'direct-write-made']);
  });

  it('leaves entries to people whom nobody switched on, however much the connector may write', async () => {
    await switchOn(desk, ['Finance Readers']);
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT1H');
    expect(await desk.status(key)).toBe('In progress');
    expect((await desk.view(key)).items[0]?.direct).toBeUndefined();
    expect(writesSince(desk)).toBe(0);
  });

  it('takes access that is there already for an answer, and resolves', async () => {
    await switchOn(desk);
    await desk.addMember('Finance Approvers', rita);
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    expect(await desk.status(key)).toBe('Resolved');
    expect(writesSince(desk)).toBe(0);
    expect((await desk.view(key)).items[0]).toMatchObject({
      direct: { state: 'made', already: true },
      baseline: { kind: 'pre-existing' },
    });
  });

  it('makes what policy approves by itself, and a removal, without anybody', async () => {
    await switchOn(desk);
    const grant = await desk.ask({ as: 'olga', entitlement: 'Finance Readers', end: until });
    expect(await desk.status(grant)).toBe('Resolved');
    const removal = await desk.ask({ as: 'olga', type: 'Remove access', entitlement: 'Finance Readers' });
    expect(await desk.status(removal)).toBe('Resolved');
    expect((await desk.view(removal)).closedOnProof).toBe(true);
    expect(writesSince(desk)).toBe(2);
  });

  it('adds the new level before it takes the old one away', async () => {
    await switchOn(desk);
    await desk.addMember('Finance Readers', rita);
    const key = await desk.ask({ type: 'Change access', end: until });
    await desk.answer(key, 'mark');
    expect(await desk.status(key)).toBe('Resolved');
    const [approvers, readers] = [await desk.groupId('Finance Approvers'), await desk.groupId('Finance Readers')];
    const patches = desk.world.ledger().calls.filter(({ kind, method }) => kind === 'egress' && method === 'PATCH');
    expect(
      patches.map(({ path }) => (path.includes(approvers) ? 'add' : path.includes(readers) ? 'remove' : '?')),
    ).toEqual(['add', 'remove']);
  });
});

describe('a target that', () => {
  it.each<[string, Parameters<Desk['world']['faults']>[0], string]>([
    ['is down', { targetDown: [directory] }, 'unreachable'],
    ['asks to slow down', { targetAnswers: { [directory]: 'rate-limited' } }, 'rate-limited'],
    ['reports an internal error', { targetAnswers: { [directory]: 'error-500' } }, 'server-error'],
  ])('%s is tried again with growing pauses, and the change is made once', async (_name, faults, why) => {
    const key = await approvedWhile(faults);
    await desk.world.advance('PT12M');
    const { direct } = (await desk.view(key)).items[0] ?? {};
    expect(direct).toMatchObject({ state: 'planned' });
    expect(direct?.attempts).toBeGreaterThan(1);
    expect(await desk.status(key)).toBe('In progress');
    const failed = (await desk.audit(key))
      .flatMap(({ facts }) => facts)
      .filter((f) => f.fact === 'direct-write-failed');
    expect(new Set(failed.map((fact) => fact['why']))).toEqual(new Set([why]));
    desk.world.faults({});
    await desk.world.advance('PT1H');
    expect(await desk.status(key)).toBe('Resolved');
    expect(writesSince(desk)).toBeGreaterThan(0);
    expect((await writeFacts(key)).filter((fact) => fact === 'direct-write-made')).toHaveLength(1);
  });

  it('stays down is left to a person after the limit, with the instructions and the reason', async () => {
    const key = await approvedWhile({ targetDown: [directory] });
    await desk.world.advance('PT3H');
    expect((await desk.view(key)).items[0]?.direct).toMatchObject({
      state: 'handed-over',
      attempts: 8,
      why: 'the target could not be reached',
    });
    const told = (await commentsOf(desk, key)).filter((text) => text.includes('does not make this change itself'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('after 8 attempts: the target could not be reached');
    expect(told[0]).toContain('find the group Finance Approvers and add the person to it');
    desk.world.faults({});
    await desk.world.advance('PT3H');
    // It is the person's now: the app does not begin again behind somebody's back.
    expect(writesSince(desk)).toBe(0);
    await desk.addMember('Finance Approvers', rita);
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });

  it('refuses the change is not asked twice', async () => {
    const key = await approvedWhile({ targetAnswers: { [directory]: 'writes-refused' } });
    expect((await desk.view(key)).items[0]?.direct).toMatchObject({ state: 'handed-over', attempts: 1 });
    await desk.world.advance('PT2H');
    expect(writesSince(desk)).toBe(1);
    expect(await writeFacts(key)).toEqual([
      'direct-write-planned',
      'direct-write-begun',
      'direct-write-refused',
      'direct-write-handed-over',
    ]);
  });

  it('makes the change and does not say so is read before it is written again', async () => {
    const key = await approvedWhile({ targetAnswers: { [directory]: 'writes-unanswered' } });
    await desk.world.advance('PT10M');
    expect(writesSince(desk)).toBe(1);
    expect(await desk.status(key)).toBe('Resolved');
    expect((await desk.view(key)).items[0]?.baseline.kind).toBe('absent');
  });
});

describe('a crash', () => {
  /** Which call of which module is the write, counted from the approval. */
  async function theWrite(): Promise<{ readonly module: string; readonly call: number }> {
    await switchOn(desk);
    const key = await desk.ask({ end: until });
    const { next } = desk.world.ledger();
    await desk.answer(key, 'mark');
    const { calls } = desk.world.ledger(next);
    const write = calls.find(({ kind, method }) => kind === 'egress' && method === 'PATCH');
    if (!write) throw new Error('nothing was written');
    const { module } = write;
    return { module, call: calls.filter((call) => call.module === module && call.n <= write.n).length };
  }

  it.each([-4, -3, -2, -1, 0, 1, 2, 3, 4].flatMap((off) => [[off, 'before'] as const, [off, 'after'] as const]))(
    '%s calls from the write, %s its effect, neither loses the change nor makes it twice',
    async (off, when) => {
      const { module, call } = await theWrite();
      await desk.close();
      desk = await openDesk();
      await switchOn(desk);
      const key = await desk.ask({ end: until });
      desk.world.faults({ crashAt: { call: call + off, when, module } });
      await desk.answer(key, 'mark');
      await desk.world.advance('PT30M');
      expect(await desk.status(key)).toBe('Resolved');
      expect(writesSince(desk)).toBe(1);
      const facts = await writeFacts(key);
      expect(facts.filter((fact) => fact === 'direct-write-planned')).toHaveLength(1);
      expect((await desk.view(key)).items[0]?.baseline.kind).toBe('absent');
      // What was written right before the crash is found when it is tried again.
      const found = off === 0 && when === 'after' ? 'direct-write-already' : 'direct-write-made';
      if (off <= 0) expect(facts.filter((fact) => fact === found)).toHaveLength(1);
      expect(facts.filter((fact) => ['direct-write-made', 'direct-write-already'].includes(fact))).toHaveLength(1);
    },
    30_000,
  );
});

describe('the app never writes', () => {
  it('before the approved time begins', async () => {
    await switchOn(desk);
    const key = await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until });
    await desk.answer(key, 'mark');
    await desk.world.advance('P1DT23H');
    expect(writesSince(desk)).toBe(0);
    expect((await desk.view(key)).items[0]?.direct).toMatchObject({
      waitsFor: 'its-time',
      nextAt: '2026-11-25T09:00:00.000Z',
    });
    await desk.world.advance('PT1H10M');
    expect(await desk.status(key)).toBe('Resolved');
    expect(writesSince(desk)).toBe(1);
  });

  it('what was declined, or what nobody approved', async () => {
    await switchOn(desk);
    const declined = await desk.ask({ end: until });
    await desk.answer(declined, 'mark', 'decline');
    const waiting = await desk.ask({ end: until });
    // A bulk move round the approval is no approval.
    desk.world.move(waiting, 'In progress');
    await desk.world.advance('PT2H');
    expect(writesSince(desk)).toBe(0);
    expect([...(await writeFacts(declined)), ...(await writeFacts(waiting))]).toEqual([]);
  });

  it('once what is asked for has changed, although the old content was approved', async () => {
    await switchOn(desk);
    const key = await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until });
    await desk.answer(key, 'mark');
    await desk.edit(key, { 'Access end': '2027-02-15T00:00:00.000Z' });
    await desk.world.settle();
    await desk.world.advance('P3D');
    expect(writesSince(desk)).toBe(0);
    await desk.answer(key, 'mark');
    await desk.world.advance('PT10M');
    expect(writesSince(desk)).toBe(1);
  });

  it('while the event of an edit is lost: the issue is read at the moment of the write', async () => {
    await switchOn(desk);
    const key = await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until });
    await desk.answer(key, 'mark');
    desk.world.faults({ loseEvents: true });
    await desk.world.advance('P1DT22H');
    await desk.edit(key, { Entitlement: 'Production Admins', 'Access end': '2026-11-25T16:00:00.000Z' });
    await desk.world.advance('PT3H');
    expect(writesSince(desk)).toBe(0);
  });

  it('on an approval whose approver has left', async () => {
    await switchOn(desk);
    const key = await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until });
    await desk.answer(key, 'mark');
    desk.world.site.setActive?.(desk.accountId('mark'), false);
    await desk.world.advance('P2DT1H');
    expect(writesSince(desk)).toBe(0);
    expect((await desk.view(key)).items[0]?.direct).toMatchObject({ state: 'handed-over' });
  });

  it('to another address than the approved one, nor after changes were switched off', async () => {
    await switchOn(desk);
    const [first, second] = [
      await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until }),
      await desk.ask({ as: 'olga', entitlement: 'Finance Readers', start: '2026-11-25T09:00:00.000Z', end: until }),
    ];
    await desk.answer(first, 'mark');
    expect(await saveEntry(desk, 'Finance Readers', { fulfilment: 'ticketed' })).toMatchObject({ ok: true });
    expect(await saveDirectory(desk, { write: false })).toMatchObject({ ok: true });
    await desk.world.advance('P2DT1H');
    expect(writesSince(desk)).toBe(0);
    for (const key of [first, second])
      expect((await desk.view(key)).items[0]?.direct?.why).toContain('direct fulfilment is switched off');
  });

  it('a grant that is being cancelled', async () => {
    await switchOn(desk);
    const key = await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until });
    await desk.answer(key, 'mark');
    expect((await desk.move(key, 'Cancel')).status).toBe(204);
    await desk.world.advance('P3D');
    expect(writesSince(desk)).toBe(0);
  });
});

describe('removals of the app', () => {
  it('are written by itself shortly before the end, and not when they are raised', async () => {
    await switchOn(desk);
    const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
    await desk.answer(key, 'mark');
    await desk.answer(key, 'pam');
    expect(await desk.status(key)).toBe('Resolved');
    await desk.world.advance('PT7H30M');
    const removal = (await desk.view(key)).items[0]?.holding?.revocation?.key ?? '';
    expect(removal).toMatch(/^ACC-/);
    expect(writesSince(desk)).toBe(1);
    await desk.world.advance('PT30M');
    expect(await desk.status(removal)).toBe('Resolved');
    expect(writesSince(desk)).toBe(2);
    expect((await desk.view(removal)).clocks[0]?.outcome).toBe('met');
  });

  it('are written at once when the access is given back', async () => {
    await switchOn(desk);
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    expect(await desk.invoke('rita', 'access-portal', 'giveBack', key)).toMatchObject({ ok: true });
    await desk.world.advance('PT10M');
    const removal = (await desk.view(key)).items[0]?.holding?.revocation?.key ?? '';
    expect(await desk.status(removal)).toBe('Resolved');
    expect((await desk.view(key)).items[0]?.holding?.over?.how).toBe('removed');
  });
});

it('counts an emergency as everywhere: the app writes at once, and takes it back at its end', async () => {
  await switchOn(desk);
  const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
  expect(await desk.invoke('amir', 'access-panel', 'openEmergency', key, { reason: 'Down' })).toMatchObject({
    ok: true,
  });
  await desk.world.advance('PT5M');
  expect(writesSince(desk)).toBe(1);
  await desk.world.advance('PT4H');
  const removal = (await desk.view(key)).items[0]?.holding?.revocation?.key ?? '';
  expect(await desk.status(removal)).toBe('Resolved');
  expect(writesSince(desk)).toBe(2);
});

describe('saving an entry with direct fulfilment', () => {
  it('is refused with a sentence while the app may not change the target', async () => {
    const refused = await saveEntry(desk, 'Finance Readers', { fulfilment: 'direct' });
    expect(refused).toMatchObject({ ok: false });
    expect((refused as { error: string }).error).toContain('may not be changed by the app');
  });

  it('is refused while no secret for changes is stored', async () => {
    expect(await saveDirectory(desk, { write: true })).toMatchObject({ ok: true });
    const refused = await saveEntry(desk, 'Finance Readers', { fulfilment: 'direct' });
    expect((refused as { error: string }).error).toContain('has no secret for changes');
    expect((await settings(desk)).catalogue.every(({ fulfilment }) => fulfilment !== 'direct')).toBe(true);
  });
});
