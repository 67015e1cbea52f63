import { kvs } from '@forge/kvs';
import { bucketName, bucketsOf, hasBucket, type BucketContent, type FeedBucket } from '../../domain/feed/feed-buckets';
import type { FeedAccount, FeedEntitlement } from '../../domain/feed/feed-row';
import { noFeeds, type FeedGeneration, type FeedPart, type FeedState } from '../../domain/feed/feed-state';
import { Unavailable, type Feeds } from '../../usecases/ports';
import { getRow, getRows, guarded, type Row } from './entities';
import { workKey } from './keys';
import { boxKey, createSignedInbox, type ReadingSecrets } from './signed-inbox';

/**
 * Accounts as `[id, login, active, holds]`, entitlements as `[id, name]`: names of members would be half of a row. What has a
 * row of its own has `1` at the end.
 */
type StoredBucket = Row & { readonly data: { readonly rows: ReadonlyArray<readonly unknown[]> } };

/** How many keys one batch may name (developer.atlassian.com/platform/forge/limits-kvs-ce). */
const batch = 25;
/** A value has at most 240 KiB (same page). */
const mostBytes = 235 * 1024;

/** The body's hash is in the key: what a broken attempt wrote of another body can never be read. */
const bucketKey = (connectorId: string, feedId: string, part: number, content: FeedPart, name: string): string =>
  workKey('feed-rows', `${connectorId}:${feedId}:${part}:${content.hash.slice(0, 16)}:${name}`);

/** Feeds, their nonces and audit chains `feed:{connector}`, over @forge/kvs. */
export function createFeedRepository(secrets: ReadingSecrets): Feeds {
  const box = createSignedInbox<FeedState>({ kind: 'feed', empty: noFeeds, secrets });
  return {
    ...box,
    async store(connectorId, feed, part, rows) {
      const content = feed.taken[part];
      if (!content) return 'stored';
      const items = [...rows].map(([name, bucket]) => ({
        key: bucketKey(connectorId, feed.id, part, content, name),
        value: { v: 1 as const, rev: 1, kind: 'feed-rows', at: feed.asOf, data: { rows: packed(bucket) } },
        entityName: 'work',
      }));
      if (items.some(({ value }) => Buffer.byteLength(JSON.stringify(value), 'utf8') > mostBytes)) return 'too-large';
      for (let first = 0; first < items.length; first += batch) {
        const answer = await guarded(() => kvs.batchSet<Row>(items.slice(first, first + batch)));
        if (answer.failedKeys.length > 0) throw new Unavailable('storage');
      }
      return 'stored';
    },
    async remove(connectorId, { generation, part, content }) {
      const keys = bucketsOf(content).map((bucket) => ({
        key: bucketKey(connectorId, generation, part, content, bucketName(bucket)),
        entityName: 'work',
      }));
      for (let first = 0; first < keys.length; first += batch) {
        const answer = await guarded(() => kvs.batchDelete(keys.slice(first, first + batch)));
        if (answer.failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND')) throw new Unavailable('storage');
      }
    },
    async newest(connectorId) {
      const row = await getRow('work', boxKey('feed', connectorId));
      return box.state(row).current;
    },
    async buckets(connectorId, feed, wanted) {
      const keys = wanted.map((bucket) => keysOf(connectorId, feed, bucket));
      const all = [...new Set(keys.flat())];
      const found = new Map<string, Row>();
      for (let first = 0; first < all.length; first += batch) {
        const some = all.slice(first, first + batch).map((key) => ({ key, entityName: 'work' as const }));
        for (const [key, row] of await getRows(some)) found.set(key, row);
      }
      // Every one of these rows was written: one that is missing is a feed that is being removed.
      if (found.size < all.length) return undefined;
      return wanted.map(({ sort }, index) => {
        const rows = (keys[index] ?? []).flatMap((key) => (found.get(key) as StoredBucket).data.rows);
        return sort === 'entitlements' ? { sort, rows: rows.map(entitlementOf) } : { sort, rows: rows.map(accountOf) };
      });
    },
  };
}

function keysOf(connectorId: string, feed: FeedGeneration, bucket: FeedBucket): readonly string[] {
  return Object.entries(feed.taken)
    .filter(([, content]) => hasBucket(content, bucket))
    .map(([part, content]) => bucketKey(connectorId, feed.id, Number(part), content, bucketName(bucket)));
}

function packed(bucket: BucketContent): ReadonlyArray<readonly unknown[]> {
  return bucket.sort === 'entitlements'
    ? bucket.rows.map(({ id, name, alone }) => [id, name, ...(alone ? [1] : [])])
    : bucket.rows.map(({ id, login, active, holds, alone }) => [id, login, active, holds, ...(alone ? [1] : [])]);
}

function entitlementOf([id, name, alone]: readonly unknown[]): FeedEntitlement {
  return { id: String(id), name: String(name), ...(alone === 1 ? { alone: true } : {}) };
}

function accountOf([id, login, active, holds, alone]: readonly unknown[]): FeedAccount {
  return {
    id: String(id),
    login: String(login),
    active: active === true,
    holds: holds as readonly string[],
    ...(alone === 1 ? { alone: true } : {}),
  };
}
