/** The feed's target over storage in memory: what can be read of a long feed, page by page, and what may not be concluded. */
import { createTargets } from '../../src/adapters/targets/targets';
import type { Connector } from '../../src/domain/connector';
import { bucketName, inBuckets, packNames, type BucketContent } from '../../src/domain/feed/feed-buckets';
import { readFeed } from '../../src/domain/feed/feed-row';
import { beginPart, endPart, noFeeds, type FeedState } from '../../src/domain/feed/feed-state';
import type { FeedReader, Target } from '../../src/usecases/ports';
import { applicationWithFeeds } from './feed-harness';
import { targetContract } from './target-contract';

const now = '2026-11-23T10:00:00.000Z';
const asOf = '2026-11-23T09:00:00.000Z';
const connector: Connector = {
  id: 'payroll',
  name: 'Payroll',
  kind: 'feed',
  baseUrl: 'feed:payroll',
  origin: 'feed:payroll',
  auth: { kind: 'signature' },
  directory: false,
  write: false,
  secret: { fingerprint: 'f', setAt: asOf, origin: 'feed:payroll' },
};

class StoredFeeds implements FeedReader {
  state: FeedState = noFeeds;
  operations = 0;
  /** Rows that storage has lost, by a piece of their key. */
  lost?: string;
  private readonly rows = new Map<string, BucketContent>();

  take(bodies: readonly string[], id: string, at = asOf): void {
    const contents = bodies.map((body) => {
      const content = readFeed(body);
      if ('badLine' in content) throw new Error(`line ${content.badLine}`);
      return content;
    });
    const rows = contents.reduce((sum, content) => sum + content.rows, 0);
    contents.forEach((content, index) => {
      const envelope = { asOf: at, rows, part: index + 1, parts: bodies.length };
      const buckets = inBuckets(content, envelope);
      const names = packNames(envelope, new Set(buckets.keys()));
      const begun = beginPart(this.state, envelope, { hash: `${id}-${index}`, rows: content.rows, names }, now, id);
      if (begun.begins !== 'store') throw new Error(JSON.stringify(begun));
      for (const [name, bucket] of buckets) this.rows.set(`${begun.generation.id}:${index + 1}:${name}`, bucket);
      this.state = endPart(begun.state, begun.generation.id, envelope, now).state;
    });
  }

  newest() {
    this.operations += 1;
    return Promise.resolve(this.state.current);
  }

  buckets(...[, feed, wanted]: Parameters<FeedReader['buckets']>): ReturnType<FeedReader['buckets']> {
    this.operations += 1;
    const found = wanted.map((bucket): BucketContent => {
      const parts = Object.keys(feed.taken).flatMap((part) => {
        const row = this.rows.get(`${feed.id}:${part}:${bucketName(bucket)}`);
        return row ? [row] : [];
      });
      const rows: unknown[] = parts.flatMap((part) => [...part.rows]);
      return { sort: bucket.sort, rows } as BucketContent;
    });
    return Promise.resolve(this.lost === feed.id ? undefined : found);
  }
}

let feeds: StoredFeeds;
let target: Target;
beforeEach(() => {
  feeds = new StoredFeeds();
  target = open();
});

function open(over: Partial<Connector> = {}): Target {
  const parts = { now: () => now, nextId: () => 'id', secretOf: () => Promise.resolve(undefined), feeds };
  return createTargets(parts).open({ ...connector, ...over }, { timeMs: 1000, bytes: 1000, calls: 1 });
}

const row = (id: string, entitlement?: string, login = `${id}@acme.test`, active = true) =>
  JSON.stringify({
    account_id: id,
    login,
    active,
    ...(entitlement === undefined ? {} : { entitlement_id: entitlement, entitlement_name: `${entitlement} name` }),
  });
const body = (...rows: string[]) => rows.join('\n');
const about = (id: string, entitlementId: string, changeKind: 'grant' | 'revoke' = 'grant') =>
  target.observe({
    changeKind,
    account: { id, login: id },
    entitlement: { id: entitlementId, name: entitlementId },
    replaces: [],
  });

