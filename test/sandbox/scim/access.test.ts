import { READER_TOKEN } from '../../../sandbox/scim/access-tokens';
import { groupId, openDirectory, PATCH_OP, personId, send, type ScimClient } from './scim-client';

let scim: ScimClient;
beforeEach(async () => {
  scim = await openDirectory();
});
afterEach(() => scim.server.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
const token = (body: string, headers: Record<string, string> = {}) =>
  send('POST', new URL('/oauth/token', scim.server.baseUrl).href, body, { ...form, ...headers });
const READERS = `/Groups/${groupId('Finance Readers')}`;
const addRita = {
  schemas: [PATCH_OP],
  Operations: [{ op: 'add', path: 'members', value: [{ value: personId('rita') }] }],
};

test.each(['Bearer wrong', 'Bearer ', 'Basic cHJvb2ZnYXRlOng=', 'sandbox-scim-admin-token', ''])(
  'answers 401 to the credentials "%s"',
  async (authorization) => {
    for (const path of ['/Users', '/ServiceProviderConfig']) {
      const answer = await send('GET', scim.server.baseUrl + path, undefined, authorization ? { authorization } : {});
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
      expect(answer.body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
    }
  },
);

test('the reading token reads and searches but never writes', async () => {
  expect((await scim.call('GET', READERS, undefined, bearer(READER_TOKEN))).status).toBe(200);
  const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'userName sw "rita"' };
  expect((await scim.call('POST', '/Users/.search', search, bearer(READER_TOKEN))).body.totalResults).toBe(1);
  for (const [method, path, body] of [
    ['PATCH', READERS, addRita],
    ['PUT', READERS, {}],
    ['POST', '/Users', {}],
    ['DELETE', READERS, undefined],
  ] as const) {
    const answer = await scim.call(method, path, body, bearer(READER_TOKEN));
    expect([answer.status, answer.body.status]).toEqual([403, '403']);
  }
  expect((await scim.call('GET', READERS)).body.members).toBeUndefined();
});

test('client credentials give a token that works until it expires', async () => {
  const { status, headers, body } = await token(
    'grant_type=client_credentials',
    basic('proofgate', 'sandbox-client-secret'),
  );
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'scim:read scim:write' });
  expect((await scim.call('PATCH', READERS, addRita, bearer(body.access_token))).status).toBe(200);
  scim.clock.instant += 3_599_999;
  expect((await scim.call('GET', READERS, undefined, bearer(body.access_token))).status).toBe(200);
  scim.clock.instant += 1;
  expect((await scim.call('GET', READERS, undefined, bearer(body.access_token))).status).toBe(401);
});

test('client credentials may stand in the body, and a scope limits the token', async () => {
  const given = 'client_id=proofgate&client_secret=sandbox-client-secret';
  const { body } = await token(`grant_type=client_credentials&scope=scim:read&${given}`);
  expect(body.scope).toBe('scim:read');
  expect((await scim.call('GET', READERS, undefined, bearer(body.access_token))).status).toBe(200);
  expect((await scim.call('PATCH', READERS, addRita, bearer(body.access_token))).status).toBe(403);
});

test.each([
  ['grant_type=client_credentials', basic('proofgate', 'wrong'), 401, 'invalid_client'],
  ['grant_type=client_credentials', basic('other', 'sandbox-client-secret'), 401, 'invalid_client'],
  ['grant_type=client_credentials&client_id=proofgate', {}, 401, 'invalid_client'],
  ['', basic('proofgate', 'sandbox-client-secret'), 400, 'invalid_request'],
  ['grant_type=password', basic('proofgate', 'sandbox-client-secret'), 400, 'unsupported_grant_type'],
  ['grant_type=client_credentials&scope=admin', basic('proofgate', 'sandbox-client-secret'), 400, 'invalid_scope'],
  [
    'grant_type=client_credentials&client_secret=x',
    basic('proofgate', 'sandbox-client-secret'),
    400,
    'invalid_request',
  ],
  [
    'grant_type=client_credentials&grant_type=client_credentials',
    basic('proofgate', 'sandbox-client-secret'),
    400,
    'invalid_request',
  ],
  ['{"grant_type":"client_credentials"}', { 'content-type': 'application/json' }, 400, 'invalid_request'],
])('the token endpoint refuses "%s"', async (body, headers, status, error) => {
  const answer = await token(body, headers as Record<string, string>);
  expect([answer.status, answer.body.error]).toEqual([status, error]);
  expect(answer.body.access_token).toBeUndefined();
  if (status === 401) expect(answer.headers['www-authenticate']).toContain('Basic');
});
