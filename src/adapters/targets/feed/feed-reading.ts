import { bucketOf, type BucketContent } from '../../../domain/feed/feed-buckets';
import type { FeedAccount } from '../../../domain/feed/feed-row';
import type { FeedGeneration } from '../../../domain/feed/feed-state';
import type { Instant } from '../../../domain/instant';
import type { FeedReader } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { direct, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import { accountIn, entitlementIn } from './feed-rows';

/**
 * One reading of one account in the newest whole feed: one storage operation for where the feed stands, one for the account
 * together with the entitlement. The feed is pinned for the whole reading.
 *
 * What it cannot see: whatever the application leaves out of its list. Only what the list names counts as direct; an
 * entitlement that the list does not name at all may be one that the export does not cover, so nobody is proven not to
 * hold it.
 */
export class FeedReading implements AccessReading {
  private feed: Promise<FeedGeneration | undefined> | undefined;
  private own: Promise<Answer<FeedAccount>> | undefined;
  private readonly holds = new Map<string, Promise<Membership>>();

  constructor(
    private readonly feeds: FeedReader,
    private readonly connectorId: string,
    private readonly accountId: string,
    private readonly record: AnswerRecord,
  ) {}

  async asOf(): Promise<Instant | undefined> {
    return (await this.newest())?.asOf;
  }

  holdOf(entitlementId: string): Promise<Membership> {
    const known = this.holds.get(entitlementId) ?? this.readHold(entitlementId);
    this.holds.set(entitlementId, known);
    return known;
  }

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.holdOf(entitlementId);
  }

  async account(): Promise<Answer<'active' | 'inactive' | 'unknown'>> {
    const account = await (this.own ??= this.readAccount());
    return account.ok ? answered(account.value.active ? 'active' : 'inactive') : account;
  }

  private async readHold(entitlementId: string): Promise<Membership> {
    const feed = await this.newest();
    if (!feed) return unknown('feed-too-old');
    const read = await this.read(feed, entitlementId);
    const account = accountIn(read, this.accountId);
    this.own ??= Promise.resolve(account);
    if (!account.ok && account.failure !== 'not-found') return unknown(account.failure);
    const named = entitlementIn(read, entitlementId);
    if (!named.ok) return unknown(named.failure);
    const held = account.ok && account.value.holds.includes(entitlementId);
    this.seen({ account: account.ok ? { ...account.value } : null, entitlement: { ...named.value }, held });
    return held ? direct : none;
  }

  private async readAccount(): Promise<Answer<FeedAccount>> {
    const feed = await this.newest();
    return feed ? accountIn(await this.read(feed), this.accountId) : failed('feed-too-old');
  }

  private async read(feed: FeedGeneration, entitlementId?: string): Promise<Answer<readonly BucketContent[]>> {
    const buckets = await this.feeds.buckets(this.connectorId, feed, [
      bucketOf(feed, 'accounts', this.accountId),
      ...(entitlementId === undefined ? [] : [bucketOf(feed, 'entitlements', entitlementId)]),
    ]);
    return buckets ? answered(buckets) : failed('incomplete');
  }

  private newest(): Promise<FeedGeneration | undefined> {
    return (this.feed ??= this.readNewest());
  }

  private async readNewest(): Promise<FeedGeneration | undefined> {
    const feed = await this.feeds.newest(this.connectorId);
    // The bodies' hashes tie the evidence to what was sent.
    if (feed) this.seen({ asOf: feed.asOf, bodies: Object.values(feed.taken).map(({ hash }) => hash) });
    return feed;
  }

  private seen(facts: object): void {
    this.record.body(Buffer.from(JSON.stringify(facts), 'utf8'), false);
  }
}
