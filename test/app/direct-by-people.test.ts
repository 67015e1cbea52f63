/** What keeps the app from writing, and what people do about it: seats, breakers, leavers, moved targets, another attempt. */
import { randomUUID } from 'node:crypto';
import type { HealthView } from '../../src/contract/settings-view';
import { sign } from '../../src/domain/signature';
import { openDesk, type Desk } from './desk';
import { commentsOf, saveDirectory, saveEntry, switchOn, writesSince } from './direct-desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';
const directory = 'SCIM directory';
const panel = 'access-panel';

const directOf = async (key: string) => (await desk.view(key)).items[0]?.direct;
const tryAgain = (key: string, person: Parameters<Desk['invoke']>[0] = 'amir') =>
  desk.invoke(person, panel, 'tryAgain', key);
const refusal = (answer: unknown): string => (answer as { error?: string }).error ?? 'not refused';

async function admin<T>(name: string, payload: unknown = {}): Promise<T> {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result as T;
}

/** A request that the app works on, with a fault in force from the approval on. */
async function approvedWhile(faults: Parameters<Desk['world']['faults']>[0]): Promise<string> {
  await switchOn(desk);
  const key = await desk.ask({ end: until });
  desk.world.faults(faults);
  await desk.answer(key, 'mark');
  return key;
}

