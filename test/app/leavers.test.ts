import { randomUUID } from 'node:crypto';
import type { HealthView, SettingsView } from '../../src/contract/settings-view';
import { sign } from '../../src/domain/signature';
import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await admin('saveLeaverKey', { keyId: 'hr', secret, expectedRev: 0 });
});
afterEach(() => desk.close());

const rita = 'rita@acme.test';
const secret = 'canary-secret-of-the-hr-system-0001';
const until = '2027-01-31T00:00:00.000Z';

async function admin<T = unknown>(name: string, payload: unknown = {}): Promise<T> {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result as T;
}

const health = (): Promise<HealthView> => admin('getHealth');
const leaver = (more: object = {}) => ({ login: rita, kind: 'leaver', at: desk.world.now(), ...more });

interface Sending {
  key?: string;
  secret?: string;
  timestamp?: string;
  nonce?: string;
  method?: string;
  signature?: string;
}

async function sendText(body: string, more: Sending = {}): Promise<{ status: number; body: string }> {
  const url = new URL(desk.state.webTriggers.leavers as string);
  const timestamp = more.timestamp ?? desk.world.now();
  const nonce = more.nonce ?? randomUUID();
  const answer = await desk.world.callWebTrigger({
    method: more.method ?? 'POST',
    path: url.pathname,
    headers: {
      'X-Proofgate-Key': [more.key ?? 'hr'],
      'x-proofgate-timestamp': [timestamp],
      'x-proofgate-nonce': [nonce],
      'x-proofgate-signature': [more.signature ?? sign(more.secret ?? secret, { timestamp, nonce }, body)],
    },
    body,
  });
  await desk.world.settle();
  return { status: answer.status, body: answer.body };
}

const send = (entries: readonly unknown[], more: Sending = {}) =>
  sendText(JSON.stringify({ v: 1, leavers: entries }), more);

