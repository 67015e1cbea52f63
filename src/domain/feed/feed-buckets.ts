import { sha256 } from '../canonical';
import type { FeedAccount, FeedContent, FeedEntitlement } from './feed-row';
import type { FeedGeneration, FeedPart } from './feed-state';

/** What the rows of a feed are found by: the account's id, its login, the entitlement's id. */
export type FeedSort = 'accounts' | 'logins' | 'entitlements';

export interface FeedBucket {
  readonly sort: FeedSort;
  readonly number: number;
}

export type BucketContent =
  | { readonly sort: 'accounts' | 'logins'; readonly rows: readonly FeedAccount[] }
  | { readonly sort: 'entitlements'; readonly rows: readonly FeedEntitlement[] };

const sorts: readonly FeedSort[] = ['accounts', 'logins', 'entitlements'];

/**
 * Into how many buckets the rows of a feed go: about 400 rows each, so that one account is found by reading little. It
 * follows from the rows that the whole feed announces, the same for each of its parts.
 */
export function bucketCount({ rows }: Pick<FeedGeneration, 'rows'>, sort: FeedSort): number {
  const accounts = Math.min(250, Math.ceil(rows / 400));
  if (sort === 'accounts') return accounts;
  const fewer = Math.ceil(accounts / 4);
  return sort === 'logins' ? fewer : Math.min(16, fewer);
}

/** The bucket of a text. What differs in upper and lower case only is in the same one: ids differ by it, but are seen together. */
export function bucketOf(generation: Pick<FeedGeneration, 'rows'>, sort: FeedSort, text: string): FeedBucket {
  return { sort, number: parseInt(sha256(caseless(text)).slice(0, 8), 16) % bucketCount(generation, sort) };
}

/** The same for upper and lower case: logins are the same name in both. */
export function caseless(text: string): string {
  return text.toLocaleLowerCase('en');
}

/** All buckets of a sort. */
export function allBuckets(generation: Pick<FeedGeneration, 'rows'>, sort: FeedSort): readonly FeedBucket[] {
  return Array.from({ length: bucketCount(generation, sort) }, (_, number) => ({ sort, number }));
}

/** The content of a body by bucket; buckets without content are left out. */
export function inBuckets(
  content: FeedContent,
  generation: Pick<FeedGeneration, 'rows'>,
): ReadonlyMap<string, BucketContent> {
  const buckets = new Map<string, { sort: FeedSort; rows: Array<FeedAccount | FeedEntitlement> }>();
  const put = (sort: FeedSort, key: string, row: FeedAccount | FeedEntitlement): void => {
    const name = bucketName(bucketOf(generation, sort, key));
    const bucket = buckets.get(name) ?? { sort, rows: [] };
    bucket.rows.push(row);
    buckets.set(name, bucket);
  };
  for (const account of content.accounts) {
    put('accounts', account.id, account);
    put('logins', account.login, { ...account, holds: [] });
  }
  for (const entitlement of content.entitlements) put('entitlements', entitlement.id, entitlement);
  return buckets as ReadonlyMap<string, BucketContent>;
}

export function bucketName({ sort, number }: FeedBucket): string {
  return `${sort.slice(0, 1)}${number}`;
}

/** Which buckets there are, in few characters: a bit for each, in hexadecimal. */
export function packNames(generation: Pick<FeedGeneration, 'rows'>, names: ReadonlySet<string>): string {
  return sorts
    .map((sort) => {
      const bits = Array.from({ length: bucketCount(generation, sort) }, (_, number) =>
        names.has(bucketName({ sort, number })) ? '1' : '0',
      ).join('');
      return (bits.match(/.{1,4}/g) ?? []).map((four) => parseInt(four.padEnd(4, '0'), 2).toString(16)).join('');
    })
    .join('.');
}

/** Whether a part has a bucket. */
export function hasBucket(part: Pick<FeedPart, 'names'>, { sort, number }: FeedBucket): boolean {
  const digit = part.names.split('.')[sorts.indexOf(sort)]?.[Math.floor(number / 4)] ?? '0';
  return ((parseInt(digit, 16) >> (3 - (number % 4))) & 1) === 1;
}

/** All buckets of a part. */
export function bucketsOf(part: Pick<FeedPart, 'names'>): readonly FeedBucket[] {
  return part.names
    .split('.')
    .flatMap((digits, index) =>
      Array.from({ length: digits.length * 4 }, (_, number): FeedBucket => ({
        sort: sorts[index] as FeedSort,
        number,
      })),
    )
    .filter((bucket) => hasBucket(part, bucket));
}
