/** A small app on the real @forge packages: every resolver does one thing that the seam suite looks at. */
import api, { asApp, asUser, assumeTrustedRoute, fetch, webTrigger } from '@forge/api';
import { InvocationError, Queue } from '@forge/events';
import { Filter, FilterConditions, kvs, MetadataField, Sort, WhereConditions } from '@forge/kvs';
import Resolver from '@forge/resolver';

interface Call {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each resolver reads what its test sends
  payload: Record<string, any>;
  context: { accountId?: string; extension?: unknown; accountType?: string };
}

/** Errors as data, so that a test sees code and status. */
const caught = async (work: () => Promise<unknown>) => {
  try {
    return { value: await work() };
  } catch (error) {
    const { name, message, code, status, errorCode, cause } = error as Error & Record<string, unknown>;
    const causeCode = (cause as { code?: string } | undefined)?.code;
    return { error: { name, message, code, status, errorCode, causeCode } };
  }
};

const definitions = new Resolver();

definitions.define('context', ({ context }: Call) => context);
definitions.define('now', () => new Date().toISOString());
definitions.define('throw', () => {
  throw new TypeError('as asked');
});
definitions.define('big', ({ payload }: Call) => 'x'.repeat(payload['bytes'] as unknown as number));

definitions.define('kvs', ({ payload }: Call) =>
  caught(async () => {
    const { method, args } = payload as unknown as { method: string; args: unknown[] };
    return (kvs as unknown as Record<string, (...args: unknown[]) => unknown>)[method]?.(...args);
  }),
);
definitions.define('entity', ({ payload }: Call) =>
  caught(async () => {
    const { name = 'note', method, args } = payload as unknown as { name?: string; method: string; args: unknown[] };
    return (kvs.entity(name) as unknown as Record<string, (...args: unknown[]) => unknown>)[method]?.(...args);
  }),
);
definitions.define('metadata', async ({ payload }: Call) =>
  kvs.get(payload['key'], {
    metadataFields: [MetadataField.CREATED_AT, MetadataField.UPDATED_AT, MetadataField.EXPIRE_TIME],
  }),
);
definitions.define('query', ({ payload }: Call) =>
  caught(async () => {
    const {
      owner,
      index = 'by-owner',
      from,
      descending,
      limit,
      cursor,
      open,
    } = payload as unknown as {
      owner?: string;
      index?: string;
      from?: string;
      descending?: boolean;
      limit?: number;
      cursor?: string;
      open?: boolean;
    };
    let query = kvs
      .entity('note')
      .query()
      .index(index, owner === undefined ? undefined : { partition: [owner] });
    if (from !== undefined) query = query.where(WhereConditions.greaterThanEqualTo(from));
    if (open !== undefined)
      query = query.filters(new Filter<{ open: boolean }>().and('open', FilterConditions.equalTo(open)) as never);
    if (descending) query = query.sort(Sort.DESC);
    if (limit !== undefined) query = query.limit(limit);
    if (cursor !== undefined) query = query.cursor(cursor);
    const { results, nextCursor } = await query.getMany();
    return { keys: results.map(({ key }) => key), nextCursor };
  }),
);
definitions.define('compare-and-set', ({ payload }: Call) =>
  caught(async () => {
    const { key, rev, also } = payload as unknown as { key: string; rev: number | null; also?: string };
    const condition = rev === null ? FilterConditions.notExists() : FilterConditions.equalTo(rev);
    const conditions = new Filter<{ rev: number }>().and('rev', condition) as never;
    const transaction = kvs
      .transact()
      .set(key, { rev: (rev ?? 0) + 1, owner: 'amir', at: '2026-01-01' }, { entityName: 'note', conditions });
    if (also !== undefined) transaction.set(also, 'written together');
    await transaction.execute();
    return 'done';
  }),
);

