import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { READER, WRITER } from '../../sandbox/targets/keycloak/seed-realm';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Page, Target } from '../../src/usecases/ports';
import { keycloakHarness, tokenUrl, type KeycloakHarness } from './keycloak-harness';

describe('Keycloak as a target', () => {
  let at: KeycloakHarness;
  let serial = 0;
  beforeAll(async () => void (at = await keycloakHarness()));
  afterAll(() => at.close());
  afterEach(() => {
    at.restore();
    for (const { secret } of at.realm.all(at.realm.clients)) expect(at.said()).not.toContain(secret);
  });

  const person = (): { id: string; login: string } => {
    const login = `u${(serial += 1)}@acme.test`;
    return { id: at.realm.addUser(login).id, login };
  };
  const wanted = (changeKind: Expectation['changeKind'], account: Expectation['account'], id: string): Expectation => ({
    changeKind,
    account,
    entitlement: { id, name: id },
    replaces: [],
  });
  const verdict = async (expectation: Expectation, target: Target = at.open()): Promise<string> => {
    const { verdict: what, reason } = judge(expectation, await target.observe(expectation));
    return `${what}: ${reason}`;
  };
  const role = (kind: 'realm-role' | 'client-role', composites: string[] = []): { id: string; bare: string } => {
    const owner = kind === 'client-role' ? at.realm.addClient(`app-${(serial += 1)}`, 'not-to-be-seen').id : undefined;
    const bare = at.realm.addRole(`role-${(serial += 1)}`, owner, composites).id;
    return { id: `${kind}:${bare}`, bare };
  };
  async function everything<T>(read: (after: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
    const rows: T[] = [];
    for (let after: string | undefined; ;) {
      const page = await read(after);
      if ('failure' in page) throw new Error(page.failure);
      rows.push(...page.rows);
      if (page.next === undefined) return rows;
      after = page.next;
    }
  }
  const page = (limit: number, after: string | undefined) => ({ limit, ...(after === undefined ? {} : { after }) });

  describe.each(['realm-role', 'client-role'] as const)('a %s', (kind) => {
    it('is proven in two calls besides signing in, given and taken', async () => {
      const [ann, auditor] = [person(), role(kind)];
      at.realm.give('users', ann.id, auditor.bare);
      at.restore();
      expect(await verdict(wanted('grant', ann, auditor.id))).toBe('confirmed: held');
      expect(at.calls()).toHaveLength(3);
      expect(await verdict(wanted('revoke', ann, auditor.id))).toBe('different: still-held');
      at.realm.takeBack(ann.id, auditor.bare);
      at.restore();
      expect(await verdict(wanted('revoke', ann, auditor.id))).toBe('confirmed: gone');
      expect(at.calls()).toHaveLength(3);
      expect(await verdict(wanted('grant', ann, auditor.id))).toBe('absent: not-held');
    });

    it('that another role brings along is access, over any number of steps', async () => {
      const [ann, inner] = [person(), role(kind)];
      const middle = role('client-role', [inner.bare]);
      const outer = role('realm-role', [middle.bare]);
      at.realm.give('users', ann.id, outer.bare);
      for (const change of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(change, ann, inner.id))).toBe('different: held-through-another-path');
      const seen = await at.open().observe(wanted('revoke', ann, middle.id));
      expect(seen).toMatchObject({ hold: 'indirect', through: [at.realm.roles.get(outer.bare)?.name] });
    });

    it('that a group above the own one has is access, and is not taken away there', async () => {
      const [ann, expenses] = [person(), role(kind)];
      const top = at.realm.addGroup(`Top ${serial}`);
      at.realm.give('groups', top.id, expenses.bare);
      at.realm.join(ann.id, at.realm.addGroup('Inner', at.realm.addGroup('Middle', top.id).id).id);
      const seen = await at.open().observe(wanted('revoke', ann, expenses.id));
      expect(seen).toMatchObject({ hold: 'indirect', through: [top.name] });
      const writing = at.open({ connector: { write: true } });
      expect(await writing.apply(wanted('revoke', ann, expenses.id))).toEqual({
        result: 'refused',
        failure: 'bad-request',
      });
    });

    it('is given and taken once', async () => {
      const [ann, auditor] = [person(), role(kind)];
      const apply = (change: 'grant' | 'revoke') =>
        at.open({ connector: { write: true } }).apply(wanted(change, ann, auditor.id));
      expect([await apply('grant'), await apply('grant')]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(at.realm.users.get(ann.id)?.roles).toEqual([auditor.bare]);
      expect([await apply('revoke'), await apply('revoke')]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(at.realm.users.get(ann.id)?.roles).toEqual([]);
    });

    it('is no longer held by a user who is gone, unless the role still lists that user', async () => {
      const [ann, auditor] = [person(), role(kind)];
      at.realm.give('users', ann.id, auditor.bare);
      at.lie('accounts-denied');
      expect(await verdict(wanted('revoke', ann, auditor.id))).toBe('different: still-held');
      at.restore();
      at.realm.users.remove(ann.id);
      expect(await verdict(wanted('revoke', ann, auditor.id))).toBe('confirmed: account-gone');
    });

    it('of another kind than asked for, unknown, or in another case proves nothing', async () => {
      const [ann, auditor] = [person(), role(kind)];
      const other = auditor.id.replace(kind, kind === 'realm-role' ? 'client-role' : 'realm-role');
      expect(await verdict(wanted('revoke', ann, other))).toBe('unreadable: not-found');
      expect(await verdict(wanted('revoke', ann, `${kind}:none`))).toBe('unreadable: not-found');
      at.realm.give('users', ann.id, auditor.bare);
      at.front.lie = {
        answer: (path, body) =>
          path.includes('/role-mappings')
            ? {
                body: JSON.parse(JSON.stringify(body).replaceAll(auditor.bare, auditor.bare.toUpperCase())) as unknown,
              }
            : undefined,
      };
      for (const change of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(change, ann, auditor.id))).toBe('unreadable: malformed');
    });
  });

  describe('groups', () => {
    it('that the secret may not see prove no removal, although the group above can be seen', async () => {
      const ann = person();
      const top = at.realm.addGroup(`Seen ${serial}`);
      const inner = at.realm.addGroup('Unseen', top.id);
      at.realm.join(ann.id, inner.id);
      at.realm.hidden.add(inner.id);
      expect(await verdict(wanted('revoke', ann, `group:${top.id}`))).toBe('unreadable: incomplete');
    });

    it('that the list loses while it still counts them prove no removal', async () => {
      const ann = person();
      const [one, other] = [at.realm.addGroup('One'), at.realm.addGroup('Other')];
      at.realm.join(ann.id, one.id);
      at.realm.join(ann.id, other.id);
      at.lie('short-page');
      expect(await verdict(wanted('revoke', ann, `group:${other.id}`))).toBe('unreadable: incomplete');
    });

    it('of versions before 23 are read just as well', async () => {
      const older = await keycloakHarness({ older: true });
      const ann = older.realm.addUser('ann@acme.test');
      const top = older.realm.addGroup('Top');
      const inner = older.realm.addGroup('Inner', older.realm.addGroup('Middle', top.id).id);
      older.realm.join(ann.id, inner.id);
      const account = { id: ann.id, login: ann.username };
      const seen = await older.open().observe(wanted('revoke', account, `group:${top.id}`));
      expect(seen).toMatchObject({ hold: 'indirect', through: ['Middle', 'Inner'] });
      const listed = await older.open().entitlements(500);
      expect('entitlements' in listed && listed.entitlements.map(({ name }) => name)).toContain('Top/Middle/Inner');
      expect(await everything((after) => older.open().members!(`group:${top.id}`, page(10, after)))).toMatchObject([
        { id: ann.id, hold: 'indirect' },
      ]);
      // What a group is in is not told by id there.
      expect(await older.open().heldBy?.(ann.id, { limit: 10 })).toMatchObject({ failure: 'incomplete' });
      await older.close();
    });
  });

  describe('lists', () => {
    it('show who has a role: by themselves, through groups and the groups below, and through other roles', async () => {
      const [ann, bob, eve, kim] = [person(), person(), person(), person()];
      const inner = role('client-role');
      const outer = role('realm-role', [inner.bare]);
      const group = at.realm.addGroup(`Staff ${serial}`);
      at.realm.give('users', ann.id, inner.bare);
      at.realm.give('groups', group.id, inner.bare);
      at.realm.join(bob.id, group.id);
      at.realm.join(eve.id, at.realm.addGroup('Below', group.id).id);
      at.realm.give('users', kim.id, outer.bare);
      const target = at.open({ budget: { calls: 200 } });
      const holders = await everything((after) => target.members!(inner.id, page(1, after)));
      expect(holders.map(({ id, hold }) => `${id} ${hold}`).sort()).toEqual(
        [`${ann.id} direct`, `${bob.id} indirect`, `${eve.id} indirect`, `${kim.id} indirect`].sort(),
      );
      expect(await at.open({ budget: { calls: 4 } }).members?.(inner.id, { limit: 5 })).toMatchObject({
        failure: 'incomplete',
      });
    });

    it('show what somebody has: groups and those above them, roles of the realm and of every client', async () => {
      const ann = person();
      const top = at.realm.addGroup(`Above ${serial}`);
      const below = at.realm.addGroup('Below', top.id);
      const inner = role('client-role');
      const outer = role('realm-role', [inner.bare]);
      at.realm.join(ann.id, below.id);
      at.realm.give('users', ann.id, outer.bare);
      const target = at.open({ budget: { calls: 200 } });
      const held = await everything((after) => target.heldBy!(ann.id, page(10, after)));
      expect(held.map(({ entitlement, hold, through }) => [entitlement.id, hold, through])).toEqual([
        [`group:${below.id}`, 'direct', []],
        [`group:${top.id}`, 'indirect', ['Below']],
        [outer.id, 'direct', []],
        [inner.id, 'indirect', []],
      ]);
      expect(await at.open().heldBy?.('nobody', { limit: 10 })).toEqual({ failure: 'no-account' });
    });

    it('show every client that signs in by itself, with the age of its secret where Keycloak tells it, and no secret', async () => {
      const times = { 'client.secret.creation.time': '1760000000', 'client.secret.expiration.time': '1790000000' };
      const before = { 'client.secret.rotated.creation.time': '1750000000' };
      at.realm.addClient('rotated', 'not-to-be-seen-1', { attributes: { ...times, ...before } });
      at.realm.addClient('ageless', 'not-to-be-seen-2', { enabled: false });
      at.realm.addClient('signer', 'not-to-be-seen-3', { clientAuthenticatorType: 'client-jwt' });
      const target = at.open({ budget: { calls: 200 } });
      const found = await everything((after) => target.nonHumanIdentities!(page(3, after)));
      const of = (login: string) => found.find((each) => each.login === `service-account-${login}`);
      expect(of('rotated')).toMatchObject({
        kind: 'service-account',
        active: true,
        credentials: [
          {
            id: 'secret',
            kind: 'secret',
            createdAt: '2025-10-09T08:53:20.000Z',
            expiresAt: '2026-09-21T14:13:20.000Z',
          },
          { id: 'secret-before', kind: 'secret', createdAt: '2025-06-15T15:06:40.000Z' },
        ],
      });
      expect(of('ageless')).toMatchObject({ active: false, credentials: [{ id: 'secret', kind: 'secret' }] });
      expect(of('signer')?.credentials).toEqual([{ id: 'key', kind: 'key' }]);
      expect(of('ledger')).toBeUndefined();
      expect(await at.open().identityById(of('rotated')?.id ?? '')).toMatchObject({
        found: 'one',
        value: { kind: 'service-account' },
      });
    });

    it('say that they are not whole when the budget ends before the last client', async () => {
      const groups = at.realm.all(at.realm.groups).length;
      const listed = await at.open({ budget: { calls: groups + 5 } }).entitlements(1000);
      expect(listed).toMatchObject({ complete: false });
    });
  });

  describe('people', () => {
    it.each(['" or username pr', '*', 'a b', '../../groups?x', 'x" atlassianAccountId:"y', '\\"'])(
      'are not found by the hostile name or account id %j',
      async (text) => {
        expect(await at.open().identityByLogin(text)).toEqual({ found: 'none' });
        expect(await at.open().identityByAccountId(text)).toEqual({ found: 'none' });
      },
    );
  });

  describe('signing in', () => {
    it('works with a private key in place of a secret', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const reader = at.realm.all(at.realm.clients).find(({ clientId }) => clientId === READER.clientId);
      const own = await keycloakHarness();
      const id = own.realm.all(own.realm.clients).find(({ clientId }) => clientId === READER.clientId)?.id ?? '';
      own.realm.change(own.realm.clients, id, {
        clientAuthenticatorType: 'client-jwt',
        publicKey: await exportSPKI(publicKey),
      });
      const auth = { kind: 'private-key-jwt', tokenUrl, clientId: READER.clientId, keyId: 'k' } as const;
      expect(reader?.id).toBe(id);
      const signing = (pem: string) => own.open({ connector: { auth }, secrets: { read: pem } });
      expect((await signing(await exportPKCS8(privateKey)).probe()).filter(({ ok }) => !ok)).toEqual([]);
      const stranger = await generateKeyPair('RS256', { extractable: true });
      expect((await signing(await exportPKCS8(stranger.privateKey)).probe())[1]).toMatchObject({ ok: false });
      await own.close();
    });

    it('shows in the live test which roles are missing and which are too many', async () => {
      const rightsOf = async (clientId: string, secret: string) =>
        (
          await at
            .open({ connector: { auth: { kind: 'oauth2', tokenUrl, clientId } }, secrets: { read: secret } })
            .probe()
        ).find(({ step }) => step === 'rights');
      expect(await rightsOf(WRITER.clientId, WRITER.secret)).toMatchObject({
        ok: false,
        text: expect.stringMatching(/does not need: manage-users/) as string,
      });
      const { id } = at.realm.addClient('lesser', 'lesser-secret');
      const account = at.realm.all(at.realm.users).find(({ serviceAccountOf }) => serviceAccountOf === id);
      const right = (name: string): string => at.realm.all(at.realm.roles).find((each) => each.name === name)?.id ?? '';
      at.realm.give('users', account?.id ?? '', right('view-users'));
      expect(await rightsOf('lesser', 'lesser-secret')).toMatchObject({
        ok: false,
        text: expect.stringMatching(/missing: view-realm, view-clients/) as string,
      });
      at.realm.give('users', account?.id ?? '', right('realm-admin'));
      expect((await rightsOf('lesser', 'lesser-secret'))?.text).toMatch(/realm-admin/);
    });

    it('shows in the live test that a server answers with people it was not asked about', async () => {
      at.lie('filter-ignored');
      const steps = await at.open().probe();
      expect(steps.find(({ step }) => step === 'look-ups-honoured')).toMatchObject({ ok: false });
    });
  });
});
