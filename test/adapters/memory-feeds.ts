import { bucketName, hasBucket, type BucketContent } from '../../src/domain/feed/feed-buckets';
import { noFeeds, type FeedState } from '../../src/domain/feed/feed-state';
import type { Feeds, SignedInbox } from '../../src/usecases/ports';
import { MemoryBox } from './memory-box';

/** Storage of feeds in memory. */
export class MemoryFeeds extends MemoryBox<FeedState> implements Feeds {
  private readonly rows = new Map<string, BucketContent>();

  constructor(connector: NonNullable<SignedInbox<FeedState>['connector']>, secret: string) {
    super(connector, secret, noFeeds);
  }

  store(...[, feed, part, rows]: Parameters<Feeds['store']>): Promise<'stored'> {
    for (const [name, bucket] of rows) this.rows.set(`${feed.id}:${part}:${name}`, bucket);
    return Promise.resolve('stored');
  }

  remove(...[, { generation, part }]: Parameters<Feeds['remove']>): Promise<void> {
    for (const key of this.rows.keys()) if (key.startsWith(`${generation}:${part}:`)) this.rows.delete(key);
    return Promise.resolve();
  }

  newest(): Promise<FeedState['current']> {
    return Promise.resolve(this.state.current);
  }

  buckets(...[, feed, wanted]: Parameters<Feeds['buckets']>): ReturnType<Feeds['buckets']> {
    const found = wanted.map((bucket) => {
      const rows = Object.entries(feed.taken)
        .filter(([, content]) => hasBucket(content, bucket))
        .flatMap(([part]): unknown[] => [...(this.rows.get(`${feed.id}:${part}:${bucketName(bucket)}`)?.rows ?? [])]);
      return { sort: bucket.sort, rows } as BucketContent;
    });
    return Promise.resolve(found);
  }
}
