import { createTargets } from '../../src/adapters/targets/targets';
import { connector, DocumentServer, list, now, secret, wanted } from './scim-documents';

const token = 'issued-token-canary-1';
const tokenUrl = 'https://login.acme.test/oauth/token';
const oauth2 = { kind: 'oauth2', tokenUrl, clientId: 'proof gate', scope: 'scim:read' } as const;
const ann = { id: 'u1', userName: 'ann@acme.test', externalId: '1001' };

describe('signing in to a SCIM server', () => {
  it('sends a bearer secret to the connector’s origin only', async () => {
    const server = new DocumentServer({ '/Users/u1': ann });
    expect(await server.open().identityById('u1')).toMatchObject({ found: 'one' });
    expect(server.asked).toMatchObject([
      { url: 'https://scim.acme.test/scim/v2/Users/u1', headers: { authorization: `Bearer ${secret}` } },
    ]);
  });

  it('takes a secret that is only being tested, without looking at the stored one', async () => {
    const server = new DocumentServer({ '/Users/u1': ann });
    const { secret: _stored, ...fresh } = connector;
    const targets = createTargets({
      now,
      nextId: () => 'id-1',
      secretOf: () => Promise.reject(new Error('not asked')),
      transport: server.transport,
    });
    const target = targets.open(fresh, { timeMs: 1_000, bytes: 10_000, calls: 2 }, { read: 'typed-by-admin' });
    expect(await target.identityById('u1')).toMatchObject({ found: 'one' });
    expect(server.asked[0]?.headers['authorization']).toBe('Bearer typed-by-admin');
    const without = targets.open(fresh, { timeMs: 1_000, bytes: 10_000, calls: 2 });
    expect(await without.identityById('u1')).toEqual({ found: 'unreadable', failure: 'no-secret' });
    expect(server.asked).toHaveLength(1);
  });

  it('never sends a secret that would write another header', async () => {
    const server = new DocumentServer({ '/Users/u1': ann });
    for (const given of ['a\r\nx-evil: 1', 'a b', 'ü', '\u0000']) {
      expect(await server.open({}, {}, given).identityById('u1')).toEqual({
        found: 'unreadable',
        failure: 'refused-credentials',
      });
    }
    expect(server.asked).toHaveLength(0);
  });

  it('gets one token by client credentials for all calls of a target, and none for another target', async () => {
    const server = new DocumentServer({
      [tokenUrl]: { access_token: token, token_type: 'bearer', expires_in: 3600 },
      '/Users/u1': ann,
    });
    const target = server.open({ auth: oauth2 });
    expect(await target.identityById('u1')).toMatchObject({ found: 'one' });
    expect(await target.identityById('u1')).toMatchObject({ found: 'one' });
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${tokenUrl}`,
      'GET https://scim.acme.test/scim/v2/Users/u1',
      'GET https://scim.acme.test/scim/v2/Users/u1',
    ]);
    expect(server.asked[0]).toMatchObject({
      headers: {
        authorization: `Basic ${Buffer.from(`proof+gate:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials&scope=scim%3Aread',
    });
    expect(server.asked[1]?.headers['authorization']).toBe(`Bearer ${token}`);
    await server.open({ auth: oauth2 }).identityById('u1');
    expect(server.asked.filter(({ url }) => url === tokenUrl)).toHaveLength(2);
  });

  it('gives up without asking the target when there is no usable token', async () => {
    const cases: Array<[unknown, string]> = [
      [401, 'refused-credentials'],
      [400, 'refused-credentials'],
      [503, 'server-error'],
      [{ access_token: token }, 'malformed'],
      [{ access_token: token, token_type: 'mac' }, 'malformed'],
      [{ access_token: '', token_type: 'Bearer' }, 'malformed'],
      [{ access_token: 'a\r\nx: y', token_type: 'Bearer' }, 'malformed'],
      [{ access_token: 7, token_type: 'Bearer' }, 'malformed'],
    ];
    for (const [answer, failure] of cases) {
      const server = new DocumentServer({ [tokenUrl]: answer, '/Users/u1': ann });
      const observation = await server.open({ auth: oauth2 }).observe(wanted('grant'));
      expect(observation).toMatchObject({ hold: 'unknown', failure });
      expect(server.asked.every(({ url }) => url === tokenUrl)).toBe(true);
      expect(JSON.stringify(observation)).not.toContain(token);
    }
  });

  it('asks for no token at an address that is not a plain public one', async () => {
    for (const bad of [
      'http://login.acme.test/token',
      'https://127.0.0.1/token',
      'https://x@login.acme.test/token',
      'https://login.acme.test/token?x=1',
    ]) {
      const server = new DocumentServer({ '/Users/u1': ann });
      expect(await server.open({ auth: { ...oauth2, tokenUrl: bad } }).identityById('u1')).toEqual({
        found: 'unreadable',
        failure: 'not-approved',
      });
      expect(server.asked).toHaveLength(0);
    }
  });

  it('hashes the same evidence whatever the token', async () => {
    const documents = (access_token: string) => ({
      [tokenUrl]: { access_token, token_type: 'Bearer' },
      '/Groups/g1': { id: 'g1', members: [] },
      '/Users/u1': ann,
    });
    const read = (issued: string) =>
      new DocumentServer(documents(issued)).open({ auth: oauth2 }).observe(wanted('revoke'));
    const [one, two] = [await read('token-one'), await read('token-two')];
    expect(one.rawHash).toBe(two.rawHash);
    expect(one.calls).toBe(3);
  });
});

describe('the live test of a SCIM server', () => {
  const healthy = {
    '/Users': list(ann),
    '/Groups': list({ id: 'g1', displayName: 'Readers' }),
    '/Groups/g1': { id: 'g1', members: [] },
  };

  it('says that a server which answers anybody proves nothing', async () => {
    const server = new DocumentServer(healthy);
    const steps = await server.open().probe();
    expect(steps.map(({ ok }) => ok)).toEqual([true, true, false, true, true]);
    expect(steps[2]?.text).toMatch(/made-up secret.*authentication/);
    const tried = server.asked.map(({ headers }) => headers['authorization']);
    expect(tried[1]).not.toBe(tried[0]);
    expect(JSON.stringify(steps)).not.toContain(secret);
  });

  it('tries another made-up secret every time', async () => {
    const server = new DocumentServer(healthy);
    await server.open().probe();
    await server.open().probe();
    const tried = server.asked.filter(
      ({ url, headers }) => url.includes('/Users') && headers['authorization'] !== `Bearer ${secret}`,
    );
    expect(new Set(tried.map(({ headers }) => headers['authorization'])).size).toBe(2);
  });

  it.each<[string, Record<string, unknown>, number, RegExp]>([
    ['no people', { '/Users': list() }, 3, /no people.*right to read users/],
    ['no groups', { '/Groups': list() }, 4, /no groups.*right to read groups/],
    ['groups refused', { '/Groups': 403 }, 4, /Groups cannot be read.*right/],
    ['a group refused', { '/Groups/g1': 403 }, 4, /cannot be read.*right/],
    [
      'members hidden',
      { '/Groups/g1': { id: 'g1', displayName: 'Readers\u202e' } },
      4,
      /members.*“g1”|members.*Readers|“Readers/,
    ],
    ['a wrong path', { '/Users': 404 }, 1, /no SCIM 2.0 service.*scim\/v2/],
    ['a page that is no list', { '/Users': { hello: 1 } }, 1, /does not have the form that SCIM 2.0 promises/],
  ])('with %s says what to do', async (_title, changes, failing, text) => {
    const steps = await new DocumentServer({ ...healthy, ...changes }).open().probe();
    expect(steps[failing]).toMatchObject({ ok: false, text: expect.stringMatching(text) as string });
    expect(steps.map(({ text: sentence }) => sentence).join()).not.toMatch(/\u202e/);
  });
});
