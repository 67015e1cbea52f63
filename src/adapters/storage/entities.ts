import { Filter, FilterConditions, ForgeKvsAPIError, kvs } from '@forge/kvs';
import { Unavailable } from '../../usecases/ports';

/** The entities of manifest.yml. Their attributes are in docs/decisions/0001-storage-entities.md. */
export type EntityName =
  | 'request'
  | 'gate'
  | 'audit'
  | 'due'
  | 'outbox'
  | 'reading'
  | 'config'
  | 'person'
  | 'holding'
  | 'case'
  | 'work'
  | 'digest';

/** Every stored value carries the version of its form, so that a newer app can read what an older one wrote. */
export interface Row {
  readonly v: 1;
  readonly [attribute: string]: unknown;
}

/** A condition that the row must not exist, or must carry this revision. */
export function expectRev(rev: number) {
  return rev === 0
    ? new Filter<Row>().and('rev', FilterConditions.notExists())
    : new Filter<Row>().and('rev', FilterConditions.equalTo(rev));
}

/** A row by key: strongly consistent. */
export async function getRow<T extends Row>(entity: EntityName, key: string): Promise<T | undefined> {
  return guarded(() => kvs.entity<T>(entity).get(key));
}

/** Up to 25 rows by key, in one operation. One that could not be read is no absent one: it throws. */
export async function getRows(
  keys: ReadonlyArray<{ readonly key: string; readonly entityName: EntityName }>,
): Promise<ReadonlyMap<string, Row>> {
  const answer = await guarded(() => kvs.batchGet<Row>([...keys]));
  if (answer.failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND')) throw new Unavailable('storage');
  return new Map(answer.successfulKeys.map(({ key, value }) => [key, value]));
}

/**
 * Up to `limit` rows of one partition of an index, in the order of its range attribute. Eventually consistent: what is
 * found must be read by key before anything is decided on it.
 */
export async function queryRows<T extends Row>(
  entity: EntityName,
  index: string,
  partition: readonly string[] | readonly number[],
  options: {
    limit: number;
    where?: Parameters<ReturnType<ReturnType<ReturnType<typeof kvs.entity<T>>['query']>['index']>['where']>[0];
    sort?: 'ASC' | 'DESC';
    cursor?: string;
  },
): Promise<{ rows: Array<{ key: string; value: T }>; cursor?: string }> {
  return guarded(async () => {
    let query = kvs
      .entity<T>(entity)
      .query()
      .index(index, { partition: [...partition] })
      .limit(Math.min(100, options.limit));
    if (options.where) query = query.where(options.where);
    if (options.sort) query = query.sort(options.sort as never);
    if (options.cursor) query = query.cursor(options.cursor);
    const page = await query.getMany();
    return {
      rows: page.results.map(({ key, value }) => ({ key, value })),
      ...(page.nextCursor ? { cursor: page.nextCursor } : {}),
    };
  });
}

/** Runs a transaction; false when one of its conditions did not hold. Any other failure is `Unavailable`. */
export async function transacted(execute: () => Promise<void>): Promise<boolean> {
  try {
    await execute();
    return true;
  } catch (error) {
    if (
      error instanceof ForgeKvsAPIError &&
      (error.code === 'CONDITIONAL_CHECK_FAILED' || error.code === 'KEY_CONFLICT')
    )
      return false;
    throw asUnavailable(error);
  }
}

/** Storage that does not answer is a state the callers must handle, whatever form it comes in. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asUnavailable(error);
  }
}

function asUnavailable(error: unknown): unknown {
  return error instanceof ForgeKvsAPIError || (error instanceof Error && error.name === 'PROXY_ERR')
    ? new Unavailable('storage')
    : error;
}