async function granted(entitlement = 'Finance Approvers'): Promise<string> {
  const key = await desk.ask({ entitlement, end: until });
  if (entitlement === 'Finance Approvers') await desk.answer(key, 'mark');
  await desk.addMember(entitlement, rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  return key;
}

const removalOf = async (key: string) => (await desk.view(key)).items[0]?.holding?.revocation;

/** What the web trigger's own function did to storage since a point of the ledger. */
function storageCalls(since: number): { reads: number; writes: number } {
  const calls = desk.world.ledger(since).calls.filter((c) => c.kind === 'kvs' && c.module === 'webtrigger/leavers');
  const writes = calls.filter((c) => /\/(set|delete|transaction)$/.test(c.path)).length;
  return { reads: calls.length - writes, writes };
}

async function removals(): Promise<number> {
  const found = await desk.as('amir').post('/rest/api/3/search/jql', {
    jql: 'project = ACC AND issuetype = "Remove access"',
    fields: ['summary'],
    maxResults: 100,
  });
  return (found.body as { issues: unknown[] }).issues.length;
}

describe('a signed list', () => {
  it('raises one removal for each access that somebody holds, with its reason, once', async () => {
    const [approver, reader] = [await granted(), await granted('Finance Readers')];
    expect(await send([leaver({ kind: 'contract-ended' })])).toEqual({ status: 202, body: '{"taken":"all"}' });
    expect((await health()).leavers).toEqual({ waiting: 1 });
    await desk.world.advance('PT10M');
    expect(await removalOf(approver)).toMatchObject({ reason: 'contract-ended', key: expect.any(String) as string });
    expect(await removalOf(reader)).toMatchObject({ reason: 'contract-ended' });
    expect(await desk.facts(approver)).toContain('listed-as-leaver');
    expect((await health()).leavers).toEqual({ waiting: 0 });
    // Again in the same form, in another list, and in another form.
    await send([leaver({ kind: 'contract-ended' })]);
    await sendText(`${JSON.stringify(leaver())}\n${JSON.stringify(leaver({ kind: 'mover' }))}\n`);
    await desk.world.advance('PT3H');
    expect(await removals()).toBe(2);
    expect((await health()).leavers).toEqual({ waiting: 0 });
  });

  it.each<[string, () => Promise<object>]>([
    ['the id of the directory', async () => ({ login: undefined, id: await desk.userId(rita) })],
    ['a login in other case', () => Promise.resolve({ login: 'RITA@acme.test' })],
    ['an employee number', () => Promise.resolve({ login: undefined, employeeNumber: '1001' })],
  ])('finds people by %s', async (_name, more) => {
    const key = await granted();
    expect((await send([leaver(await more())])).status).toBe(202);
    await desk.world.advance('PT10M');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
  });

  it('takes what it understands, and says of each other entry what is wrong with it', async () => {
    const key = await granted();
    const bad = [
      { login: rita, kind: 'retired', at: desk.world.now() },
      { kind: 'leaver', at: desk.world.now() },
      { id: 'u1', login: rita, kind: 'leaver', at: desk.world.now() },
      leaver({ at: '2026-11-31T09:00:00Z' }),
      leaver({ at: '2026-11-23T09:00:00' }),
      leaver({ login: 'rita\u200b@acme.test' }),
      leaver({ extra: true }),
      'rita',
      null,
    ];
    expect((await send([...bad, leaver()])).status).toBe(207);
    const { problem } = (await health()).leavers;
    expect(problem).toContain('1 (form), 2 (one-name), 3 (one-name), 4 (instant), 5 (instant), 6 (name)');
    expect(problem).toContain('7 (form), 8 (form), 9 (form).');
    await desk.world.advance('PT10M');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
    expect((await send(bad)).status).toBe(400);
    expect((await send([])).status).toBe(202);
    expect((await health()).leavers).toEqual({ waiting: 0 });
  });

  it.each(['', '\n', 'null', '[]', '"x"', '{"v":2,"leavers":[]}', '{"v":1,"leavers":[],"x":1}', '{"v":1}', '<x/>'])(
    'that says %j is malformed, and nothing is stored',
    async (body) => {
      const since = desk.world.ledger().next;
      expect(await sendText(body)).toEqual({ status: 400, body: '{"taken":"none"}' });
      expect(storageCalls(since).writes).toBe(0);
    },
  );

  it('with more than 500 entries is malformed; 500 are taken and worked off', async () => {
    const id = await desk.userId('olga@acme.test');
    const entries = Array.from({ length: 501 }, (_, i) => ({
      id,
      kind: 'mover',
      at: new Date(Date.parse(desk.world.now()) - i * 1000).toISOString(),
    }));
    expect((await send(entries)).status).toBe(400);
    expect((await send(entries.slice(1))).status).toBe(202);
    expect((await health()).leavers).toEqual({ waiting: 500 });
    await desk.world.advance('PT45M');
    expect((await health()).leavers).toEqual({ waiting: 0 });
  });

  it('has one audit entry, with hashes and counts and without names', async () => {
    await send([leaver(), leaver(), leaver({ kind: 'x' })]);
    await send([leaver()]);
    const lines = (await desk.world.exportAudit()).trim().split('\n');
    const chain = lines
      .map((line) => JSON.parse(line) as { chain?: string; facts: Array<Record<string, unknown>> })
      .filter((entry) => entry.chain === 'leavers:hr');
    expect(chain).toHaveLength(2);
    expect(chain[0]?.facts).toEqual([
      expect.objectContaining({ fact: 'leavers-taken', entries: 1, again: false }),
      { fact: 'entries-refused', count: 1 },
      { fact: 'entry-refused', entry: 3, problem: 'form' },
    ]);
    expect(chain[1]?.facts).toEqual([expect.objectContaining({ fact: 'leavers-taken', entries: 1, again: true })]);
    expect(JSON.stringify(chain)).not.toContain('rita');
    expect(lines.join('\n')).not.toContain(secret);
  });
});

describe('what is not genuine', () => {
  it.each<[string, (body: string) => [string, Sending], number]>([
    ['a wrong signature', (body) => [body, { secret: `${secret}x` }], 1],
    ['a signature of another body', (body) => [body, { signature: 'a'.repeat(64) }], 1],
    ['an unknown key', (body) => [body, { key: 'nobody' }], 1],
    ['a key that is no key', (body) => [body, { key: 'a/b' }], 0],
    ['a timestamp that is too old', (body) => [body, { timestamp: '2026-11-23T08:54:59Z' }], 0],
    ['a timestamp of the future', (body) => [body, { timestamp: '2026-11-23T09:05:01Z' }], 0],
    ['no timestamp', (body) => [body, { timestamp: '' }], 0],
    ['a nonce that is too short', (body) => [body, { nonce: 'abc' }], 0],
    ['no signature', (body) => [body, { signature: '' }], 0],
    ['a GET', (body) => [body, { method: 'GET' }], 0],
    ['a PUT', (body) => [body, { method: 'PUT' }], 0],
    ['a body that is too large', () => ['x'.repeat(200_001), {}], 0],
    ['a body whose bytes are too many', () => ['\u00e4'.repeat(100_001), {}], 0],
  ])('is refused without a hint, with %s', async (_name, of, reads) => {
    const [body, more] = of(JSON.stringify({ v: 1, leavers: [leaver()] }));
    const since = desk.world.ledger().next;
    expect(await sendText(body, more)).toEqual({ status: 401, body: '{"taken":"none"}' });
    expect(storageCalls(since)).toEqual({ reads, writes: 0 });
    expect((await health()).leavers).toEqual({ waiting: 0 });
  });

  it('is refused when a header comes twice, or nothing comes at all', async () => {
    const call = (headers: Record<string, string[]>) =>
      desk.world.callWebTrigger({
        method: 'POST',
        path: new URL(desk.state.webTriggers.leavers as string).pathname,
        headers,
        body: '[]',
      });
    expect((await call({})).status).toBe(401);
    expect((await call({ 'x-proofgate-key': ['hr', 'hr'] })).status).toBe(401);
  });

  it('is refused the second time, until long after its timestamp has passed', async () => {
    const nonce = randomUUID();
    const timestamp = desk.world.now();
    expect((await send([leaver()], { nonce, timestamp })).status).toBe(202);
    for (const wait of ['PT0S', 'PT4M', 'PT1M', 'PT1S', 'PT20M', 'P2D']) {
      await desk.world.advance(wait);
      const since = desk.world.ledger().next;
      expect((await send([leaver()], { nonce, timestamp })).status).toBe(401);
      expect(storageCalls(since).writes).toBe(0);
    }
    // The nonce by itself is free again once no message with it can be timely.
    expect((await send([leaver()], { nonce })).status).toBe(202);
  });

  it('takes one of two that are sent at the same moment', async () => {
    const nonce = randomUUID();
    const timestamp = desk.world.now();
    const both = await Promise.all([send([leaver()], { nonce, timestamp }), send([leaver()], { nonce, timestamp })]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 401]);
  });
});