describe('one account', () => {
  it('is found in a feed of 100,000 rows with two storage operations, and so is its absence', async () => {
    const parts = Array.from({ length: 10 }, (_, part) =>
      body(...Array.from({ length: 10_000 }, (_, i) => row(`a${part * 10_000 + i}`, `E${i % 40}`))),
    );
    feeds.take(parts, 'g1');
    feeds.operations = 0;
    expect(await about('a54321', 'E1')).toMatchObject({ hold: 'direct', account: 'active', at: asOf, calls: 0 });
    expect(feeds.operations).toBe(2);
    feeds.operations = 0;
    expect(await about('a54321', 'E2', 'revoke')).toMatchObject({ hold: 'none', account: 'active' });
    expect(feeds.operations).toBe(2);
    expect(await about('a9999999', 'E1')).toMatchObject({ hold: 'none', account: 'gone' });

    const heapBefore = process.memoryUsage().heapUsed;
    const seen = new Set<string>();
    for (let after: string | undefined, pages = 0; pages === 0 || after !== undefined; pages++) {
      const page = await target.members?.('E7', { limit: 100, ...(after === undefined ? {} : { after }) });
      if (!page || 'failure' in page) throw new Error(page?.failure);
      expect(page.rows.length).toBeLessThanOrEqual(100);
      for (const { id } of page.rows) seen.add(id);
      after = page.next;
    }
    expect(seen.size).toBe(2_500);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(64 * 1024 * 1024);
  });

  it('is put together from all parts of the feed', async () => {
    feeds.take([body(row('r', 'E1')), body(row('r', 'E2'), row('s', 'E1'))], 'g1');
    expect(await about('r', 'E1')).toMatchObject({ hold: 'direct' });
    expect(await about('r', 'E2')).toMatchObject({ hold: 'direct' });
    expect(await about('s', 'E2', 'revoke')).toMatchObject({ hold: 'none' });
    expect(await target.heldBy?.('r', { limit: 1 })).toMatchObject({ rows: [{ entitlement: { id: 'E1' } }] });
    const first = await target.heldBy?.('r', { limit: 1 });
    const after = first && 'rows' in first ? (first.next ?? '') : '';
    expect(await target.heldBy?.('r', { limit: 1, after })).toEqual({
      rows: [{ entitlement: { id: 'E2', name: 'E2 name' }, hold: 'direct', through: [] }],
    });
  });

  it('about which two parts say different things cannot be read', async () => {
    feeds.take([body(row('r', 'E1')), body(row('r', 'E2', 'other'))], 'g1');
    expect(await about('r', 'E1')).toMatchObject({ hold: 'unknown', failure: 'malformed' });
    expect(await about('r', 'E2', 'revoke')).toMatchObject({ hold: 'unknown', failure: 'malformed' });
    expect(await target.identityById('r')).toEqual({ found: 'unreadable', failure: 'malformed' });
  });

  it('whose id comes in another case is neither there nor gone', async () => {
    feeds.take([body(row('Rita', 'E1'))], 'g1');
    for (const kind of ['grant', 'revoke'] as const)
      expect(await about('rita', 'E1', kind)).toMatchObject({ hold: 'unknown', failure: 'malformed' });
    expect(await target.identityById('rita')).toEqual({ found: 'unreadable', failure: 'malformed' });
    expect(await about('Rita', 'E1')).toMatchObject({ hold: 'direct' });
  });

  it('is found by its login in any case, and not when two have it', async () => {
    feeds.take([body(row('r', undefined, 'Rita'), row('s', undefined, 'sam'))], 'g1');
    expect(await target.identityByLogin('rita')).toMatchObject({ found: 'one', value: { id: 'r', login: 'Rita' } });
    expect(await target.identityByLogin('ri')).toEqual({ found: 'none' });
    feeds.take([body(row('r', undefined, 'Rita'), row('t', undefined, 'RITA'))], 'g2', now);
    expect(await target.identityByLogin('rita')).toEqual({ found: 'many' });
    expect(await target.identityByAccountId('r')).toEqual({ found: 'none' });
  });
});

