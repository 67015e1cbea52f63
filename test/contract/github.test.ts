import { generateKeyPairSync } from 'node:crypto';
import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/targets/github/credentials';
import type { Expectation } from '../../src/domain/verification/judge';
import { githubBench, type GithubBench } from '../adapters/github-bench';
import { DescribedService, describeService, overheard, type Spoken } from './described-service';

const files = ['github-rest.trimmed.json'];

/** Ways by number that the description tells of in words beside the ways by name, or that end in the same answer. */
const sameAs: ReadonlyArray<readonly [RegExp, string]> = [
  [/^\/organizations\/\d+\/team\/(\d+)/, '/orgs/acme/teams/team-$1'],
  [/^\/user\/(\d+)$/, '/users/user-$1'],
  [/^\/repositories\/(\d+)$/, '/repos/acme/repository-$1'],
];

/** Operations of GitHub that the excerpt leaves out. */
const leftOut: readonly RegExp[] = [
  /^GET \/orgs\/acme$/,
  /^GET \/orgs\/acme\/(repos|installations)$/,
  /^GET \/repos\/acme\/[\w-]+\/invitations$/,
  /^DELETE \/repos\/acme\/[\w-]+\/invitations\/\d+$/,
  /^POST \/app\/installations\/\d+\/access_tokens$/,
  /^POST \/graphql$/,
];

