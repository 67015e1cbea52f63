import { createHash, generateKeyPairSync } from 'node:crypto';
import { builtInRoles } from '../../sandbox/targets/entra/seed-tenant';
import { entraReader, entraWriter } from '../../sandbox/targets/entra/server';
import { createTargets } from '../../src/adapters/targets/targets';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Front } from './front';
import { entraConnector, entraHarness, now, type EntraHarness } from './entra-harness';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = {
  publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  thumbprint: createHash('sha256').update('a certificate').digest('base64url'),
};
const greedy = {
  clientId: '5b2d8c70-4e3f-4a00-8c9d-8f7e6d5c4b32',
  secret: 'greedy~secret',
  roles: ['User.Read.All', 'GroupMember.Read.All', 'Directory.ReadWrite.All'],
};
const poor = { clientId: '6c3e9d81-5f40-4b11-8dae-907f8e6d5c43', secret: 'poor~secret', roles: ['User.Read.All'] };
const certified = { clientId: '7d4fae92-6051-4c22-8ebf-a1809f7e6d54', certificate, roles: entraReader.roles };

interface Part {
  readonly id: string;
  readonly body: object;
}

/** Changes the parts of a batch's answer, and no other answer. */
function inBatch(change: (parts: readonly Part[]) => readonly object[]): Front['lie'] {
  return {
    answer: (path, body: { responses: readonly Part[] }) =>
      path === '/v1.0/$batch' ? { body: { responses: change(body.responses) } } : undefined,
  };
}

