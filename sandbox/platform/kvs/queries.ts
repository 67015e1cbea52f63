/** Queries over plain keys and over entity indexes, page by page. */
import type { EntityIndex, EntitySchema } from '../manifest';
import { type Condition, fulfils, holds, readConditions, readRange } from './conditions';
import { entityOf } from './entity-rules';
import { badRequest, Refusal } from './refusal';
import type { IndexScan, Rows, Version } from './rows';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export type Page = Array<[string, Version]> & { cursor?: string };

export function queryPlain(rows: Rows, body: unknown): Page {
  const { limit, after, where } = (body ?? {}) as { limit?: unknown; after?: unknown; where?: Condition[] };
  let prefix = '';
  for (const { property, condition, values } of where ?? []) {
    if (property !== 'key' || condition !== 'BEGINS_WITH' || typeof values?.[0] !== 'string')
      throw badRequest('A query can only ask for keys that begin with a text');
    prefix = values[0];
  }
  const found: Page = [];
  const most = readLimit(limit);
  for (const [key, version] of rows.scanPlain(prefix, readCursor(after, 'plain'))) {
    if (found.length === most) {
      found.cursor = cursorAt('plain', (found.at(-1) as [string, Version])[0]);
      break;
    }
    found.push([key, version]);
  }
  return found;
}

interface EntityQuery {
  entityName?: unknown;
  indexName?: unknown;
  partition?: unknown;
  range?: unknown;
  filters?: unknown;
  sort?: unknown;
  limit?: unknown;
  cursor?: unknown;
}

export function queryEntity(rows: Rows, entities: ReadonlyMap<string, EntitySchema>, body: unknown): Page {
  const query = (body ?? {}) as EntityQuery;
  const schema = entityOf(entities, query.entityName);
  const index = schema.indexes.get(String(query.indexName));
  if (!index)
    throw new Refusal(
      400,
      'INVALID_INDEX',
      `Index ${String(query.indexName)} of entity ${schema.name} is not declared`,
    );
  const partition = readPartition(index, query.partition);
  const range = readRange(query.range);
  const rangeAttribute = index.range[0];
  if (range && rangeAttribute === undefined) throw badRequest(`Index ${index.name} has no range`);
  const filters = query.filters === undefined ? undefined : readConditions(schema, query.filters);
  if (query.sort !== undefined && query.sort !== 'ASC' && query.sort !== 'DESC')
    throw badRequest('sort is ASC or DESC');

  const kind = `${schema.name}.${index.name}`;
  const bounds = range && boundsOf(range);
  const found: Page = [];
  const most = readLimit(query.limit);
  let last = '';
  for (const { key, version, position } of rows.scanIndex(schema, index, {
    partition,
    ...(bounds ? { bounds } : {}),
    descending: query.sort === 'DESC',
    after: readCursor(query.cursor, kind),
  })) {
    const row = version.value as Record<string, unknown>;
    if (range && !holds(row[rangeAttribute as string], range)) continue;
    if (filters && !fulfils(row, filters)) continue;
    if (found.length === most) {
      found.cursor = cursorAt(kind, last);
      break;
    }
    found.push([key, version]);
    last = position;
  }
  return found;
}

function readPartition(index: EntityIndex, raw: unknown): unknown[] {
  const partition = raw === undefined || raw === null ? [] : raw;
  if (!Array.isArray(partition) || partition.length !== index.partition.length)
    throw badRequest(`Index ${index.name} needs ${index.partition.length} partition values`);
  return partition;
}

function boundsOf({ condition, values }: Omit<Condition, 'property'>): NonNullable<IndexScan['bounds']> {
  const [first, second] = values;
  switch (condition) {
    case 'EQUAL_TO':
      return { from: first, to: first };
    case 'BETWEEN':
      return { from: first, to: second };
    case 'GREATER_THAN':
    case 'GREATER_THAN_EQUAL_TO':
      return { from: first };
    case 'LESS_THAN':
    case 'LESS_THAN_EQUAL_TO':
      return { to: first };
    case 'BEGINS_WITH':
      return typeof first === 'string' ? { prefix: first } : {};
    default:
      return {};
  }
}

function readLimit(limit: unknown): number {
  if (limit === undefined || limit === null) return DEFAULT_LIMIT;
  if (!Number.isInteger(limit) || (limit as number) < 1 || (limit as number) > MAX_LIMIT)
    throw badRequest(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
  return limit as number;
}

/** Opaque to the app, and bound to the query it came from. */
const cursorAt = (kind: string, position: string): string =>
  Buffer.from(JSON.stringify([kind, position])).toString('base64url');

function readCursor(cursor: unknown, kind: string): string | undefined {
  if (cursor === undefined || cursor === null) return undefined;
  try {
    const [from, position] = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8')) as unknown[];
    if (from === kind && typeof position === 'string') return position;
  } catch {
    // Falls through to the refusal: a cursor that was not made here.
  }
  throw new Refusal(400, 'INVALID_CURSOR', 'The cursor does not belong to this query');
}
