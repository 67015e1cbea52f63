import type { Connector } from '../../src/domain/connector';
import {
  judge,
  type Expectation,
  type Observation,
  type ReadFailure,
  type Verdict,
} from '../../src/domain/verification/judge';
import type { Budget, Target } from '../../src/usecases/ports';
import type { Asked, Fault } from './front';

/** A target under test: how its administrator sees it, how the road to it is cut and how it lies. */
export interface TargetHarness {
  /** A target as the app opens it; `connector` and `budget` override single members. */
  open(options?: { connector?: Partial<Connector>; budget?: Partial<Budget> }): Target;
  readonly administrator: {
    person(login: string, accountId?: string): Promise<string>;
    switchOff(personId: string): Promise<void>;
    remove(personId: string): Promise<void>;
    group(name: string): Promise<string>;
    put(groupId: string, memberId: string): Promise<void>;
    take(groupId: string, memberId: string): Promise<void>;
    members(groupId: string): Promise<readonly string[]>;
  };
  fault(fault: Fault): void;
  lie(lie: TargetLie): void;
  /** Back to an honest target on an open road; the count of calls starts anew. */
  restore(): void;
  calls(): readonly Asked[];
  /** Calls of the two common readings on this target, and how many of them obtain a token; absent: none. */
  readonly costs: { readonly held: number; readonly gone: number; readonly signIn?: number };
  /** Everything the target's results said so far, as text, and what must not be in it. */
  said(): string;
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

export type TargetLie =
  /** Every filter is ignored: everybody comes. */
  | 'filter-ignored'
  /** Lists lose their last row and still count it. */
  | 'short-page'
  /** Nothing shows who is in which group. */
  | 'members-hidden'
  /** Ids of members come in another case. */
  | 'other-case'
  /** One row is answered for another. */
  | 'other-row'
  /** Every row comes twice under two ids. */
  | 'twins'
  /** Every account is denied to exist. */
  | 'accounts-denied';

/** What a kind of target has and has not. Everything that is absent is as in SCIM. */
export interface TargetTraits {
  /** `none`: groups hold no groups. `any-depth`: the target itself says what comes through how many groups ever. */
  readonly nesting?: 'five-deep' | 'any-depth' | 'none';
  /** Lies that this kind of target has no way to tell, each with the reason. */
  readonly lacks?: { readonly [lie in TargetLie]?: string };
  /** The steps of the live test after signing in. */
  readonly checks?: readonly string[];
  /** Whether a call changes nothing. Absent: GET. */
  readonly reads?: (call: Asked) => boolean;
  /** A success that is none of this kind's answers. Absent: `[]`. */
  readonly otherShape?: string;
  /** Where an account stands in a path. */
  readonly accountPath?: RegExp;
  /** The id of an entitlement that has the right form and is not there. */
  readonly missing?: string;
  /** People are known by their Atlassian account id; otherwise nobody is found by one. Absent: yes. */
  readonly accountIds?: boolean;
  /** Logins that this kind of target cannot have, as part of the hostile ones. */
  readonly noLogin?: (login: string) => boolean;
  /** The login of the n-th person. Absent: an e-mail address. */
  readonly loginOf?: (n: number) => string;
  /** A login has an address of its own, where 404 means nobody and another row means a broken target. */
  readonly loginIsAddress?: boolean;
  /** The app reads this kind and never writes it. */
  readonly readOnly?: boolean;
  /** The app calls no address of it: what is bound to it is its own name. */
  readonly addressless?: boolean;
  /** The app calls nobody: there is no road that could be cut, and no budget of calls. */
  readonly roadless?: boolean;
  /** Each question has a budget of its own, because somebody else does the asking. */
  readonly budgetEach?: boolean;
  /** No account can be switched off and stay. */
  readonly noSwitchOff?: boolean;
}

const kinds = ['grant', 'modify', 'revoke'] as const;

/** What every connector promises. */
export function targetContract(name: string, start: () => Promise<TargetHarness>, traits: TargetTraits = {}): void {
  const {
    nesting = 'five-deep',
    lacks = {},
    checks = ['find-people', 'read-groups'],
    missing = 'no-such-group',
    accountIds = true,
  } = traits;
  const { loginIsAddress = false, noSwitchOff = false, readOnly = false, addressless = false } = traits;
  const { roadless = false } = traits;
  const onTheRoad = roadless ? it.skip : it;
  const writing = readOnly ? it.skip : it;
  const loginOf = traits.loginOf ?? ((n: number): string => (n === 0 ? 'nobody@acme.test' : `p${n}@acme.test`));
  const reads = traits.reads ?? ((call: Asked): boolean => call.method === 'GET');
  const nested = nesting === 'none' ? it.skip : it;
  const lying = (lie: TargetLie): typeof it.skip => (lacks[lie] === undefined ? it : it.skip);
  describe(`${name} as a target`, () => {
    let at: TargetHarness;
    let admin: TargetHarness['administrator'];
    const names: Record<string, string> = {};
    let serial = 0;

    beforeAll(async () => {
      at = await start();
      admin = at.administrator;
    });
    afterAll(async () => at.close());
    afterEach(() => {
      at.restore();
      for (const secret of at.secrets) expect(at.said()).not.toContain(secret);
    });

    const person = async (): Promise<{ id: string; login: string; accountId: string }> => {
      serial += 1;
      const login = loginOf(serial);
      const accountId = `712020:00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
      return { id: await admin.person(login, accountId), login, accountId };
    };
    const group = async (title: string): Promise<string> => {
      serial += 1;
      const id = await admin.group(`${title} ${serial}`);
      names[id] = `${title} ${serial}`;
      return id;
    };
    const wanted = (
      changeKind: Expectation['changeKind'],
      account: { id: string; login: string },
      groupId: string,
      ...replaced: string[]
    ): Expectation => ({
      changeKind,
      account: { id: account.id, login: account.login },
      entitlement: { id: groupId, name: names[groupId] ?? groupId },
      replaces: replaced.map((entitlementId) => ({ entitlementId, name: names[entitlementId] ?? entitlementId })),
    });
    const seen = async (expectation: Expectation, target = at.open()): Promise<[Verdict, string, Observation]> => {
      const observation = await target.observe(expectation);
      const { verdict, reason } = judge(expectation, observation);
      return [verdict, reason, observation];
    };
    const verdict = async (expectation: Expectation, target?: Target): Promise<string> => {
      const [what, why] = await seen(expectation, target);
      return `${what}: ${why}`;
    };

    describe('reads access as it is', () => {
      it('confirms a grant that is there, with its price and a hash of what was read', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        at.restore();
        const [what, , observation] = await seen(wanted('grant', ann, readers));
        expect(what).toBe('confirmed');
        expect(observation).toMatchObject({
          hold: 'direct',
          account: 'active',
          through: [],
          at: '2026-11-23T09:00:00.000Z',
        });
        expect(observation.failure).toBeUndefined();
        expect(observation.rawHash).toMatch(/^[0-9a-f]{64}$/);
        expect(observation.bytes).toBeGreaterThan(20);
        expect(observation.calls).toBe(at.costs.held);
        expect(at.calls()).toHaveLength(at.costs.held);
      });

      it('confirms a removal that was made while others stay, in the calls it should take', async () => {
        const [ann, bob] = [await person(), await person()];
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        await admin.put(readers, bob.id);
        await admin.take(readers, ann.id);
        at.restore();
        expect(await verdict(wanted('revoke', ann, readers))).toBe('confirmed: gone');
        expect(at.calls()).toHaveLength(at.costs.gone);
      });

      it('confirms the removal of the last member', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        await admin.take(readers, ann.id);
        expect(await verdict(wanted('revoke', ann, readers))).toBe('confirmed: gone');
      });

      it('says absent for a grant that is not there and still held for a removal that was not made', async () => {
        const [ann, bob] = [await person(), await person()];
        const readers = await group('Readers');
        await admin.put(readers, bob.id);
        expect(await verdict(wanted('grant', ann, readers))).toBe('absent: not-held');
        expect(await verdict(wanted('revoke', bob, readers))).toBe('different: still-held');
      });

      it('sees both sides of a modification', async () => {
        const ann = await person();
        const [level1, level2] = [await group('Level one'), await group('Level two')];
        await admin.put(level1, ann.id);
        expect(await verdict(wanted('modify', ann, level2, level1))).toBe('absent: not-held');
        await admin.put(level2, ann.id);
        expect(await verdict(wanted('modify', ann, level2, level1))).toBe('different: previous-level-remains');
        await admin.take(level1, ann.id);
        expect(await verdict(wanted('modify', ann, level2, level1))).toBe('confirmed: held');
      });

      nested('names the groups through which access comes, for a grant and for a removal', async () => {
        const ann = await person();
        const [outer, middle, inner] = [await group('Outer'), await group('Middle'), await group('Inner')];
        await admin.put(outer, middle);
        await admin.put(middle, inner);
        await admin.put(inner, ann.id);
        for (const kind of ['grant', 'revoke'] as const) {
          const [what, why, observation] = await seen(wanted(kind, ann, outer));
          expect([what, why]).toEqual(['different', 'held-through-another-path']);
          expect(observation.through).toEqual([names[middle], names[inner]]);
        }
      });

      nested('follows groups five deep, says so when there are more, and is not led in circles', async () => {
        const [ann, bob] = [await person(), await person()];
        const chain: string[] = [];
        for (let depth = 0; depth <= 6; depth += 1) chain.push(await group('Chain'));
        for (let depth = 1; depth <= 6; depth += 1) await admin.put(chain[depth - 1] ?? '', chain[depth] ?? '');
        await admin.put(chain[5] ?? '', ann.id);
        const roomy = (): Target => at.open({ budget: { calls: 80 } });
        const fifth = await roomy().observe(wanted('revoke', ann, chain[0] ?? ''));
        expect(fifth).toMatchObject({ hold: 'indirect', through: chain.slice(1, 6).map((id) => names[id]) });
        expect(await verdict(wanted('revoke', bob, chain[0] ?? ''), roomy())).toBe(
          nesting === 'any-depth' ? 'confirmed: gone' : 'unreadable: incomplete',
        );
        const [left, right] = [await group('Left'), await group('Right')];
        await admin.put(left, right);
        await admin.put(right, left);
        expect(await verdict(wanted('revoke', bob, left), roomy())).toBe('confirmed: gone');
      });

      it('tells a switched-off account and one that is gone', async () => {
        const [ann, bob] = [await person(), await person()];
        const readers = await group('Readers');
        for (const { id } of [ann, bob]) await admin.put(readers, id);
        await admin.put(readers, (await person()).id);
        if (!noSwitchOff) await admin.switchOff(ann.id);
        await admin.take(readers, bob.id);
        await admin.remove(bob.id);
        expect(await verdict(wanted('grant', ann, readers))).toBe(
          noSwitchOff ? 'confirmed: held' : 'different: account-inactive',
        );
        expect(await verdict(wanted('revoke', ann, readers))).toBe('different: still-held');
        expect(await verdict(wanted('grant', bob, readers))).toBe('absent: account-gone');
        expect(await verdict(wanted('revoke', bob, readers))).toBe('confirmed: account-gone');
      });

      it('concludes nothing about a group that does not exist, or without an account', async () => {
        const ann = await person();
        for (const kind of kinds) {
          for (const id of ['no-such-group', missing])
            expect(await verdict(wanted(kind, ann, id))).toBe('unreadable: not-found');
          expect(await verdict(wanted(kind, { id: '', login: '' }, missing))).toBe('unreadable: no-account');
        }
      });

      it('gives every reading its own hash, the same for the same answers', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        const target = at.open();
        const first = await target.observe(wanted('grant', ann, readers));
        const second = await target.observe(wanted('grant', ann, readers));
        await admin.take(readers, ann.id);
        const third = await target.observe(wanted('grant', ann, readers));
        expect(second.rawHash).toBe(first.rawHash);
        expect(second.calls).toBe(first.calls - (at.costs.signIn ?? 0));
        expect(third.rawHash).not.toBe(first.rawHash);
      });
    });

    describe('concludes nothing from trouble', () => {
      const troubles: ReadonlyArray<[string, Fault, ReadFailure]> = [
        ['no connection', { kind: 'down' }, 'unreachable'],
        ['no answer in time', { kind: 'slow' }, 'timeout'],
        ['an answer that never ends', { kind: 'slow-body' }, 'timeout'],
        ['an answer that breaks off', { kind: 'broken-body' }, 'unreachable'],
        ['401', { kind: 'status', status: 401 }, 'refused-credentials'],
        ['403', { kind: 'status', status: 403 }, 'forbidden'],
        ['429', { kind: 'status', status: 429 }, 'rate-limited'],
        ['500', { kind: 'status', status: 500 }, 'server-error'],
        ['an outage dressed up as 400', { kind: 'status', status: 400 }, 'bad-request'],
        ['a partial answer', { kind: 'status', status: 206, body: '{}' }, 'incomplete'],
        ['404 for everything', { kind: 'status', status: 404 }, 'not-found'],
        [
          'denied egress',
          { kind: 'status', status: 403, headers: { 'forge-proxy-error': 'REQUEST_EGRESS_ALLOWLIST_ERR' } },
          'not-approved',
        ],
        ['garbage', { kind: 'garbage' }, 'not-json'],
        ['an empty answer', { kind: 'empty' }, 'not-json'],
        ['a sign-in page', { kind: 'html' }, 'not-json'],
        ['an enormous answer', { kind: 'huge' }, 'too-large'],
        ['a very deep answer', { kind: 'deep' }, 'too-large'],
        ['a redirect to a metadata service', { kind: 'redirect' }, 'redirected'],
        ['keys that reach into prototypes', { kind: 'prototype' }, 'malformed'],
        ['an answer of another shape', { kind: 'status', status: 200, body: traits.otherShape ?? '[]' }, 'malformed'],
      ];

      onTheRoad.each(troubles)(
        '%s: neither held nor gone, nobody found, nothing changed',
        async (_title, fault, failure) => {
          const [ann, bob] = [await person(), await person()];
          const [readers, writers] = [await group('Readers'), await group('Writers')];
          await admin.put(readers, ann.id);
          at.restore();
          at.fault(fault);
          const quick = (): Target =>
            at.open({ connector: { write: true }, ...(failure === 'timeout' ? { budget: { timeMs: 60 } } : {}) });
          for (const kind of kinds) {
            for (const account of [ann, bob]) {
              const [what, why, observation] = await seen(
                wanted(kind, account, readers, ...(kind === 'modify' ? [writers] : [])),
                quick(),
              );
              expect([kind, what, why]).toEqual([kind, 'unreadable', failure]);
              expect(observation).toMatchObject({ hold: 'unknown', account: 'unknown', failure });
            }
          }
          const unreadable = { found: 'unreadable', failure };
          const atItsAddress = failure === 'not-found' ? { found: 'none' } : unreadable;
          expect(await quick().identityByAccountId(ann.accountId)).toEqual(accountIds ? unreadable : { found: 'none' });
          expect(await quick().identityByLogin(ann.login)).toEqual(loginIsAddress ? atItsAddress : unreadable);
          expect(await quick().identityById(ann.id)).toEqual(atItsAddress);
          expect(await quick().entitlements(10)).toEqual({ failure });
          const applied = await quick().apply(wanted('revoke', ann, readers));
          expect(['refused', 'failed']).toContain(applied.result);
          expect(at.calls().every(reads)).toBe(true);
          expect(at.said()).not.toMatch(/ECONNREFUSED|<b>|10\.0\.0\.5/);
          at.restore();
          expect(await admin.members(readers)).toEqual([ann.id]);
        },
      );

      onTheRoad('stops when the budget of calls is used up', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        expect(await verdict(wanted('grant', ann, readers), at.open({ budget: { calls: at.costs.held - 1 } }))).toBe(
          'unreadable: incomplete',
        );
        expect(at.calls().length).toBeGreaterThan(0);
        at.restore();
        await at.open({ budget: { calls: 0 } }).observe(wanted('grant', ann, readers));
        expect(at.calls()).toHaveLength(0);
      });

      (traits.budgetEach ? it.skip : onTheRoad)('uses one budget for everything a target is asked', async () => {
        const ann = await person();
        const target = at.open({ budget: { calls: 2 + (at.costs.signIn ?? 0) } });
        expect(await target.identityById(ann.id)).toMatchObject({ found: 'one' });
        expect(await target.identityById(ann.id)).toMatchObject({ found: 'one' });
        expect(await target.identityById(ann.id)).toEqual({ found: 'unreadable', failure: 'incomplete' });
      });

      it('does nothing without a secret, with a secret for another origin or at another address', async () => {
        const ann = await person();
        const expectation = wanted('grant', ann, 'g');
        at.restore();
        const open = at.open();
        const own = { fingerprint: 'f', setAt: '2026-01-01T00:00:00.000Z' };
        const moved = at.open({ connector: { secret: { ...own, origin: 'https://other.acme.test' } } });
        const elsewhere = at.open({ connector: { baseUrl: 'https://evil.acme.test/scim' } });
        const literal = at.open({ connector: { baseUrl: 'https://127.0.0.1/scim', origin: 'https://127.0.0.1' } });
        expect(open).toBeDefined();
        expect(await verdict(expectation, moved)).toBe('unreadable: origin-changed');
        if (!addressless) expect(await verdict(expectation, elsewhere)).toBe('unreadable: origin-changed');
        expect(await verdict(expectation, literal)).toBe(
          addressless ? 'unreadable: origin-changed' : 'unreadable: not-approved',
        );
        expect(await moved.identityById(ann.id)).toEqual({ found: 'unreadable', failure: 'origin-changed' });
        expect(await moved.entitlements(1)).toEqual({ failure: 'origin-changed' });
        expect((await moved.probe()).map(({ ok }) => ok)).toEqual(
          // A relay is one step away from the app; what lies behind it was not tried.
          traits.budgetEach ? [false] : [false, false, false],
        );
        expect(at.calls()).toHaveLength(0);
      });
    });

    describe('is not taken in by lies', () => {
      lying('filter-ignored')(
        'a target that ignores filters grants nobody anything and finds only the right person',
        async () => {
          const [ann, bob] = [await person(), await person()];
          const readers = await group('Readers');
          await admin.put(readers, bob.id);
          at.lie('filter-ignored');
          const roomy = (): Target => at.open({ budget: { calls: 200 } });
          expect(await verdict(wanted('grant', ann, readers), roomy())).toBe('absent: not-held');
          expect(await verdict(wanted('grant', bob, readers), roomy())).toBe('confirmed: held');
          expect(await verdict(wanted('revoke', bob, readers), roomy())).toBe('different: still-held');
          const found = { found: 'one', value: { id: ann.id } };
          if (accountIds) expect(await roomy().identityByAccountId(ann.accountId)).toMatchObject(found);
          expect(await roomy().identityByLogin(ann.login)).toMatchObject(found);
          expect(await roomy().identityByLogin(loginOf(0))).toEqual({ found: 'none' });
        },
      );

      lying('short-page')('a list that is shorter than it says is not the whole list', async () => {
        const ann = await person();
        at.lie('short-page');
        expect(await at.open().identityByLogin(ann.login)).toEqual({ found: 'unreadable', failure: 'incomplete' });
        expect(await at.open({ budget: { calls: 60 } }).entitlements(500)).toMatchObject({ complete: false });
      });

      lying('members-hidden')('members that are not shown are not members that are not there', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        at.lie('members-hidden');
        for (const kind of kinds) expect(await verdict(wanted(kind, ann, readers))).toBe('unreadable: incomplete');
      });

      lying('other-case')('an id in another case is neither the account nor proof that it is gone', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        at.lie('other-case');
        for (const kind of kinds) expect((await seen(wanted(kind, ann, readers)))[0]).toBe('unreadable');
      });

      lying('other-row')('a row for somebody else is not the answer', async () => {
        const ann = await person();
        const readers = await group('Readers');
        await admin.put(readers, ann.id);
        at.lie('other-row');
        for (const kind of kinds) expect(await verdict(wanted(kind, ann, readers))).toBe('unreadable: malformed');
        expect(await at.open().identityById(ann.id)).toEqual({ found: 'unreadable', failure: 'malformed' });
        expect(await at.open().identityByLogin(ann.login)).toEqual(
          loginIsAddress ? { found: 'unreadable', failure: 'malformed' } : { found: 'none' },
        );
        expect(await at.open().identityByAccountId(ann.accountId)).toEqual({ found: 'none' });
      });

      lying('twins')('two people with one account id or one login are for a person to decide', async () => {
        const ann = await person();
        at.lie('twins');
        if (accountIds) expect(await at.open().identityByAccountId(ann.accountId)).toEqual({ found: 'many' });
        expect(await at.open().identityByLogin(ann.login)).toEqual({ found: 'many' });
      });

      lying('accounts-denied')(
        'an account that is denied to exist and still stands in the group has not lost it',
        async () => {
          const ann = await person();
          const readers = await group('Readers');
          await admin.put(readers, ann.id);
          at.lie('accounts-denied');
          expect(await verdict(wanted('revoke', ann, readers))).toBe('different: still-held');
          expect(await verdict(wanted('grant', ann, readers))).toBe('absent: account-gone');
        },
      );
    });

    describe('finds people', () => {
      it('by account id, by login in any case and by id', async () => {
        const ann = await person();
        const expected = {
          found: 'one',
          value: {
            id: ann.id,
            login: ann.login,
            ...(accountIds ? { accountId: ann.accountId } : {}),
            kind: 'person',
            active: true,
          },
        };
        expect(await at.open().identityByAccountId(ann.accountId)).toMatchObject(
          accountIds ? expected : { found: 'none' },
        );
        expect(await at.open().identityByLogin(ann.login)).toMatchObject(expected);
        expect(await at.open().identityByLogin(ann.login.toUpperCase())).toMatchObject(expected);
        expect(await at.open().identityById(ann.id)).toMatchObject(expected);
        expect(await at.open().identityByLogin(loginOf(0))).toEqual({ found: 'none' });
        expect(await at.open().identityById('nobody')).toEqual({ found: 'none' });
        expect(await at.open().identityByAccountId('')).toEqual({ found: 'none' });
      });

      const hostile = [
        '" or userName pr or userName eq "',
        'a" and active eq true',
        '\\" or userName pr',
        'back\\slash',
        'back\\',
        "o'hara)] or (userName pr",
        'null',
        'true',
        '42',
        '%22%20or%20userName%20pr',
        '../../Groups?filter=x#y',
        'späße 漢字 🙂',
      ];
      it.each(hostile.filter((login) => !traits.noLogin?.(login)))(
        'the login %j is one value and nothing else',
        async (login) => {
          await person();
          expect(await at.open().identityByLogin(login)).toEqual({ found: 'none' });
          expect(await at.open().identityByAccountId(login)).toEqual({ found: 'none' });
          const id = await admin.person(login);
          expect(await at.open().identityByLogin(login)).toMatchObject({ found: 'one', value: { id, login } });
        },
      );

      it.each([
        ...['..', '.', '../Groups', 'a/b', '?x=1', '#x', '%2e%2e', '\u0000', '\ud800'].map((id): [string, string] => [
          JSON.stringify(id),
          id,
        ]),
        ['of 3000 letters', 'x'.repeat(3000)],
      ] satisfies Array<[string, string]>)('the id %s stays in its place in the path', async (_title, id) => {
        const root = traits.accountPath ?? /^\/[\w/]+\/Users\/[^/?#]+$/;
        expect((await at.open().identityById(id)).found).not.toBe('one');
        for (const { path } of at.calls()) expect(path).toMatch(root);
        const [what] = await seen(wanted('revoke', { id, login: 'x' }, id));
        expect(what).toBe('unreadable');
      });
    });

    describe('shows what it has', () => {
      it('lists entitlements up to a limit and says whether that is all', async () => {
        const readers = await group('Readers');
        const all = await at.open({ budget: { calls: 100 } }).entitlements(1000);
        expect(all).toMatchObject({ complete: true });
        expect('entitlements' in all && all.entitlements).toContainEqual(
          expect.objectContaining({ id: readers, name: names[readers] }),
        );
        const few = await at.open().entitlements(2);
        expect(few).toMatchObject({ complete: false });
        expect('entitlements' in few && few.entitlements).toHaveLength(2);
      });

      it('passes its live test, step by step, and names the step that fails', async () => {
        await person();
        const readers = await group('Readers');
        expect(readers).toBeTruthy();
        expect(await at.open().probe()).toEqual(
          ['reach', 'sign-in', 'wrong-secret-refused', ...checks].map((step) => ({
            step,
            ok: true,
            text: expect.stringMatching(/^[A-Z].*\.$/) as string,
          })),
        );
        if (roadless) return;
        at.fault({ kind: 'status', status: 401 });
        const refused = await at.open().probe();
        expect(refused.map(({ ok }) => ok)).toEqual([true, false, false, ...checks.map(() => false)]);
        expect(refused[1]?.text).toMatch(/refuses the secret/);
        at.fault({ kind: 'down' });
        expect((await at.open().probe())[0]).toMatchObject({
          step: 'reach',
          ok: false,
          text: expect.stringMatching(/address/) as string,
        });
      });
    });

    describe('changes only what it may', () => {
      it('refuses to write where writing is off, without asking the target', async () => {
        const ann = await person();
        const readers = await group('Readers');
        at.restore();
        expect(await at.open().apply(wanted('grant', ann, readers))).toEqual({
          result: 'refused',
          failure: 'forbidden',
        });
        expect(at.calls()).toHaveLength(0);
        expect(await admin.members(readers)).toEqual([]);
      });

      writing('grants, revokes and modifies, and leaves alone what is already so', async () => {
        const [ann, bob] = [await person(), await person()];
        const [level1, level2] = [await group('Level one'), await group('Level two')];
        await admin.put(level1, bob.id);
        const apply = (expectation: Expectation) => at.open({ connector: { write: true } }).apply(expectation);
        expect(await apply(wanted('grant', ann, level1))).toEqual({ result: 'applied' });
        expect(await apply(wanted('grant', ann, level1))).toEqual({ result: 'already' });
        expect([...(await admin.members(level1))].sort()).toEqual([ann.id, bob.id].sort());
        expect(await apply(wanted('modify', ann, level2, level1))).toEqual({ result: 'applied' });
        expect(await apply(wanted('modify', ann, level2, level1))).toEqual({ result: 'already' });
        expect(await admin.members(level1)).toEqual([bob.id]);
        expect(await apply(wanted('revoke', ann, level2))).toEqual({ result: 'applied' });
        expect(await apply(wanted('revoke', ann, level2))).toEqual({ result: 'already' });
        expect(await admin.members(level2)).toEqual([]);
        expect(await verdict(wanted('revoke', ann, level2))).toBe('confirmed: gone');
      });

      writing('gives nothing to an account that is not there', async () => {
        const outer = await group('Outer');
        const apply = (expectation: Expectation) => at.open({ connector: { write: true } }).apply(expectation);
        expect(await apply(wanted('grant', { id: 'nobody', login: 'nobody' }, outer))).toEqual({
          result: 'refused',
          failure: 'no-account',
        });
        expect(await admin.members(outer)).toEqual([]);
      });

      (readOnly ? it.skip : nested)('takes nothing that comes through another group', async () => {
        const ann = await person();
        const [outer, inner] = [await group('Outer'), await group('Inner')];
        await admin.put(outer, inner);
        await admin.put(inner, ann.id);
        const apply = (expectation: Expectation) => at.open({ connector: { write: true } }).apply(expectation);
        expect(await apply(wanted('revoke', ann, outer))).toEqual({ result: 'refused', failure: 'bad-request' });
        expect(await admin.members(inner)).toEqual([ann.id]);
        expect(await admin.members(outer)).toEqual([inner]);
      });
    });
  });
}