describe('a target without a free seat', () => {
  it('blocks the request with the owner of the entitlement, and is not asked again by itself', async () => {
    const key = await approvedWhile({ targetAnswers: { [directory]: 'no-seat' } });
    const view = await desk.view(key);
    expect(view.items[0]?.direct).toMatchObject({
      state: 'handed-over',
      attempts: 1,
      why: 'the target has no free seat',
      noSeat: { owner: { accountId: desk.accountId('olga'), name: 'Olga Orlova' } },
    });
    const told = (await commentsOf(desk, key)).filter((text) => text.includes('no free seat'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(desk.accountId('olga'));
    expect(told[0]).toContain('buys or frees a seat');
    expect(told[0]).toContain('find the group Finance Approvers and add the person to it');
    await desk.world.advance('P1D');
    expect(writesSince(desk)).toBe(1);
    expect(await desk.status(key)).toBe('In progress');
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect(view.clocks[0]).toMatchObject({ kind: 'fulfilment' });
  });

  it('says so without a name where the catalogue names no owner', async () => {
    await switchOn(desk);
    expect(await saveEntry(desk, 'Finance Approvers', { ownerAccountId: undefined })).toMatchObject({ ok: true });
    const key = await desk.ask({ end: '2026-12-20T00:00:00.000Z' });
    desk.world.faults({ targetAnswers: { [directory]: 'no-seat' } });
    await desk.answer(key, 'mark');
    expect((await directOf(key))?.noSeat).toEqual({});
  });

  it('is tried again when an agent says that there is a seat now, and once more refused if there is none', async () => {
    const key = await approvedWhile({ targetAnswers: { [directory]: 'no-seat' } });
    expect((await desk.view(key)).may.tryAgain).toBe(true);
    expect(await tryAgain(key)).toMatchObject({ ok: true });
    expect(await directOf(key)).toMatchObject({ state: 'handed-over', attempts: 1 });
    desk.world.faults({});
    expect(await tryAgain(key)).toMatchObject({ ok: true });
    expect(await desk.status(key)).toBe('Resolved');
    expect((await desk.view(key)).closedOnProof).toBe(true);
    expect(writesSince(desk)).toBe(3);
    const facts = (await desk.audit(key)).flatMap((entry) =>
      entry.facts.map(({ fact }) => [fact, entry.actor] as const),
    );
    const asked = facts.filter(([fact]) => fact === 'direct-write-asked-again');
    expect(asked).toHaveLength(2);
    expect(new Set(asked.map(([, actor]) => typeof actor))).toEqual(new Set(['string']));
    expect(asked.map(([, actor]) => actor)).not.toContain('app');
  });
});

describe('another attempt that a person asks for', () => {
  it('does not wait for the pause, and finds work that was done by hand', async () => {
    const key = await approvedWhile({ targetDown: [directory] });
    await desk.world.advance('PT20M');
    const paused = await directOf(key);
    expect(paused).toMatchObject({ state: 'planned', why: 'the target could not be reached' });
    expect(paused?.attempts).toBeGreaterThan(3);
    desk.world.faults({});
    await desk.addMember('Finance Approvers', rita);
    expect(await tryAgain(key)).toMatchObject({ ok: true });
    expect(await desk.status(key)).toBe('Resolved');
    expect(await directOf(key)).toMatchObject({ state: 'made', already: true });
    expect(writesSince(desk)).toBe(0);
  });

  it('is refused to customers, and where the app makes nothing, waits for its time, or is through', async () => {
    await switchOn(desk);
    const ticketed = await desk.ask({ entitlement: 'Finance Readers', as: 'olga', end: until });
    expect(refusal(await tryAgain(ticketed))).toContain('no change here that Proofgate could try again');
    const later = await desk.ask({ start: '2026-11-25T09:00:00.000Z', end: until });
    expect(refusal(await tryAgain(later))).toContain('no change here');
    await desk.answer(later, 'mark');
    expect(refusal(await tryAgain(later))).toContain('no change here');
    desk.world.faults({ targetAnswers: { [directory]: 'writes-refused' } });
    const given = await desk.ask({ end: until });
    await desk.answer(given, 'mark');
    expect((await directOf(given))?.state).toBe('handed-over');
    expect(await tryAgain(given, 'rita')).toMatchObject({ ok: false });
    expect((await directOf(given))?.attempts).toBe(1);
    expect((await desk.move(given, 'Cancel')).status).toBeLessThan(500);
    expect(writesSince(desk)).toBe(2);
  });

  it('asks every question again: nothing is written once the entry is switched off, or what is asked has changed', async () => {
    const key = await approvedWhile({ targetAnswers: { [directory]: 'writes-refused' } });
    desk.world.faults({});
    expect(await saveEntry(desk, 'Finance Approvers', { fulfilment: 'ticketed' })).toMatchObject({ ok: true });
    expect(await tryAgain(key)).toMatchObject({ ok: true });
    expect((await directOf(key))?.why).toContain('direct fulfilment is switched off');
    await desk.edit(key, { 'Access end': '2027-02-15T00:00:00.000Z' });
    expect(refusal(await tryAgain(key))).toContain('no change here');
    expect(writesSince(desk)).toBe(1);
  });
});

describe('a target that moved between plan and write', () => {
  const elsewhere = { baseUrl: 'https://elsewhere.acme.test/scim/v2', write: true };
  const from = '2026-11-25T09:00:00.000Z';

  it('is not written, neither at the old address nor at the new one, and a person is told why', async () => {
    await switchOn(desk);
    const key = await desk.ask({ start: from, end: until });
    await desk.answer(key, 'mark');
    expect(await saveDirectory(desk, elsewhere, { secret: 'reads-elsewhere' })).toMatchObject({ ok: true });
    expect(await saveDirectory(desk, elsewhere, { writeSecret: 'writes-elsewhere' })).toMatchObject({ ok: true });
    const { next } = desk.world.ledger();
    await desk.world.advance('P2DT1H');
    const { calls } = desk.world.ledger(next);
    expect(calls.filter(({ kind, method }) => kind === 'egress' && ['PATCH', 'PUT', 'POST'].includes(method))).toEqual(
      [],
    );
    expect(await directOf(key)).toMatchObject({ state: 'handed-over', attempts: 0 });
    expect((await directOf(key))?.why).toContain('address');
    expect(await desk.status(key)).toBe('In progress');
  });
});

describe('leavers', () => {
  const secret = 'canary-secret-of-the-hr-system-0001';

  async function left(): Promise<void> {
    await admin('saveLeaverKey', { keyId: 'hr', secret, expectedRev: 0 });
    const url = new URL(desk.state.webTriggers.leavers as string);
    const [timestamp, nonce] = [desk.world.now(), randomUUID()];
    const body = JSON.stringify({ v: 1, leavers: [{ login: rita, kind: 'leaver', at: timestamp }] });
    const headers = {
      'x-proofgate-key': ['hr'],
      'x-proofgate-timestamp': [timestamp],
      'x-proofgate-nonce': [nonce],
      'x-proofgate-signature': [sign(secret, { timestamp, nonce }, body)],
    };
    const answer = await desk.world.callWebTrigger({ method: 'POST', path: url.pathname, headers, body });
    expect(answer.status).toBeLessThan(300);
    await desk.world.settle();
  }

  const removalOf = async (key: string) => (await desk.view(key)).items[0]?.holding?.revocation?.key ?? '';

  it('lose what the app manages without anybody, proven like everything else', async () => {
    await switchOn(desk);
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    expect(await desk.status(key)).toBe('Resolved');
    await left();
    await desk.world.advance('PT15M');
    const removal = await removalOf(key);
    expect(removal).toMatch(/^ACC-/);
    expect(await desk.status(removal)).toBe('Resolved');
    expect(await desk.view(removal)).toMatchObject({
      closedOnProof: true,
      items: [{ direct: { state: 'made', attempts: 1 } }],
    });
    expect((await desk.view(key)).items[0]?.holding?.over?.how).toBe('removed');
    expect(writesSince(desk)).toBe(2);
  });

  describe('of whom there is a mass', () => {
    const many = 23;

    async function holdMany(): Promise<string[]> {
      await switchOn(desk);
      const keys: string[] = [];
      for (let i = 0; i < many; i++) {
        const name = `Ledger ${i}`;
        await desk.createGroup(name);
        const entry = {
          connectorId: 'scim-directory',
          name,
          description: name,
          entitlementId: await desk.groupId(name),
          replaces: [],
          risk: 'standard',
          ownerAccountId: desk.accountId('olga'),
          instructions: { grant: 'Add', revoke: 'Remove' },
          fulfilment: 'direct',
        };
        await admin('saveCatalogueEntry', { entry, expectedRev: 0 });
        keys.push(await desk.ask({ entitlement: name, end: until }));
      }
      expect(writesSince(desk)).toBe(many);
      return keys;
    }

    it.each(['go-on', 'drop'] as const)(
      'wait for a person, also those whose issue is there already, and follow the decision to %s',
      async (decision) => {
        const keys = await holdMany();
        await left();
        await desk.world.advance('PT3H');
        const { breakers } = await admin<HealthView>('getHealth');
        expect(breakers.find(({ breaker }) => breaker === 'revocations')?.trippedAt).toBeDefined();
        const removals = (await Promise.all(keys.map(removalOf))).filter((key) => key !== '');
        expect(removals).toHaveLength(20);
        const waiting = (await Promise.all(removals.map(directOf))).filter(
          (direct) => direct?.waitsFor === 'breaker-held',
        );
        const written = writesSince(desk) - many;
        expect(waiting.length).toBeGreaterThan(0);
        expect(written).toBe(20 - waiting.length);
        await admin('decideBreaker', { breaker: 'revocations', decision });
        await desk.world.advance('PT12H');
        const states = await Promise.all(removals.map(directOf));
        if (decision === 'go-on') {
          expect(writesSince(desk) - many).toBe(many);
          expect(states.every((direct) => direct?.state === 'made')).toBe(true);
        } else {
          expect(writesSince(desk) - many).toBe(written);
          const given = states.filter((direct) => direct?.state === 'handed-over');
          expect(given).toHaveLength(waiting.length);
          for (const direct of given) expect(direct?.why).toContain('decided against the removals');
          // Nobody lets the app go on behind that decision by asking it to try again.
          const held = removals[states.findIndex((direct) => direct?.state === 'handed-over')] ?? '';
          expect((await desk.view(held)).may.tryAgain).toBe(false);
          expect(refusal(await tryAgain(held))).toContain('no change here');
        }
      },
      120_000,
    );
  });
});
