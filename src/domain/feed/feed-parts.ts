import type { BucketContent } from './feed-buckets';
import type { FeedAccount, FeedEntitlement } from './feed-row';

/**
 * Whether the parts of a feed can stand beside each other in these buckets, each of which is put together from all parts.
 * A row that is in two parts can hide one that was lost, for the count is right all the same; and nobody knows which part
 * to believe where two say different things about one account or one entitlement. Within a part neither exists.
 */
export function partsAgree(buckets: readonly BucketContent[]): boolean {
  return buckets.every((bucket) => {
    if (bucket.sort === 'entitlements') return fit(bucket.rows, entitlementsFit);
    // Buckets of logins are the same accounts once more.
    return bucket.sort === 'logins' || fit(bucket.rows, accountsFit);
  });
}

function fit<T extends { readonly id: string }>(rows: readonly T[], together: (one: T, other: T) => boolean): boolean {
  const known = new Map<string, T[]>();
  for (const row of rows) {
    const others = known.get(row.id) ?? [];
    if (!others.every((other) => together(other, row))) return false;
    known.set(row.id, [...others, row]);
  }
  return true;
}

function accountsFit(one: FeedAccount, other: FeedAccount): boolean {
  const held = new Set(one.holds);
  const same = one.login === other.login && one.active === other.active;
  return same && !(one.alone && other.alone) && !other.holds.some((id) => held.has(id));
}

function entitlementsFit(one: FeedEntitlement, other: FeedEntitlement): boolean {
  return one.name === other.name && !(one.alone && other.alone);
}
