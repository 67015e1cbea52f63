import { generateKeyPairSync } from 'node:crypto';
import type { Transport, TransportAnswer } from '../../src/adapters/targets/http/transport';
import type { Connector } from '../../src/domain/connector';

/** A target with one group of very many members, who are made up as they are asked for: nobody holds them all. */
export interface Crowd {
  readonly connector: Pick<Connector, 'kind' | 'baseUrl' | 'auth' | 'settings'>;
  readonly groupId: string;
  readonly secret: string;
  /** What a page is asked for with: the most that the vendor gives. */
  readonly limit: number;
  readonly transport: Transport;
}

type Make = (size: number) => Crowd;

const number = (text: string | null | undefined): number => Number(text ?? '0');
const range = <T>(start: number, size: number, most: number, row: (n: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.min(size, most - start)) }, (_, i) => row(start + i));

function json(body: unknown, headers: Readonly<Record<string, string>> = {}): TransportAnswer {
  const all: Readonly<Record<string, string>> = { 'content-type': 'application/json', ...headers };
  return new Response(JSON.stringify(body), { headers: all });
}

const token = json.bind(undefined, { access_token: 'token', token_type: 'Bearer', expires_in: 3600 });
const login = (n: number): string => `person-${n}@acme.test`;

const google: Make = (size) => ({
  connector: {
    kind: 'google-workspace',
    baseUrl: 'https://admin.googleapis.com',
    auth: { kind: 'jwt-bearer', tokenUrl: 'https://oauth2.googleapis.com/token', issuer: 'app@acme.test', scope: 's' },
    settings: { customer: 'my_customer' },
  },
  groupId: 'group:0crowd',
  secret: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  limit: 200,
  transport: (url) => {
    const { host, searchParams } = new URL(url);
    if (host === 'oauth2.googleapis.com') return Promise.resolve(token());
    const [start, rows] = [number(searchParams.get('pageToken')), number(searchParams.get('maxResults'))];
    const members = range(start, rows, size, (n) => ({
      kind: 'admin#directory#member',
      etag: '"oT3y2fIw2WlgkE1qFTbNcQ/3pNnQvxw5MWYGdm9x8Kb1TQ"',
      id: String(n),
      email: login(n),
      role: 'MEMBER',
      type: 'USER',
      status: 'ACTIVE',
    }));
    const next = start + members.length < size ? { nextPageToken: String(start + members.length) } : {};
    return Promise.resolve(json({ kind: 'admin#directory#members', etag: '"e"', members, ...next }));
  },
});

const graph = 'https://graph.microsoft.com/v1.0';

const entra: Make = (size) => ({
  connector: {
    kind: 'entra',
    baseUrl: graph,
    auth: {
      kind: 'oauth2',
      tokenUrl: 'https://login.microsoftonline.com/00000000-0000-4000-8000-000000000001/oauth2/v2.0/token',
      clientId: 'app',
      scope: 'https://graph.microsoft.com/.default',
    },
  },
  groupId: 'group:00000000-0000-4000-8000-00000000cafe',
  secret: 'secret',
  limit: 999,
  transport: (url) => {
    const { host, pathname, searchParams } = new URL(url);
    if (host === 'login.microsoftonline.com') return Promise.resolve(token());
    if (pathname.endsWith('/microsoft.graph.group')) return Promise.resolve(json({ value: [] }));
    const [start, rows] = [number(searchParams.get('$skiptoken')), number(searchParams.get('$top'))];
    const value = range(start, rows, size, (n) => ({
      '@odata.type': '#microsoft.graph.user',
      id: String(n),
      userPrincipalName: login(n),
    }));
    const end = start + value.length;
    const next = `${graph}${pathname.slice('/v1.0'.length)}?$top=${rows}&$skiptoken=${end}`;
    return Promise.resolve(json({ value, ...(end < size ? { '@odata.nextLink': next } : {}) }));
  },
});

const okta: Make = (size) => ({
  connector: { kind: 'okta', baseUrl: 'https://acme.okta.com', auth: { kind: 'okta-token' } },
  groupId: 'group:00gcrowd',
  secret: 'token',
  limit: 200,
  transport: (url) => {
    const at = new URL(url);
    const [start, rows] = [number(at.searchParams.get('after')), number(at.searchParams.get('limit'))];
    const users = range(start, rows, size, (n) => ({
      id: String(n),
      status: 'ACTIVE',
      created: '2026-01-01T00:00:00.000Z',
      activated: '2026-01-01T00:00:00.000Z',
      lastLogin: null,
      profile: { login: login(n), email: login(n), firstName: 'Person', lastName: String(n), department: 'Crowd' },
      credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
      _links: { self: { href: `${at.origin}/api/v1/users/${n}` } },
    }));
    const next = `<${at.origin}${at.pathname}?after=${start + users.length}&limit=${rows}>; rel="next"`;
    return Promise.resolve(json(users, start + users.length < size ? { link: next } : {}));
  },
});

const aws: Make = (size) => ({
  connector: {
    kind: 'aws-identity-center',
    baseUrl: 'https://identitystore.eu-west-1.amazonaws.com',
    auth: { kind: 'sigv4', accessKeyId: 'AKIAEXAMPLE', region: 'eu-west-1' },
    settings: { identityStoreId: 'd-1234567890', instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef' },
  },
  groupId: 'group:00000000-0000-4000-8000-00000000cafe',
  secret: 'secret',
  limit: 100,
  transport: (_url, { body }) => {
    const asked = JSON.parse(body ?? '{}') as { NextToken?: string; MaxResults: number; GroupId: string };
    const start = number(asked.NextToken);
    const GroupMemberships = range(start, asked.MaxResults, size, (n) => ({
      IdentityStoreId: 'd-1234567890',
      MembershipId: `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`,
      GroupId: asked.GroupId,
      MemberId: { UserId: String(n) },
    }));
    const end = start + GroupMemberships.length;
    const type = { 'content-type': 'application/x-amz-json-1.1' };
    return Promise.resolve(json({ GroupMemberships, ...(end < size ? { NextToken: String(end) } : {}) }, type));
  },
});

const scimType = { 'content-type': 'application/scim+json' };

/** The group says more about its members than is read at once, so they are found as users who are in it. */
function* endlessGroup(size: number): Generator<Uint8Array> {
  const text = new TextEncoder();
  yield text.encode('{"id":"crowd","displayName":"Crowd","members":[');
  for (let n = 0; n < size; n += 1) yield text.encode(`${n === 0 ? '' : ','}{"value":"${n}","type":"User"}`);
  yield text.encode(']}');
}

const scim: Make = (size) => ({
  connector: { kind: 'scim', baseUrl: 'https://scim.acme.test/v2', auth: { kind: 'bearer' } },
  groupId: 'crowd',
  secret: 'token',
  limit: 100,
  transport: (url) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname.includes('/Groups'))
      return Promise.resolve(new Response(ReadableStream.from(endlessGroup(size)), { headers: scimType }));
    const [start, rows] = [number(searchParams.get('startIndex')) - 1, number(searchParams.get('count'))];
    const Resources = range(start, rows, size, (n) => ({
      id: String(n),
      userName: login(n),
      groups: [{ value: 'crowd', display: 'Crowd', type: 'direct' }],
    }));
    return Promise.resolve(json({ totalResults: size, startIndex: start + 1, Resources }, scimType));
  },
});

/** Ids of members are the numbers from 0. */
export const crowds: Readonly<Record<string, Make>> = {
  'AWS IAM Identity Center': aws,
  'Google Workspace': google,
  'Microsoft Entra ID': entra,
  Okta: okta,
  'SCIM 2.0': scim,
};
