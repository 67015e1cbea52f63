/** The server in front of a world. */
import { sandboxRoutes } from '../../../sandbox/http/sandbox-routes';
import { type HttpServer, startHttpServer } from '../../../sandbox/http/server';
import { siteRoutes } from '../../../sandbox/http/site-routes';
import { webTriggerRoutes } from '../../../sandbox/http/web-trigger-routes';
import { request } from 'node:http';
import { call, type FixtureWorld, fixtureWorld, START } from './fixture-world';

let world: FixtureWorld;
let server: HttpServer;
beforeAll(async () => {
  server = await startHttpServer(0);
  expect((await fetch(`http://127.0.0.1:${server.port}/sandbox/health`)).status).toBe(503);
  world = await fixtureWorld('in-process', { port: server.port });
  server.serve([...sandboxRoutes(world), ...siteRoutes(world), ...webTriggerRoutes(world)]);
});
afterAll(async () => {
  await server.close();
  await world.close();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the body of any answer
type Body = any;

const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`http://localhost:${server.port}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text.startsWith('{') ? JSON.parse(text) : text) as Body,
    headers: response.headers,
  };
};

it('tells health and state', async () => {
  expect((await ask('GET', '/sandbox/health')).body).toEqual({ ok: true, now: START, lastSweep: null });
  const { body } = await ask('GET', '/sandbox/state');
  expect(body).toMatchObject({
    now: START,
    people: { rita: { email: 'rita@acme.test' } },
    targets: { fake: { token: 'none' } },
    modules: { scheduledTrigger: ['tick'] },
    functions: { 'fn-tick': 'index.tick' },
  });
  expect(body.webTriggers.hook).toMatch(new RegExp(`^http://localhost:${server.port}/x1/`));
});

it('hands a web trigger the body and the headers as they were sent', async () => {
  const { body: state } = await ask('GET', '/sandbox/state');
  const { pathname } = new URL(state.webTriggers.hook);
  // A signature is over these bytes: neither spaces nor the order of names may be tidied up.
  const signed = '{ "b":1,\n  "a":"\u00e4 \\u00e4" }';
  const headers = { 'Content-Type': 'application/json', 'X-Signature': 't=1, v1=abc' };
  const answer = await ask('POST', `${pathname}/leavers`, signed, headers);
  expect(answer.status).toBe(202);
  expect(answer.body.body).toBe(signed);
  expect(answer.body).toMatchObject({
    userPath: '/leavers',
    headers: { 'content-type': ['application/json'], 'x-signature': ['t=1, v1=abc'] },
  });
});

it('invokes resolvers and says why it cannot', async () => {
  const invoke = (body: object) => ask('POST', '/sandbox/invoke', body);
  expect((await invoke({ as: 'adele@acme.test', module: 'admin', function: 'now' })).body).toEqual({
    ok: true,
    result: START,
  });
  expect((await invoke({ as: 'nobody@acme.test', module: 'admin', function: 'now' })).body).toMatchObject({
    ok: false,
  });
  expect((await invoke({ as: 'adele@acme.test', module: 'ghost', function: 'now' })).body).toMatchObject({ ok: false });
  expect(await invoke({ as: 'adele@acme.test', module: 'admin' })).toMatchObject({
    status: 400,
    body: { error: '"function" must be a text' },
  });
  expect((await ask('POST', '/sandbox/invoke', 'not json')).status).toBe(400);
});

it('moves time, settles, moves issues and tells the ledger', async () => {
  expect((await ask('POST', '/sandbox/clock', { advance: 'PT6M' })).body).toEqual({ now: '2026-11-23T09:06:00.000Z' });
  expect((await ask('GET', '/sandbox/health')).body.lastSweep).toBe('2026-11-23T09:05:00.000Z');
  expect((await ask('POST', '/sandbox/clock', { advance: 'soon' })).status).toBe(400);
  expect((await ask('POST', '/sandbox/issues/T-9/move', { status: 'Done' })).body).toEqual({ ok: true });
  expect((await ask('POST', '/sandbox/settle')).body).toMatchObject({ ok: true });
  expect(await call(world, 'kvs', { method: 'get', args: ['events'] })).toEqual({
    value: ['avi:jira:updated:issue T-9'],
  });
  const { body } = await ask('GET', '/sandbox/ledger?since=2');
  expect(body.calls[0].n).toBe(2);
  expect(body.next).toBe(body.calls.at(-1).n + 1);
});

it('refuses unknown faults by name and clears them with an empty object', async () => {
  expect(await ask('POST', '/sandbox/faults', { targetDwn: ['x'] })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('unknown fault targetDwn') as string },
  });
  expect(await ask('POST', '/sandbox/faults', { loseEvents: 2 })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('loseEvents must be') as string },
  });
  expect((await ask('POST', '/sandbox/faults', { silenceTriggersFor: 'PT1H', loseEvents: 0.5 })).status).toBe(200);
  expect((await ask('POST', '/sandbox/faults', {})).body).toEqual({ ok: true, faults: {} });
  expect(world.platform.currentFaults()).toEqual({});
});

it('asks for Basic auth in front of Jira', async () => {
  const path = '/rest/api/3/issue/T-1?fields=a,b';
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  expect((await ask('GET', path)).status).toBe(401);
  expect((await ask('GET', path, undefined, basic('rita@acme.test:wrong'))).status).toBe(401);
  expect(await ask('GET', path, undefined, basic('rita@acme.test:sandbox'))).toMatchObject({
    status: 200,
    body: { key: 'T-1' },
  });
  expect(world.site.seen.at(-1)).toMatchObject({ path });
});

it('approves and withdraws egress hosts', async () => {
  expect((await ask('POST', '/sandbox/egress', { host: 'Other.test' })).body.approved).toEqual([
    'fake.example.test',
    'other.test',
  ]);
  expect((await ask('POST', '/sandbox/egress', { host: '10.0.0.1' })).status).toBe(400);
  expect((await ask('DELETE', '/sandbox/egress', { host: 'other.test' })).body.approved).toEqual(['fake.example.test']);
  expect((await ask('DELETE', '/sandbox/egress?host=other.test')).status).toBe(404);
});

it('serves web triggers and answers the rest with 404, 405 or 421', async () => {
  const url = new URL(await call<string>(world, 'web-trigger-url'));
  const answer = await ask('POST', `${url.pathname}?a=1`, 'hello', { 'x-test': 'yes' });
  expect(answer).toMatchObject({
    status: 202,
    body: { method: 'POST', body: 'hello', headers: { 'x-test': ['yes'] } },
  });
  expect(answer.headers.get('x-fixture')).toBe('yes');
  expect(await ask('GET', '/sandbox/ghost')).toMatchObject({
    status: 404,
    body: { error: expect.any(String) as string },
  });
  expect((await ask('GET', '/sandbox/invoke')).status).toBe(405);
  const foreign = await new Promise<number | undefined>((done) =>
    request(
      { host: '127.0.0.1', port: server.port, path: '/sandbox/health', headers: { host: 'evil.test' } },
      (response) => {
        response.resume();
        done(response.statusCode);
      },
    ).end(),
  );
  expect(foreign).toBe(421);
});