definitions.define('jira', ({ payload }: Call) =>
  caught(async () => {
    const { as, user, path, method, body } = payload as unknown as {
      as: 'app' | 'user';
      user?: string;
      path: string;
      method?: string;
      body?: unknown;
    };
    const client = as === 'app' ? asApp() : asUser(user);
    const response = await client.requestJira(assumeTrustedRoute(path), {
      method: method ?? 'GET',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, retryAfter, body: await response.json() };
  }),
);
definitions.define('graph', ({ payload }: Call) =>
  caught(async () => (await asApp().requestGraph(payload['query'])).status),
);
definitions.define('web-trigger-url', () => webTrigger.getUrl('hook'));

definitions.define('fetch', ({ payload }: Call) =>
  caught(async () => {
    const { url, redirect, timeoutMs, most, via } = payload as unknown as {
      url: string;
      redirect?: 'manual' | 'follow' | 'error';
      timeoutMs?: number;
      most?: number;
      via?: 'named' | 'default' | 'global';
    };
    const fetcher = via === 'global' ? globalThis.fetch : via === 'default' ? api.fetch : fetch;
    const response = (await fetcher(url, {
      ...(redirect ? { redirect } : {}),
      ...(timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
    })) as unknown as Response;
    const { status, redirected } = response;
    const location = response.headers.get('location');
    if (most === undefined) return { status, redirected, location, url: response.url, body: await response.text() };
    let read = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      read += chunk.byteLength;
      if (read > most) return { status, stoppedAfter: read };
    }
    return { status, read };
  }),
);

definitions.define('push', ({ payload }: Call) =>
  caught(async () => {
    const queue = new Queue({ key: payload['queue'] ?? 'work' });
    return queue.push(payload['events']);
  }),
);
definitions.define('stats', ({ payload }: Call) => caught(() => new Queue({ key: 'work' }).getStats(payload['jobId'])));
definitions.define('cancel', ({ payload }: Call) => caught(() => new Queue({ key: 'work' }).cancel(payload['jobId'])));

definitions.define('sleep', async ({ payload }: Call) => {
  await new Promise((resolve) => setTimeout(resolve, payload['ms']));
  await kvs.set('slept', true);
  return 'awake';
});
definitions.define('three-writes', async () => {
  for (const key of ['one', 'two', 'three']) await kvs.set(key, true);
  return 'done';
});
definitions.define('exit', () => process.exit(3));
definitions.define('connect', async () => {
  const { connect } = await import('node:net');
  return caught(async () => connect(80, '127.0.0.1') && 'connected');
});

export const resolver = definitions.getDefinitions();

/** Writes down every delivery; the body says how to end. */
export const consumer = async (event: {
  body: { id: string; fail?: 'throw' | 'retry'; times?: number };
  eventId: string;
  retryContext?: { retryCount: number };
}) => {
  const tries = event.retryContext?.retryCount ?? 0;
  const seen = ((await kvs.get('deliveries')) ?? []) as unknown[];
  await kvs.set('deliveries', [...seen, { id: event.body.id, tries, retry: event.retryContext ?? null }]);
  if (event.body.fail === undefined || tries >= (event.body.times ?? 1)) return undefined;
  if (event.body.fail === 'throw') throw new Error('not yet');
  return new InvocationError({
    retryAfter: 120,
    retryReason: 'FUNCTION_RETRY_REQUEST',
    retryData: { note: 'again' },
  } as never);
};

export const tick = async () => {
  const ticks = ((await kvs.get('ticks')) ?? []) as string[];
  await kvs.set('ticks', [...ticks, new Date().toISOString()]);
};

export const hook = async (request: { method: string; body: string; userPath: string; queryParameters: unknown }) => ({
  statusCode: 202,
  headers: { 'x-fixture': ['yes'] },
  body: JSON.stringify(request),
});

export const event = async (payload: { eventType: string; issue: { key: string } }) => {
  const seen = ((await kvs.get('events')) ?? []) as string[];
  await kvs.set('events', [...seen, `${payload.eventType} ${payload.issue.key}`]);
};

export const gate = async (payload: { issue: { key: string } }) => {
  if (payload.issue.key === 'T-THROW') throw new Error('broken');
  if (payload.issue.key === 'T-ODD') return { result: false, errorMessage: 'odd' };
  if (payload.issue.key === 'T-NONSENSE') return { result: 'yes' };
  return { result: true };
};
