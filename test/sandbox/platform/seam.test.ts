/** The same behaviour over both ways to run functions: in this process and in child processes. */
import { people } from '../../../sandbox/seed/company';
import { call, type FixtureWorld, fixtureWorld, type Functions, START } from './fixture-world';

interface Failure {
  error?: { name: string; message: string; code?: string; status?: number; errorCode?: string; causeCode?: string };
}
type Caught = Failure & { value?: unknown };

const account = (key: string) => people.find((person) => person.key === key)?.accountId as string;
const ADELE = account('adele');
const later = (minutes: number) => new Date(Date.parse(START) + minutes * 60_000).toISOString();

describe.each<Functions>(['in-process', 'processes'])('functions run %s', (functions) => {
  let world: FixtureWorld;
  beforeEach(async () => {
    world = await fixtureWorld(functions, { longestInvocationMs: 3000 });
  });
  afterEach(() => world.close());

  const kvs = (method: string, ...args: unknown[]) => call<Caught>(world, 'kvs', { method, args });
  const entity = (method: string, ...args: unknown[]) => call<Caught>(world, 'entity', { method, args });
  const read = async (key: string) => (await kvs('get', key)).value as unknown;

  describe('context', () => {
    it('tells a resolver who calls, from where, and what time it is in the sandbox', async () => {
      expect(await call(world, 'context')).toMatchObject({
        accountId: ADELE,
        accountType: 'licensed',
        moduleKey: 'admin',
        extension: { type: 'jira:adminPage' },
        installContext: expect.stringMatching(/^ari:cloud:jira::site\//) as string,
      });
      expect(await call(world, 'now')).toBe(START);
      await world.advance('P1D');
      expect(await call(world, 'now')).toBe('2026-11-24T09:00:00.000Z');
    });

    it('puts issue and project into the extension of an issue panel', async () => {
      const answer = await world.invoke({ as: 'amir@acme.test', module: 'panel', issue: 'T-7', function: 'context' });
      expect(answer).toMatchObject({
        ok: true,
        result: {
          extension: {
            type: 'jira:issuePanel',
            issue: { id: '10001', key: 'T-7', type: 'Access', typeId: '3' },
            project: { id: '1', key: 'T', type: 'service_desk' },
          },
        },
      });
    });

    it('lets people without a licence into modules that say so, and nowhere else', async () => {
      const portal = { as: 'rita@acme.test', module: 'portal', issue: 'T-7', function: 'context' };
      expect(await world.invoke(portal)).toMatchObject({
        ok: true,
        result: { accountType: 'customer', extension: { portal: { id: 1 }, request: { key: 'T-7', typeId: 11 } } },
      });
      expect(await world.invoke({ ...portal, module: 'panel' })).toMatchObject({ ok: false, outcome: 'refused' });
      expect(await world.invoke({ ...portal, issue: 'T-404' })).toMatchObject({ ok: false, outcome: 'refused' });
    });

    it('reports a throw with its message and refuses results and payloads that are too big', async () => {
      const invoke = (name: string, payload: unknown) =>
        world.invoke({ as: 'adele@acme.test', module: 'admin', function: name, payload });
      expect(await invoke('throw', {})).toEqual({
        ok: false,
        outcome: 'error',
        error: 'There was an error invoking the function - as asked',
      });
      expect(await invoke('nobody', {})).toMatchObject({
        ok: false,
        error: expect.stringContaining('no definition') as string,
      });
      expect(await invoke('big', { bytes: 5 * 1024 * 1024 })).toMatchObject({ ok: false, outcome: 'error' });
      expect(await invoke('big', { bytes: 1, fill: 'x'.repeat(500 * 1024) })).toMatchObject({
        ok: false,
        outcome: 'refused',
      });
    });
  });

  describe('storage', () => {
    it('keeps plain values, secrets and entities apart and answers undefined for what is not there', async () => {
      await kvs('set', 'k', { a: 1 });
      await kvs('setSecret', 'k', 'hidden');
      await entity('set', 'k', { rev: 1 });
      expect(await read('k')).toEqual({ a: 1 });
      expect(await kvs('getSecret', 'k')).toEqual({ value: 'hidden' });
      expect(await entity('get', 'k')).toEqual({ value: { rev: 1 } });
      await kvs('delete', 'k');
      expect(await kvs('get', 'k')).toEqual({});
      expect(await entity('get', 'k')).toEqual({ value: { rev: 1 } });
      expect(await kvs('delete', 'k')).toEqual({});
    });

    it('refuses what the schema does not declare', async () => {
      const codeOf = async (work: Promise<Caught>) => (await work).error?.code;
      expect(await codeOf(entity('set', 'k', { other: 1 }))).toBe('INVALID_VALUE');
      expect(await codeOf(entity('set', 'k', { rev: 2 ** 31 }))).toBe('INVALID_VALUE');
      expect(await codeOf(entity('set', 'k', { owner: '' }))).toBe('INVALID_VALUE');
      expect(await codeOf(call(world, 'entity', { name: 'ghost', method: 'get', args: ['k'] }))).toBe('INVALID_ENTITY');
      expect(await codeOf(call(world, 'query', { owner: 'x', index: 'ghost' }))).toBe('INVALID_INDEX');
      expect(await codeOf(kvs('set', 'a/b', 1))).toBe('INVALID_KEY');
      expect(await codeOf(kvs('set', 'k', 'x'.repeat(241 * 1024)))).toBe('MAX_SIZE');
    });

    it('compares and sets in a transaction, wholly or not at all', async () => {
      const cas = (rev: number | null, also?: string) =>
        call<Caught>(world, 'compare-and-set', { key: 'r', rev, also });
      expect(await cas(null, 'with-1')).toEqual({ value: 'done' });
      expect(await cas(1, 'with-2')).toEqual({ value: 'done' });
      expect((await cas(1, 'with-3')).error).toMatchObject({ code: 'CONDITIONAL_CHECK_FAILED' });
      expect((await cas(null, 'with-4')).error).toMatchObject({ code: 'CONDITIONAL_CHECK_FAILED' });
      expect(await read('with-2')).toBe('written together');
      expect(await read('with-3')).toBeUndefined();
      expect((await entity('get', 'r')).value).toMatchObject({ rev: 2 });
    });

    it('pages through an index in its order', async () => {
      for (let i = 1; i <= 12; i++)
        await entity('set', `n${i}`, { owner: 'amir', at: `2026-01-${String(i).padStart(2, '0')}`, open: i % 2 === 0 });
      await entity('set', 'other', { owner: 'ana', at: '2026-01-01' });
      const query = (payload: object) =>
        call<{ value: { keys: string[]; nextCursor?: string } }>(world, 'query', payload);
      const first = (await query({ owner: 'amir' })).value;
      expect(first.keys).toEqual(Array.from({ length: 10 }, (_, i) => `n${i + 1}`));
      const second = (await query({ owner: 'amir', cursor: first.nextCursor })).value;
      expect(second).toEqual({ keys: ['n11', 'n12'] });
      expect((await query({ owner: 'amir', descending: true, limit: 2 })).value.keys).toEqual(['n12', 'n11']);
      expect((await query({ owner: 'amir', from: '2026-01-11' })).value.keys).toEqual(['n11', 'n12']);
      expect((await query({ owner: 'amir', open: true, limit: 3 })).value.keys).toEqual(['n2', 'n4', 'n6']);
    });
  });

  describe('Jira', () => {
    const jira = (payload: object, as = 'adele') =>
      call<Failure & { value?: { status: number; body: unknown } }>(world, 'jira', payload, as);

    it('is called as the app or as the person in front of the screen', async () => {
      await jira({ as: 'app', path: '/rest/api/3/issue/T-1?fields=summary' });
      await jira({ as: 'user', path: '/rest/api/3/issue/T-1' }, 'amir');
      expect(world.site.seen.map(({ actor, path }) => `${actor} ${path}`)).toEqual([
        'app /rest/api/3/issue/T-1?fields=summary',
        `${account('amir')} /rest/api/3/issue/T-1`,
      ]);
    });

    it('refuses what the declared scopes do not cover, and what is not modelled', async () => {
      expect((await jira({ as: 'app', path: '/rest/api/3/configuration' })).value).toEqual({
        status: 401,
        retryAfter: null,
        body: { code: 401, message: 'Unauthorized; scope does not match' },
      });
      expect((await jira({ as: 'app', path: '/rest/api/3/serverInfo' })).value).toMatchObject({ status: 200 });
      expect((await jira({ as: 'app', path: '/rest/api/3/ghost' })).value).toMatchObject({ status: 501 });
      expect((await call<Caught>(world, 'graph', { query: 'query { ghost { id } }' })).value).toBe(501);
      expect(world.unmodelled()).toEqual([
        { operation: 'GET /rest/api/3/ghost', count: 1 },
        { operation: 'GraphQL ghost', count: 1 },
      ]);
    });

    it('impersonates only with a scope that allows it, and never nobody', async () => {
      const comment = { as: 'user', path: '/rest/api/3/issue/T-1/comment', method: 'POST', body: { body: 'x' } };
      expect((await jira({ ...comment, user: account('olga') })).value).toMatchObject({ status: 201 });
      expect((await jira({ as: 'user', path: '/rest/api/3/issue/T-1', user: account('olga') })).value).toMatchObject({
        status: 401,
      });
      expect((await jira({ ...comment, user: '712020:nobody' })).error).toMatchObject({
        name: 'NEEDS_AUTHENTICATION_ERR',
        status: 401,
      });
      const nobody = await world.invokeFunction('fn-resolver', {
        call: { functionKey: 'jira', payload: comment },
        context: {},
      });
      expect(nobody).toMatchObject({ ok: true, result: { error: { name: 'NEEDS_AUTHENTICATION_ERR' } } });
    });

    it('answers 429 with Retry-After while the fault lasts', async () => {
      world.faults({ jira429: { count: 1, retryAfter: 7 } });
      expect((await jira({ as: 'app', path: '/rest/api/3/serverInfo' })).value).toMatchObject({
        status: 429,
        retryAfter: '7',
      });
      expect((await jira({ as: 'app', path: '/rest/api/3/serverInfo' })).value).toMatchObject({ status: 200 });
    });
  });

  describe('egress', () => {
    const go = (payload: object) => call<Failure & { value?: Record<string, unknown> }>(world, 'fetch', payload);

    it.each(['named', 'default', 'global'])('reaches approved hosts only, by the %s fetch', async (via) => {
      expect((await go({ url: 'https://fake.example.test/host', via })).value).toMatchObject({
        status: 200,
        body: 'fake.example.test',
        url: 'https://fake.example.test/host',
      });
      for (const url of [
        'https://evil.test/',
        'http://fake.example.test/',
        'https://fake.example.test:22/',
        'https://127.0.0.1/',
      ])
        expect((await go({ url, via })).error).toMatchObject({ name: 'REQUEST_EGRESS_ALLOWLIST_ERR', status: 403 });
      expect((await go({ url: 'https://declared.example.test/', via })).error).toMatchObject({
        name: 'TypeError',
        causeCode: 'ENOTFOUND',
      });
    });

    it('stops at once when the approval is withdrawn', async () => {
      world.platform.egress.withdraw('fake.example.test');
      expect((await go({ url: 'https://fake.example.test/Users' })).error).toMatchObject({
        name: 'REQUEST_EGRESS_ALLOWLIST_ERR',
      });
    });

    it('hands redirects back, follows them, or checks where they lead', async () => {
      expect((await go({ url: 'https://fake.example.test/moved', redirect: 'manual' })).value).toMatchObject({
        status: 302,
        location: '/Users',
      });
      expect((await go({ url: 'https://fake.example.test/moved' })).value).toMatchObject({
        status: 200,
        redirected: true,
      });
      expect((await go({ url: 'https://fake.example.test/moved', redirect: 'error' })).error).toMatchObject({
        name: 'TypeError',
      });
      expect((await go({ url: 'https://fake.example.test/away' })).error).toMatchObject({
        name: 'REQUEST_EGRESS_ALLOWLIST_ERR',
      });
    });

    it('plays targets that are down, slow, endless or wrong', async () => {
      world.faults({ targetDown: ['fake'] });
      expect((await go({ url: 'https://fake.example.test/Users' })).error).toMatchObject({
        name: 'TypeError',
        causeCode: 'ECONNREFUSED',
      });
      world.faults({ targetSlow: { name: 'fake', ms: 60_000 } });
      expect((await go({ url: 'https://fake.example.test/Users', timeoutMs: 50 })).error).toMatchObject({
        name: 'TimeoutError',
      });
      world.faults({ targetAnswers: { fake: 'huge' } });
      expect((await go({ url: 'https://fake.example.test/Users', most: 200_000 })).value).toMatchObject({
        status: 200,
      });
      expect(world.ledger().calls.at(-1)?.bytesOut).toBeLessThan(2_000_000);
      const bodyOf = async (fault: 'everybody' | 'short-page' | 'garbage' | 'html') => {
        world.faults({ targetAnswers: { 'fake.example.test': fault } });
        return String(
          (await go({ url: 'https://fake.example.test/Users?filter=userName+eq+"user2"' })).value?.['body'],
        );
      };
      expect((JSON.parse(await bodyOf('everybody')) as { Resources: unknown[] }).Resources).toHaveLength(3);
      expect(await bodyOf('html')).toContain('<!doctype html>');
      expect(await bodyOf('garbage')).not.toContain('}]}');
      world.faults({ targetAnswers: { fake: 'short-page' } });
      const page = (await go({ url: 'https://fake.example.test/Users' })).value?.['body'];
      expect(JSON.parse(String(page))).toMatchObject({ totalResults: 3, Resources: [{ id: '1' }] });
    });
  });

  describe('queues', () => {
    const push = (...events: object[]) => call<Failure & { value?: { jobId: string } }>(world, 'push', { events });

    it('delivers events to the consumer, later ones later', async () => {
      const { value } = await push({ body: { id: 'a' } }, { body: { id: 'b' }, delayInSeconds: 600 });
      expect(await call(world, 'stats', { jobId: value?.jobId })).toEqual({
        value: { success: 0, inProgress: 2, failed: 0 },
      });
      await world.settle();
      expect(await read('deliveries')).toEqual([{ id: 'a', tries: 0, retry: null }]);
      await world.advance('PT10M');
      expect(await read('deliveries')).toHaveLength(2);
      expect(await call(world, 'stats', { jobId: value?.jobId })).toEqual({
        value: { success: 2, inProgress: 0, failed: 0 },
      });
    });

    it('retries after a throw with back-off and after an InvocationError when it asks to', async () => {
      await push({ body: { id: 'thrown', fail: 'throw', times: 2 } }, { body: { id: 'asked', fail: 'retry' } });
      await world.settle();
      await world.advance('PT5M');
      const deliveries = (await read('deliveries')) as Array<{ id: string; tries: number; retry: unknown }>;
      expect(deliveries.map(({ id, tries }) => `${id} ${tries}`)).toEqual([
        'thrown 0',
        'asked 0',
        'thrown 1',
        'thrown 2',
        'asked 1',
      ]);
      expect(deliveries.at(-1)?.retry).toMatchObject({
        retryCount: 1,
        retryReason: 'FUNCTION_RETRY_REQUEST',
        retryData: { note: 'again' },
        retentionWindow: { startTime: START },
      });
    });

    it('cancels what has not run and refuses unknown queues and jobs', async () => {
      const { value } = await push({ body: { id: 'never' } });
      await call(world, 'cancel', { jobId: value?.jobId });
      await world.settle();
      expect(await read('deliveries')).toBeUndefined();
      expect((await call<Caught>(world, 'push', { queue: 'ghost', events: [{ body: {} }] })).error).toBeDefined();
      expect((await call<Caught>(world, 'stats', { jobId: 'ghost' })).error?.message).toContain('not found');
    });
  });

  describe('triggers', () => {
    it('fires a schedule in its fixed phase as time moves on, and not while it is silenced', async () => {
      await world.advance('PT11M');
      expect(await read('ticks')).toEqual([later(5), later(10)]);
      world.faults({ silenceTriggersFor: 'PT12M' });
      await world.advance('PT15M');
      expect(await read('ticks')).toEqual([later(5), later(10), later(25)]);
      expect(world.lastSweep()).toBe(later(25));
    });

    it('delivers declared product events, and loses or doubles them when told to', async () => {
      world.move('T-1', 'Done');
      world.site.hooks.publish({
        eventType: 'avi:jira:updated:issue',
        issue: { id: '1', key: 'T-SELF' },
        selfGenerated: true,
      });
      world.site.hooks.publish({ eventType: 'avi:jira:deleted:issue', issue: { id: '1', key: 'T-OTHER' } });
      await world.settle();
      expect(await read('events')).toEqual(['avi:jira:updated:issue T-1']);
      world.faults({ loseEvents: true });
      world.move('T-2', 'Done');
      world.faults({ duplicateEvents: 1 });
      world.move('T-3', 'Done');
      await world.settle();
      expect(await read('events')).toEqual(['T-1', 'T-3', 'T-3'].map((key) => `avi:jira:updated:issue ${key}`));
    });

    it('answers web triggers under the URL that the app was told', async () => {
      const url = new URL(await call<string>(world, 'web-trigger-url'));
      expect((await world.state()).webTriggers).toEqual({ hook: url.href });
      const answer = await world.callWebTrigger({
        method: 'POST',
        path: `${url.pathname}/sub?x=1&x=2`,
        headers: { 'content-type': ['text/plain'] },
        body: 'hello',
      });
      expect(answer).toMatchObject({ status: 202, headers: { 'x-fixture': ['yes'] } });
      expect(JSON.parse(answer.body)).toMatchObject({
        method: 'POST',
        body: 'hello',
        userPath: '/sub',
        queryParameters: { x: ['1', '2'] },
      });
      expect(await world.callWebTrigger({ method: 'GET', path: '/x1/ghost', headers: {}, body: '' })).toMatchObject({
        status: 404,
      });
    });

    it('takes anything but a clear yes of a validator for a no', async () => {
      const ask = (key: string) =>
        world.platform.hooks.runValidator('gate', {
          issue: { key },
          configuration: {},
          transition: { from: { id: '1' }, to: { id: '2' } },
        });
      expect(await ask('T-1')).toEqual({ result: true });
      expect(await ask('T-ODD')).toEqual({ result: false, errorMessage: 'odd' });
      expect(await ask('T-THROW')).toEqual({ result: false });
      expect(await ask('T-NONSENSE')).toEqual({ result: false });
    });
  });

  describe('endings', () => {
    const invoke = (name: string, payload: object = {}) =>
      world.invoke({ as: 'adele@acme.test', module: 'admin', function: name, payload });

    it('ends an invocation that takes too long, without later effects', async () => {
      await world.close();
      world = await fixtureWorld(functions, { longestInvocationMs: 400 });
      expect(await invoke('sleep', { ms: 600 })).toMatchObject({ ok: false, outcome: 'timeout' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await read('slept')).toBeUndefined();
    });

    it.each([
      ['before', ['one']],
      ['after', ['one', 'two']],
    ] as const)('kills at the n-th platform call, %s its effect', async (when, left) => {
      world.faults({ crashAt: { call: 2, when, module: 'jira:adminPage/admin' } });
      expect(await invoke('three-writes')).toMatchObject({ ok: false, outcome: 'crashed' });
      const present = [];
      for (const key of ['one', 'two', 'three']) if ((await read(key)) !== undefined) present.push(key);
      expect(present).toEqual(left);
      expect(await invoke('three-writes')).toMatchObject({ ok: true });
    });

    it('delivers an event again whose consumer was killed', async () => {
      await call(world, 'push', { events: [{ body: { id: 'a' } }] });
      world.faults({ crashAt: { call: 1, when: 'before', module: 'work-consumer' } });
      await world.settle();
      expect(await read('deliveries')).toBeUndefined();
      await world.advance('PT1M');
      expect(await read('deliveries')).toMatchObject([{ id: 'a', tries: 1 }]);
    });
  });

  it('writes every call of the app into the ledger', async () => {
    await kvs('set', 'k', 'x'.repeat(25_000));
    await call(world, 'jira', { as: 'user', path: '/rest/api/3/issue/T-1' });
    const { calls, next } = world.ledger();
    expect(calls).toMatchObject([
      {
        n: 1,
        module: 'jira:adminPage/admin',
        kind: 'kvs',
        method: 'POST',
        path: '/api/v1/set',
        status: 200,
        writeUnits: 3,
        readUnits: 0,
      },
      { n: 2, kind: 'jira', method: 'GET', path: '/rest/api/3/issue/T-1', status: 200, points: 2, actor: ADELE },
    ]);
    expect(next).toBe(3);
    expect(world.ledger(2).calls).toHaveLength(1);
  });
});

describe('child processes', () => {
  it('report an exit as a crash, go on with the next call, and have no sockets of their own', async () => {
    const world = await fixtureWorld('processes');
    const exit = await world.invoke({ as: 'adele@acme.test', module: 'admin', function: 'exit' });
    expect(exit).toMatchObject({
      ok: false,
      outcome: 'crashed',
      error: expect.stringContaining('exit code 3') as string,
    });
    expect(await call(world, 'now')).toBe(START);
    expect((await call<Caught>(world, 'connect')).error).toMatchObject({ code: 'EACCES' });
    await world.close();
  });
});

describe('worlds in one process', () => {
  it('do not mix', async () => {
    const [a, b] = await Promise.all([fixtureWorld('in-process'), fixtureWorld('in-process')]);
    await b.advance('P1D');
    const both = await Promise.all([
      call(a, 'kvs', { method: 'set', args: ['who', 'a'] }).then(() =>
        call(a, 'kvs', { method: 'get', args: ['who'] }),
      ),
      call(b, 'kvs', { method: 'get', args: ['who'] }),
      call(a, 'now'),
      call(b, 'now'),
    ]);
    expect(both).toEqual([{ value: 'a' }, {}, START, '2026-11-24T09:00:00.000Z']);
    expect(a.ledger().calls).toHaveLength(2);
    await Promise.all([a.close(), b.close()]);
  });
});