describe('keys', () => {
  it('may stand side by side, so that a sender can change from one to the other', async () => {
    const next = 'canary-secret-of-the-hr-system-0002';
    await admin('saveLeaverKey', { keyId: 'hr-2', secret: next, expectedRev: 0 });
    expect((await send([leaver()])).status).toBe(202);
    expect((await send([leaver()], { key: 'hr-2', secret: next })).status).toBe(202);
    expect((await send([leaver()], { key: 'hr-2' })).status).toBe(401);
    await admin('saveLeaverKey', { keyId: 'hr', expectedRev: 1 });
    expect((await send([leaver()])).status).toBe(401);
    const settings = await admin<SettingsView>('getSettings');
    expect(settings.leaverKeys).toEqual([
      {
        rev: 1,
        keyId: 'hr-2',
        fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
        setAt: desk.world.now(),
      },
    ]);
    expect(JSON.stringify(settings)).not.toContain('canary');
    expect(await desk.world.exportAudit()).not.toContain('canary');
    // The removed one may come back.
    await admin('saveLeaverKey', { keyId: 'hr', secret, expectedRev: 0 });
    expect((await send([leaver()])).status).toBe(202);
  });

  it.each<[string, object, string]>([
    ['a short secret', { keyId: 'k', secret: 'x'.repeat(31), expectedRev: 0 }, '[invalid-input]'],
    ['a secret with a line break', { keyId: 'k', secret: `${'x'.repeat(32)}\n`, expectedRev: 0 }, '[invalid-input]'],
    ['a key id with a slash', { keyId: 'a/b', secret, expectedRev: 0 }, '[invalid-input]'],
    ['the secret of another key', { keyId: 'k', secret, expectedRev: 0 }, 'Another key has this secret already'],
    ['an old screen', { keyId: 'hr', secret: 'y'.repeat(32), expectedRev: 0 }, '[conflict]'],
  ])('are not saved with %s, and nothing changes', async (_name, payload, text) => {
    const answer = await desk.invoke('adele', 'access-admin', 'saveLeaverKey', undefined, payload);
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(text) as string });
    expect((await send([leaver()])).status).toBe(202);
  });

  it('sign nothing once they are not shown, wherever their removal or change was cut off', async () => {
    let removedHalf = 0;
    for (let call = 1; call <= 9; call++) {
      const [shown] = (await admin<SettingsView>('getSettings')).leaverKeys;
      desk.world.faults({ crashAt: { call, when: 'before', module: 'jira:adminPage/access-admin' } });
      const payload = { keyId: 'hr', expectedRev: shown?.rev };
      const answer = await desk.invoke('adele', 'access-admin', 'saveLeaverKey', undefined, payload);
      desk.world.faults({});
      const still = (await admin<SettingsView>('getSettings')).leaverKeys.length === 1;
      if (!answer.ok && !still) removedHalf += 1;
      expect((await send([leaver()])).status).toBe(still ? 202 : 401);
      if (!still) await admin('saveLeaverKey', { keyId: 'hr', secret, expectedRev: 0 });
    }
    expect(removedHalf).toBeGreaterThan(0);
    expect((await send([leaver()])).status).toBe(202);
  });

  it('go with an address that the admin is told', async () => {
    expect(await admin('getLeaversAddress')).toEqual({ url: desk.state.webTriggers.leavers });
  });

  it('are the business of Jira admins only', async () => {
    const answer = await desk.invoke('gus', 'access-admin', 'saveLeaverKey', undefined, {
      keyId: 'hr',
      expectedRev: 1,
    });
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('[no-permission]') as string });
  });
});

