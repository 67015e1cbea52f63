import { caseless, type BucketContent } from '../../../domain/feed/feed-buckets';
import type { FeedAccount, FeedEntitlement } from '../../../domain/feed/feed-row';
import { answered, failed, type Answer } from '../http/answer';

/** The accounts of buckets, put together from their parts; undefined when two parts contradict each other about one. */
export function wholeAccounts(buckets: readonly BucketContent[]): readonly FeedAccount[] | undefined {
  const known = new Map<string, FeedAccount>();
  for (const bucket of buckets) {
    if (bucket.sort === 'entitlements') continue;
    for (const row of bucket.rows) {
      const before = known.get(row.id);
      if (before && (before.login !== row.login || before.active !== row.active)) return undefined;
      known.set(row.id, before ? { ...row, holds: [...before.holds, ...row.holds] } : row);
    }
  }
  return [...known.values()];
}

/**
 * One account by its exact id. `not-found` when the feed, which is whole, does not name it. An id that differs in upper and
 * lower case only is somebody else's, or an export that writes ids in another way now: nobody can tell, so it is neither
 * the account nor proof that it is gone.
 */
export function accountIn(read: Answer<readonly BucketContent[]>, id: string): Answer<FeedAccount> {
  if (!read.ok) return read;
  const accounts = wholeAccounts(read.value);
  if (!accounts) return failed('malformed');
  const account = accounts.find((candidate) => candidate.id === id);
  if (account) return answered(account);
  const alike = accounts.some((candidate) => caseless(candidate.id) === caseless(id));
  return failed(alike ? 'malformed' : 'not-found');
}

/** One entitlement by its exact id. `not-found` when the feed does not name it, not even as held by nobody. */
export function entitlementIn(read: Answer<readonly BucketContent[]>, id: string): Answer<FeedEntitlement> {
  if (!read.ok) return read;
  for (const bucket of read.value) {
    const found = bucket.sort === 'entitlements' ? bucket.rows.find((row) => row.id === id) : undefined;
    if (found) return answered(found);
  }
  return failed('not-found');
}
