/** The store in memory, behind the one interface `Store` of contracts.ts. Needs nothing but JavaScript. */
import type { EntriesOptions, Store, Table } from './contracts';
import { boundsOf, checkKey, checkTableName, compareKeys } from './key-order';

interface MemoryRows {
  values: Map<string, unknown>;
  /** Keys in order. */
  order: string[];
}

/** A store in memory, which can be copied with all its rows. */
export interface MemoryStore extends Store {
  copy(): MemoryStore;
}

/** How rows are kept: as JSON text, or as the values themselves for callers that never change what they put or got. */
interface Keeping {
  keep(value: unknown): unknown;
  show(kept: unknown): unknown;
}

const asText: Keeping = {
  keep: (value) => JSON.stringify(value) as string | undefined,
  show: (kept) => JSON.parse(kept as string) as unknown,
};
const asShared: Keeping = { keep: (value) => value, show: (kept) => kept };

/**
 * A store that lives as long as the process: same order, same rollback, no files. Rows are kept as JSON text, so reads are
 * copies; `shared` keeps the values themselves and is for callers that never change one, many times faster.
 */
export function memoryStore({ shared = false }: { readonly shared?: boolean } = {}): MemoryStore {
  return storeOver(new Map(), shared ? asShared : asText);
}

function storeOver(tables: Map<string, MemoryRows>, keeping: Keeping): MemoryStore {
  let undo: Array<() => void> | undefined;

  const rowsOf = (name: string): MemoryRows => {
    let rows = tables.get(name);
    if (!rows) tables.set(name, (rows = { values: new Map(), order: [] }));
    return rows;
  };
  const write = (rows: MemoryRows, key: string, text: unknown): boolean => {
    const before = rows.values.get(key);
    if (before === undefined && text === undefined) return false;
    undo?.push(() => place(rows, key, before));
    place(rows, key, text);
    return before !== undefined;
  };

  return {
    table: <T>(name: string): Table<T> => {
      checkTableName(name);
      const rows = rowsOf(name);
      return {
        get: (key) => {
          const text = rows.values.get(key);
          return text === undefined ? undefined : (keeping.show(text) as T);
        },
        put: (key, value) => {
          checkKey(name, key);
          const text = keeping.keep(value);
          if (text === undefined) throw new Error(`value of ${name}/${key} is not JSON`);
          write(rows, key, text);
        },
        remove: (key) => write(rows, key, undefined),
        entries: (options = {}) => memoryEntries<T>(rows, options, keeping),
      };
    },
    transaction: (work) => {
      if (undo) return work();
      const log: Array<() => void> = (undo = []);
      let done = false;
      try {
        const result = work();
        done = true;
        return result;
      } finally {
        undo = undefined;
        if (!done) while (log.length > 0) log.pop()?.();
      }
    },
    close: async () => undefined,
    copy: () => {
      const copies = [...tables].map(([name, { values, order }]): [string, MemoryRows] => [
        name,
        { values: new Map(values), order: [...order] },
      ]);
      return storeOver(new Map(copies), keeping);
    },
  };
}

function place(rows: MemoryRows, key: string, text: unknown): void {
  const known = rows.values.has(key);
  if (text === undefined) {
    if (!known) return;
    rows.values.delete(key);
    rows.order.splice(lowerBound(rows.order, key), 1);
    return;
  }
  if (!known) rows.order.splice(lowerBound(rows.order, key), 0, key);
  rows.values.set(key, text);
}

function memoryEntries<T>(rows: MemoryRows, options: EntriesOptions, keeping: Keeping): Array<[string, T]> {
  const { low, high } = boundsOf(options);
  const first = lowerBound(rows.order, low);
  let end = lowerBound(rows.order, high);
  if (rows.order[end] === high) end++;
  const wanted = Math.min(options.limit ?? Infinity, end - first);
  const found: Array<[string, T]> = [];
  for (let i = 0; i < wanted; i++) {
    const key = rows.order[options.reverse ? end - 1 - i : first + i] as string;
    found.push([key, keeping.show(rows.values.get(key)) as T]);
  }
  return found;
}

/** Index of the first key that is not before `key`. */
function lowerBound(order: readonly string[], key: string): number {
  let low = 0;
  let high = order.length;
  // Keys mostly arrive in order: sequences, instants.
  if (high > 0 && compareKeys(order[high - 1] as string, key) < 0) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(order[middle] as string, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
