/** The endpoints behind @forge/kvs: `POST /api/v1/...`, one atomic step each. */
import type { Clock, Store } from '../../contracts';
import type { EntitySchema, Manifest } from '../manifest';
import { type ConditionSet, fulfils, readConditions } from './conditions';
import { checkEntityValue, entityOf } from './entity-rules';
import { checkKey, checkValue, expiryOf } from './key-and-value-rules';
import { queryEntity, queryPlain } from './queries';
import { badRequest, Refusal } from './refusal';
import { createRows, type Place, type Rows, type Space, type Version } from './rows';

export interface KvsAnswer {
  status: number;
  body?: unknown;
  readUnits: number;
  writeUnits: number;
}

export interface KvsApi {
  /** Undefined when there is no such endpoint. */
  handle(path: string, body: string): KvsAnswer | undefined;
  /** The same for a body that is parsed already. */
  answer(path: string, body: unknown): KvsAnswer | undefined;
}

interface ItemRequest {
  key?: unknown;
  value?: unknown;
  entityName?: unknown;
  conditions?: unknown;
  options?: {
    ttl?: unknown;
    keyPolicy?: string;
    returnValue?: string;
  };
}

interface Reply {
  body?: unknown;
  read?: number;
  written?: number;
}

const MAX_OPERATIONS = 25;
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
const UNIT_BYTES = 10 * 1024;

export function createKvsApi(store: Store, clock: Clock, manifest: Manifest, staleness: () => number): KvsApi {
  const rows = createRows(store, clock, staleness);
  const endpoints = endpointsOver(rows, clock, manifest);
  const answer = (path: string, read: () => unknown): KvsAnswer | undefined => {
    const endpoint = endpoints[path];
    if (!endpoint) return undefined;
    try {
      const { body, read: bytesRead, written } = store.transaction(() => endpoint(read()));
      return {
        status: 200,
        ...(body === undefined ? {} : { body }),
        readUnits: bytesRead === undefined ? 0 : unitsOf(bytesRead),
        writeUnits: written === undefined ? 0 : unitsOf(written),
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message } = error;
      return { status, body: { code, message }, readUnits: code === 'KEY_NOT_FOUND' ? 1 : 0, writeUnits: 0 };
    }
  };
  return {
    handle: (path, text) => answer(path, () => parseBody(text)),
    answer: (path, body) => answer(path, () => body),
  };
}

/** Even an empty answer costs one unit. */
const unitsOf = (bytes: number) => Math.max(1, Math.ceil(bytes / UNIT_BYTES));

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest('The body is not JSON');
  }
}

function endpointsOver(rows: Rows, clock: Clock, manifest: Manifest): Record<string, (body: unknown) => Reply> {
  const placeOf = (space: Space, { key, entityName }: ItemRequest): Place => {
    const checked = checkKey(key);
    return space === 'entity'
      ? { space, key: checked, schema: entityOf(manifest.entities, entityName) }
      : { space, key: checked };
  };
  /** Batches and transactions mix plain and entity items. */
  const placeByName = (item: ItemRequest): Place => placeOf(item.entityName === undefined ? 'plain' : 'entity', item);

  const get = (place: Place): Reply => {
    const version = rows.read(place);
    if (!version) throw new Refusal(404, 'KEY_NOT_FOUND', 'Key does not exist');
    return { body: shown(place.key, version), read: sizeOf(version.value) };
  };

  const set = (space: Space) => (body: unknown) => {
    const request = body as ItemRequest;
    const place = placeOf(space, request);
    const { value, bytes, expiresAt } = checkItem(place, request, clock.now());
    const { keyPolicy = 'OVERRIDE', returnValue } = request.options ?? {};
    if (keyPolicy !== 'OVERRIDE' && keyPolicy !== 'FAIL_IF_EXISTS') throw badRequest(`Unknown keyPolicy ${keyPolicy}`);
    // An expired row still exists until it is collected: a TTL is no expiry.
    if (keyPolicy === 'FAIL_IF_EXISTS' && rows.read(place))
      throw new Refusal(409, 'KEY_CONFLICT', 'Key already exists');
    const { before, now } = rows.write(place, value, expiresAt);
    if (returnValue === 'LATEST') return { body: shown(place.key, now), written: bytes };
    return before && returnValue === 'PREVIOUS'
      ? { body: shown(place.key, before), written: bytes }
      : { written: bytes };
  };

  const remove = (space: Space) => (body: unknown) => {
    if (!rows.remove(placeOf(space, body as ItemRequest)))
      throw new Refusal(404, 'KEY_NOT_FOUND', 'Key does not exist');
    return { written: 0 };
  };

  const perItem = (body: unknown, work: (item: ItemRequest) => { success: object; bytes: number }) => {
    if (!Array.isArray(body) || body.length === 0) throw badRequest('A batch must be a non-empty list');
    if (body.length > MAX_OPERATIONS) throw badRequest(`A batch has at most ${MAX_OPERATIONS} items`);
    const successfulKeys: object[] = [];
    const failedKeys: object[] = [];
    let bytes = 0;
    for (const item of body as ItemRequest[]) {
      try {
        const done = work(item);
        successfulKeys.push({ ...named(item), ...done.success });
        bytes += done.bytes;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        failedKeys.push({ ...named(item), error: { code: error.code, message: error.message } });
      }
    }
    return { answer: { successfulKeys, failedKeys }, bytes };
  };

  return {
    '/api/v1/get': (body) => get(placeOf('plain', body as ItemRequest)),
    '/api/v1/set': set('plain'),
    '/api/v1/delete': remove('plain'),
    '/api/v1/secret/get': (body) => get(placeOf('secret', body as ItemRequest)),
    '/api/v1/secret/set': set('secret'),
    '/api/v1/secret/delete': remove('secret'),
    '/api/v1/entity/get': (body) => get(placeOf('entity', body as ItemRequest)),
    '/api/v1/entity/set': set('entity'),
    '/api/v1/entity/delete': remove('entity'),
    '/api/v1/query': (body) => page(queryPlain(rows, body)),
    '/api/v1/entity/query': (body) => page(queryEntity(rows, manifest.entities, body)),
    '/api/v1/batch/get': (body) => {
      const { answer, bytes } = perItem(body, (item) => {
        const { body: success, read } = get(placeByName(item));
        return { success: success as object, bytes: read ?? 0 };
      });
      return { body: answer, read: bytes };
    },
    '/api/v1/batch/set': (body) => {
      const { answer, bytes } = perItem(body, (item) => {
        const place = placeByName(item);
        const checked = checkItem(place, item, clock.now());
        rows.write(place, checked.value, checked.expiresAt);
        return { success: {}, bytes: checked.bytes };
      });
      return { body: answer, written: bytes };
    },
    '/api/v1/batch/delete': (body) => {
      const { answer, bytes } = perItem(body, (item) => {
        rows.remove(placeByName(item));
        return { success: {}, bytes: 0 };
      });
      return { body: answer, written: bytes };
    },
    '/api/v1/transaction': (body) => ({ written: transact(rows, clock, manifest, body, placeByName) }),
  };

  function page(found: Array<[string, Version]> & { cursor?: string }): Reply {
    const data = found.map(([key, version]) => shown(key, version));
    return {
      body: { data, ...(found.cursor === undefined ? {} : { cursor: found.cursor }) },
      read: found.reduce((sum, [, version]) => sum + sizeOf(version.value), 0),
    };
  }
}

