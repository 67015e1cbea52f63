/**
 * The stored rows. Every entity row has one entry per index of its entity; while queries are stale (a fault), rows
 * also keep their earlier versions and the entries of those, so that a query can see the past while a get cannot.
 */
import { createHash } from 'node:crypto';
import type { Clock, Store } from '../../contracts';
import type { EntityIndex, EntitySchema } from '../manifest';

export interface Version {
  /** When it was written. */
  at: number;
  createdAt: number;
  expiresAt?: number;
  /** Absent: the row was deleted. */
  value?: unknown;
}

interface Row {
  versions: Version[];
}

/** Expired rows stay readable until the garbage collector comes: a TTL is no expiry. */
const COLLECTED_AFTER_MS = 48 * 3600 * 1000;

export type Space = 'plain' | 'secret' | 'entity';

export interface Place {
  space: Space;
  key: string;
  schema?: EntitySchema;
}

export interface Rows {
  /** The row as it is now. */
  read(place: Place): Version | undefined;
  write(place: Place, value: unknown, expiresAt: number | undefined): { before: Version | undefined; now: Version };
  remove(place: Place): boolean;
  /** Plain rows as queries see them, in key order, after `after`. */
  scanPlain(prefix: string, after: string | undefined): Iterable<[string, Version]>;
  /** Entity rows as queries see them, in the order of an index. */
  scanIndex(schema: EntitySchema, index: EntityIndex, scan: IndexScan): Iterable<IndexHit>;
}

export interface IndexScan {
  partition: unknown[];
  /** Inclusive bounds of the encoded range attribute: a superset of what is wanted. */
  bounds?: { from?: unknown; to?: unknown; prefix?: string };
  descending: boolean;
  /** Position after which to go on. */
  after: string | undefined;
}

export interface IndexHit {
  key: string;
  version: Version;
  position: string;
}

const PAGE = 200;
const END = '\u{10FFFF}';

export function createRows(store: Store, clock: Clock, staleness: () => number): Rows {
  const tables = {
    plain: store.table<Row>('kvs.plain'),
    secret: store.table<Row>('kvs.secret'),
    entity: store.table<Row>('kvs.entity'),
  };
  const entries = store.table<1>('kvs.index');

  const idOf = ({ key, schema }: Place) => (schema ? `${schema.name}|${key}` : key);
  const latest = (row: Row | undefined) => alive(row?.versions.at(-1));
  const alive = (version: Version | undefined): Version | undefined =>
    version === undefined ||
    !('value' in version) ||
    clock.now() >= (version.expiresAt ?? Infinity) + COLLECTED_AFTER_MS
      ? undefined
      : version;
  /** The version that a query sees: the last one written before the stale window. */
  const visible = (row: Row | undefined): Version | undefined => {
    const age = staleness();
    if (!row || age === 0) return latest(row);
    const horizon = clock.now() - age;
    for (let i = row.versions.length - 1; i >= 0; i--) {
      const version = row.versions[i] as Version;
      if (version.at <= horizon) return alive(version);
    }
    return undefined;
  };

  const storeVersion = (place: Place, next: Version): Version | undefined => {
    const table = tables[place.space];
    const id = idOf(place);
    const versions = table.get(id)?.versions ?? [];
    const before = alive(versions.at(-1));
    const kept = [...remembered(versions, next.at), next];
    // A deleted row needs no memorial once nobody can see what was before.
    if (kept.length === 1 && !('value' in next)) table.remove(id);
    else table.put(id, { versions: kept });
    if (place.schema) {
      const wanted = positions(place.schema, place.key, kept);
      const present = positions(place.schema, place.key, versions);
      for (const position of present) if (!wanted.has(position)) entries.remove(position);
      for (const position of wanted) if (!present.has(position)) entries.put(position, 1);
    }
    return before;
  };
  /** Earlier versions that a stale query could still ask for. */
  const remembered = (versions: Version[], at: number): Version[] => {
    const age = staleness();
    if (age === 0) return [];
    const older = versions.filter((version) => version.at < at);
    const horizon = at - age;
    const lastVisible = older.findLastIndex((version) => version.at <= horizon);
    return older.slice(Math.max(0, lastVisible));
  };

  return {
    read: (place) => latest(tables[place.space].get(idOf(place))),
    write: (place, value, expiresAt) => {
      const at = clock.now();
      const createdAt = latest(tables[place.space].get(idOf(place)))?.createdAt ?? at;
      const now: Version = { at, createdAt, value, ...(expiresAt === undefined ? {} : { expiresAt }) };
      return { before: storeVersion(place, now), now };
    },
    remove: (place) => {
      if (!latest(tables[place.space].get(idOf(place)))) return false;
      const at = clock.now();
      storeVersion(place, { at, createdAt: at });
      return true;
    },
    *scanPlain(prefix, after) {
      for (const [key, row] of walk(tables.plain, prefix, after, false)) {
        const version = visible(row);
        if (version) yield [key, version];
      }
    },
    *scanIndex(schema, index, scan) {
      const prefix = entryPrefix(schema, index, scan.partition);
      const bounds = {
        ...(scan.bounds?.from === undefined ? {} : { from: prefix + encode(scan.bounds.from) }),
        ...(scan.bounds?.to === undefined ? {} : { to: prefix + encode(scan.bounds.to) + END }),
      };
      const narrowed = scan.bounds?.prefix === undefined ? prefix : `${prefix}s${scan.bounds.prefix}`;
      for (const [position] of walk(entries, narrowed, scan.after, scan.descending, bounds)) {
        const key = position.slice(position.lastIndexOf('|') + 1);
        const version = visible(tables.entity.get(`${schema.name}|${key}`));
        // The entry may belong to a version that the query does not see (yet, or any more).
        if (version && positionOf(schema, index, key, version) === position) yield { key, version, position };
      }
    },
  };
}