describe('nothing is concluded', () => {
  it('while no feed is whole', async () => {
    expect(await about('r', 'E1', 'revoke')).toMatchObject({ hold: 'unknown', failure: 'feed-too-old', at: now });
    expect(await target.identityByLogin('r')).toEqual({ found: 'unreadable', failure: 'feed-too-old' });
    expect(await target.entitlements(10)).toEqual({ failure: 'feed-too-old' });
    expect(await target.members?.('E1', { limit: 1 })).toEqual({ failure: 'feed-too-old' });
  });

  it('about an entitlement that the feed does not name', async () => {
    feeds.take([body(row('r', 'E1'))], 'g1');
    expect(await about('r', 'e1', 'revoke')).toMatchObject({ hold: 'unknown', failure: 'not-found' });
    expect(await target.members?.('E2', { limit: 1 })).toEqual({ failure: 'not-found' });
  });

  it('from a feed that is older than what is wanted', async () => {
    feeds.take([body(row('r', 'E1'))], 'g1');
    const asked = {
      changeKind: 'grant',
      account: { id: 'r', login: 'r' },
      entitlement: { id: 'E1', name: '' },
    } as const;
    const seen = await target.observe({ ...asked, replaces: [], notBefore: '2026-11-23T09:00:00.001Z' });
    expect(seen).toMatchObject({ hold: 'unknown', failure: 'feed-too-old', at: asOf });
    expect(await target.observe({ ...asked, replaces: [], notBefore: asOf })).toMatchObject({
      hold: 'direct',
      at: asOf,
    });
  });

  it('from rows that are just being removed', async () => {
    feeds.take([body(row('r', 'E1'))], 'g1');
    feeds.lost = 'g1';
    expect(await about('r', 'E1', 'revoke')).toMatchObject({ hold: 'unknown', failure: 'incomplete' });
  });

  it('from a list that a newer feed cut in two', async () => {
    feeds.take([body(row('r', 'E1'), row('s', 'E1'))], 'g1');
    const page = await target.members?.('E1', { limit: 1 });
    const after = page && 'rows' in page ? (page.next ?? '') : '';
    expect(after).not.toBe('');
    feeds.take([body(row('r', 'E1'), row('s', 'E1'))], 'g2', now);
    expect(await target.members?.('E1', { limit: 1, after })).toEqual({ failure: 'incomplete' });
  });

  it('where the connector has no secret, or another origin, or is to be changed', async () => {
    feeds.take([body(row('r', 'E1'))], 'g1');
    const { secret: _secret, ...secretless } = connector;
    const parts = { now: () => now, nextId: () => 'id', secretOf: () => Promise.resolve(undefined), feeds };
    target = createTargets(parts).open(secretless, { timeMs: 1, bytes: 1, calls: 1 });
    expect(await about('r', 'E1')).toMatchObject({ hold: 'unknown', failure: 'no-secret' });
    target = open({ origin: 'feed:other' });
    expect(await about('r', 'E1')).toMatchObject({ hold: 'unknown', failure: 'origin-changed' });
    target = open({ write: true });
    const change = { changeKind: 'grant', account: { id: 'r', login: 'r' }, replaces: [] } as const;
    expect(await target.apply({ ...change, entitlement: { id: 'E1', name: '' } })).toMatchObject({ result: 'refused' });
  });
});

it('two readings of the same content have the same hash, and of another feed another one', async () => {
  feeds.take([body(row('r', 'E1'))], 'g1');
  const { rawHash } = await about('r', 'E1');
  expect((await about('r', 'E1')).rawHash).toBe(rawHash);
  feeds.take([body(row('r', 'E1'), row('s'))], 'g2', now);
  expect((await about('r', 'E1')).rawHash).not.toBe(rawHash);
});

targetContract('an application that sends feeds', applicationWithFeeds, {
  nesting: 'none',
  readOnly: true,
  addressless: true,
  // Nobody is called: a road that is cut is a feed that does not come, and is told by its age.
  roadless: true,
  accountIds: false,
  lacks: {
    'filter-ignored': 'nobody is asked: the app looks into the list by itself',
    'short-page': 'a list that lacks rows is refused when it comes, and the one before it counts',
    'members-hidden': 'an entitlement that the list does not name is not found, which proves nothing either',
    'other-row': 'there is no single row that could be asked for',
    'accounts-denied': 'an account is there when a row names it, and so is what it holds',
  },
});
