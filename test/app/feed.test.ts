import { randomUUID } from 'node:crypto';
import type { Store } from '../../sandbox/contracts';
import { memoryStore } from '../../sandbox/memory-store';
import type { ProbeStepView } from '../../src/contract/settings-view';
import { feedText } from '../../src/domain/feed/feed-state';
import { later } from '../../src/domain/instant';
import { sign } from '../../src/domain/signature';
import { openDesk, type Desk } from './desk';

const secret = 'canary-secret-of-the-payroll-feed-0001';
const rita = 'rita@acme.test';
const until = '2027-01-31T00:00:00.000Z';
const head = 'account_id,login,active,entitlement_id,entitlement_name';
const connector = {
  id: 'payroll',
  name: 'Payroll',
  kind: 'feed',
  baseUrl: '',
  auth: { kind: 'signature' },
  directory: false,
  write: false,
};

let store: Store;
let desk: Desk;
beforeEach(async () => {
  store = memoryStore();
  desk = await openDesk({ store });
  await admin('saveConnector', { connector, secret, expectedRev: 0 });
});
afterEach(async () => {
  const exported = await desk.world.exportAudit();
  expect(exported).not.toContain(secret);
  await desk.close();
});

async function admin<T = unknown>(name: string, payload: unknown = {}): Promise<T> {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result as T;
}

interface Sending {
  key?: string;
  secret?: string;
  nonce?: string;
  timestamp?: string;
  asOf?: string;
  rows?: number | string;
  part?: string;
  method?: string;
  /** Signed is another text than what is sent. */
  signedBody?: string;
}

async function send(body: string, more: Sending = {}): Promise<{ status: number; body: unknown }> {
  const url = new URL(desk.state.webTriggers.feed as string);
  const timestamp = more.timestamp ?? desk.world.now();
  const nonce = more.nonce ?? randomUUID();
  const lines = body.split('\n').filter((line) => line !== '').length;
  const rows = String(more.rows ?? (body.startsWith('{') ? lines : lines - 1));
  const [asOf, part] = [more.asOf ?? desk.world.now(), more.part ?? '1/1'];
  const text = feedText({ asOf, rows, part }, more.signedBody ?? body);
  const answer = await desk.world.callWebTrigger({
    method: more.method ?? 'POST',
    path: url.pathname,
    headers: {
      'X-Proofgate-Key': [more.key ?? 'payroll'],
      'x-proofgate-timestamp': [timestamp],
      'x-proofgate-nonce': [nonce],
      'x-proofgate-signature': [sign(more.secret ?? secret, { timestamp, nonce }, text)],
      'x-proofgate-as-of': [asOf],
      'x-proofgate-rows': [rows],
      'x-proofgate-part': [part],
    },
    body,
  });
  await desk.world.settle();
  return { status: answer.status, body: JSON.parse(answer.body) as unknown };
}

const csv = (...rows: string[]): string => [head, ...rows, ''].join('\n');
const held = 'r1,rita@acme.test,true,PAY-APPROVE,Approve payroll';
const unheld = ['r1,rita@acme.test,true,,', ',,,PAY-APPROVE,Approve payroll'];
const others = ['m1,mark@acme.test,true,PAY-READ,Read payroll', 'o1,olga@acme.test,false,PAY-READ,Read payroll'];
const taken = { status: 202, body: { taken: 'all' } };
const none = (status: number, problem?: string) => ({
  status,
  body: { taken: 'none', ...(problem === undefined ? {} : { problem }) },
});

async function offer(): Promise<void> {
  const { entitlements } = await admin<{ entitlements: Array<{ id: string; name: string }> }>('listEntitlements', {
    connectorId: 'payroll',
  });
  expect(entitlements).toContainEqual({ id: 'PAY-APPROVE', name: 'Approve payroll' });
  await admin('saveCatalogueEntry', {
    entry: {
      connectorId: 'payroll',
      name: 'Approve payroll',
      description: 'Approve the payroll run',
      entitlementId: 'PAY-APPROVE',
      replaces: [],
      risk: 'sensitive',
      ownerAccountId: desk.accountId('olga'),
      instructions: { grant: 'Add the role in the payroll client.', revoke: 'Take the role away.' },
    },
    expectedRev: 0,
  });
}

const evidence = async (key: string) => (await desk.verify(key)).items[0]?.evidence[0];
const verdict = async (key: string) => (await evidence(key))?.verdict;

