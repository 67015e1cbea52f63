import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { LedgerCall, Store, Table } from '../../sandbox/contracts';
import { openStore } from '../../sandbox/store';
import { createWorld, type World } from '../../sandbox/world';
import { openDesk, type Desk } from '../../test/app/desk';
import { cloneIssues, takeRequest, type Source } from '../clones';
import { jqlScan } from '../peers/jql-scan';
import { atMost, type Row } from '../row';

/** How many requests fall due at once. Each number is a batch of its own, five minutes after the one before. */
const batches = [1, 2, 10, 100, 250];
const limitOf = (due: number): number => 4 + Math.ceil(due / 100) + 4 * due;
/** The seeded rule for sensitive access gives eight hours to the approval and reminds at a half and at nine tenths. */
const asking = { end: '2027-01-31T00:00:00.000Z' };

/** What sweeps cost, counted in the sandbox's ledger, with few and with many open requests in storage. */
export async function sweepRows(): Promise<Row[]> {
  return [...(await storageRows()), await pointsRow()];
}

async function storageRows(): Promise<Row[]> {
  return withStore((store) =>
    withWorld(openDesk({ store }), async (desk) => {
      const { world } = desk;
      const source = await raise(desk);
      await world.settle();
      const clone = takeRequest(store, world, source);
      // Once an hour, at five past, a sweep also looks for what was missed: it is not among those that are measured.
      await world.advance('PT5M');
      clone(0, 99);
      const idleAtFew = await sweep(world);
      for (const count of batches) {
        for (let i = 0; i < count; i++) await raise(desk);
        await world.advance('PT5M');
      }
      const others = 1 + batches.reduce((sum, count) => sum + count, 0);
      clone(99, 1_000 - others);
      await world.advance('PT3H30M');
      const atFew = await eachBatch(world);
      clone(1_000 - others, 100_000 - others);
      const idleAtMany = await sweep(world);
      await world.advance('PT2H25M');
      const hourly = await sweep(world);
      await world.advance('PT15M');
      const atMany = await eachBatch(world);
      return [
        atMost('idle sweep at 100 open requests: storage operations', operations(idleAtFew), 4, 'operations'),
        atMost('idle sweep at 100,000 open requests: storage operations', operations(idleAtMany), 4, 'operations'),
        atMost('hourly part of a sweep, nothing changed: storage operations', operations(hourly) - 4, 8, 'operations'),
        ...batches.map((count, index) =>
          atMost(
            `sweep with ${count} due, the more of 1,000 and 100,000 open: storage operations`,
            Math.max(operations(atFew[index] ?? []), operations(atMany[index] ?? [])),
            limitOf(count),
            'operations',
          ),
        ),
        worstShare(atFew, atMany),
      ];
    }),
  );
}