describe('Microsoft Entra ID', () => {
  let at: EntraHarness;
  beforeAll(async () => void (at = await entraHarness({ apps: [greedy, poor, certified], pageSize: 3 })));
  afterAll(() => at.close());
  afterEach(() => at.restore());

  const wanted = (changeKind: Expectation['changeKind'], accountId: string, id: string): Expectation => ({
    changeKind,
    account: { id: accountId, login: 'x' },
    entitlement: { id, name: 'x' },
    replaces: [],
  });
  const verdict = async (...of: Parameters<typeof wanted>): Promise<string> => {
    const expectation = wanted(...of);
    const observation = await at.open().observe(expectation);
    const { verdict: what, reason } = judge(expectation, observation);
    return [what, reason, ...observation.through].join(': ');
  };
  const user = (): string => at.server.addUser(`${at.server.directory.nextId('login')}@acme.test`).id;
  const application = () => {
    const [app] = at.server.directory
      .all(at.server.directory.applications)
      .filter(({ appRoles }) => appRoles.length > 0);
    const [role] = app?.appRoles ?? [];
    if (!app || !role) throw new Error('no application');
    return { app, role, id: `app-role:${app.id}:${role.id}` };
  };
  const role = builtInRoles['Reports Reader'];

  it('sees an app role that is assigned, one through a group, and none through a group in a group', async () => {
    const { app, role: appRole, id } = application();
    const [ann, bob, cid] = [user(), user(), user()];
    const [outer, inner] = [at.server.addGroup('Ledger people'), at.server.addGroup('Inner people')];
    at.server.assignAppRole(ann, app.id, appRole.id);
    at.server.assignAppRole(outer.id, app.id, appRole.id);
    at.server.put(outer.id, bob);
    at.server.put(outer.id, inner.id);
    at.server.put(inner.id, cid);
    expect(await verdict('grant', ann, id)).toBe('confirmed: held');
    expect(await verdict('revoke', bob, id)).toBe('different: held-through-another-path: Ledger people');
    expect(await verdict('revoke', cid, id)).toBe('confirmed: gone');
    const unknownRole = `app-role:${app.id}:00000000-0000-4000-8000-000000000001`;
    expect(await verdict('revoke', cid, unknownRole)).toBe('unreadable: not-found');
  });

  it('sees a directory role for the tenant, for a part of it and through a group', async () => {
    const id = `directory-role:${role}`;
    const [ann, bob, cid, dan] = [user(), user(), user(), user()];
    const group = at.server.addGroup('Report people', { isAssignableToRole: true });
    at.server.put(group.id, cid);
    at.server.assignRole(ann, role);
    at.server.assignRole(bob, role, '/administrativeUnits/1');
    at.server.assignRole(group.id, role);
    expect(await verdict('grant', ann, id)).toBe('confirmed: held');
    expect(await verdict('grant', bob, id)).toBe('different: held-through-another-path: for /administrativeUnits/1');
    expect(await verdict('revoke', cid, id)).toBe('different: held-through-another-path: Report people');
    expect(await verdict('revoke', dan, id)).toBe('confirmed: gone');
    at.front.lie = inBatch((parts) =>
      parts.map((part) => (['account', 'groups'].includes(part.id) ? { ...part, status: 404 } : part)),
    );
    expect(await verdict('revoke', cid, id)).toContain('different: held-through-another-path');
  });

  it('gives and takes app roles and directory roles', async () => {
    const ann = user();
    const apply = (kind: 'grant' | 'revoke', id: string) =>
      at.open({ connector: { write: true } }).apply(wanted(kind, ann, id));
    for (const id of [application().id, `directory-role:${role}`]) {
      expect(await apply('grant', id)).toEqual({ result: 'applied' });
      expect(await verdict('grant', ann, id)).toBe('confirmed: held');
      expect(await apply('revoke', id)).toEqual({ result: 'applied' });
      expect(await verdict('revoke', ann, id)).toBe('confirmed: gone');
    }
  });

  it.each([
    ['a rule decides', { groupTypes: ['DynamicMembership'], membershipRule: 'user.department -eq "it"' }],
    ['another directory decides', { onPremisesSyncEnabled: true }],
  ])('refuses to write a group where %s, and deletes nobody', async (_why, facts) => {
    const ann = user();
    const group = at.server.addGroup('Not ours', facts);
    const target = at.open({ connector: { write: true } });
    expect(await target.apply(wanted('grant', ann, `group:${group.id}`))).toEqual({
      result: 'refused',
      failure: 'bad-request',
    });
    expect(at.calls().filter(({ path }) => path.includes('$ref'))).toEqual([]);
  });

  it('takes a member out by reference, so that the user stays', async () => {
    const ann = user();
    const group = at.server.addGroup('Ours');
    at.server.put(group.id, ann);
    await at.open({ connector: { write: true } }).apply(wanted('revoke', ann, `group:${group.id}`));
    expect(at.calls().filter(({ method }) => method === 'DELETE')).toMatchObject([
      { path: `/v1.0/groups/${group.id}/members/${ann}/$ref` },
    ]);
    expect(at.server.directory.users.get(ann)).toBeDefined();
    expect(at.server.directory.groups.get(group.id)?.members).toEqual([]);
  });

  it('does not believe two answers that contradict each other', async () => {
    const ann = user();
    const group = at.server.addGroup('Contradiction');
    at.server.put(group.id, ann);
    at.front.lie = inBatch((parts) =>
      parts.map((part) => (part.id === 'effective' ? { ...part, body: { value: [] } } : part)),
    );
    expect(await verdict('revoke', ann, `group:${group.id}`)).toBe('unreadable: incomplete');
  });

  it('concludes nothing when a part of the batch is refused or missing', async () => {
    const ann = user();
    const group = at.server.addGroup('Throttled');
    for (const [status, reason] of [
      [429, 'rate-limited'],
      [503, 'server-error'],
      [403, 'forbidden'],
      [404, 'incomplete'],
    ] as const) {
      at.front.lie = inBatch((parts) => parts.map((part) => (part.id === 'direct' ? { ...part, status } : part)));
      expect(await verdict('revoke', ann, `group:${group.id}`)).toBe(`unreadable: ${reason}`);
    }
    at.front.lie = inBatch((parts) => parts.filter(({ id }) => id !== 'effective'));
    expect(await verdict('revoke', ann, `group:${group.id}`)).toBe('unreadable: incomplete');
  });

  it('reads on to the last page, and not at an address outside Graph', async () => {
    const ann = user();
    const groups = ['1', '2', '3', '4', '5'].map((n) => at.server.addGroup(`Page ${n}`));
    for (const { id } of groups) at.server.put(id, ann);
    for (const { id } of groups) expect(await verdict('grant', ann, `group:${id}`)).toBe('confirmed: held');
    at.front.lie = inBatch((parts) =>
      parts.map((part) =>
        part.id === 'direct'
          ? { ...part, body: { ...part.body, '@odata.nextLink': 'https://evil.acme.test/v1.0/users' } }
          : part,
      ),
    );
    const none = at.server.addGroup('None of it').id;
    expect(await verdict('revoke', ann, `group:${none}`)).toBe('unreadable: redirected');
  });

  it('lets no text out of its literal in a filter', async () => {
    for (const login of ["x' or userPrincipalName ne 'y", "o'hara@acme.test", "''", "') or ('a' eq 'a"]) {
      expect(await at.open().identityByLogin(login)).toEqual({ found: 'none' });
      expect(await at.open().identityByEmployeeNumber?.(login)).toEqual({ found: 'none' });
      const { id } = at.server.addUser(login, { employeeId: login });
      expect(await at.open().identityByLogin(login)).toMatchObject({ found: 'one', value: { id } });
      expect(await at.open().identityByEmployeeNumber?.(login)).toMatchObject({ found: 'one', value: { id } });
    }
    for (const id of ["group:x' or 1 eq 1", 'group:../users', 'app-role:x', `group:${user().toUpperCase()}`])
      expect(await verdict('revoke', user(), id)).toBe('unreadable: not-found');
  });

  it('names the rights that are missing and those that are too much', async () => {
    const textFor = async ({ clientId, secret }: { clientId: string; secret: string }): Promise<string> => {
      const auth = { ...entraConnector.auth, clientId } as typeof entraConnector.auth;
      const targets = createTargets({
        now,
        nextId: () => 'id-1',
        secretOf: () => Promise.resolve(secret),
        transport: at.front.transport,
      });
      const steps = await targets
        .open({ ...entraConnector, auth }, { timeMs: 5000, bytes: 500_000, calls: 30 })
        .probe();
      return steps.find(({ step }) => step === 'rights')?.text ?? '';
    };
    expect(await textFor(greedy)).toContain('Reading does not need Directory.ReadWrite.All');
    expect(await textFor(poor)).toBe(
      'Missing: GroupMember.Read.All, Application.Read.All, RoleManagement.Read.Directory.',
    );
    expect(await textFor(entraWriter)).toContain('RoleManagement.ReadWrite.Directory');
    expect(await textFor(entraReader)).toMatch(/^The app may read/);
  });

  it('signs in with a certificate, named by its thumbprint', async () => {
    const targets = createTargets({
      now,
      nextId: () => 'assertion-1',
      secretOf: () => Promise.resolve(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
      transport: at.front.transport,
    });
    const own = entraConnector.auth;
    const open = (keyId: string) =>
      targets.open(
        {
          ...entraConnector,
          auth: {
            kind: 'private-key-jwt',
            tokenUrl: own.kind === 'oauth2' ? own.tokenUrl : '',
            clientId: certified.clientId,
            keyId,
            scope: 'https://graph.microsoft.com/.default',
          },
        },
        { timeMs: 5000, bytes: 500_000, calls: 30 },
      );
    expect(await open(certificate.thumbprint).identityByLogin('rita@acme.test')).toMatchObject({ found: 'one' });
    expect(await open('another').identityByLogin('rita@acme.test')).toEqual({
      found: 'unreadable',
      failure: 'refused-credentials',
    });
  });

  it('lists members, what somebody holds, and service principals with the ends of their secrets', async () => {
    const [ann, bob] = [user(), user()];
    const [outer, inner] = [at.server.addGroup('Outer list'), at.server.addGroup('Inner list')];
    at.server.put(outer.id, ann);
    at.server.put(outer.id, inner.id);
    at.server.put(inner.id, bob);
    const holds: Record<string, string> = {};
    let after: string | undefined;
    do {
      const page = await at
        .open()
        .members?.(`group:${outer.id}`, { limit: 1, ...(after === undefined ? {} : { after }) });
      if (!page || 'failure' in page) throw new Error('no page');
      for (const row of page.rows) holds[row.id] = row.hold;
      after = page.next;
    } while (after !== undefined);
    expect(holds).toEqual({ [ann]: 'direct', [bob]: 'indirect' });
    const held = await at.open().heldBy?.(bob, { limit: 10 });
    expect(held).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({
          entitlement: { id: `group:${inner.id}`, name: 'Inner list', label: 'Group' },
          hold: 'direct',
        }),
        expect.objectContaining({
          entitlement: { id: `group:${outer.id}`, name: 'Outer list', label: 'Group' },
          hold: 'indirect',
        }),
      ]) as unknown,
    });
    const workloads = await at.open().nonHumanIdentities?.({ limit: 10 });
    if (!workloads || 'failure' in workloads) throw new Error('no page');
    const life = { createdAt: '2026-01-01T00:00:00.000Z', expiresAt: '2027-01-01T00:00:00.000Z' };
    expect(workloads.rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'Ledger export',
          kind: 'service-account',
          credentials: [expect.objectContaining({ kind: 'secret', ...life })],
        }),
        expect.objectContaining({
          name: 'Payroll batch',
          kind: 'workload',
          credentials: [expect.objectContaining({ kind: 'certificate', ...life })],
        }),
      ]),
    );
  });

  it('knows managers, departments and employee numbers of the seeded company', async () => {
    const mark = await at.open().identityByEmployeeNumber?.('1002');
    expect(await at.open().identityByLogin('rita@acme.test')).toMatchObject({
      found: 'one',
      value: {
        managerId: mark?.found === 'one' ? mark.value.id : '',
        attributes: { department: 'finance', employeeNumber: '1001' },
      },
    });
  });
});
