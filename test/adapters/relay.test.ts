/** A target behind a relay keeps the promises of every connector, whatever happens on either side of the relay. */
import type { Post } from '../../relay/run-relay';
import { judge, type Expectation } from '../../src/domain/verification/judge';
import { relayBeforeScim, type RelayHarness, type Road } from './relay-harness';
import { targetContract } from './target-contract';

// The relay reads with the app's code for SCIM, so every lie and every trouble of SCIM applies. It never writes; where it
// reads stands in its own file, and each question has a budget of its own.
targetContract('a SCIM service behind a relay', relayBeforeScim, {
  readOnly: true,
  addressless: true,
  budgetEach: true,
});

describe('on the road between relay and app', () => {
  let at: RelayHarness;
  let account: { id: string; login: string };
  let group: string;
  beforeEach(async () => {
    at = await relayBeforeScim();
    account = { id: await at.administrator.person('ann@plant.test'), login: 'ann@plant.test' };
    group = await at.administrator.group('Readers');
    await at.administrator.put(group, await at.administrator.person('bob@plant.test'));
  });
  afterEach(async () => at.close());

  const asked = (changeKind: 'grant' | 'revoke'): Expectation => ({
    changeKind,
    account,
    entitlement: { id: group, name: 'Readers' },
    replaces: [],
  });
  const read = async (changeKind: 'grant' | 'revoke'): Promise<string> => {
    const { verdict, reason } = judge(asked(changeKind), await at.open().observe(asked(changeKind)));
    return `${verdict}: ${reason}`;
  };
  const lost = Promise.reject.bind(Promise, new Error('lost')) as () => Promise<never>;

  it.each<[string, Road]>([
    ['every message is lost', () => lost],
    [
      'every reply is lost',
      (post) => async (headers, body) => {
        await post(headers, body);
        return lost();
      },
    ],
    ['messages are cut off', (post) => (headers, body) => post(headers, body.slice(0, -1))],
    ['messages are changed', (post) => (headers, body) => post(headers, body.replace('"v":1', '"v": 1'))],
    [
      'replies are cut off',
      (post) => async (headers, body) => {
        const reply = await post(headers, body);
        return { ...reply, body: reply.body.slice(0, -1) };
      },
    ],
    [
      'questions are exchanged',
      (post) => async (headers, body) => {
        const reply = await post(headers, body);
        return { ...reply, body: reply.body.replaceAll(/"ask":"[a-z]+"/g, '"ask":"probe"') };
      },
    ],
    [
      'signatures are taken away',
      (post) => async (headers, body) => {
        const { signature: _taken, ...reply } = await post(headers, body);
        return { ...reply, signature: undefined };
      },
    ],
    ['the app is down', () => () => Promise.resolve({ status: 503, signature: undefined, body: '{}' })],
  ])('%s: neither held nor gone', async (_what, road) => {
    at.road = road;
    for (const held of [true, false]) {
      await at.administrator[held ? 'put' : 'take'](group, account.id);
      for (const kind of ['grant', 'revoke'] as const) expect(await read(kind)).toBe('unreadable: relay-silent');
      expect(await at.open().identityByLogin(account.login)).toEqual({ found: 'unreadable', failure: 'relay-silent' });
      expect(await at.open().entitlements(10)).toEqual({ failure: 'relay-silent' });
    }
  });

  it('every message comes twice: each answer counts once', async () => {
    const statuses: number[] = [];
    at.road = (post) => async (headers, body) => {
      const reply = await post(headers, body);
      statuses.push((await post(headers, body)).status);
      return reply;
    };
    await at.administrator.put(group, account.id);
    expect(await read('grant')).toBe('confirmed: held');
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(at.relays.facts).toEqual([]);
  });

  it('an answer of yesterday is sent again: it proves nothing any more', async () => {
    const kept: Array<Parameters<Post>> = [];
    at.road = (post) => (headers, body) => {
      kept.push([headers, body]);
      return post(headers, body);
    };
    await at.administrator.put(group, account.id);
    expect(await read('grant')).toBe('confirmed: held');
    await at.administrator.take(group, account.id);
    const old = [...kept];
    for (const ms of [0, 30_000, 400_000]) {
      at.wait(ms);
      // In place of what the relay says, the app hears what it said then.
      at.road = (post) => async () => {
        for (const message of old) expect((await post(...message)).status).toBe(401);
        return lost();
      };
      expect(await read('grant')).toBe('unreadable: relay-silent');
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'loss, doubling, delay and dying relays: the truth or nothing (%s)',
    async (seed) => {
      let drawn = seed;
      const draw = (below: number): number => {
        drawn = (Math.imul(drawn, 1_103_515_245) + 12_345) >>> 0;
        return (drawn >>> 16) % below;
      };
      const delayed: Array<Parameters<Post>> = [];
      at.road = (post) => async (headers, body) => {
        switch (draw(6)) {
          case 0:
            return lost();
          case 1:
            await post(headers, body);
            return lost();
          case 2:
            await post(headers, body);
            return post(headers, body);
          case 3:
            delayed.push([headers, body]);
            return lost();
          case 4:
            for (const message of delayed.splice(0)) await post(...message);
            return post(headers, body);
          default:
            return post(headers, body);
        }
      };
      const seen = { truth: 0, nothing: 0 };
      for (let round = 0; round < 25; round++) {
        const held = draw(2) === 0;
        await at.administrator[held ? 'put' : 'take'](group, account.id);
        const since = at.now();
        at.wait(1 + draw(40) * 1000);
        if (draw(4) === 0) await at.restart();
        const kind = draw(2) === 0 ? 'grant' : 'revoke';
        const observation = await at.open().observe({ ...asked(kind), notBefore: since });
        const { verdict } = judge(asked(kind), observation);
        const truth = kind === 'grant' ? (held ? 'confirmed' : 'absent') : held ? 'different' : 'confirmed';
        expect([truth, 'unreadable']).toContain(verdict);
        seen[verdict === 'unreadable' ? 'nothing' : 'truth'] += 1;
      }
      expect(seen.truth).toBeGreaterThan(0);
      expect(seen.nothing).toBeGreaterThan(0);
      // Once the road is open again, so is the reading.
      at.road = undefined;
      at.wait(60_000);
      await at.restart();
      await at.administrator.put(group, account.id);
      expect(await read('grant')).toBe('confirmed: held');
    },
  );

  it('one question that the relay does not know does not keep it from the others', async () => {
    await at.administrator.put(group, account.id);
    const [odd, held] = await Promise.all([at.open().identityById('x'.repeat(3000)), read('grant')]);
    expect(odd).toEqual({ found: 'unreadable', failure: 'bad-request' });
    expect(held).toBe('confirmed: held');
  });
});