/** A hundred thousand requests are more than a process should hold in memory, so they lie on disk while they are needed. */
async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'proofgate-bench-'));
  const store = openStore(directory);
  try {
    // Two worlds may follow each other over one store, so it outlives them.
    return await work({ ...store, close: () => Promise.resolve() });
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function withWorld<O extends { readonly world: World }, T>(
  opening: Promise<O>,
  work: (opened: O) => Promise<T>,
): Promise<T> {
  const opened = await opening;
  try {
    return await work(opened);
  } finally {
    await opened.world.close();
  }
}

function worstShare(...measured: readonly LedgerCall[][][]): Row {
  const shares = measured.flatMap((all) => all.map((calls, i) => operations(calls) / limitOf(batches[i] ?? 0)));
  const worst = Math.round(Math.max(...shares) * 1000) / 1000;
  return atMost('sweep with k due: the worst share of 4 + ceil(k/100) + 4k that is used', worst, 1, 'of the limit');
}

/** The batches fall due one after the other, a sweep apart. Every request of a batch must have been reminded of. */
async function eachBatch(world: World): Promise<LedgerCall[][]> {
  const found: LedgerCall[][] = [];
  for (const count of batches) {
    const calls = await sweep(world);
    if (comments(calls) !== count) throw new Error(`a sweep with ${count} due made ${comments(calls)} comments`);
    found.push(calls);
  }
  return found;
}

/** One sweep and everything that the app does besides it until the next one. */
async function sweep(world: World): Promise<LedgerCall[]> {
  const since = world.ledger().next;
  await world.advance('PT5M');
  return world.ledger(since).calls;
}

const comments = (calls: readonly LedgerCall[]): number =>
  calls.filter((call) => call.method === 'POST' && call.path.endsWith('/comment')).length;

const operations = (calls: readonly LedgerCall[]): number => calls.filter((call) => call.kind === 'kvs').length;

async function raise(desk: Desk): Promise<Source> {
  const answer = await desk.raise(asking);
  if (answer.status !== 201) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`);
  const { issueId, issueKey } = answer.body as { issueId: string; issueKey: string };
  return { id: issueId, key: issueKey };
}

const dueInTheHour = 10;
const openIssues = 10_000;

/** One hour of the app and one of a JQL scan over the same site: twelve sweeps, ten requests of which fall due in it. */
async function pointsRow(): Promise<Row> {
  const ours = await withStore((store) =>
    withWorld(openDesk({ store }), async (desk) => {
      await crowd(desk, store);
      return nextHour(desk.world);
    }),
  );
  const peer = await withStore(async (store) => {
    const [start, approver] = await withWorld(openDesk({ store }), async (desk) => {
      await crowd(desk, store);
      return [desk.world.now(), desk.accountId('mark')];
    });
    const app = (): Record<string, unknown> => jqlScan(approver);
    const opening = createWorld({
      functions: 'in-process',
      clock: { kind: 'manual', start },
      store: readOnce(store),
      app,
    });
    return withWorld(
      opening.then((world) => ({ world })),
      ({ world }) => nextHour(world),
    );
  });
  const value = points(ours);
  const peerValue = points(peer);
  return {
    name: `Jira points in an hour, ${openIssues} open, ${dueInTheHour} due`,
    value,
    unit: 'points',
    peer: 'fewer than a JQL scan every five minutes',
    peerValue,
    ratio: Math.round(peerValue / value),
    goal: '>= 1000x fewer',
    holds: peerValue / value >= 1000,
  };
}

/** Up to five minutes past an hour: in the hour that follows ten requests of ten thousand fall due, all before its end. */
async function crowd(desk: Desk, store: Store): Promise<void> {
  const source = await raise(desk);
  await desk.world.settle();
  const clones = openIssues - dueInTheHour;
  takeRequest(store, desk.world, source)(0, clones);
  cloneIssues(store, source, clones, Date.parse(desk.world.now()) - 3 * 86_400_000);
  // Cloning held up the event loop: connections to the target that ran out meanwhile are closed before they are used.
  await setTimeout(200);
  // It would fall due itself.
  await desk.as('adele').delete(`/rest/api/3/issue/${source.key}`);
  await desk.world.advance('PT3H10M');
  for (let i = 0; i < dueInTheHour; i++) {
    await raise(desk);
    await desk.world.advance('PT5M');
  }
  await desk.world.advance('PT3H5M');
}

/** Everything that an app does during an hour. */
async function nextHour(world: World): Promise<LedgerCall[]> {
  const since = world.ledger().next;
  await world.advance('PT1H');
  const { calls } = world.ledger(since);
  if (comments(calls) !== dueInTheHour) throw new Error(`${comments(calls)} of ${dueInTheHour} reminders were sent`);
  return calls;
}

/**
 * The same store, which reads all issues anew only when one has changed. The scan turns twelve hundred pages an hour, and
 * the sandbox would read every issue for each of them.
 */
function readOnce(store: Store): Store {
  const issues = store.table<object>('jira.issues');
  let known: Array<[string, object]> | undefined;
  const changed = <A extends unknown[], T>(work: (...args: A) => T) => {
    return (...args: A): T => {
      known = undefined;
      return work(...args);
    };
  };
  const table: Table<object> = {
    ...issues,
    put: changed(issues.put),
    remove: changed(issues.remove),
    entries: (options = {}) => {
      if (options.prefix !== undefined || options.limit !== undefined || !options.reverse)
        return issues.entries(options);
      return [...(known ??= issues.entries(options))];
    },
  };
  return {
    ...store,
    table: <T>(name: string) => (name === 'jira.issues' ? (table as Table<T>) : store.table<T>(name)),
  };
}

const points = (calls: readonly LedgerCall[]): number => calls.reduce((sum, call) => sum + call.points, 0);
