import type { PageWanted } from '../../../usecases/ports';

/**
 * A page of rows that are all at hand, in the order of their ids. The next one begins after the last id, so nobody is
 * passed over when rows come and go between two pages.
 */
export function pageById<T extends { readonly id: string }>(
  rows: readonly T[],
  { limit, after }: PageWanted,
): { readonly rows: readonly T[]; readonly next?: string } {
  const waiting = rows
    .filter(({ id }) => after === undefined || id > after)
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const page = waiting.slice(0, Math.max(1, limit));
  const last = page.at(-1);
  return waiting.length > page.length && last ? { rows: page, next: last.id } : { rows: page };
}
