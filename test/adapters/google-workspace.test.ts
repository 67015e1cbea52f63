import { generateKeyPairSync } from 'node:crypto';
import { memoryStore } from '../../sandbox/store';
import { startGoogleWorkspace, tokenHost, type GoogleServer } from '../../sandbox/targets/google-workspace/server';
import { administrator, scopes, serviceAccount } from '../../sandbox/targets/google-workspace/service-account-tokens';
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { Front } from './front';
import { heard } from './heard';
import { targetContract, type TargetHarness, type TargetLie } from './target-contract';

const now = (): string => '2026-11-23T09:00:00.000Z';
const origin = 'https://admin.googleapis.com';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privateKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicKey = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const reading = `${scopes.people} ${scopes.groups}`;
const auth = (scope: string): Connector['auth'] => ({
  kind: 'jwt-bearer',
  tokenUrl: `https://${tokenHost}/token`,
  issuer: serviceAccount,
  subject: administrator,
  scope,
});
const connector: Connector = {
  id: 'c1',
  name: 'Google',
  kind: 'google-workspace',
  baseUrl: origin,
  origin,
  auth: auth(reading),
  writeAuth: auth(`${reading} ${scopes.members}`),
  settings: { customer: 'my_customer' },
  directory: true,
  write: false,
  secret: { fingerprint: 'f', setAt: now(), origin },
  writeSecret: { fingerprint: 'w', setAt: now(), origin },
};

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const lies: Partial<Record<TargetLie, Front['lie']>> = {
  'filter-ignored': { ask: (path) => path.replace(/query=[^&]*&?/, '') },
  'members-hidden': {
    answer: (path) => {
      if (/\/members\/[^/]+$/.test(path)) return { status: 404, body: { error: { code: 404, message: 'no' } } };
      return /\/hasMember\//.test(path) ? { body: {} } : undefined;
    },
  },
  'other-row': {
    answer: (_path, body: any) => {
      const other = (row: any): any =>
        row.id === undefined
          ? row
          : { ...row, id: '999', ...(row.primaryEmail ? { primaryEmail: 'other@acme.test', externalIds: [] } : {}) };
      return { body: Array.isArray(body.users) ? { ...body, users: body.users.map(other) } : other(body) };
    },
  },
  twins: {
    answer: (_path, body: any) =>
      Array.isArray(body.users)
        ? { body: { ...body, users: body.users.flatMap((row: any) => [row, { ...row, id: `${row.id}0` }]) } }
        : undefined,
  },
  'accounts-denied': {
    answer: (path) =>
      /\/users\//.test(path) ? { status: 404, body: { error: { code: 404, message: 'no' } } } : undefined,
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

interface Harness extends TargetHarness {
  readonly server: GoogleServer;
  readonly front: Front;
}

async function harness(): Promise<Harness> {
  const server = await startGoogleWorkspace({
    store: memoryStore(),
    clock: { now: () => Date.parse(now()) },
    publicKey,
  });
  const front = await Front.before(server.host, server.baseUrl, { aliases: [tokenHost], spared: [tokenHost] });
  const targets = createTargets({
    now,
    nextId: () => 'id-1',
    secretOf: () => Promise.resolve(privateKey),
    transport: front.transport,
  });
  const budget = { timeMs: 5_000, bytes: 512 * 1024, calls: 30 };
  const bare = (id: string): string => id.replace(/^group:/, '');
  let said = '';
  return {
    server,
    front,
    open: (changes = {}) =>
      heard(targets.open({ ...connector, ...changes.connector }, { ...budget, ...changes.budget }), (text) => {
        said += `${text}\n`;
      }),
    administrator: {
      person: (login, accountId) => {
        const externalIds =
          accountId === undefined ? [] : [{ value: accountId, type: 'custom', customType: 'atlassian' }];
        return Promise.resolve(server.addUser(login, { externalIds }).id);
      },
      switchOff: async (id) => {
        const user = server.directory.users.get(id);
        if (user) server.directory.users.put(id, { ...user, suspended: true });
      },
      remove: async (id) => server.directory.removeUser(id),
      group: (name) => Promise.resolve(`group:${server.addGroup(name).id}`),
      put: async (groupId, memberId) => server.put(bare(groupId), bare(memberId)),
      take: async (groupId, memberId) => server.take(bare(groupId), bare(memberId)),
      members: (groupId) => {
        const members = server.directory.groups.get(bare(groupId))?.members ?? [];
        return Promise.resolve(members.map(({ id }) => (server.directory.groups.get(id) ? `group:${id}` : id)));
      },
    },
    fault: (fault) => (front.fault = fault),
    lie: (lie) => (front.lie = lies[lie] ?? {}),
    restore: () => front.reset(),
    calls: () => front.asked,
    // A token; the membership, where there is none also membership through groups; the user.
    costs: { held: 3, gone: 4, signIn: 1 },
    said: () => said,
    secrets: [privateKey.split('\n')[3] ?? ''],
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

targetContract('Google Workspace', harness, {
  nesting: 'any-depth',
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
  reads: ({ method, host }) => method === 'GET' || host === tokenHost,
  accountPath: /^\/admin\/directory\/v1\/users\/\d+$/,
  missing: 'group:0nosuchgroup',
  lacks: {
    'short-page': 'lists say nothing of how many rows there are',
    'other-case': 'ids are digits',
  },
});

describe('Google Workspace', () => {
  let at: Harness;
  beforeAll(async () => void (at = await harness()));
  afterAll(() => at.close());
  afterEach(() => at.restore());
  const wanted = (id: string, groupId: string) => ({
    changeKind: 'revoke' as const,
    account: { id, login: 'x' },
    entitlement: { id: `group:${groupId}`, name: 'g' },
    replaces: [],
  });

  it.each(['OWNER', 'MANAGER', 'MEMBER'])('a %s of a group is in it', async (role) => {
    const { id } = at.server.addUser(`${role}@acme.test`);
    const group = at.server.addGroup('Roles');
    at.server.put(group.id, id, role);
    expect(await at.open().observe(wanted(id, group.id))).toMatchObject({ hold: 'direct' });
  });

  it('concludes nothing when Google cannot look inside a group from outside the domain', async () => {
    const { id } = at.server.addUser('outside@acme.test');
    const group = at.server.addGroup('Other domain');
    at.front.lie = {
      answer: (path) =>
        path.includes('/hasMember/')
          ? { status: 400, body: { error: { code: 400, message: 'Invalid Input' } } }
          : undefined,
    };
    expect(await at.open().observe(wanted(id, group.id))).toMatchObject({ hold: 'unknown', failure: 'bad-request' });
  });

  it('counts an archived user as inactive and does not take an alias for a login', async () => {
    const { id } = at.server.addUser('old@acme.test', { archived: true, aliases: ['alias@acme.test'] });
    expect(await at.open().identityByLogin('old@acme.test')).toMatchObject({
      found: 'one',
      value: { id, active: false },
    });
    expect(await at.open().identityByLogin('alias@acme.test')).toEqual({ found: 'none' });
  });

  it('finds people by employee number with their manager, and two with one account id are for a person to decide', async () => {
    const mark = await at.open().identityByLogin('mark@acme.test');
    expect(await at.open().identityByEmployeeNumber?.('1001')).toMatchObject({
      found: 'one',
      value: { login: 'rita@acme.test', managerId: mark.found === 'one' ? mark.value.id : '' },
    });
    const externalIds = [{ value: '712020:twin', type: 'custom', customType: 'atlassian' }];
    for (const login of ['twin1@acme.test', 'twin2@acme.test']) at.server.addUser(login, { externalIds });
    expect(await at.open().identityByAccountId('712020:twin')).toEqual({ found: 'many' });
  });

  it('lists members and what somebody holds page by page, direct and through groups', async () => {
    const [outer, inner] = [at.server.addGroup('Outer list'), at.server.addGroup('Inner list')];
    const ids = ['a', 'b', 'c'].map((name) => at.server.addUser(`list-${name}@acme.test`).id);
    at.server.put(outer.id, ids[0] ?? '');
    at.server.put(outer.id, inner.id);
    at.server.put(inner.id, ids[1] ?? '');
    at.server.put(inner.id, ids[2] ?? '');
    const held: Record<string, string> = {};
    let after: string | undefined;
    do {
      const page = await at
        .open()
        .members?.(`group:${outer.id}`, { limit: 1, ...(after === undefined ? {} : { after }) });
      if (!page || 'failure' in page) throw new Error('no page');
      for (const row of page.rows) held[row.id] = row.hold;
      after = page.next;
    } while (after !== undefined);
    expect(held).toEqual({ [ids[0] ?? '']: 'direct', [ids[1] ?? '']: 'indirect', [ids[2] ?? '']: 'indirect' });
    const own = await at.open().heldBy?.(ids[1] ?? '', { limit: 10 });
    if (!own || 'failure' in own) throw new Error('no page');
    const more = await at.open().heldBy?.(ids[1] ?? '', { limit: 10, after: own.next ?? '' });
    expect(own.rows).toMatchObject([{ entitlement: { id: `group:${inner.id}` }, hold: 'direct', through: [] }]);
    expect(more).toMatchObject({
      rows: [{ entitlement: { id: `group:${outer.id}` }, hold: 'indirect', through: ['Inner list'] }],
    });
  });

  it('says which scopes are too many', async () => {
    const steps = await at.open({ connector: { auth: auth(`${reading} ${scopes.members}`) } }).probe();
    expect(steps.find(({ step }) => step === 'rights')).toMatchObject({
      ok: false,
      text: expect.stringContaining(scopes.members) as string,
    });
  });
});
