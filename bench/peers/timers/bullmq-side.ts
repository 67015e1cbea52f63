/**
 * The peer's side: one delayed job for each step, a worker that makes the effect at the sink, the worker killed while the
 * steps of a group are worked on. The next one stands loaded and takes over at once, because the start of a process is the
 * one thing that real time does not scale. Redis is never killed.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startOwn, type OwnProcess } from './own-processes';
import { openQueue, peerDirectory, type Queue } from './peer-package';
import { groups, intervalMinutes, kills, minuteOf, requestsPerGroup, steps, type StepName } from './script';
import type { SideResult } from './side-result';
import { oneWayMs, openSink } from './sink';
import { tally, type Expected } from './tally';

/** The peer runs in real time: this long is one interval, of the script and of its stalled check. */
export const intervalMs = 1000;
const minuteMs = intervalMs / intervalMinutes;
/** BullMQ's lock and stalled check last 30 s unless told otherwise; everything it waits for is scaled alike. */
const scale = intervalMs / 30_000;
/** Nothing is due before: the peer need not sit through it. */
const firstMinute = minuteOf(0, 'half') - 2 * intervalMinutes;
/** What is not done by then counts as lost. */
const mostIntervalsToDrain = 60;
const intervalsAfterDrain = 3;
/** So many stand loaded: kills come faster than a busy machine starts processes. */
const spareWorkers = 3;
/** What the work on one group takes: the way to the sink and back for each, and a little for the queue itself. */
const spanMs = requestsPerGroup * (2 * oneWayMs + 5);

/** `careful`: no limit on stalls that this script reaches, and a look at the sink before every effect. */
export type Handling = 'as-it-comes' | 'careful';

/** Plays the script on BullMQ over a running Redis; `directory` holds the sink's file. */
export async function bullmqSide(handling: Handling, redisPort: number, directory: string): Promise<SideResult> {
  const sink = await openSink(join(directory, `${handling}.jsonl`));
  const queue = openQueue(handling, redisPort);
  const env = {
    ...process.env,
    QUEUE: handling,
    REDIS_PORT: String(redisPort),
    SINK: sink.url,
    ALWAYS_LOOK: handling === 'careful' ? '1' : '0',
    WORKER_OPTIONS: JSON.stringify({
      lockDuration: intervalMs,
      stalledInterval: intervalMs,
      ...(handling === 'careful' ? { maxStalledCount: kills().length } : {}),
    }),
  };
  const load = (): OwnProcess => startOwn(process.execPath, ['worker.mjs'], { cwd: peerDirectory, env });
  const spares = Array.from({ length: spareWorkers }, load);
  let worker: OwnProcess | undefined;
  const takeOver = async (): Promise<void> => {
    worker = spares.shift();
    spares.push(load());
    await worker?.printed(/^loaded$/m);
    worker?.tell('go');
    await worker?.printed(/^ready$/m);
  };
  try {
    await takeOver();
    await Promise.all(spares.map((spare) => spare.printed(/^loaded$/m)));
    const base = Date.now();
    const instantOf = (group: number, step: StepName) => base + (minuteOf(group, step) - firstMinute) * minuteMs;
    const expected = await schedule(queue, base, instantOf);
    let lastKillAt = 0;
    let readyAt = base;
    let slowest = 0;
    for (const kill of kills()) {
      // As a sweep is killed at most once in an interval, so is a worker: one on a busy machine would never get to work.
      const from = Math.max(readyAt + intervalMs, instantOf(kill.group, kill.step));
      await wait(from + kill.share * spanMs - Date.now());
      await worker?.kill();
      lastKillAt = Date.now();
      await takeOver();
      readyAt = Date.now();
      slowest = Math.max(slowest, readyAt - lastKillAt);
    }
    await drained(queue);
    const jobs = await queue.getJobs(['completed', 'failed']);
    // A job that its worker left behind was found as stalled once for each kill that hit it.
    const killsAtWork = jobs.reduce((sum, job) => sum + job.stalledCounter, 0);
    return {
      ...tally(expected, sink.made(), lastKillAt, intervalMs),
      kills: kills().length,
      killsAtWork,
      slowestRestart: Math.round((slowest / intervalMs) * 10) / 10,
    };
  } finally {
    await Promise.all([worker, ...spares].map((own) => own?.kill()));
    await queue.close();
    await sink.close();
  }
}

async function schedule(
  queue: Queue,
  base: number,
  instantOf: (group: number, step: StepName) => number,
): Promise<readonly Expected[]> {
  const expected = [...Array(groups).keys()].flatMap((group) =>
    [...Array(requestsPerGroup).keys()].flatMap((n) =>
      steps.map(({ name }) => ({ request: `${group}.${n}`, step: name, dueAt: instantOf(group, name) })),
    ),
  );
  await queue.addBulk(
    expected.map(({ request, step, dueAt }) => ({
      name: step,
      data: { request, step },
      opts: {
        jobId: `${request}-${step}`,
        timestamp: base,
        delay: dueAt - base,
        attempts: 3,
        backoff: { type: 'exponential', delay: Math.ceil(1000 * scale) },
      },
    })),
  );
  return expected;
}

/** Waits until nothing is left to do, within limits, and then for the time in which something might still be done twice. */
async function drained(queue: Queue): Promise<void> {
  for (let waited = 0; waited < mostIntervalsToDrain; waited++) {
    const left = await queue.getJobCounts('active', 'waiting', 'delayed', 'prioritized');
    if (Object.values(left).every((count) => count === 0)) break;
    await wait(intervalMs);
  }
  await wait(intervalsAfterDrain * intervalMs);
}