async function feedFacts(): Promise<Array<Record<string, unknown>>> {
  return (await desk.world.exportAudit())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { chain?: string; facts: Array<Record<string, unknown>> })
    .filter(({ chain }) => chain === 'feed:payroll')
    .flatMap(({ facts }) => facts);
}

async function entitlementNames(): Promise<string[]> {
  const answer = await desk.invoke('adele', 'access-admin', 'listEntitlements', undefined, { connectorId: 'payroll' });
  if (!answer.ok) return [answer.error];
  return (answer.result as { entitlements: Array<{ name: string }> }).entitlements.map(({ name }) => name);
}

describe('access in an application that sends feeds', () => {
  it('is proven by the first feed after it was given, and its removal by the first after that', async () => {
    expect(await send(csv(...unheld, ...others))).toEqual(taken);
    await offer();
    const key = await desk.ask({ target: 'Payroll', entitlement: 'Approve payroll', end: until });
    await desk.world.advance('PT1M');
    await desk.answer(key, 'mark');
    expect(await verdict(key)).toBe('absent');
    expect((await desk.move(key, 'Resolve')).text).toContain('not');
    expect(await desk.status(key)).toBe('In progress');

    await desk.world.advance('PT5M');
    expect(await send(csv(held, ...others))).toEqual(taken);
    await desk.world.advance('PT1M');
    expect(await evidence(key)).toMatchObject({ verdict: 'confirmed' });
    expect((await desk.move(key, 'Resolve')).status).toBe(204);

    const removal = await desk.ask({
      type: 'Remove access',
      target: 'Payroll',
      entitlement: 'Approve payroll',
    });
    expect(await verdict(removal)).toBe('different');
    await desk.world.advance('PT5M');
    expect(await send(csv(...unheld, ...others))).toEqual(taken);
    expect(await verdict(removal)).toBe('confirmed');
    expect((await desk.move(removal, 'Resolve')).status).toBe(204);
    expect((await feedFacts()).filter(({ fact }) => fact === 'feed-taken')).toHaveLength(3);
  });

  it('is read as of the feed, never as of now, and a feed that is too old proves nothing', async () => {
    await send(csv(...unheld, ...others));
    await offer();
    const key = await desk.ask({ target: 'Payroll', entitlement: 'Approve payroll', end: until });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT1M');
    const asOf = desk.world.now();
    await desk.world.advance('PT14M');
    expect(await send(csv(held, ...others), { asOf })).toEqual(taken);
    expect(await evidence(key)).toMatchObject({ at: asOf });
    await desk.world.advance('PT2M');
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'feed-too-old' });
    const refused = await desk.move(key, 'Resolve');
    expect(refused.status).not.toBe(204);
    expect(await desk.status(key)).toBe('In progress');
  });

  it('is not proven by the feed before a reopening, however young it is', async () => {
    await send(csv(...unheld, ...others));
    await offer();
    const key = await desk.ask({ target: 'Payroll', entitlement: 'Approve payroll', end: until });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT1M');
    await send(csv(held, ...others));
    expect(await verdict(key)).toBe('confirmed');
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    await desk.world.advance('PT1M');
    expect((await desk.move(key, 'Reopen')).status).toBe(204);
    await desk.world.settle();
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'feed-too-old' });
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
    await desk.world.advance('PT1M');
    await send(csv(held, ...others));
    expect(await evidence(key)).toMatchObject({ verdict: 'confirmed' });
  });

  it('is unreadable while no feed has arrived, and where the feed does not name the entitlement', async () => {
    await send(csv(...unheld, ...others));
    await offer();
    const removal = await desk.ask({ type: 'Remove access', target: 'Payroll', entitlement: 'Approve payroll' });
    expect(await verdict(removal)).toBe('confirmed');
    await desk.world.advance('PT1M');
    await send(csv('r1,rita@acme.test,true,,', ...others));
    expect(await evidence(removal)).toMatchObject({ verdict: 'unreadable', reason: 'not-found' });
  });

  it('of an account that is switched off is not proven', async () => {
    await send(csv(...unheld, ...others));
    await offer();
    const key = await desk.ask({ target: 'Payroll', entitlement: 'Approve payroll', end: until });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT1M');
    await send(csv(held.replace('true', 'false'), ...others));
    expect(await evidence(key)).toMatchObject({ verdict: 'different', reason: 'account-inactive' });
  });

  it('costs no more storage operations to read in a long feed than in a short one', async () => {
    await send(csv(...unheld, ...others));
    await offer();
    const key = await desk.ask({ target: 'Payroll', entitlement: 'Approve payroll', end: until });
    await desk.answer(key, 'mark');
    const reading = async () => {
      await desk.verify(key);
      const since = desk.world.ledger().next;
      await desk.verify(key);
      return desk.world.ledger(since).calls;
    };
    const short = await reading();
    await desk.world.advance('PT1M');
    const many = Array.from({ length: 4000 }, (_, i) => `x${i},x${i}@acme.test,true,PAY-READ,Read payroll`);
    expect(await send(csv(...unheld, ...others, ...many))).toEqual(taken);
    const long = await reading();
    const storage = (calls: typeof long) => calls.filter((call) => call.kind === 'kvs');
    expect(storage(long)).toHaveLength(storage(short).length);
    // The account with the entitlement is one of them, where the feed stands is the other.
    const rows = storage(long).filter((call) => call.path === '/api/v1/batch/get' && call.bytesIn > 150);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.bytesOut).toBeLessThan(64 * 1024);
    expect(long.filter((call) => call.kind === 'egress')).toEqual([]);
  });
});

