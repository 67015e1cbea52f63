import { generateKeyPairSync } from 'node:crypto';
import { ADMIN_TOKEN } from '../../sandbox/targets/github/credentials';
import type { Permissions } from '../../sandbox/targets/github/credentials';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Page, Target } from '../../src/usecases/ports';
import { githubBench, type GithubBench } from './github-bench';

describe('GitHub as a target', () => {
  let bench: GithubBench;
  let serial = 0;
  beforeAll(async () => {
    bench = await githubBench(2);
  });
  afterEach(() => {
    bench.front.reset();
    organisation().seats = 1000;
  });
  afterAll(() => bench.close());

  const organisation = () => bench.server.organisation;
  const stranger = (): { id: string; login: string } => {
    const { id, login } = organisation().createUser(`u${(serial += 1)}`);
    return { id: String(id), login };
  };
  const member = (role: 'member' | 'admin' = 'member'): { id: string; login: string } => {
    const user = stranger();
    organisation().setMember(Number(user.id), role, 'active');
    return user;
  };
  const team = (parentId?: number) => organisation().createTeam(`Team ${(serial += 1)}`, parentId);
  const repository = (base?: string) => organisation().createRepository(`repo-${(serial += 1)}`, base);
  const wanted = (
    changeKind: Expectation['changeKind'],
    account: Expectation['account'],
    id: string,
    ...replaced: string[]
  ): Expectation => ({
    changeKind,
    account,
    entitlement: { id, name: id },
    replaces: replaced.map((entitlementId) => ({ entitlementId, name: entitlementId })),
  });
  const verdict = async (expectation: Expectation, target: Target = bench.open()): Promise<string> => {
    const { verdict: what, reason } = judge(expectation, await target.observe(expectation));
    return `${what}: ${reason}`;
  };
  const apply = (expectation: Expectation) => bench.open({ connector: { write: true } }).apply(expectation);
  async function everything<T>(read: (after: { after?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
    const rows: T[] = [];
    for (let after: { after?: string } = {}; ;) {
      const page = await read(after);
      if ('failure' in page) throw new Error(page.failure);
      rows.push(...page.rows);
      if (page.next === undefined) return rows;
      after = { after: page.next };
    }
  }

  describe('the organisation', () => {
    it('knows members and owners, and an owner is more than a member', async () => {
      const [ann, boss] = [member(), member('admin')];
      expect(await verdict(wanted('grant', ann, 'org:member'))).toBe('confirmed: held');
      expect(bench.front.asked).toHaveLength(1);
      expect(await verdict(wanted('grant', boss, 'org:admin'))).toBe('confirmed: held');
      expect(await verdict(wanted('grant', boss, 'org:member'))).toBe('different: held-through-another-path');
      expect(await verdict(wanted('revoke', boss, 'org:member'))).toBe('different: held-through-another-path');
      expect(await verdict(wanted('revoke', ann, 'org:admin'))).toBe('confirmed: gone');
      bench.front.reset();
      expect(await verdict(wanted('revoke', stranger(), 'org:member'))).toBe('confirmed: gone');
      expect(bench.front.asked).toHaveLength(3);
    });

    it('changes from one role to the other in one step, and proves it', async () => {
      const ann = member();
      const up = wanted('modify', ann, 'org:admin', 'org:member');
      expect(await verdict(up)).toBe('absent: not-held');
      expect([await apply(up), await apply(up)]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(await verdict(up)).toBe('confirmed: held');
      const down = wanted('modify', ann, 'org:member', 'org:admin');
      expect(await apply(down)).toEqual({ result: 'applied' });
      expect(await verdict(down)).toBe('confirmed: held');
    });

    it('leaves somebody a member who stops being an owner', async () => {
      const boss = member('admin');
      expect(await apply(wanted('revoke', boss, 'org:admin'))).toEqual({ result: 'applied' });
      expect(await verdict(wanted('revoke', boss, 'org:admin'))).toBe('confirmed: gone');
      expect(await verdict(wanted('grant', boss, 'org:member'))).toBe('confirmed: held');
    });

    it('an invitation waits, is not invited twice, is proven once it is accepted and can be taken back', async () => {
      const ann = stranger();
      const grant = wanted('grant', ann, 'org:member');
      expect([await apply(grant), await apply(grant)]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(await verdict(grant)).toBe('pending: waiting-in-target');
      expect(await verdict(wanted('revoke', ann, 'org:member'))).toBe('pending: waiting-in-target');
      organisation().accept(Number(ann.id));
      expect(await verdict(grant)).toBe('confirmed: held');
      const bob = stranger();
      await apply(wanted('grant', bob, 'org:member'));
      expect(await apply(wanted('revoke', bob, 'org:member'))).toEqual({ result: 'applied' });
      expect(await verdict(wanted('revoke', bob, 'org:member'))).toBe('confirmed: gone');
    });

    it('that is full says that no seat is left', async () => {
      const ann = stranger();
      organisation().seats = organisation().filledSeats;
      expect(await apply(wanted('grant', ann, 'org:member'))).toMatchObject({ failure: 'no-seat' });
      expect(await apply(wanted('grant', ann, `team:${team().id}`))).toMatchObject({ failure: 'no-seat' });
      expect(await verdict(wanted('grant', ann, 'org:member'))).toBe('absent: not-held');
    });

    it('does not call somebody gone when it shows nobody at all', async () => {
      const ann = stranger();
      bench.front.lie = { answer: (path) => (path.includes('/members') ? { body: [] } : undefined) };
      expect(await verdict(wanted('revoke', ann, 'org:member'))).toBe('unreadable: incomplete');
    });

    it('answers about another organisation are no answers', async () => {
      const ann = member();
      const { id } = team();
      bench.front.lie = {
        answer: (path, body: object) =>
          path.startsWith('/orgs/') ? { body: { ...body, organization: { id: 2, login: 'evil-corp' } } } : undefined,
      };
      expect(await verdict(wanted('revoke', ann, `team:${id}`))).toBe('unreadable: malformed');
    });

    it('answers about somebody else are no answers', async () => {
      const [ann, bob] = [member(), member()];
      bench.front.lie = {
        answer: (path, body: { user?: object }) =>
          path.includes('/memberships/')
            ? { body: { ...body, user: { ...body.user, id: Number(bob.id) } } }
            : undefined,
      };
      for (const kind of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(kind, ann, 'org:member'))).toBe('unreadable: malformed');
    });
  });

  it.each(['https://api.github.com.evil.com', 'https://evil.com', 'https://api.github.com/v3'])(
    'is never looked for at %s, whatever was stored and however it is signed in to',
    async (baseUrl) => {
      const elsewhere = new URL(baseUrl).origin;
      const secret = { fingerprint: 'f', setAt: '2026-11-01T00:00:00.000Z', origin: elsewhere };
      const app = { kind: 'github-app', appId: '1', installationId: '2' } as const;
      for (const auth of [{ kind: 'bearer' } as const, app]) {
        const target = bench.open({ connector: { baseUrl, origin: elsewhere, secret, auth } });
        expect(await verdict(wanted('revoke', member(), 'org:member'), target)).toBe('unreadable: not-approved');
        expect((await target.probe()).some(({ ok }) => ok)).toBe(false);
      }
      expect(bench.front.asked).toEqual([]);
    },
  );

  it('says that it is asked too often, also where it does so with 403', async () => {
    const ann = member();
    const body = JSON.stringify({ message: 'API rate limit exceeded for installation ID 1.' });
    bench.front.fault = { kind: 'status', status: 403, body };
    expect(await verdict(wanted('revoke', ann, 'org:member'))).toBe('unreadable: rate-limited');
  });

  describe('people', () => {
    it('stay themselves when they rename themselves, and whoever takes the old login is somebody else', async () => {
      const ann = member();
      const { id } = team();
      organisation().setTeamMember(id, Number(ann.id));
      organisation().renameUser(Number(ann.id), `${ann.login}-new`);
      const thief = organisation().createUser(ann.login);
      expect(await verdict(wanted('grant', ann, `team:${id}`))).toBe('confirmed: held');
      expect(await bench.open().identityById(ann.id)).toMatchObject({ value: { login: `${ann.login}-new` } });
      expect(await bench.open().identityByLogin(ann.login)).toMatchObject({ value: { id: String(thief.id) } });
      organisation().setMember(thief.id, 'member', 'active');
      expect(await verdict(wanted('grant', ann, `team:${id}`))).toBe('confirmed: held');
      expect(await verdict(wanted('grant', ann, 'org:member'))).toBe('confirmed: held');
      const repo = repository();
      organisation().giveRepository(repo.id, Number(ann.id), 'push');
      expect(await verdict(wanted('grant', ann, `repo:${repo.id}:push`))).toBe('confirmed: held');
      const impostor = { id: String(thief.id), login: ann.login };
      expect(await verdict(wanted('grant', impostor, `team:${id}`))).toBe('absent: not-held');
    });

    it.each(['org/../', '../orgs/acme', 'a/b', 'a?b', 'a%2fb', '-a', 'a.b', 'a b', 'ä'])(
      'the login %j is nobody and asks nothing',
      async (login) => {
        expect(await bench.open().identityByLogin(login)).toEqual({ found: 'none' });
        expect(bench.front.asked).toEqual([]);
      },
    );
  });

  describe('teams', () => {
    it('inside a team give its access, by name', async () => {
      const ann = member();
      const outer = team();
      const middle = team(outer.id);
      const inner = team(middle.id);
      organisation().setTeamMember(inner.id, Number(ann.id));
      for (const kind of ['grant', 'revoke'] as const) {
        expect(await verdict(wanted(kind, ann, `team:${outer.id}`))).toBe('different: held-through-another-path');
        const seen = await bench.open().observe(wanted(kind, ann, `team:${outer.id}`));
        expect(seen.through).toEqual([middle.name, inner.name]);
      }
      expect(await apply(wanted('revoke', ann, `team:${outer.id}`))).toEqual({
        result: 'refused',
        failure: 'bad-request',
      });
      expect(await verdict(wanted('grant', ann, `team:${inner.id}`))).toBe('confirmed: held');
    });

    it('inside a team do not hide that somebody is in it in person', async () => {
      const [ann, bob] = [member(), member()];
      const outer = team();
      const inner = team(outer.id);
      for (const { id } of [outer, inner]) organisation().setTeamMember(id, Number(ann.id));
      organisation().setTeamMember(inner.id, Number(bob.id));
      const id = `team:${outer.id}`;
      expect(await verdict(wanted('grant', ann, id))).toBe('confirmed: held');
      expect(await verdict(wanted('revoke', ann, id))).toBe('different: still-held');
      expect(await verdict(wanted('grant', bob, id))).toBe('different: held-through-another-path');
      expect(await apply(wanted('grant', ann, id))).toEqual({ result: 'already' });
      expect(await apply(wanted('grant', bob, id))).toEqual({ result: 'applied' });
      expect(await verdict(wanted('grant', bob, id))).toBe('confirmed: held');
      expect(await apply(wanted('revoke', ann, id))).toEqual({ result: 'applied' });
      expect(organisation().ownTeamPlace(outer.id, Number(ann.id))).toBeUndefined();
      expect(organisation().ownTeamPlace(inner.id, Number(ann.id))).toBeDefined();
      expect(await verdict(wanted('revoke', ann, id))).toBe('different: held-through-another-path');
    });

    it.each([
      ['refuses', { errors: [{ type: 'FORBIDDEN', message: 'no' }] }, 'forbidden'],
      ['is too busy', { data: null, errors: [{ type: 'RATE_LIMITED', message: 'no' }] }, 'rate-limited'],
      ['knows no such question', { errors: [{ message: 'no' }] }, 'malformed'],
      ['shows no team', { data: { organization: { team: null } } }, 'malformed'],
      [
        'shows another team',
        {
          data: {
            organization: { team: { databaseId: 5, members: { nodes: [], pageInfo: { hasNextPage: false } } } },
          },
        },
        'malformed',
      ],
    ])('whose members in person GitHub does not tell (it %s) prove nothing', async (_title, body, failure) => {
      const ann = member();
      const outer = team();
      const inner = team(outer.id);
      for (const { id } of [outer, inner]) organisation().setTeamMember(id, Number(ann.id));
      bench.front.lie = { answer: (path) => (path === '/graphql' ? { body } : undefined) };
      for (const kind of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(kind, ann, `team:${outer.id}`))).toBe(`unreadable: ${failure}`);
    });

    it('that somebody was put into, and taken out of while they were read, prove nothing', async () => {
      const ann = member();
      const outer = team();
      const inner = team(outer.id);
      organisation().setTeamMember(outer.id, Number(ann.id));
      bench.front.lie = {
        ask: (path) => {
          if (path === '/graphql') organisation().removeTeamMember(outer.id, Number(ann.id));
          return path;
        },
      };
      expect(inner).toBeDefined();
      expect(await verdict(wanted('revoke', ann, `team:${outer.id}`))).toBe('unreadable: incomplete');
    });

    it('of somebody who has left the organisation are read without doubt', async () => {
      const ann = member();
      const { id } = team();
      organisation().setTeamMember(id, Number(ann.id));
      organisation().removeMember(Number(ann.id));
      expect(await verdict(wanted('revoke', ann, `team:${id}`))).toBe('confirmed: gone');
      expect(bench.front.asked).toHaveLength(5);
      expect(await verdict(wanted('revoke', ann, 'team:999999'))).toBe('unreadable: not-found');
    });

    it('have maintainers, who are members and more', async () => {
      const ann = member();
      const { id } = team();
      const up = wanted('modify', ann, `team:${id}:maintainer`, `team:${id}:member`);
      organisation().setTeamMember(id, Number(ann.id));
      expect(await verdict(up)).toBe('absent: not-held');
      expect(await apply(up)).toEqual({ result: 'applied' });
      expect(await verdict(up)).toBe('confirmed: held');
      expect(await verdict(wanted('grant', ann, `team:${id}`))).toBe('confirmed: held');
      expect(await verdict(wanted('revoke', ann, `team:${id}:member`))).toBe('different: held-through-another-path');
      expect(await apply(wanted('revoke', ann, `team:${id}:maintainer`))).toEqual({ result: 'applied' });
      expect(await verdict(wanted('grant', ann, `team:${id}:member`))).toBe('confirmed: held');
    });

    it('show owners of the organisation as maintainers, which no change of the team takes from them', async () => {
      const boss = member('admin');
      const { id } = team();
      organisation().setTeamMember(id, Number(boss.id));
      for (const what of [`team:${id}`, `team:${id}:member`])
        expect(await verdict(wanted('grant', boss, what))).toBe('confirmed: held');
      for (const kind of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(kind, boss, `team:${id}:maintainer`))).toBe('different: held-through-another-path');
    });

    it('wait with the invitation to the organisation', async () => {
      const ann = stranger();
      const { id } = team();
      expect(await apply(wanted('grant', ann, `team:${id}`))).toEqual({ result: 'applied' });
      expect(await verdict(wanted('grant', ann, `team:${id}`))).toBe('pending: waiting-in-target');
    });

    it('and repositories of another organisation are none of ours', async () => {
      const ann = member();
      const foreign = { login: 'evil-corp', id: 2 };
      const { id } = team();
      const { id: repo } = repository();
      bench.front.lie = {
        answer: (path, body: object) =>
          /^\/(organizations|repositories)\//.test(path)
            ? { body: { ...body, organization: foreign, owner: foreign } }
            : undefined,
      };
      for (const what of [`team:${id}`, `repo:${repo}:push`])
        expect(await verdict(wanted('revoke', ann, what))).toBe('unreadable: not-found');
      expect(bench.front.asked.every(({ path }) => !path.includes('evil-corp'))).toBe(true);
    });
  });

  describe('repositories', () => {
    it('tell own permissions from those that come through teams, base permission and ownership', async () => {
      const [ann, bob, boss] = [member(), member(), member('admin')];
      const { id } = repository('pull');
      const push = `repo:${id}:push`;
      organisation().giveRepository(id, Number(ann.id), 'push');
      expect(await verdict(wanted('grant', ann, push))).toBe('confirmed: held');
      expect(bench.front.asked).toHaveLength(3);
      expect(await verdict(wanted('grant', bob, push))).toBe('absent: not-held');
      expect(await verdict(wanted('grant', bob, `repo:${id}:pull`))).toBe('different: held-through-another-path');
      expect(await verdict(wanted('revoke', boss, push))).toBe('different: held-through-another-path');
      const writers = team();
      organisation().setTeamMember(writers.id, Number(ann.id));
      organisation().giveTeam(id, writers.id, 'push');
      organisation().takeRepository(id, Number(ann.id));
      expect(await verdict(wanted('revoke', ann, push))).toBe('different: held-through-another-path');
      organisation().removeTeamMember(writers.id, Number(ann.id));
      expect(await verdict(wanted('revoke', ann, push))).toBe('confirmed: gone');
    });

    it('are given, changed and taken back by the app, once', async () => {
      const ann = member();
      const { id } = repository();
      const grant = wanted('grant', ann, `repo:${id}:push`);
      expect([await apply(grant), await apply(grant)]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      const up = wanted('modify', ann, `repo:${id}:admin`, `repo:${id}:push`);
      expect([await apply(up), await apply(up)]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(await verdict(up)).toBe('confirmed: held');
      const revoke = wanted('revoke', ann, `repo:${id}:admin`);
      expect([await apply(revoke), await apply(revoke)]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(await verdict(revoke)).toBe('confirmed: gone');
    });

    it('wait for outside collaborators to accept, and the invitation is what a removal takes', async () => {
      const ann = stranger();
      const { id } = repository();
      const push = `repo:${id}:push`;
      expect(await apply(wanted('grant', ann, push))).toEqual({ result: 'applied' });
      for (const kind of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(kind, ann, push))).toBe('pending: waiting-in-target');
      expect(await apply(wanted('revoke', ann, push))).toEqual({ result: 'applied' });
      expect(await verdict(wanted('revoke', ann, push))).toBe('confirmed: gone');
    });

    it('whose invitations cannot be read prove no removal', async () => {
      const ann = member();
      const { id } = repository();
      bench.front.lie = { answer: (path) => (path.includes('/invitations') ? { status: 403, body: {} } : undefined) };
      expect(await verdict(wanted('revoke', ann, `repo:${id}:push`))).toBe('unreadable: forbidden');
    });
  });

  it.each(['org:owner', 'team:', 'team:1:boss', 'team:../x', 'repo:1', 'repo:1:', 'repo:x:pull', 'repo:1:a/b', '17'])(
    'the entitlement id %s asks nothing and is none',
    async (id) => {
      const ann = member();
      expect(await verdict(wanted('revoke', ann, id))).toBe('unreadable: not-found');
      expect(await bench.open().members?.(id, { limit: 5 })).toEqual({ failure: 'not-found' });
      expect(bench.front.asked).toEqual([]);
    },
  );

  describe('lists', () => {
    it('show who is in a team and through which kind of path', async () => {
      const outer = team();
      const inner = team(outer.id);
      const people = [member(), member(), member(), member()];
      people.forEach(({ id }, n) => organisation().setTeamMember(n === 3 ? inner.id : outer.id, Number(id)));
      organisation().setTeamMember(inner.id, Number(people[0]?.id));
      const target = bench.open();
      const rows = await everything((after) => target.members!(`team:${outer.id}`, { limit: 2, ...after }));
      expect(rows.map(({ id, hold }) => [id, hold])).toEqual(
        people.map(({ id }, n) => [id, n === 3 ? 'indirect' : 'direct']),
      );
    });

    it('show who has a permission on a repository', async () => {
      const [ann, bob] = [member(), member()];
      const { id } = repository();
      const writers = team();
      organisation().giveRepository(id, Number(ann.id), 'push');
      organisation().setTeamMember(writers.id, Number(bob.id));
      organisation().giveTeam(id, writers.id, 'push');
      const target = bench.open();
      const rows = await everything((after) => target.members!(`repo:${id}:push`, { limit: 2, ...after }));
      expect(rows.map((row) => [row.id, row.hold])).toEqual([
        [ann.id, 'direct'],
        [bob.id, 'indirect'],
      ]);
    });

    it('show what somebody has, over as many pages as it takes', async () => {
      const own = await githubBench(2);
      const { organisation: at } = own.server;
      const { id } = at.createUser('zoe');
      at.setMember(id, 'member', 'active');
      const readers = at.createTeam('Readers');
      at.setTeamMember(readers.id, id);
      const repo = at.createRepository('books');
      at.giveRepository(repo.id, id, 'triage');
      const shared = at.createRepository('shared', 'push');
      const rows = await everything((after) =>
        own.open({ budget: { calls: 60 } }).heldBy!(String(id), { limit: 2, ...after }),
      );
      expect(rows.map(({ entitlement, hold }) => [entitlement.id, hold])).toEqual([
        ['org:member', 'direct'],
        [`team:${readers.id}`, 'direct'],
        [`repo:${repo.id}:triage`, 'direct'],
        [`repo:${shared.id}:push`, 'indirect'],
      ]);
      await own.close();
    });
  });

  describe('as an app’s installation', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      // As GitHub hands keys out.
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const reading: Permissions = { members: 'read', metadata: 'read', administration: 'read' };
    const install = (permissions: Permissions): ((secret?: string) => Target) => {
      const id = (serial += 1);
      const installation = { id, appId: '77', slug: `app-${id}`, publicKey, permissions };
      bench.server.credentials.installations.put(String(id), installation);
      const auth = { kind: 'github-app', appId: '77', installationId: String(id) } as const;
      return (secret = privateKey) => bench.open({ connector: { auth }, secret });
    };

    it('signs in with one call more, and neither key nor token is said', async () => {
      const ann = member();
      const open = install(reading);
      expect(await verdict(wanted('grant', ann, 'org:member'), open())).toBe('confirmed: held');
      expect(bench.front.asked.map(({ method }) => method)).toEqual(['POST', 'GET']);
      const token = bench.front.asked.at(-1)?.authorization?.replace('Bearer ', '') ?? '';
      expect(token).toMatch(/^ghs_/);
      expect(bench.said()).not.toContain(token);
      expect(bench.said()).not.toContain('PRIVATE KEY');
    });

    it('passes the live test with the permissions that reading needs', async () => {
      expect((await install(reading)().probe()).filter(({ ok }) => !ok)).toEqual([]);
    });

    it.each([
      [
        'a permission is missing',
        { members: 'read', metadata: 'read' } as Permissions,
        /lacks permissions: administration/,
      ],
      [
        'permissions go beyond reading',
        { ...reading, members: 'write', contents: 'read' } as Permissions,
        /members \(write\), contents \(read\)/,
      ],
    ])('says that %s', async (_title, permissions, text) => {
      const rights = (await install(permissions)().probe()).find(({ step }) => step === 'rights');
      expect(rights).toMatchObject({ ok: false, text: expect.stringMatching(text) as string });
    });

    it('is refused with another key or at an installation that is not its own', async () => {
      const ann = member();
      const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
      });
      for (const key of [other.toString(), 'no key'])
        expect(await verdict(wanted('revoke', ann, 'org:member'), install(reading)(key))).toBe(
          'unreadable: refused-credentials',
        );
      const auth = { kind: 'github-app', appId: '77', installationId: '123456' } as const;
      const elsewhere = bench.open({ connector: { auth }, secret: privateKey });
      expect(await verdict(wanted('revoke', ann, 'org:member'), elsewhere)).toBe('unreadable: refused-credentials');
    });

    it('shows the apps that are installed', async () => {
      install(reading);
      const target = install({ ...reading, organization_administration: 'read' })();
      const rows = await everything((after) => target.nonHumanIdentities!({ limit: 2, ...after }));
      expect(rows.length).toBeGreaterThan(2);
      expect(rows[0]).toMatchObject({
        kind: 'workload',
        active: true,
        login: expect.stringMatching(/\[bot\]$/) as string,
      });
    });
  });

  describe('the live test', () => {
    it('warns of a classic token that may do more than read', async () => {
      const rights = (await bench.open({ secret: ADMIN_TOKEN }).probe()).find(({ step }) => step === 'rights');
      expect(rights).toMatchObject({ ok: false, text: expect.stringContaining('delete_repo') as string });
    });

    it('finds a server that finds anybody, and one that lets anybody in', async () => {
      const ann = organisation().userByLogin('rita');
      bench.front.lie = { ask: (path) => path.replace(/nobody-at-all[^/?]*/, ann?.login ?? '') };
      const failing = async () => (await bench.open().probe()).filter(({ ok }) => !ok).map(({ step }) => step);
      expect(await failing()).toEqual(['look-ups-honoured']);
      bench.front.reset();
      bench.front.letAnybodyInAs = `Bearer ${ADMIN_TOKEN}`;
      expect(await failing()).toEqual(['wrong-secret-refused', 'rights']);
    });
  });
});
