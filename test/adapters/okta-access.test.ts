import { exportJWK, exportPKCS8, generateKeyPair } from 'jose';
import { ADMIN_TOKEN } from '../../sandbox/targets/okta/credentials';
import type { UserStatus } from '../../sandbox/targets/okta/organisation';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import type { Page, Target } from '../../src/usecases/ports';
import { oktaBench, type OktaBench } from './okta-bench';

describe('Okta as a target', () => {
  let bench: OktaBench;
  let serial = 0;
  beforeAll(async () => {
    bench = await oktaBench(2);
  });
  afterEach(() => bench.front.reset());
  afterAll(() => bench.close());

  const organisation = () => bench.server.organisation;
  const person = (status?: UserStatus): { id: string; login: string } => {
    const login = `u${(serial += 1)}@acme.test`;
    return { id: organisation().createUser({ login, employeeNumber: `N-${serial}` }, status).id, login };
  };
  const app = (label = 'Ledger'): string => organisation().createApp(label).id;
  const wanted = (changeKind: Expectation['changeKind'], account: Expectation['account'], id: string): Expectation => ({
    changeKind,
    account,
    entitlement: { id, name: id },
    replaces: [],
  });
  const verdict = async (expectation: Expectation, target: Target = bench.open()): Promise<string> => {
    const { verdict: what, reason } = judge(expectation, await target.observe(expectation));
    return `${what}: ${reason}`;
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

  describe('app assignments', () => {
    it('are proven in two calls, given and taken', async () => {
      const ann = person();
      const ledger = app();
      organisation().give(ledger, ann.id);
      expect(await verdict(wanted('grant', ann, `app:${ledger}`))).toBe('confirmed: held');
      expect(bench.front.asked).toHaveLength(2);
      expect(await verdict(wanted('revoke', ann, `app:${ledger}`))).toBe('different: still-held');
      organisation().takeBack(ledger, ann.id);
      bench.front.reset();
      expect(await verdict(wanted('revoke', ann, `app:${ledger}`))).toBe('confirmed: gone');
      expect(bench.front.asked).toHaveLength(2);
      expect(await verdict(wanted('grant', ann, `app:${ledger}`))).toBe('absent: not-held');
    });

    it('that come through a group are access, and the group is named', async () => {
      const ann = person();
      const expenses = app('Expenses');
      const staff = organisation().createGroup('Finance staff');
      organisation().giveToGroup(expenses, staff.id);
      organisation().join(staff.id, ann.id);
      organisation().give(expenses, ann.id);
      organisation().takeBack(expenses, ann.id);
      for (const kind of ['grant', 'revoke'] as const)
        expect(await verdict(wanted(kind, ann, `app:${expenses}`))).toBe('different: held-through-another-path');
      const seen = await bench.open().observe(wanted('revoke', ann, `app:${expenses}`));
      expect(seen).toMatchObject({ hold: 'indirect', through: ['Finance staff'] });
      const writing = bench.open({ connector: { write: true } });
      expect(await writing.apply(wanted('revoke', ann, `app:${expenses}`))).toEqual({
        result: 'refused',
        failure: 'bad-request',
      });
    });

    it.each([
      ['PENDING', 'pending: waiting-in-target', 'pending: waiting-in-target'],
      ['STAGED', 'pending: waiting-in-target', 'pending: waiting-in-target'],
      ['REVOKED', 'pending: waiting-in-target', 'pending: waiting-in-target'],
      ['DEPROVISIONED', 'pending: waiting-in-target', 'pending: waiting-in-target'],
      ['SUSPENDED', 'different: account-inactive', 'different: still-held'],
      ['PROVISIONED', 'confirmed: held', 'different: still-held'],
      ['SOMETHING_NEW', 'unreadable: malformed', 'unreadable: malformed'],
    ])('in status %s are neither taken for more nor for less than they are', async (status, granted, revoked) => {
      const ann = person();
      const ledger = app();
      organisation().give(ledger, ann.id, status);
      expect(await verdict(wanted('grant', ann, `app:${ledger}`))).toBe(granted);
      expect(await verdict(wanted('revoke', ann, `app:${ledger}`))).toBe(revoked);
    });

    it('of an app that is not there prove nothing', async () => {
      expect(await verdict(wanted('revoke', person(), 'app:0oanothinghere'))).toBe('unreadable: not-found');
    });

    it('are given and taken back by the app, once', async () => {
      const ann = person();
      const ledger = app();
      const apply = (kind: 'grant' | 'revoke') =>
        bench.open({ connector: { write: true } }).apply(wanted(kind, ann, `app:${ledger}`));
      expect([await apply('grant'), await apply('grant')]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(organisation().assignment(ledger, ann.id)).toMatchObject({ scope: 'USER' });
      expect([await apply('revoke'), await apply('revoke')]).toEqual([{ result: 'applied' }, { result: 'already' }]);
      expect(organisation().assignment(ledger, ann.id)).toBeUndefined();
    });
  });

  describe('users', () => {
    it.each([
      ['STAGED', 'pending: waiting-in-target'],
      ['PROVISIONED', 'pending: waiting-in-target'],
      ['ACTIVE', 'confirmed: held'],
      ['SUSPENDED', 'different: account-inactive'],
      ['DEPROVISIONED', 'different: account-inactive'],
    ] as const)('in status %s hold a group accordingly', async (status, expected) => {
      const ann = person(status);
      const readers = organisation().createGroup('Readers');
      organisation().join(readers.id, ann.id);
      expect(await verdict(wanted('grant', ann, `group:${readers.id}`))).toBe(expected);
      expect(await verdict(wanted('revoke', ann, `group:${readers.id}`))).toBe('different: still-held');
    });

    it('that are deactivated are found by their login all the same', async () => {
      const ann = person('DEPROVISIONED');
      expect(await bench.open().identityByLogin(ann.login)).toMatchObject({ found: 'one', value: { active: false } });
    });

    it('are found by employee number, exactly', async () => {
      const ann = person();
      const found = await bench.open().identityByEmployeeNumber?.(`N-${serial}`);
      expect(found).toMatchObject({
        found: 'one',
        value: { id: ann.id, attributes: { employeeNumber: `N-${serial}` } },
      });
      expect(await bench.open().identityByEmployeeNumber?.(`n-${serial}`)).toEqual({ found: 'none' });
    });

    it('are not found by the part of the login before the @, nor is "me" an id', async () => {
      const ann = person();
      const short = ann.login.split('@')[0] ?? '';
      expect(await bench.open().identityByLogin(short)).toEqual({ found: 'none' });
      for (const id of [short, ann.login, 'me']) expect((await bench.open().identityById(id)).found).toBe('unreadable');
      expect(await verdict(wanted('revoke', { id: 'me', login: 'me' }, 'group:x'))).toBe('unreadable: bad-request');
    });
  });

  describe('paging', () => {
    it('is followed to the end, however short the pages', async () => {
      const ann = person();
      const ids = Array.from({ length: 5 }, (_, n) => organisation().createGroup(`Page ${n}`).id);
      for (const id of ids) organisation().join(id, ann.id);
      expect(await verdict(wanted('grant', ann, `group:${ids[4]}`), bench.open())).toBe('confirmed: held');
    });

    it.each([
      ['to another host', 'https://evil.okta.com/api/v1/users?after=1', 'redirected'],
      ['to the page that was read', 'https://acme.okta.com/api/v1/users?after=2', 'incomplete'],
      ['nowhere', 'not a url', 'malformed'],
    ])('that leads %s proves nothing', async (_title, next, failure) => {
      const ann = person();
      const target = bench.open();
      bench.front.lie = { answer: () => ({ headers: { link: `<${next}>; rel="next"` } }) };
      expect(await target.observe(wanted('revoke', ann, 'group:00gsomewhere'))).toMatchObject({
        hold: 'unknown',
        failure,
      });
      expect(await bench.open().identityByLogin('nobody@acme.test')).toEqual({ found: 'unreadable', failure });
      expect(bench.front.asked.every(({ path }) => path.startsWith('/api/v1/'))).toBe(true);
    });
  });

  describe('ids of entitlements', () => {
    it.each(['group:', 'app:', 'group:a/b', 'group:../users', 'group:a?x', 'role:x', '00g1', 'group:ü'])(
      '%s asks nothing and is none',
      async (id) => {
        const ann = person();
        bench.front.reset();
        expect(await verdict(wanted('revoke', ann, id))).toBe('unreadable: not-found');
        expect(await bench.open().members?.(id, { limit: 10 })).toEqual({ failure: 'not-found' });
        expect(bench.front.asked).toEqual([]);
      },
    );
  });

  describe('lists', () => {
    it('show who is in a group and who has an app, page after page', async () => {
      const people = [person(), person(), person('STAGED')];
      const readers = organisation().createGroup('Readers');
      const ledger = app();
      organisation().giveToGroup(ledger, readers.id);
      for (const { id } of people) organisation().join(readers.id, id);
      organisation().give(ledger, people[0]?.id ?? '');
      const target = bench.open();
      const holders = await everything(async (after) =>
        target.members!(`group:${readers.id}`, { limit: 2, ...(after === undefined ? {} : { after }) }),
      );
      expect(holders.map(({ id, hold }) => [id, hold]).sort()).toEqual(
        people.map(({ id }, n) => [id, n === 2 ? 'pending' : 'direct']).sort(),
      );
      const assigned = await everything(async (after) =>
        target.members!(`app:${ledger}`, { limit: 2, ...(after === undefined ? {} : { after }) }),
      );
      expect(assigned.map(({ id, hold }) => [id, hold]).sort()).toEqual(
        people.map(({ id }, n) => [id, n === 0 ? 'direct' : 'indirect']).sort(),
      );
    });

    it('show what somebody has: groups and apps, and nothing when it does not say whose an app is', async () => {
      const [ann, bob] = [person(), person()];
      const readers = organisation().createGroup('Readers');
      const [ledger, payroll] = [app('Ledger'), app('Payroll')];
      organisation().join(readers.id, ann.id);
      organisation().give(ledger, ann.id);
      organisation().give(payroll, bob.id);
      const held = async (): Promise<string[]> => {
        const target = bench.open({ budget: { calls: 80 } });
        const rows = await everything(async (after) =>
          target.heldBy!(ann.id, { limit: 2, ...(after === undefined ? {} : { after }) }),
        );
        return rows.map(({ entitlement }) => entitlement.id);
      };
      const groups = organisation().groupsOf(ann.id);
      expect(groups.map(({ name }) => name).sort()).toEqual(['Everyone', 'Readers']);
      const expected = [...groups.map(({ id }) => `group:${id}`), `app:${ledger}`].sort();
      expect((await held()).sort()).toEqual(expected);
      bench.front.lie = { ask: (path) => path.replace(/filter=[^&]*&?/, '') };
      await expect(held()).rejects.toThrow('malformed');
    });

    it('show service apps with their keys, and never a secret', async () => {
      const { publicKey } = await generateKeyPair('RS256', { extractable: true });
      const key = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256' };
      const batch = organisation().createApp('Batch', { type: 'service', keys: [key] });
      const target = bench.open({ budget: { calls: 80 } });
      const rows = await everything(async (after) =>
        target.nonHumanIdentities!({ limit: 2, ...(after === undefined ? {} : { after }) }),
      );
      expect(rows).toContainEqual({
        id: batch.id,
        login: batch.id,
        name: 'Batch',
        kind: 'workload',
        active: true,
        credentials: [{ id: 'key-1', kind: 'key', createdAt: '2026-11-23T09:00:00.000Z' }],
      });
      expect(rows.every(({ name }) => name !== 'Ledger')).toBe(true);
    });

    it('name groups and apps as what they are', async () => {
      const ledger = app('General ledger');
      const all = await bench.open({ budget: { calls: 200 } }).entitlements(1000);
      expect('entitlements' in all && all.entitlements).toContainEqual({
        id: `app:${ledger}`,
        name: 'General ledger',
        label: 'App assignment',
      });
      expect(all).toMatchObject({ complete: true });
    });
  });

  describe('signing in with a private key', () => {
    const reading = ['okta.users.read', 'okta.groups.read', 'okta.apps.read'];

    async function serviceApp(granted: readonly string[], asked = granted): Promise<(key?: string) => Target> {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256' };
      const client = organisation().createApp('Proofgate', { type: 'service', keys: [key], scopes: [...granted] });
      const pem = await exportPKCS8(privateKey);
      const auth = {
        kind: 'private-key-jwt',
        tokenUrl: 'https://acme.okta.com/oauth2/v1/token',
        clientId: client.id,
        keyId: 'k',
        scope: asked.join(' '),
      } as const;
      return (secret = pem) => bench.open({ connector: { auth }, secrets: { read: secret } });
    }

    it('costs one call more, and no secret or token is said', async () => {
      const open = await serviceApp(reading);
      const ann = person();
      const ledger = app();
      organisation().give(ledger, ann.id);
      bench.front.reset();
      expect(await verdict(wanted('grant', ann, `app:${ledger}`), open())).toBe('confirmed: held');
      expect(bench.front.asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
      const token = bench.front.asked.at(-1)?.authorization?.replace('Bearer ', '') ?? '';
      expect(token.length).toBeGreaterThan(20);
      expect(bench.said()).not.toContain(token);
    });

    it('passes the live test with the scopes that reading needs', async () => {
      const open = await serviceApp(reading);
      const steps = await open().probe();
      expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    });

    it.each([
      ['a scope is missing', ['okta.users.read', 'okta.groups.read'], /missing: okta\.apps\.read/],
      ['scopes go beyond reading', [...reading, 'okta.groups.manage'], /does not need: okta\.groups\.manage/],
    ])('says that %s', async (_title, scopes, text) => {
      const open = await serviceApp(scopes);
      const rights = (await open().probe()).find(({ step }) => step === 'rights');
      expect(rights).toMatchObject({ ok: false, text: expect.stringMatching(text) as string });
    });

    it('is refused with another key, and nothing is concluded', async () => {
      const open = await serviceApp(reading);
      const other = await exportPKCS8((await generateKeyPair('RS256', { extractable: true })).privateKey);
      const ann = person();
      for (const key of [other, 'no key at all'])
        expect(await verdict(wanted('revoke', ann, 'group:00gsomewhere'), open(key))).toBe(
          'unreadable: refused-credentials',
        );
    });
  });

  describe('the live test', () => {
    const failing = async (target = bench.open()): Promise<string[]> =>
      (await target.probe()).filter(({ ok }) => !ok).map(({ step }) => step);

    it('warns of an API token whose maker may do more than read', async () => {
      const rights = (await bench.open({ secrets: { read: ADMIN_TOKEN } }).probe()).find(
        ({ step }) => step === 'rights',
      );
      expect(rights).toMatchObject({ ok: false, text: expect.stringContaining('SUPER_ADMIN') as string });
    });

    it('finds a server that ignores filters, and one that finds nobody', async () => {
      bench.front.lie = { ask: (path) => path.replace(/(filter|search)=[^&]*&?/, '') };
      expect(await failing()).toEqual(['look-ups-honoured']);
      bench.front.lie = { answer: (path) => (/[?&]search=/.test(path) ? { body: [] } : undefined) };
      expect(await failing()).toEqual(['look-ups-honoured']);
    });

    it('finds a server that lets anybody in', async () => {
      bench.front.letAnybodyInAs = `SSWS ${ADMIN_TOKEN}`;
      expect(await failing()).toEqual(['wrong-secret-refused', 'rights']);
    });
  });
});