describe('a feed', () => {
  it('may be JSON lines, with quotes and line ends where CSV has them too', async () => {
    const row = {
      account_id: 'r1',
      login: rita,
      active: true,
      entitlement_id: 'PAY-APPROVE',
      entitlement_name: 'Approve "payroll"',
    };
    const rows = [
      row,
      { entitlement_id: 'E2', entitlement_name: 'Nobody has it' },
      { account_id: 'z', login: 'z', active: false },
    ];
    expect(await send(rows.map((r) => JSON.stringify(r)).join('\n'))).toEqual(taken);
    expect(await entitlementNames()).toEqual(['Approve "payroll"', 'Nobody has it']);
    await desk.world.advance('PT1M');
    const quoted = `\ufeff${head}\r\n"r1","rita@acme.test","true","PAY-APPROVE","Approve ""payroll"", all"\r\n`;
    expect(await send(quoted)).toEqual(taken);
    expect(await entitlementNames()).toEqual(['Approve "payroll", all']);
  });

  it('passes the live test once it has arrived', async () => {
    const steps = async () =>
      (await admin<{ steps: ProbeStepView[] }>('probeConnector', { connector })).steps.map(({ step, ok }) => [
        step,
        ok,
      ]);
    expect(await steps()).toContainEqual(['sign-in', false]);
    await send(csv(held, ...others));
    expect(await steps()).toEqual([
      ['reach', true],
      ['sign-in', true],
      ['wrong-secret-refused', true],
      ['find-people', true],
      ['read-groups', true],
    ]);
  });

  it('in parts counts as a whole with the last of them, in any order, and each part may be sent again', async () => {
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    const asOf = desk.world.now();
    const [one, two] = [csv('a1,a,true,E1,First'), csv('a1,a,true,E2,Second', 'b1,b,true,E2,Second')];
    const part = { status: 202, body: { taken: 'part' } };
    expect(await send(two, { asOf, rows: 3, part: '2/2' })).toEqual(part);
    expect(await send(two, { asOf, rows: 3, part: '2/2' })).toEqual(part);
    expect(await entitlementNames()).toEqual(['Approve payroll', 'Read payroll']);
    expect(await send(csv('b1,b,true,E2,Second'), { asOf, rows: 3, part: '2/2' })).toEqual(none(409, 'changed'));
    expect(await send(two, { asOf, rows: 3, part: '2/2' })).toEqual(part);
    expect(await send(one, { asOf, rows: 3, part: '1/2' })).toEqual(taken);
    expect(await send(one, { asOf, rows: 3, part: '1/2' })).toEqual(taken);
    expect(await entitlementNames()).toEqual(['First', 'Second']);
  });

  it('of which parts are missing never counts, and gives way to a newer one', async () => {
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    await send(csv('a1,a,true,E1,First'), { rows: 3, part: '1/2' });
    const unfinished = desk.world.now();
    await desk.world.advance('PT1M');
    expect(await entitlementNames()).toEqual(['Approve payroll', 'Read payroll']);
    expect(await send(csv('c1,c,true,E3,Third'))).toEqual(taken);
    expect(
      await send(csv('b1,b,true,E2,Second', 'd1,d,true,E2,Second'), { asOf: unfinished, rows: 3, part: '2/2' }),
    ).toEqual(none(409, 'outdated'));
    expect(await entitlementNames()).toEqual(['Third']);
  });

  it('whose parts do not add up is refused as a whole', async () => {
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    const asOf = desk.world.now();
    await send(csv('a1,a,true,E1,First'), { asOf, rows: 3, part: '1/2' });
    expect(await send(csv('b1,b,true,E2,Second'), { asOf, rows: 3, part: '2/2' })).toEqual(none(409, 'count'));
    expect(await entitlementNames()).toEqual(['Approve payroll', 'Read payroll']);
    // Corrected and sent again, it counts.
    await send(csv('a1,a,true,E1,First'), { asOf, rows: 2, part: '1/2' });
    expect(await send(csv('b1,b,true,E2,Second'), { asOf, rows: 2, part: '2/2' })).toEqual(taken);
    expect(await entitlementNames()).toEqual(['First', 'Second']);
  });

  it.each<[string, string[], string[]]>([
    [
      'a row that is in both, which hides one that was lost',
      ['a1,a,true,E1,First'],
      ['b1,b,true,E2,S', 'a1,a,true,E1,First'],
    ],
    ['an account without access that is in both', ['a1,a,true,,', 'a1,a,true,E1,First'], ['a1,a,true,,']],
    ['an entitlement that nobody holds in both', [',,,E9,Ninth'], ['a1,a,true,E9,Ninth', ',,,E9,Ninth']],
    ['an account with two logins', ['a1,a,true,E1,First'], ['a1,other,true,E2,Second']],
    ['an account that is active in one only', ['a1,a,true,E1,First'], ['a1,a,false,E2,Second']],
    ['an entitlement with two names', ['a1,a,true,E1,First'], ['b1,b,true,E1,Last']],
  ])('whose parts disagree is refused as a whole: %s', async (_what, first, second) => {
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    const asOf = desk.world.now();
    const rows = first.length + second.length;
    const part = { status: 202, body: { taken: 'part' } };
    expect(await send(csv(...second), { asOf, rows, part: '2/2' })).toEqual(part);
    expect(await send(csv(...first), { asOf, rows, part: '1/2' })).toEqual(none(409, 'parts-disagree'));
    expect((await feedFacts()).at(-1)).toMatchObject({ fact: 'feed-refused', problem: 'parts-disagree' });
    expect(await entitlementNames()).toEqual(['Approve payroll', 'Read payroll']);
    // Put right and sent again, it counts.
    expect(await send(csv('c1,c,true,E3,Third'), { asOf, rows: 2, part: '1/2' })).toEqual(part);
    expect(await send(csv('d1,d,true,,'), { asOf, rows: 2, part: '2/2' })).toEqual(taken);
    expect(await entitlementNames()).toEqual(['Third']);
  });

  it('may tell of one account in several parts, of its access in one and of itself in another', async () => {
    const asOf = desk.world.now();
    await send(csv('a1,a,true,,', ',,,E2,Second'), { asOf, rows: 5, part: '1/3' });
    await send(csv('a1,a,true,E1,First'), { asOf, rows: 5, part: '3/3' });
    expect(await send(csv('a1,a,true,E2,Second', 'b1,b,true,E2,Second'), { asOf, rows: 5, part: '2/3' })).toEqual(
      taken,
    );
    expect(await entitlementNames()).toEqual(['First', 'Second']);
  });

  it('that is half proves nothing, neither that access is there nor that it is gone', async () => {
    await send(csv(...unheld, ...others));
    await offer();
    const key = await desk.ask({ target: 'Payroll', entitlement: 'Approve payroll', end: until });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT1M');
    const asOf = desk.world.now();
    await send(csv(held), { asOf, rows: 3, part: '1/2' });
    expect(await verdict(key)).toBe('absent');
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
    expect(await send(csv(...others), { asOf, rows: 3, part: '2/2' })).toEqual(taken);
    await desk.world.advance('PT1M');
    expect(await verdict(key)).toBe('confirmed');
    expect((await desk.move(key, 'Resolve')).status).toBe(204);

    const removal = await desk.ask({ type: 'Remove access', target: 'Payroll', entitlement: 'Approve payroll' });
    await desk.world.advance('PT1M');
    const later = desk.world.now();
    await send(csv(...unheld), { asOf: later, rows: 4, part: '1/2' });
    expect(await verdict(removal)).toBe('different');
    expect((await desk.move(removal, 'Resolve')).status).not.toBe(204);
    expect(await send(csv(...others), { asOf: later, rows: 4, part: '2/2' })).toEqual(taken);
    expect(await verdict(removal)).toBe('confirmed');
  });

  it('leaves nothing of those before it in storage, removed in bounded steps', async () => {
    await send(csv(held, ...others));
    const alone = storedRows();
    for (let i = 0; i < 4; i++) {
      await desk.world.advance('PT1M');
      const asOf = desk.world.now();
      await send(csv(held), { asOf, rows: 3, part: '1/3' });
      await send(csv(...others.slice(0, 1)), { asOf, rows: 3, part: '2/3' });
      await send(csv(...others.slice(1)), { asOf, rows: 3, part: '3/3' });
    }
    await desk.world.advance('PT1M');
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    await send(csv(held, ...others));
    expect(storedRows()).toBe(alone);
  });
});

