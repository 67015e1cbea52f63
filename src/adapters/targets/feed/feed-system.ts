import type { Identity } from '../../../domain/identity/identity';
import { allBuckets, bucketOf, caseless, type BucketContent, type FeedBucket } from '../../../domain/feed/feed-buckets';
import type { FeedAccount, FeedEntitlement } from '../../../domain/feed/feed-row';
import type { FeedGeneration } from '../../../domain/feed/feed-state';
import type { FeedReader, HeldEntitlement, Holder, Lookup, Page, PageWanted } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessReading } from '../reading/access-reading';
import type { Check, EntitlementList, TargetSystem } from '../reading/target-system';
import { FeedReading } from './feed-reading';
import { accountIn, entitlementIn, wholeAccounts } from './feed-rows';

type Newest = FeedGeneration | undefined;

/** How many buckets one page of members looks through. */
const bucketsAPage = 10;

/**
 * An application that sends signed feeds instead of being asked. Everything comes from the newest whole feed: what it does
 * not name is not there, because a feed counts only when it is complete.
 */
export class FeedSystem implements TargetSystem {
  readonly checks: readonly Check[];

  constructor(
    private readonly feeds: FeedReader,
    private readonly connectorId: string,
  ) {
    this.checks = [
      { step: 'find-people', run: () => this.check('accounts') },
      { step: 'read-groups', run: () => this.check('entitlements') },
    ];
  }

  async firstLook(): Promise<Answer<unknown>> {
    const feed = await this.newest();
    return feed ? answered(feed.asOf) : failed('feed-too-old');
  }

  async identityByLogin(login: string): Promise<Lookup<Identity>> {
    const feed = await this.newest();
    if (!feed) return { found: 'unreadable', failure: 'feed-too-old' };
    const read = await this.read(feed, [bucketOf(feed, 'logins', login)]);
    if (!read.ok) return { found: 'unreadable', failure: read.failure };
    const accounts = wholeAccounts(read.value);
    if (!accounts) return { found: 'unreadable', failure: 'malformed' };
    const [one, ...others] = accounts.filter((account) => caseless(account.login) === caseless(login));
    if (!one) return { found: 'none' };
    return others.length > 0 ? { found: 'many' } : { found: 'one', value: identityOf(one) };
  }

