import { ACCOUNTS, CREDENTIAL } from '../../sandbox/targets/keystone/cloud';
import { startKeystone } from '../../sandbox/targets/keystone/server';
import { memoryStore } from '../../sandbox/store';
import type { Connector } from '../../src/domain/connector';
import { judge } from '../../src/domain/verification/judge';
import { harnessOver, type Backend, type HarnessOver } from './harness-over';
import { keystoneAdministrator, type KeystoneAdministrator } from './keystone-administrator';
import { keystonePromises } from './keystone-promises';
import { targetContract, type TargetLie } from './target-contract';
import type { Lie } from './front';

// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
const members = ['users', 'groups', 'role_assignments', 'roles', 'projects', 'domains'];
const eachRow = (body: any, change: (row: any) => any): any => {
  const list = members.find((member) => Array.isArray(body[member]));
  if (list) return { ...body, [list]: body[list].map(change) };
  const one = ['user', 'group', 'role'].find((member) => body[member]);
  return one ? { ...body, [one]: change(body[one]) } : body;
};
const onLists =
  (change: (rows: any[]) => { rows: any[]; more?: object }): Lie =>
  (_path, body) => {
    const list = members.find((member) => Array.isArray(body[member]));
    if (!list) return undefined;
    const { rows, more } = change(body[list]);
    return { body: { ...body, ...more, [list]: rows } };
  };

