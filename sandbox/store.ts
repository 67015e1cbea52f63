/** The embedded store, durable on lmdb or in memory, behind the one interface `Store` of contracts.ts. */
import { mkdirSync } from 'node:fs';
import { open, type RootDatabase } from 'lmdb';
import type { Store, Table } from './contracts';
import { boundsOf, checkKey, checkTableName, compareKeys } from './key-order';

export { memoryStore } from './memory-store';

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