  async identityById(id: string): Promise<Lookup<Identity>> {
    const feed = await this.newest();
    if (!feed) return { found: 'unreadable', failure: 'feed-too-old' };
    const account = accountIn(await this.read(feed, [bucketOf(feed, 'accounts', id)]), id);
    if (!account.ok)
      return account.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: account.failure };
    return { found: 'one', value: identityOf(account.value) };
  }

  /** A feed knows nothing of Atlassian accounts. */
  identityByAccountId(): Promise<Lookup<Identity>> {
    return Promise.resolve({ found: 'none' });
  }

  reading(accountId: string, record: AnswerRecord): AccessReading {
    return new FeedReading(this.feeds, this.connectorId, accountId, record);
  }

  async entitlements(limit: number): Promise<Answer<EntitlementList>> {
    const feed = await this.newest();
    if (!feed) return failed('feed-too-old');
    const read = await this.readAll(feed, 'entitlements');
    if (!read.ok) return read;
    const known = new Map<string, FeedEntitlement>();
    for (const bucket of read.value)
      if (bucket.sort === 'entitlements') for (const row of bucket.rows) known.set(row.id, row);
    const all = [...known.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return answered({
      entitlements: all.slice(0, limit).map(({ id, name }) => ({ id, name })),
      complete: all.length <= limit,
    });
  }

  /** `next` names the feed, the bucket and the row: a newer feed in between makes the list `incomplete`. */
  async members(entitlementId: string, page: PageWanted): Promise<Page<Holder>> {
    const feed = await this.newest();
    if (!feed) return { failure: 'feed-too-old' };
    const from = placeOf(feed, page.after);
    if (!from) return { failure: 'incomplete' };
    const known = entitlementIn(await this.read(feed, [bucketOf(feed, 'entitlements', entitlementId)]), entitlementId);
    if (!known.ok) return { failure: known.failure };
    const buckets = allBuckets(feed, 'accounts');
    const rows: Holder[] = [];
    let skip = from.row;
    for (let number = from.bucket; number < buckets.length; number++) {
      if (number === from.bucket + bucketsAPage) return { rows, next: nextOf(feed, number, 0) };
      const read = await this.read(feed, buckets.slice(number, number + 1));
      if (!read.ok) return { failure: read.failure };
      const accounts = wholeAccounts(read.value);
      if (!accounts) return { failure: 'malformed' };
      const holders = accounts.filter(({ holds }) => holds.includes(entitlementId));
      for (const [index, { id, login }] of holders.entries()) {
        if (index < skip) continue;
        if (rows.length === page.limit) return { rows, next: nextOf(feed, number, index) };
        rows.push({ id, login, hold: 'direct' });
      }
      skip = 0;
    }
    return { rows };
  }

  async heldBy(accountId: string, page: PageWanted): Promise<Page<HeldEntitlement>> {
    const feed = await this.newest();
    if (!feed) return { failure: 'feed-too-old' };
    const from = placeOf(feed, page.after);
    if (!from) return { failure: 'incomplete' };
    const account = accountIn(await this.read(feed, [bucketOf(feed, 'accounts', accountId)]), accountId);
    if (!account.ok) return { failure: account.failure };
    const some = account.value.holds.slice(from.row, from.row + page.limit);
    const buckets = some.map((id) => bucketOf(feed, 'entitlements', id));
    const read = await this.read(feed, buckets);
    if (!read.ok) return { failure: read.failure };
    const rows: HeldEntitlement[] = [];
    for (const id of some) {
      const known = entitlementIn(read, id);
      if (!known.ok) return { failure: known.failure };
      const { name } = known.value;
      rows.push({ entitlement: { id, name }, hold: 'direct', through: [] });
    }
    const end = from.row + some.length;
    return end < account.value.holds.length ? { rows, next: nextOf(feed, 0, end) } : { rows };
  }

  private newest(): Promise<Newest> {
    return this.feeds.newest(this.connectorId);
  }

  private async read(feed: FeedGeneration, buckets: readonly FeedBucket[]): Promise<Answer<readonly BucketContent[]>> {
    const read = await this.feeds.buckets(this.connectorId, feed, buckets);
    return read ? answered(read) : failed('incomplete');
  }

  private readAll(feed: FeedGeneration, sort: FeedBucket['sort']): Promise<Answer<readonly BucketContent[]>> {
    return this.read(feed, allBuckets(feed, sort));
  }

  private async check(sort: 'accounts' | 'entitlements'): Promise<{ readonly ok: boolean; readonly text: string }> {
    const feed = await this.newest();
    if (!feed) return { ok: false, text: 'No feed has arrived yet.' };
    const what = sort === 'accounts' ? 'accounts' : 'entitlements';
    const read = await this.readAll(feed, sort === 'accounts' ? 'logins' : sort);
    if (!read.ok) return { ok: false, text: 'A newer feed is just being taken in. Test again.' };
    const ids = new Set(read.value.flatMap(({ rows }) => rows.map(({ id }) => id)));
    return ids.size > 0
      ? { ok: true, text: `The newest feed names ${ids.size} ${what}. It is as of ${feed.asOf}.` }
      : { ok: false, text: `The newest feed names no ${what}. It is as of ${feed.asOf}.` };
  }
}

function identityOf({ id, login, active }: FeedAccount): Identity {
  return { kind: 'person', id, name: login, login, active, attributes: {} };
}

function placeOf(feed: FeedGeneration, after: string | undefined): { bucket: number; row: number } | undefined {
  if (after === undefined) return { bucket: 0, row: 0 };
  const [id, bucket, row] = after.split(':');
  return id === feed.id && /^\d+$/.test(bucket ?? '') && /^\d+$/.test(row ?? '')
    ? { bucket: Number(bucket), row: Number(row) }
    : undefined;
}

function nextOf(feed: FeedGeneration, bucket: number, row: number): string {
  return `${feed.id}:${bucket}:${row}`;
}