/** Rows of feeds in the app's storage, whether anything reads them or not. */
function storedRows(): number {
  const now = (versions: ReadonlyArray<{ value?: unknown }>) => versions.at(-1)?.value !== undefined;
  return store
    .table<{ versions: Array<{ value?: unknown }> }>('kvs.entity')
    .entries()
    .filter(([id, { versions }]) => id.includes('work:feed-rows:') && now(versions)).length;
}

describe('refused, with the feed before it left as it is, is', () => {
  beforeEach(async () => {
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
  });
  afterEach(async () => {
    expect(await entitlementNames()).toEqual(['Approve payroll', 'Read payroll']);
  });

  const forged = csv('r1,rita@acme.test,true,EVIL,Forged');

  it('a wrong signature, written down once an hour and never looked into', async () => {
    for (let i = 0; i < 3; i++) expect(await send(forged, { secret: 'somebody-elses-secret' })).toEqual(none(401));
    expect(await send(forged, { signedBody: csv(held) })).toEqual(none(401));
    const refusals = async () => (await feedFacts()).filter(({ fact }) => fact === 'feed-refused');
    expect(await refusals()).toEqual([{ fact: 'feed-refused', problem: 'signature' }]);
    await desk.world.advance('PT1H');
    expect(await send(forged, { secret: 'somebody-elses-secret' })).toEqual(none(401));
    expect(await refusals()).toHaveLength(2);
  });

  it('an unknown connector, and one that is no feed', async () => {
    expect(await send(forged, { key: 'nobody' })).toEqual(none(401));
    expect(await send(forged, { key: 'scim-directory' })).toEqual(none(401));
  });

  it('what was sent before', async () => {
    const nonce = randomUUID();
    const again = { nonce, timestamp: desk.world.now(), asOf: desk.world.now() };
    const body = csv(held, ...others);
    expect(await send(body, again)).toEqual(taken);
    expect(await send(body, again)).toEqual(none(401));
  });

  it('what was signed more than five minutes ago or ahead', async () => {
    expect(await send(forged, { timestamp: later(desk.world.now(), -301_000) })).toEqual(none(401));
    expect(await send(forged, { timestamp: later(desk.world.now(), 301_000) })).toEqual(none(401));
  });

  it.each<[string, number, string, Sending]>([
    ['fewer rows than announced', 409, 'count', { rows: 2 }],
    ['an as-of in the future', 409, 'future', { asOf: '2026-11-24T09:00:00.000Z' }],
    ['an as-of older than what is known', 409, 'outdated', { asOf: '2026-11-23T08:59:59.000Z' }],
    ['the as-of that is known, with another content', 409, 'outdated', { asOf: '2026-11-23T09:00:00.000Z' }],
    ['an as-of without a zone', 400, 'malformed', { asOf: '2026-11-23T09:00:30' }],
    ['no row at all', 400, 'malformed', { rows: 0 }],
    ['a part of more parts than there may be', 400, 'malformed', { part: '1/13' }],
    ['a part after the last', 400, 'malformed', { part: '3/2' }],
  ])('%s, with the reason in the audit', async (_what, status, problem, more) => {
    expect(await send(forged, more)).toEqual(none(status, problem));
    expect((await feedFacts()).at(-1)).toMatchObject({ fact: 'feed-refused', problem });
  });

  it('a list that breaks off between two rows, because fewer came than were announced', async () => {
    const whole = csv(held, ...others);
    const cut = whole.slice(0, whole.lastIndexOf('o1,'));
    expect(await send(cut, { rows: 3 })).toEqual(none(409, 'count'));
    expect(await send(cut, { rows: 3, signedBody: whole })).toEqual(none(401));
  });

  it.each<[string, string]>([
    ['a row with a field too few', csv(held, 'm1,mark@acme.test,true,PAY-READ')],
    ['a row with a field too many', csv(held, 'm1,mark@acme.test,true,PAY-READ,Read payroll,')],
    ['an active that is neither true nor false', csv(held.replace('true', 'yes'))],
    ['an account without a login', csv('r1,,true,EVIL,Forged')],
    ['an entitlement without a name', csv('r1,rita@acme.test,true,EVIL,')],
    ['a row of nothing', csv(held, ',,,,')],
    ['the same row twice', csv(held, ...others, held)],
    ['an account without access twice', csv('r1,rita@acme.test,true,,', 'r1,rita@acme.test,true,,')],
    ['an entitlement that nobody holds twice', csv(held, ',,,E9,Nobody has it', ',,,E9,Nobody has it')],
    ['a list that breaks off within a row', csv(held, others[0] as string).slice(0, -12)],
    ['JSON lines that break off within a row', '{"account_id":"r1","login":"x","active":true}\n{"account_id":"r2","lo'],
    ['an empty line in the middle', csv(held, '', held)],
    ['an invisible character in an id', csv('r1\u200b,rita@acme.test,true,EVIL,Forged')],
    ['white space around an id', csv(' r1,rita@acme.test,true,EVIL,Forged')],
    ['a quote that is never closed', csv('"r1,rita@acme.test,true,EVIL,Forged')],
    ['a quote in the middle of a field', csv('r"1,rita@acme.test,true,EVIL,Forged')],
    ['text after a closing quote', csv('"r1"x,rita@acme.test,true,EVIL,Forged')],
    ['one account with two logins', csv(held, 'r1,other@acme.test,true,EVIL,Forged')],
    ['one entitlement with two names', csv(held, 'm1,mark@acme.test,true,PAY-APPROVE,Other')],
    ['another header', `account,login,active,entitlement_id,entitlement_name\n${held}\n`],
    ['a header without rows', `${head}\n`],
    ['nothing', ''],
    ['JSON that is no line', '{"account_id":"r1",\n"login":"x"}'],
    ['a member that is not known', '{"account_id":"r1","login":"x","active":true,"admin":true}'],
    ['a member that reaches into prototypes', '{"__proto__":{"x":1},"account_id":"r1","login":"x","active":true}'],
    ['an id that is a number', '{"account_id":1,"login":"x","active":true}'],
    ['an active that is text', '{"account_id":"r1","login":"x","active":"true"}'],
    ['a JSON line that is a list', '{"account_id":"r1","login":"x","active":true}\n[]'],
  ])('%s: the whole feed', async (_what, body) => {
    const lines = body.split('\n').filter((line) => line !== '').length;
    const rows = Math.max(1, body.startsWith('{') ? lines : lines - 1);
    expect(await send(body, { rows })).toEqual(none(400, 'malformed'));
    expect((await feedFacts()).at(-1)).toMatchObject({ fact: 'feed-refused', problem: 'malformed' });
  });

  it('a part that is larger than a part may be, without being looked at', async () => {
    expect(await send(csv(`r1,${'x'.repeat(2_000_000)},true,EVIL,Forged`))).toEqual(none(413, 'too-large'));
  });

  it('a body of one account that holds more than storage takes', async () => {
    const much = Array.from({ length: 9000 }, (_, i) => `r1,rita@acme.test,true,${'e'.repeat(24)}-${i},E`);
    expect(await send(csv(...much))).toEqual(none(413, 'too-large'));
    expect((await feedFacts()).at(-1)).toMatchObject({ fact: 'feed-refused', problem: 'too-large' });
  });

  it('any other method than POST', async () => {
    expect(await send(forged, { method: 'GET' })).toEqual(none(401));
  });
});

