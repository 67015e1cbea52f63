/** The embedded store, durable on lmdb or in memory, behind the one interface `Store` of contracts.ts. */
import { mkdirSync } from 'node:fs';
import { open, type RootDatabase } from 'lmdb';
import type { EntriesOptions, Store, Table } from './contracts';

/** Sorts after every key, in UTF-8 order. */
const LAST = '\u{10FFFF}';
/** lmdb's own limit is 1,978 bytes for table and key together. */
const MAX_KEY_BYTES = 1900;

function checkKey(table: string, key: string): void {
  if (key.length * 3 + table.length + 1 <= MAX_KEY_BYTES) return;
  if (Buffer.byteLength(key) + table.length + 1 > MAX_KEY_BYTES) throw new Error(`key too long for table ${table}`);
}

function checkTableName(name: string): void {
  if (!/^[a-zA-Z0-9:_.-]+$/.test(name)) throw new Error(`bad table name ${JSON.stringify(name)}`);
}

/** Order of UTF-8 bytes, which is lmdb's order, without encoding: surrogates sort after the rest of the plane. */
function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) return rankUnit(x) - rankUnit(y);
    return x - y;
  }
  return a.length - b.length;
}

const rankUnit = (unit: number) => (unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000);

/** The inclusive bounds that prefix, from and to describe together. */
function boundsOf(options: EntriesOptions): { low: string; high: string } {
  const prefix = options.prefix ?? '';
  const low = options.from !== undefined && compareKeys(options.from, prefix) > 0 ? options.from : prefix;
  const end = prefix + LAST;
  const high = options.to !== undefined && compareKeys(options.to, end) < 0 ? options.to : end;
  return { low, high };
}

/**
 * Opens the store in a directory. One lmdb environment, one key space, keys `table/key`, values JSON.
 *
 * `noSync`: a commit is handed to the operating system before `transaction` returns, so it survives the death of the
 * process at any moment; only the death of the machine could lose the last seconds. That is the right trade for a
 * sandbox, where one fsync per platform call would cost more than all the rest.
 */
export function openStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  // Binary keys: lmdb's own text keys are ambiguous once they are long and hold control characters.
  const db = open<unknown, Buffer>({ path: directory, encoding: 'json', keyEncoding: 'binary', noSync: true });
  let depth = 0;
  const transaction = <T>(work: () => T): T => {
    if (depth > 0) return work();
    depth++;
    try {
      return db.transactionSync(work);
    } finally {
      depth--;
    }
  };
  return {
    table: <T>(name: string): Table<T> => durableTable<T>(db, name),
    transaction,
    close: () => db.close(),
  };
}

function durableTable<T>(db: RootDatabase<unknown, Buffer>, name: string): Table<T> {
  checkTableName(name);
  const base = `${name}/`;
  const bytes = (key: string) => Buffer.from(base + key);
  return {
    get: (key) => db.get(bytes(key)) as T | undefined,
    put: (key, value) => {
      checkKey(name, key);
      db.putSync(bytes(key), value);
    },
    remove: (key) => db.removeSync(bytes(key)),
    entries: (options = {}) => {
      const { low, high } = boundsOf(options);
      if (compareKeys(low, high) > 0) return [];
      const found: Array<[string, T]> = [];
      const limit = options.limit ?? Infinity;
      if (limit <= 0) return found;
      const range = options.reverse
        ? db.getRange({ start: bytes(high), end: bytes(low), reverse: true, inclusiveEnd: true })
        : db.getRange({ start: bytes(low), end: bytes(high), inclusiveEnd: true });
      for (const { key, value } of range) {
        found.push([key.toString('utf8', base.length), value as T]);
        if (found.length >= limit) break;
      }
      return found;
    },
  };
}

interface MemoryRows {
  values: Map<string, string>;
  /** Keys in order. */
  order: string[];
}

/** A store that lives as long as the process: same order, same rollback, no files. Rows are kept as JSON text. */
export function memoryStore(): Store {
  const tables = new Map<string, MemoryRows>();
  let undo: Array<() => void> | undefined;

  const rowsOf = (name: string): MemoryRows => {
    let rows = tables.get(name);
    if (!rows) tables.set(name, (rows = { values: new Map(), order: [] }));
    return rows;
  };
  const write = (rows: MemoryRows, key: string, text: string | undefined): boolean => {
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
          return text === undefined ? undefined : (JSON.parse(text) as T);
        },
        put: (key, value) => {
          checkKey(name, key);
          const text = JSON.stringify(value) as string | undefined;
          if (text === undefined) throw new Error(`value of ${name}/${key} is not JSON`);
          write(rows, key, text);
        },
        remove: (key) => write(rows, key, undefined),
        entries: (options = {}) => memoryEntries<T>(rows, options),
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
  };
}

function place(rows: MemoryRows, key: string, text: string | undefined): void {
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

function memoryEntries<T>(rows: MemoryRows, options: EntriesOptions): Array<[string, T]> {
  const { low, high } = boundsOf(options);
  const first = lowerBound(rows.order, low);
  let end = lowerBound(rows.order, high);
  if (rows.order[end] === high) end++;
  const wanted = Math.min(options.limit ?? Infinity, end - first);
  const found: Array<[string, T]> = [];
  for (let i = 0; i < wanted; i++) {
    const key = rows.order[options.reverse ? end - 1 - i : first + i] as string;
    found.push([key, JSON.parse(rows.values.get(key) as string) as T]);
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