describeService('what is said between the app and GitHub follows the official description', files, () => {
  const service = new DescribedService(
    files,
    [
      {
        operation: /^orgs\/list-members$/,
        at: /^403$/,
        reason: 'the description has 422 only; an installation without the permission is refused as everywhere else',
      },
    ],
    new Map([[401, 'bad credentials are refused before any operation']]),
  );
  const spoken: Spoken[] = [];
  let bench: GithubBench;
  beforeAll(async () => {
    await service.init();
    bench = await githubBench(2, (transport) => overheard(transport, spoken));
  });
  afterEach(() => spoken.splice(0));
  afterAll(() => bench.close());

  const byName = (one: Spoken): Spoken =>
    sameAs.reduce((said, [number, name]) => ({ ...said, path: said.path.replace(number, name) }), one);
  const heardIsDescribed = (...operations: string[]): void => {
    const said = spoken.map(byName).filter(({ method, path }) => !leftOut.some((one) => one.test(`${method} ${path}`)));
    expect(said.flatMap((one) => service.wrongWith(one))).toEqual([]);
    const names = new Set(said.map((one) => service.operationOf(one)));
    for (const name of operations) expect(names).toContain(name);
  };
  const wanted = (changeKind: Expectation['changeKind'], id: string, entitlementId: string): Expectation => ({
    changeKind,
    account: { id, login: '' },
    entitlement: { id: entitlementId, name: entitlementId },
    replaces: [],
  });
  const writing = () => bench.open({ connector: { write: true } });

  it('when access is given, proven, taken and proven to be gone', async () => {
    const { organisation } = bench.server;
    const { id } = organisation.createUser('ann');
    organisation.setMember(id, 'member', 'active');
    const [team, repository] = [organisation.createTeam('Writers'), organisation.createRepository('books')];
    for (const what of [`team:${team.id}`, `repo:${repository.id}:push`, 'org:admin'])
      for (const change of ['grant', 'revoke'] as const) {
        expect(await writing().apply(wanted(change, String(id), what))).toEqual({ result: 'applied' });
        const { hold } = await bench.open().observe(wanted(change, String(id), what));
        expect([what, change, hold]).toEqual([what, change, change === 'grant' ? 'direct' : 'none']);
      }
    heardIsDescribed(
      'users/get-by-username',
      'orgs/get-membership-for-user',
      'orgs/set-membership-for-user',
      'teams/get-by-name',
      'teams/list-child-in-org',
      'teams/get-membership-for-user-in-org',
      'teams/add-or-update-membership-for-user-in-org',
      'teams/remove-membership-for-user-in-org',
      'repos/get',
      'repos/list-collaborators',
      'repos/get-collaborator-permission-level',
      'repos/add-collaborator',
      'repos/remove-collaborator',
    );
  });

  it('when somebody is invited, has no seat, leaves or is not there', async () => {
    const { organisation } = bench.server;
    const { id } = organisation.createUser('bob');
    const repository = organisation.createRepository('plans');
    for (const what of ['org:member', `repo:${repository.id}:pull`]) {
      expect(await writing().apply(wanted('grant', String(id), what))).toEqual({ result: 'applied' });
      expect((await bench.open().observe(wanted('grant', String(id), what))).hold).toBe('pending');
      expect(await writing().apply(wanted('revoke', String(id), what))).toEqual({ result: 'applied' });
    }
    organisation.seats = organisation.filledSeats;
    expect(await writing().apply(wanted('grant', String(id), 'org:member'))).toMatchObject({ failure: 'no-seat' });
    organisation.seats = 1000;
    expect(await bench.open().observe(wanted('revoke', String(id), 'org:member'))).toMatchObject({ hold: 'none' });
    organisation.removeUser(id);
    const gone = await bench.open({ budget: { calls: 60 } }).observe(wanted('revoke', String(id), 'org:member'));
    expect(gone).toMatchObject({ hold: 'none', account: 'gone' });
    heardIsDescribed('orgs/list-members', 'orgs/remove-membership-for-user', 'users/get-by-username');
    expect(new Set(spoken.map(({ status }) => status))).toEqual(new Set([200, 201, 204, 404, 422]));
  });

  it('when teams are inside teams, and when people, entitlements, members and apps are listed', async () => {
    const { organisation, credentials } = bench.server;
    const { id } = organisation.createUser('eve');
    organisation.setMember(id, 'member', 'active');
    const outer = organisation.createTeam('Outer');
    organisation.setTeamMember(organisation.createTeam('Inner', outer.id).id, id);
    const target = bench.open({ budget: { calls: 200 } });
    expect(await target.observe(wanted('revoke', String(id), `team:${outer.id}`))).toMatchObject({
      through: ['Inner'],
    });
    expect(await target.identityByLogin('eve')).toMatchObject({ found: 'one' });
    expect(await target.identityByLogin('nobody-here')).toEqual({ found: 'none' });
    expect(await target.entitlements(1000)).toMatchObject({ complete: true });
    const repository = organisation.createRepository('wiki', 'pull');
    for (const what of ['org:member', `team:${outer.id}`, `repo:${repository.id}:pull`])
      expect(await target.members?.(what, { limit: 2 })).toHaveProperty('rows');
    for (const after of [undefined, 'teams ', 'repos '])
      expect(await target.heldBy?.(String(id), { limit: 2, ...(after ? { after } : {}) })).toHaveProperty('rows');
    credentials.installations.put('9', { id: 9, appId: '1', slug: 'robot', publicKey: '', permissions: {} });
    expect(await target.nonHumanIdentities?.({ limit: 2 })).toHaveProperty('rows');
    heardIsDescribed('teams/list', 'teams/list-members-in-org', 'orgs/list-members', 'repos/list-collaborators');
  });

  it('in the live test, with a token and as an app’s installation, and when a secret may not do what is asked', async () => {
    expect((await bench.open().probe()).filter(({ ok }) => !ok)).toEqual([]);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const install = (id: number, permissions: Readonly<Record<string, 'read'>>) => {
      bench.server.credentials.installations.put(String(id), { id, appId: '7', slug: 'app', publicKey, permissions });
      const auth = { kind: 'github-app', appId: '7', installationId: String(id) } as const;
      return bench.open({ connector: { auth, write: true }, secret: privateKey });
    };
    const reader = install(70, { members: 'read', metadata: 'read', administration: 'read' });
    expect((await reader.probe()).filter(({ ok, step }) => !ok && step !== 'write-sign-in')).toEqual([]);
    expect((await install(71, {}).probe())[1]).toMatchObject({ step: 'sign-in', ok: false });
    const { id } = bench.server.organisation.createUser('zed');
    bench.server.organisation.setMember(id, 'member', 'active');
    const refused = { result: 'refused', failure: 'forbidden' };
    expect(await reader.apply(wanted('grant', String(id), 'org:admin'))).toEqual(refused);
    heardIsDescribed('orgs/list-members', 'orgs/set-membership-for-user');
    for (const secret of [READER_TOKEN, ADMIN_TOKEN]) expect(bench.said()).not.toContain(secret);
  });
});