describe('a crash', () => {
  const points = [1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((call) => [[call, 'before'] as const, [call, 'after'] as const]);
  const [one, two] = [csv('a1,a,true,E1,First'), csv('a1,a,true,E2,Second', 'b1,b,true,E2,Second')];

  it.each(points)(
    'at call %s (%s its effect) while a feed is taken leaves the former or the new one, whole',
    async (call, when) => {
      await send(csv(held, ...others));
      await desk.world.advance('PT1M');
      const asOf = desk.world.now();
      const body = csv('a1,a,true,E1,First', 'b1,b,true,E2,Second');
      desk.world.faults({ crashAt: { call, when, module: 'webtrigger/feed' } });
      await send(body, { asOf }).catch(() => undefined);
      desk.world.faults({});
      expect([
        ['Approve payroll', 'Read payroll'],
        ['First', 'Second'],
      ]).toContainEqual(await entitlementNames());
      expect(await send(body, { asOf })).toEqual(taken);
      expect(await entitlementNames()).toEqual(['First', 'Second']);
      expect((await feedFacts()).filter(({ fact }) => fact === 'feed-taken')).toHaveLength(2);
    },
  );

  it.each(points)('at call %s (%s its effect) of the last part neither loses nor doubles a row', async (call, when) => {
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    const more = { asOf: desk.world.now(), rows: 3 };
    await send(two, { ...more, part: '2/2' });
    desk.world.faults({ crashAt: { call, when, module: 'webtrigger/feed' } });
    await send(one, { ...more, part: '1/2' }).catch(() => undefined);
    desk.world.faults({});
    expect([
      ['Approve payroll', 'Read payroll'],
      ['First', 'Second'],
    ]).toContainEqual(await entitlementNames());
    // The application does not know what arrived, and sends everything again, in any order.
    const again = [await send(one, { ...more, part: '1/2' }), await send(two, { ...more, part: '2/2' })];
    expect(again).toContainEqual(taken);
    expect(await entitlementNames()).toEqual(['First', 'Second']);
    expect((await feedFacts()).filter(({ fact }) => fact === 'feed-taken')).toHaveLength(2);
  });
});

it.each([1, 2, 3, 4, 5, 6])(
  'parts in any order, doubled, replayed and cut off are the same feed in the end (%s)',
  async (seed) => {
    let drawn = seed;
    const draw = (below: number): number => {
      drawn = (Math.imul(drawn, 1_103_515_245) + 12_345) >>> 0;
      return (drawn >>> 16) % below;
    };
    await send(csv(held, ...others));
    await desk.world.advance('PT1M');
    const bodies = ['a1,a,true,E1,First', 'a1,a,true,E2,Second', 'b1,b,false,E3,Third'].map((row) => csv(row));
    const asOf = desk.world.now();
    const part = (index: number) => ({ asOf, rows: 3, part: `${index + 1}/3` });
    const sent: Array<() => Promise<{ status: number }>> = [];
    const stored = new Set<number>();
    while (stored.size < 3) {
      const index = draw(3);
      const signed = { ...part(index), nonce: randomUUID(), timestamp: desk.world.now() };
      const whole = bodies[index] as string;
      if (draw(4) === 0) {
        // Cut off on its way: the signature does not fit any more.
        expect(await send(whole.slice(0, -3), { ...signed, signedBody: whole })).toEqual(none(401));
        continue;
      }
      if (draw(3) === 0)
        desk.world.faults({
          crashAt: { call: 1 + draw(8), when: draw(2) === 0 ? 'before' : 'after', module: 'webtrigger/feed' },
        });
      const { status } = await send(whole, signed).catch(() => ({ status: 0 }));
      desk.world.faults({});
      if (status === 202) {
        stored.add(index);
        sent.push(() => send(whole, signed));
      }
      const again = sent[draw(sent.length + 1)];
      // Somebody on the road sends once more what was sent.
      if (again) expect((await again()).status).toBe(401);
      if (stored.size < 3)
        expect([
          ['Approve payroll', 'Read payroll'],
          ['First', 'Second', 'Third'],
        ]).toContainEqual(await entitlementNames());
    }
    expect(await entitlementNames()).toEqual(['First', 'Second', 'Third']);
    expect((await feedFacts()).filter(({ fact }) => fact === 'feed-taken')).toHaveLength(2);
  },
);