/** Walks a table page by page, so that a bounded query reads a bounded number of rows. */
function* walk<T>(
  table: {
    entries(options: {
      prefix: string;
      from?: string;
      to?: string;
      reverse: boolean;
      limit: number;
    }): Array<[string, T]>;
  },
  prefix: string,
  after: string | undefined,
  reverse: boolean,
  bounds: { from?: string; to?: string } = {},
): Iterable<[string, T]> {
  let last = after;
  let limit = 12;
  for (;;) {
    const page = table.entries({
      prefix,
      ...bounds,
      ...(last === undefined ? {} : reverse ? { to: last } : { from: last }),
      reverse,
      limit: limit + 1,
    });
    for (const entry of page) if (entry[0] !== last) yield entry;
    if (page.length <= limit) return;
    last = (page.at(-1) as [string, T])[0];
    limit = PAGE;
  }
}

function positions(schema: EntitySchema, key: string, versions: Version[]): Set<string> {
  const found = new Set<string>();
  for (const version of versions)
    for (const index of schema.indexes.values()) {
      const position = positionOf(schema, index, key, version);
      if (position !== undefined) found.add(position);
    }
  return found;
}

/** Where a version stands in an index; nowhere when it lacks one of the index's attributes. */
function positionOf(schema: EntitySchema, index: EntityIndex, key: string, version: Version): string | undefined {
  if (!('value' in version)) return undefined;
  const row = version.value as Record<string, unknown>;
  const partition = index.partition.map((name) => row[name]);
  const range = index.range.map((name) => row[name]);
  if ([...partition, ...range].some((value) => value === undefined || value === null)) return undefined;
  return `${entryPrefix(schema, index, partition)}${range.map(encode).join('\u0000')}\u0000|${key}`;
}

/** Partitions are only ever compared for equality, so a hash keeps the key short. */
function entryPrefix(schema: EntitySchema, index: EntityIndex, partition: unknown[]): string {
  return `${schema.name}|${index.name}|${partitionHash(JSON.stringify(partition))}|`;
}

/** Most partitions are asked for again and again: a lane, a shard, a kind. */
const hashes = new Map<string, string>();
const mostHashes = 10_000;

function partitionHash(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = createHash('sha1').update(text).digest('base64url');
  if (hashes.size >= mostHashes) hashes.clear();
  hashes.set(text, hash);
  return hash;
}

/** Text whose order is the order of the values. */
function encode(value: unknown): string {
  if (typeof value === 'number') return `n${orderedHex(value)}`;
  if (typeof value === 'boolean') return value ? 'b1' : 'b0';
  return `s${String(value)}`;
}

function orderedHex(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(Object.is(value, -0) ? 0 : value);
  const negative = ((bytes[0] as number) & 0x80) !== 0;
  for (let i = 0; i < 8; i++) bytes[i] = negative ? ~(bytes[i] as number) & 0xff : (bytes[i] as number);
  if (!negative) bytes[0] = (bytes[0] as number) | 0x80;
  return bytes.toString('hex');
}