describe('time', () => {
  it('does nothing about a leaver of the future before the instant, and everything at the first sweep after it', async () => {
    const key = await granted();
    await send([leaver({ at: '2026-11-25T12:00:00+01:00' })]);
    await desk.world.advance('P1DT20H');
    await desk.world.advance('PT5H55M');
    expect(desk.world.now() < '2026-11-25T11:00:00.000Z').toBe(true);
    expect(await removalOf(key)).toBeUndefined();
    expect((await health()).leavers).toEqual({ waiting: 1 });
    await desk.world.advance('PT10M');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
  });

  it('keeps the idle sweep at four storage operations while entries wait', async () => {
    await send([leaver({ at: '2027-11-25T12:00:00Z' })]);
    await desk.world.advance('PT30M');
    const since = desk.world.ledger().next;
    await desk.world.advance('PT5M');
    const calls = desk.world.ledger(since).calls.filter((call) => call.kind === 'kvs');
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  it('waits for a directory that is down, shows it, and goes on when it is back', async () => {
    const key = await granted();
    desk.world.faults({ targetDown: ['SCIM directory'] });
    expect((await send([leaver()])).status).toBe(202);
    await desk.world.advance('PT10M');
    expect(await removalOf(key)).toBeUndefined();
    expect((await health()).leavers).toEqual({
      waiting: 1,
      problem: '1 entry waits: the directory could not be read.',
    });
    desk.world.faults({});
    await desk.world.advance('PT30M');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
  });

  it('needs no directory for an id that requests know', async () => {
    const key = await granted();
    const id = await desk.userId(rita);
    desk.world.faults({ targetDown: ['SCIM directory'] });
    await send([leaver({ login: undefined, id })]);
    await desk.world.advance('PT10M');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
  });

  it('tries somebody who is not found for a week, then hands the entry to an owner, who can try again', async () => {
    await send([leaver({ login: 'nobody@acme.test' })]);
    await desk.world.advance('P6D');
    expect(await health()).toMatchObject({
      leavers: { waiting: 1, problem: '1 entry waits: no directory knows the identity.' },
      stuck: [],
    });
    await desk.world.advance('P2D');
    const stuck = (await health()).stuck[0];
    expect(stuck).toMatchObject({ what: 'leavers', owner: 'Gus Gruber', problem: 'no directory knows the identity' });
    expect(JSON.stringify(stuck)).not.toContain('nobody');
    const again = await admin<HealthView>('retryStuck', { issueId: stuck?.issueId });
    expect(again.stuck).toEqual([]);
    await desk.world.advance('PT10M');
    expect((await health()).stuck).toHaveLength(1);
  });

  it('takes away what was still being granted when the person left, and nothing of what was asked for later', async () => {
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    await send([leaver()]);
    await desk.world.advance('PT10M');
    expect(await removals()).toBe(0);
    const later = await desk.ask({ entitlement: 'Finance Readers', end: until });
    for (const [request, group] of [
      [key, 'Finance Approvers'],
      [later, 'Finance Readers'],
    ] as const) {
      await desk.addMember(group, rita);
      expect((await desk.move(request, 'Resolve')).status).toBe(204);
    }
    // The same entry in another list: what it did once it does not do again.
    await send([leaver({ at: '2026-11-23T09:00:00.000Z' }), leaver({ login: 'olga@acme.test' })]);
    await desk.world.advance('P1DT2H');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
    expect(await removalOf(later)).toBeUndefined();
  });
});

describe('a crash', () => {
  it.each([1, 2, 3, 4].flatMap((call) => [[call, 'before'] as const, [call, 'after'] as const]))(
    'at call %s (%s its effect) while a list is taken leaves it taken whole or not at all',
    async (call, when) => {
      const key = await granted();
      desk.world.faults({ crashAt: { call, when, module: 'webtrigger/leavers' } });
      const { status } = await send([leaver()]);
      expect(status).not.toBe(202);
      desk.world.faults({});
      const { waiting } = (await health()).leavers;
      expect(waiting).toBe(call === 4 && when === 'after' ? 1 : 0);
      // The sender knows no better than to send again.
      expect((await send([leaver()])).status).toBe(202);
      await desk.world.advance('PT10M');
      expect(await removalOf(key)).toMatchObject({ reason: 'leaver' });
      await desk.world.advance('PT3H');
      expect(await removals()).toBe(1);
    },
  );

  it.each(
    Array.from({ length: 16 }, (_, i) => i + 1).flatMap((call) => [
      [call, 'before'] as const,
      [call, 'after'] as const,
    ]),
  )('at call %s (%s its effect) of the sweep that applies it loses and doubles nothing', async (call, when) => {
    const key = await granted();
    await send([leaver()]);
    desk.world.faults({ crashAt: { call, when, module: 'scheduledTrigger/sweep' } });
    await desk.world.advance('PT5M');
    desk.world.faults({});
    await desk.world.advance('PT30M');
    expect(await removalOf(key)).toMatchObject({ reason: 'leaver', key: expect.any(String) as string });
    expect(await removals()).toBe(1);
    await desk.world.advance('PT2H');
    expect((await health()).leavers).toEqual({ waiting: 0 });
  });
});

describe('a mass of removals', () => {
  const many = 23;

  async function holdMany(): Promise<string[]> {
    const keys: string[] = [];
    for (let i = 0; i < many; i++) {
      const name = `Ledger ${i}`;
      await desk.createGroup(name);
      await admin('saveCatalogueEntry', {
        entry: {
          connectorId: 'scim-directory',
          name,
          description: name,
          entitlementId: await desk.groupId(name),
          replaces: [],
          risk: 'standard',
          ownerAccountId: desk.accountId('olga'),
          instructions: { grant: 'Add', revoke: 'Remove' },
        },
        expectedRev: 0,
      });
      const key = await desk.ask({ entitlement: name, end: until });
      await desk.addMember(name, rita);
      expect((await desk.move(key, 'Resolve')).status).toBe(204);
      keys.push(key);
    }
    return keys;
  }

  it.each<['go-on' | 'drop', number]>([
    ['go-on', many],
    ['drop', 20],
  ])(
    'is held above the limit until an admin says %s',
    async (decision, raisedAtLast) => {
      await holdMany();
      await send([leaver()]);
      await desk.world.advance('PT10M');
      expect(await removals()).toBe(20);
      await desk.world.advance('PT3H');
      expect(await removals()).toBe(20);
      const held = (await health()).breakers.find(({ breaker }) => breaker === 'revocations');
      expect(held).toMatchObject({ held: many - 20, trippedAt: expect.any(String) as string });
      await admin('decideBreaker', { breaker: 'revocations', decision });
      await desk.world.advance('PT1H');
      expect(await removals()).toBe(raisedAtLast);
      expect((await health()).breakers.find(({ breaker }) => breaker === 'revocations')?.held).toBe(0);
    },
    120_000,
  );
});
