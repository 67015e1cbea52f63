/** The order of keys and the rules for them, the same for the store on disk and the one in memory. */
import type { EntriesOptions } from './contracts';

/** Sorts after every key, in UTF-8 order. */
const LAST = '\u{10FFFF}';
/** lmdb's own limit is 1,978 bytes for table and key together. */
const MAX_KEY_BYTES = 1900;

export function checkKey(table: string, key: string): void {
  if (key.length * 3 + table.length + 1 <= MAX_KEY_BYTES) return;
  if (Buffer.byteLength(key) + table.length + 1 > MAX_KEY_BYTES) throw new Error(`key too long for table ${table}`);
}

export function checkTableName(name: string): void {
  if (!/^[a-zA-Z0-9:_.-]+$/.test(name)) throw new Error(`bad table name ${JSON.stringify(name)}`);
}

/** Order of UTF-8 bytes, which is lmdb's order, without encoding: surrogates sort after the rest of the plane. */
export function compareKeys(a: string, b: string): number {
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
export function boundsOf(options: EntriesOptions): { low: string; high: string } {
  const prefix = options.prefix ?? '';
  const low = options.from !== undefined && compareKeys(options.from, prefix) > 0 ? options.from : prefix;
  const end = prefix + LAST;
  const high = options.to !== undefined && compareKeys(options.to, end) < 0 ? options.to : end;
  return { low, high };
}
