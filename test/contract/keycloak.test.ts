import type { Expectation } from '../../src/domain/verification/judge';
import { keycloakHarness, type KeycloakHarness } from '../adapters/keycloak-harness';
import { DescribedService, describeService, overheard, type Spoken } from './described-service';

const files = ['keycloak-admin-23.trimmed.json'];

describeService('what is said between the app and Keycloak follows the published description', files, () => {
  const refusals = 'refusals stand in no operation of the description of version 23';
  const service = new DescribedService(
    files,
    [
      {
        operation: /./,
        at: /^204$/,
        reason: 'version 23 is described to answer 201 to a new role mapping; it sends 204, as later descriptions say',
      },
      { operation: /./, at: /\/count$/, reason: 'the description has the count as an object of its own' },
    ],
    new Map([401, 403, 404].map((status) => [status, refusals])),
  );
  const spoken: Spoken[] = [];
  let at: KeycloakHarness;
  beforeAll(async () => {
    await service.init();
    at = await keycloakHarness({ road: (transport) => overheard(transport, spoken) });
  });
  afterEach(() => spoken.splice(0));
  afterAll(() => at.close());

  /**
   * The description at hand has no token endpoint, and leaves out roles at their client's address. Those are the same
   * resource as the roles of the realm, so they are held against that.
   */
  const described = (): Spoken[] =>
    spoken
      .filter(({ path }) => !path.startsWith('/realms/'))
      .map((one) => ({ ...one, path: one.path.replace(/\/acme\/clients\/[^/]+\/roles/, '/acme/roles') }));
  const heardIsDescribed = (...paths: RegExp[]): void => {
    expect(described().length).toBeGreaterThan(0);
    expect(described().flatMap((one) => service.wrongWith(one))).toEqual([]);
    for (const path of paths)
      expect(described().map((one) => `${one.method} ${one.path}`)).toContainEqual(expect.stringMatching(path));
  };
  const wanted = (changeKind: Expectation['changeKind'], account: string, id: string): Expectation => ({
    changeKind,
    account: { id: account, login: account },
    entitlement: { id, name: id },
    replaces: [],
  });

  it('when access is given, proven, taken and proven to be gone', async () => {
    const ann = at.realm.addUser('ann@acme.test').id;
    const owner = at.realm.addClient('owner', 'owner-secret').id;
    for (const id of [
      `group:${at.realm.addGroup('Readers').id}`,
      `realm-role:${at.realm.addRole('reviewer').id}`,
      `client-role:${at.realm.addRole('poster', owner).id}`,
    ])
      for (const change of ['grant', 'revoke'] as const) {
        const applied = await at.open({ connector: { write: true } }).apply(wanted(change, ann, id));
        expect(applied).toEqual({ result: 'applied' });
        expect((await at.open().observe(wanted(change, ann, id))).hold).toBe(change === 'grant' ? 'direct' : 'none');
      }
    heardIsDescribed(
      /^PUT .*\/groups\//,
      /^DELETE .*\/groups\//,
      /^POST .*\/role-mappings\/realm$/,
      /^DELETE .*\/role-mappings\/clients\//,
      /^GET .*\/realm\/composite$/,
      /^GET .*\/roles-by-id\//,
      /^GET .*\/groups\/count$/,
    );
  });

  it('when access comes through other paths, and when somebody is gone', async () => {
    const bob = at.realm.addUser('bob@acme.test').id;
    const inner = at.realm.addRole('inner').id;
    at.realm.give('users', bob, at.realm.addRole('outer', undefined, [inner]).id);
    const seen = await at.open().observe(wanted('revoke', bob, `realm-role:${inner}`));
    expect(seen).toMatchObject({ hold: 'indirect', through: ['outer'] });
    const group = at.realm.addGroup('Left').id;
    at.realm.users.remove(bob);
    expect(await at.open().observe(wanted('revoke', bob, `group:${group}`))).toMatchObject({ account: 'gone' });
    heardIsDescribed(/\/composites$/, /\/members$/);
    expect(spoken.map(({ status }) => status)).toContain(404);
  });

  it('when people, entitlements, holders and service accounts are looked up and listed, and in the live test', async () => {
    const target = at.open({ budget: { calls: 300 } });
    const found = await target.identityByLogin('rita@acme.test');
    const rita = found.found === 'one' ? found.value : undefined;
    expect(await target.identityByAccountId(rita?.accountId ?? '')).toMatchObject({ found: 'one' });
    expect(await target.entitlements(1000)).toMatchObject({ complete: true });
    const auditor = at.realm.all(at.realm.roles).find(({ name }) => name === 'auditor')?.id;
    expect(await target.members?.(`realm-role:${auditor}`, { limit: 10 })).toHaveProperty('rows');
    const staff = at.realm.all(at.realm.groups).find(({ name }) => name === 'Finance staff')?.id;
    expect(await target.members?.(`group:${staff}`, { limit: 10 })).toHaveProperty('next');
    for (const after of [undefined, '0'])
      expect(await target.heldBy?.(rita?.id ?? '', { limit: 10, ...(after ? { after } : {}) })).toHaveProperty('rows');
    expect(await target.nonHumanIdentities?.({ limit: 10 })).toHaveProperty('rows');
    expect((await target.probe()).filter(({ ok }) => !ok)).toEqual([]);
    heardIsDescribed(/\/acme\/users$/, /\/acme\/clients$/, /\/acme\/roles$/, /\/children$/, /\/roles\/[^/]+\/users$/);
  });
});
