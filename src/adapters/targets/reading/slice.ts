import type { Page, PageWanted } from '../../../usecases/ports';

/**
 * One page of rows that a target gives only as a whole. They come in the order of their keys, so that reading goes on at
 * the right place whatever came or went meanwhile.
 */
export function slice<T>(rows: readonly T[], key: (row: T) => string, { limit, after }: PageWanted): Page<T> {
  const ordered = [...rows]
    .filter((row) => after === undefined || key(row) > after)
    .sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
  const shown = ordered.slice(0, limit);
  const last = shown.at(-1);
  return ordered.length > shown.length && last !== undefined ? { rows: shown, next: key(last) } : { rows: shown };
}
