import { kvs } from '@forge/kvs';
import { chainStart, sealEntry } from '../../domain/audit/entry';
import type { Connector } from '../../domain/connector';
import { ownOrigin } from '../../domain/connector-kinds';
import { bucketName, bucketsOf, hasBucket, type BucketContent, type FeedBucket } from '../../domain/feed/feed-buckets';
import type { FeedAccount, FeedEntitlement } from '../../domain/feed/feed-row';
import { noFeeds, type FeedGeneration, type FeedPart, type FeedState } from '../../domain/feed/feed-state';
import type { Instant } from '../../domain/instant';
import { Unavailable, type Feeds } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, getRows, guarded, transacted, type Row } from './entities';
import { auditKey, configKey, workKey } from './keys';

interface Chain {
  readonly seq: number;
  readonly head: string;
}
type StoredState = Row & { readonly rev: number; readonly data: { readonly state: FeedState; readonly chain: Chain } };
type StoredNonce = Row & { readonly rev: number; readonly data: { readonly expiresAt: Instant } };
type StoredConnector = Row & { readonly data: { readonly value: Connector } };
/** Accounts as `[id, login, active, holds]`, entitlements as `[id, name]`: names of members would be half of a row. */
type StoredBucket = Row & { readonly data: { readonly rows: ReadonlyArray<readonly unknown[]> } };

/** How many keys one batch may name (developer.atlassian.com/platform/forge/limits-kvs-ce). */
const batch = 25;
/** A value has at most 240 KiB (same page). */
const mostBytes = 235 * 1024;

const stateKey = (connectorId: string): string => workKey('feed', connectorId);
const nonceKey = (connectorId: string, nonce: string): string => workKey('nonce', `feed:${connectorId}:${nonce}`);
/** The body's hash is in the key: what a broken attempt wrote of another body can never be read. */
const bucketKey = (connectorId: string, feedId: string, part: number, content: FeedPart, name: string): string =>
  workKey('feed-rows', `${connectorId}:${feedId}:${part}:${content.hash.slice(0, 16)}:${name}`);

/** Feeds, their nonces and audit chains `feed:{connector}`, over @forge/kvs. */
export function createFeedRepository(secrets: {
  read(connectorId: string, purpose: 'read', origin: string): Promise<string | undefined>;
}): Feeds {
  return {
    secret: (connectorId) => secrets.read(connectorId, 'read', ownOrigin('feed', connectorId)),
    async inbox(connectorId, nonce) {
      const keys = {
        config: configKey('connector', connectorId),
        nonce: nonceKey(connectorId, nonce),
        state: stateKey(connectorId),
      };
      const found = await getRows([
        { key: keys.config, entityName: 'config' },
        { key: keys.nonce, entityName: 'work' },
        { key: keys.state, entityName: 'work' },
      ]);
      const config = found.get(keys.config) as StoredConnector | undefined;
      const seen = found.get(keys.nonce) as StoredNonce | undefined;
      const stored = found.get(keys.state) as StoredState | undefined;
      return {
        connectorId,
        ...(config ? { connector: config.data.value } : {}),
        ...(seen ? { nonce: { rev: seen.rev, expiresAt: seen.data.expiresAt } } : {}),
        rev: stored?.rev ?? 0,
        state: stored?.data.state ?? noFeeds,
        chain: stored?.data.chain ?? { seq: 0, head: '' },
      };
    },
    async save({ inbox, state, now, nonce, facts }) {
      const { connectorId } = inbox;
      const chain = `feed:${connectorId}`;
      const entry = facts && {
        ...sealEntry({
          chain,
          seq: inbox.chain.seq + 1,
          at: now,
          kind: 'take-feed',
          actor: 'app',
          facts,
          prev: inbox.chain.seq === 0 ? chainStart(chain) : inbox.chain.head,
        }),
      };
      const row: Row = {
        v: 1,
        rev: inbox.rev + 1,
        kind: 'feed',
        at: now,
        data: { state, chain: entry ? { seq: entry.seq, head: entry.hash } : inbox.chain },
      };
      return transacted(() => {
        const transaction = kvs
          .transact()
          .set<Row>(stateKey(connectorId), row, { entityName: 'work', conditions: expectRev(inbox.rev) });
        if (entry) transaction.set<Row>(auditKey(chain, entry.seq), auditRow(entry), { entityName: 'audit' });
        if (nonce)
          transaction.set<Row>(
            nonceKey(connectorId, nonce.value),
            {
              v: 1,
              rev: (inbox.nonce?.rev ?? 0) + 1,
              kind: 'nonce',
              at: nonce.expiresAt,
              data: { expiresAt: nonce.expiresAt },
            },
            { entityName: 'work', conditions: expectRev(inbox.nonce?.rev ?? 0) },
            // For the garbage collector only: what counts is `expiresAt`, compared whenever the row is read.
            { ttl: { value: 1, unit: 'DAYS' } },
          );
        return transaction.execute();
      });
    },
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
      const row = await getRow<StoredState>('work', stateKey(connectorId));
      return row?.data.state.current;
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
        return sort === 'entitlements'
          ? { sort, rows: rows.map(([id, name]): FeedEntitlement => ({ id: String(id), name: String(name) })) }
          : { sort, rows: rows.map(accountOf) };
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
    ? bucket.rows.map(({ id, name }) => [id, name])
    : bucket.rows.map(({ id, login, active, holds }) => [id, login, active, holds]);
}

function accountOf([id, login, active, holds]: readonly unknown[]): FeedAccount {
  return { id: String(id), login: String(login), active: active === true, holds: holds as readonly string[] };
}