const lies: Record<TargetLie, { ask?: (path: string) => string; answer?: Lie }> = {
  'filter-ignored': { ask: (path) => path.replace(/(?:name|name__icontains|user\.id)=[^&]*&?/g, '') },
  'short-page': { answer: onLists((rows) => ({ rows: rows.slice(0, -1), more: { truncated: true } })) },
  'members-hidden': { answer: onLists(() => ({ rows: [], more: { truncated: true } })) },
  'other-case': {
    answer: (path, body) =>
      /\/groups$/.test(path) ? { body: eachRow(body, (row) => ({ ...row, id: row.id.toUpperCase() })) } : undefined,
  },
  'other-row': {
    answer: (_path, body) => ({
      body: eachRow(body, (row) => ({
        ...row,
        ...(row.id ? { id: `${row.id}-other` } : {}),
        ...(row.name ? { name: 'other@acme.test' } : {}),
      })),
    }),
  },
  twins: { answer: onLists((rows) => ({ rows: rows.flatMap((row) => [row, { ...row, id: `${row.id}-twin` }]) })) },
  'accounts-denied': {
    answer: (path) =>
      /\/users\/[^/]+$/.test(path) && !/\/groups\//.test(path) ? { status: 404, body: {} } : undefined,
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

const host = 'keystone.acme.test';
const signInPath = /^\/v3\/auth\/tokens\?nocatalog=true$/;
const connector: Backend['connector'] = {
  kind: 'keystone',
  baseUrl: `https://${host}/v3`,
  origin: `https://${host}`,
  auth: { kind: 'keystone-password', userName: ACCOUNTS.reader.name, userDomain: 'Default' },
  writeAuth: { kind: 'keystone-password', userName: ACCOUNTS.writer.name, userDomain: 'Default' },
};

async function start(options: { listLimit?: number } = {}): Promise<{ at: HarnessOver; admin: KeystoneAdministrator }> {
  const server = await startKeystone({
    store: memoryStore(),
    clock: { now: () => Date.parse('2026-11-23T09:00:00Z') },
    ...options,
  });
  const admin = keystoneAdministrator(server.baseUrl, () => server.token);
  const at = await harnessOver({
    origin: new URL(server.baseUrl).origin,
    connector,
    secrets: { read: ACCOUNTS.reader.password, write: ACCOUNTS.writer.password },
    administrator: admin.basics,
    // Signing in, the groups of the user, the user; and the group itself for what is not among them.
    costs: { held: 3, gone: 4, signIn: 1 },
    road: { sparedPath: signInPath },
    lies,
    close: () => server.close(),
  });
  return { at, admin };
}

targetContract('the Keystone of the sandbox', async () => (await start()).at, {
  nesting: 'none',
  accountIds: false,
  reads: ({ method, path }) => method === 'GET' || (method === 'POST' && signInPath.test(path)),
  accountPath: /^\/v3\/(?:users\/[^/?#]+$|auth\/tokens)/,
  missing: 'group:0123456789abcdef0123456789abcdef',
  checks: ['rights', 'find-people', 'look-ups-honoured', 'read-groups'],
});

describe('Keystone', () => {
  let at: HarnessOver;
  let admin: KeystoneAdministrator;
  beforeAll(async () => void ({ at, admin } = await start()));
  afterAll(() => at.close());
  afterEach(() => {
    at.restore();
    for (const secret of [...at.secrets, CREDENTIAL.secret]) expect(at.said()).not.toContain(secret);
  });

  keystonePromises(() => ({ open: (write = false) => at.open({ connector: { write } }), admin }));

  const about = (account: string, id: string) => ({
    changeKind: 'revoke' as const,
    account: { id: account, login: account },
    entitlement: { id, name: id },
    replaces: [],
  });

  it('signs in with an application credential, and says that it may change everything', async () => {
    const auth: Connector['auth'] = { kind: 'keystone-credential', credentialId: CREDENTIAL.id };
    const own = await startKeystone({ store: memoryStore(), clock: { now: () => 0 } });
    const other = await harnessOver({
      origin: new URL(own.baseUrl).origin,
      connector: { ...connector, auth },
      secrets: { read: CREDENTIAL.secret, write: CREDENTIAL.secret },
      administrator: admin.basics,
      costs: { held: 0, gone: 0 },
      lies,
      close: () => own.close(),
    });
    const steps = await other.open().probe();
    expect(steps.map(({ step, ok }) => `${step} ${String(ok)}`)).toEqual([
      'reach true',
      'sign-in true',
      'wrong-secret-refused true',
      'rights false',
      'find-people true',
      'look-ups-honoured true',
      'read-groups true',
    ]);
    expect(steps[3]?.text).toMatch(/admin/);
    await other.close();
  });

  it('says in the live test that a server answers with people it was not asked about', async () => {
    at.lie('filter-ignored');
    const steps = await at.open().probe();
    expect(steps.find(({ step }) => step === 'look-ups-honoured')).toMatchObject({ ok: false });
  });

  it('a role is read in three calls and its removal in four, signing in among them', async () => {
    const ann = await admin.basics.person('costs@acme.test');
    const id = `project:${await admin.project('Costs')}:${await admin.role('member')}`;
    const [, project = '', role = ''] = id.split(':');
    await admin.change('PUT', `/projects/${project}/users/${ann}/roles/${role}`);
    const held = await at.open().observe({ ...about(ann, id), changeKind: 'grant' });
    expect(held).toMatchObject({ hold: 'direct', calls: 3 });
    expect(held.bytes).toBeLessThan(16 * 1024);
    await admin.change('DELETE', `/projects/${project}/users/${ann}/roles/${role}`);
    expect(await at.open().observe(about(ann, id))).toMatchObject({ hold: 'none', calls: 4 });
  });

  it('a list of roles that the server cut short proves no removal', async () => {
    const short = await start({ listLimit: 1 });
    const ann = await short.admin.basics.person('short@acme.test');
    const newRole = async (name: string): Promise<string> =>
      ((await short.admin.call('POST', '/roles', { role: { name } })).body as { role: { id: string } }).role.id;
    const [asked, ...others] = [await newRole('asked'), await newRole('one'), await newRole('two')];
    const project = await short.admin.project('Short');
    // Two rows where the server shows one: the one that is asked for could be the other.
    for (const place of [`/projects/${project}`, '/domains/default', '/system'])
      for (const role of others) await short.admin.change('PUT', `${place}/users/${ann}/roles/${role}`);
    for (const id of [`project:${project}:${asked}`, `domain:default:${asked}`, `system:all:${asked}`]) {
      const { verdict, reason } = judge(about(ann, id), await short.at.open().observe(about(ann, id)));
      expect([id, verdict, reason]).toEqual([id, 'unreadable', 'incomplete']);
    }
    await short.at.close();
  });

  it('ids of roles, places and users in another case prove neither holding nor removal', async () => {
    const ann = await admin.basics.person('case@acme.test');
    const role = await admin.role('member');
    const project = await admin.project('Case');
    await admin.change('PUT', `/projects/${project}/users/${ann}/roles/${role}`);
    const text = (body: unknown): string => JSON.stringify(body);
    for (const id of [ann, role, project]) {
      at.front.lie = {
        answer: (path, body) =>
          path.includes('role_assignments')
            ? { body: JSON.parse(text(body).replaceAll(id, id.toUpperCase())) as unknown }
            : undefined,
      };
      const expectation = about(ann, `project:${project}:${role}`);
      expect(judge(expectation, await at.open().observe(expectation))).toMatchObject({ verdict: 'unreadable' });
    }
  });

  it('reads on by the marker of the next page, whatever host the server calls itself', async () => {
    const ann = await admin.basics.person('paged@acme.test');
    const group = await admin.basics.group('Paged');
    await admin.basics.put(group, ann);
    at.front.lie = {
      answer: (path, body) => {
        if (!path.includes(`/users/${ann}/groups`)) return undefined;
        const rows = (body as { groups: unknown[] }).groups;
        return path.includes('marker=x')
          ? { body: { groups: rows, links: { next: null } } }
          : { body: { groups: [], links: { next: 'http://internal:5000/v3/users/x/groups?marker=x' } } };
      },
    };
    const expectation = about(ann, group);
    expect(await at.open().observe(expectation)).toMatchObject({ hold: 'direct' });
    at.front.lie = {
      answer: (path) =>
        path.includes(`/users/${ann}/groups`)
          ? { body: { groups: [], links: { next: 'http://internal:5000/?marker=again' } } }
          : undefined,
    };
    expect(await at.open().observe(expectation)).toMatchObject({ hold: 'unknown', failure: 'incomplete' });
  });
});