interface TransactionRequest {
  set?: ItemRequest[];
  delete?: ItemRequest[];
  check?: ItemRequest[];
}

/** All checks come before the first write, and a throw rolls the store's transaction back besides. */
function transact(
  rows: Rows,
  clock: Clock,
  manifest: Manifest,
  body: unknown,
  placeOf: (item: ItemRequest) => Place,
): number {
  const { set = [], delete: deletes = [], check = [] } = (body ?? {}) as TransactionRequest;
  const all = [...set, ...deletes, ...check];
  if (all.length === 0) throw badRequest('A transaction must have at least one operation');
  if (all.length > MAX_OPERATIONS) throw badRequest(`A transaction has at most ${MAX_OPERATIONS} operations`);
  const seen = new Set<string>();
  for (const item of all) {
    const id = `${String(item.entityName ?? '')}|${String(item.key)}`;
    if (seen.has(id)) throw badRequest(`Key ${String(item.key)} occurs more than once in the transaction`);
    seen.add(id);
  }
  for (const item of check)
    if (item.entityName === undefined || item.conditions === undefined)
      throw badRequest('A check needs an entity and conditions');

  const guards: Array<{ place: Place; conditions: ConditionSet }> = [];
  for (const item of all) {
    const place = placeOf(item);
    if (item.conditions === undefined) continue;
    if (!place.schema) throw badRequest('Conditions exist only for entities');
    guards.push({ place, conditions: readConditions(entityOf(manifest.entities, item.entityName), item.conditions) });
  }
  const writes = set.map((item) => {
    const place = placeOf(item);
    const { keyPolicy, returnValue } = item.options ?? {};
    if (keyPolicy !== undefined || returnValue !== undefined)
      throw badRequest('keyPolicy and returnValue do not exist in transactions');
    return { place, ...checkItem(place, item, clock.now()) };
  });
  const bytes = writes.reduce((sum, write) => sum + write.bytes, 0);
  if (bytes > MAX_TRANSACTION_BYTES) throw new Refusal(400, 'MAX_SIZE', 'A transaction has at most 4 MB');

  for (const { place, conditions } of guards)
    if (!fulfils(rows.read(place)?.value as Record<string, unknown> | undefined, conditions))
      throw new Refusal(409, 'CONDITIONAL_CHECK_FAILED', `A condition on ${place.key} is not fulfilled`);
  for (const { place, value, expiresAt } of writes) rows.write(place, value, expiresAt);
  for (const item of deletes) rows.remove(placeOf(item));
  return bytes;
}

function checkItem(place: Place, item: ItemRequest, now: number) {
  const bytes = checkValue(item.value, place.space);
  return {
    value: place.schema ? checkEntityValue(place.schema as EntitySchema, item.value) : item.value,
    bytes,
    expiresAt: expiryOf(item.options?.ttl, now),
  };
}

const named = ({ key, entityName }: ItemRequest) => ({ key, ...(entityName === undefined ? {} : { entityName }) });

/** Sizes of values that were measured before: the same object is shown many times and never changes. */
const sizes = new WeakMap<object, number>();

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(value) ?? '');
  let size = sizes.get(value);
  if (size === undefined) sizes.set(value, (size = Buffer.byteLength(JSON.stringify(value))));
  return size;
}

function shown(key: string, version: Version) {
  return {
    key,
    value: version.value,
    createdAt: version.createdAt,
    updatedAt: version.at,
    ...(version.expiresAt === undefined ? {} : { expireTime: new Date(version.expiresAt).toISOString() }),
  };
}
