/** Async events: queues with a consumer, at least once within a day, then dropped silently, as Forge does. */
import type { Rng, Store } from '../contracts';
import { type Invocation, type Invoke, timeLimitOf } from './invoke/invocations';
import { type Manifest, type ManifestModule, modulesOfType } from './manifest';
import { emptyAnswer, jsonAnswer, type PlatformAnswer } from './platform-call';
import { readRetry } from './retry-answer';
import type { Agenda, Due } from './time/agenda';
import type { SandboxClock } from './time/clock';
import type { DueHandler } from './time/dispatcher';

export const ASYNC_KIND = 'async-event';

const MAX_EVENTS = 50;
const MAX_PUSH_BYTES = 200 * 1024;
const MAX_EVENT_BYTES_OF_LONG_CONSUMER = 100 * 1024;
const MAX_DELAY_SECONDS = 900;
const MAX_EVENTS_PER_MINUTE = 500;
const MAX_EVENTS_PER_INVOCATION = 1000;
const RETENTION_MS = 24 * 3600 * 1000;
const MAX_BACK_OFF_SECONDS = 900;

interface PushedEvent {
  body: Record<string, unknown>;
  delayInSeconds?: number;
  concurrency?: { key: string; limit: number };
}

interface QueuedEvent extends PushedEvent {
  queueName: string;
  jobId: string;
  eventId: string;
  pushedAt: number;
  retry?: { retryCount: number; retryReason: string; retryData: unknown };
}

interface JobStats {
  success: number;
  inProgress: number;
  failed: number;
}

export interface AsyncEvents {
  /** One of the calls under /webhook/queue/. Undefined: no such call. */
  handle(operation: string, body: string, invocation: Invocation): PlatformAnswer | undefined;
  handler: DueHandler;
}

export function createAsyncEvents(deps: {
  store: Store;
  manifest: Manifest;
  agenda: Agenda;
  clock: SandboxClock;
  rng: Rng;
  invoke: Invoke;
}): AsyncEvents {
  const { store, manifest, agenda, clock, rng, invoke } = deps;
  const jobs = store.table<JobStats>('queue-job');
  const consumers = new Map(
    modulesOfType(manifest, 'consumer').map((module) => [String(module.source['queue']), module]),
  );
  const inFlight = new Map<string, number>();
  let minute = { start: 0, events: 0 };

  const jobKey = (queueName: string, jobId: string) => `${queueName}:${jobId}`;
  const count = (event: QueuedEvent, change: Partial<JobStats>) => {
    const key = jobKey(event.queueName, event.jobId);
    const stats = jobs.get(key);
    if (!stats) return;
    for (const [name, by] of Object.entries(change)) stats[name as keyof JobStats] += by;
    jobs.put(key, stats);
  };

  const push = (request: PushRequest, bytes: number, invocation: Invocation): PlatformAnswer => {
    const consumer = consumers.get(request.queueName);
    if (!consumer) return refused(400, `Queue ${request.queueName} has no consumer in the manifest`);
    const events = request.payload;
    if (!Array.isArray(events) || events.length === 0 || events.length > MAX_EVENTS)
      return refused(400, `A push has 1 to ${MAX_EVENTS} events`);
    if (bytes > MAX_PUSH_BYTES) return jsonAnswer(413, { errorMessage: 'The maximum payload size is 200 KB' });
    if (invocation.pushed + events.length > MAX_EVENTS_PER_INVOCATION) return refused(405, 'Cyclic invocation limit');
    const start = Math.floor(clock.now() / 60_000);
    if (minute.start !== start) minute = { start, events: 0 };
    if (minute.events + events.length > MAX_EVENTS_PER_MINUTE) return refused(429, 'Rate limit exceeded');

    const failedEvents: Array<{ index: string; errorMessage: string }> = [];
    store.transaction(() => {
      const stats = { success: 0, inProgress: 0, failed: 0 };
      events.forEach((event, index) => {
        const problem = problemOf(event, consumer);
        if (problem !== undefined) {
          failedEvents.push({ index: String(index), errorMessage: problem });
          return;
        }
        stats.inProgress++;
        const queued: QueuedEvent = {
          ...event,
          queueName: request.queueName,
          jobId: request.jobId,
          eventId: rng.uuid(),
          pushedAt: clock.now(),
        };
        agenda.add(clock.now() + (event.delayInSeconds ?? 0) * 1000, ASYNC_KIND, queued);
      });
      jobs.put(jobKey(request.queueName, request.jobId), stats);
    });
    minute.events += events.length;
    invocation.pushed += events.length;
    return failedEvents.length === 0 ? emptyAnswer(201) : jsonAnswer(202, { failedEvents });
  };

  /** Forge's limits are per event when the consumer may run long. */
  const problemOf = (event: PushedEvent, consumer: ManifestModule): string | undefined => {
    const delay = event.delayInSeconds ?? 0;
    if (!(delay >= 0 && delay <= MAX_DELAY_SECONDS)) return `delayInSeconds must be from 0 to ${MAX_DELAY_SECONDS}`;
    if (typeof event.body !== 'object' || event.body === null) return 'body must be an object';
    const long = timeLimitOf(manifest, consumer) > 55_000;
    if (long && Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES_OF_LONG_CONSUMER)
      return 'An event for a consumer with more than 55 seconds has at most 100 KB';
    return undefined;
  };

  const isOfJob = (due: Due, request: PushRequest) => {
    const event = due.data as QueuedEvent;
    return event.queueName === request.queueName && event.jobId === request.jobId;
  };

  return {
    handle: (operation, text, invocation) => {
      const request = JSON.parse(text) as PushRequest;
      if (operation === 'publish') return push(request, Buffer.byteLength(JSON.stringify(request.payload)), invocation);
      const key = jobKey(request.queueName, request.jobId);
      const stats = jobs.get(key);
      if (operation !== 'stats' && operation !== 'cancel') return undefined;
      if (!stats) return refused(404, 'Job does not exist');
      if (operation === 'stats') return jsonAnswer(200, stats);
      store.transaction(() => {
        for (const due of agenda.all(ASYNC_KIND)) if (isOfJob(due, request)) agenda.remove(due.id);
        jobs.put(key, { ...stats, inProgress: 0 });
      });
      return emptyAnswer(204);
    },
    handler: {
      ready: (due) => {
        const limit = (due.data as QueuedEvent).concurrency;
        return !limit || (inFlight.get(limit.key) ?? 0) < limit.limit;
      },
      run: async (due) => {
        const event = due.data as QueuedEvent;
        const consumer = consumers.get(event.queueName);
        if (!consumer?.function) return { finish: () => count(event, { inProgress: -1, failed: 1 }) };
        const lane = event.concurrency?.key;
        if (lane !== undefined) inFlight.set(lane, (inFlight.get(lane) ?? 0) + 1);
        const outcome = await invoke({
          moduleType: 'consumer',
          moduleKey: consumer.key,
          functionKey: consumer.function,
          payload: payloadOf(event, clock.now()),
          timeLimitMs: timeLimitOf(manifest, consumer),
        }).finally(() => lane !== undefined && inFlight.set(lane, (inFlight.get(lane) ?? 1) - 1));

        const wish = readRetry(outcome);
        if (!wish) return { finish: () => count(event, { inProgress: -1, success: 1 }) };
        const retryCount = (event.retry?.retryCount ?? 0) + 1;
        const backOff = Math.min(MAX_BACK_OFF_SECONDS, 5 * 2 ** (retryCount - 1));
        const at = clock.now() + (wish.retryAfterSeconds ?? backOff) * 1000;
        if (at > event.pushedAt + RETENTION_MS) return { finish: () => count(event, { inProgress: -1, failed: 1 }) };
        const retry = { retryCount, retryReason: wish.retryReason, retryData: wish.retryData ?? null };
        return { aftermath: { again: { at, data: { ...event, retry } } } };
      },
    },
  };
}

interface PushRequest {
  queueName: string;
  jobId: string;
  payload: PushedEvent[];
}

function payloadOf(event: QueuedEvent, now: number) {
  const { queueName, jobId, eventId, body, delayInSeconds, concurrency, retry, pushedAt } = event;
  return {
    queueName,
    jobId,
    eventId,
    body,
    ...(delayInSeconds === undefined ? {} : { delayInSeconds }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(retry === undefined
      ? {}
      : {
          retryContext: {
            ...retry,
            retentionWindow: {
              startTime: new Date(pushedAt).toISOString(),
              remainingTimeMs: Math.max(0, pushedAt + RETENTION_MS - now),
            },
          },
        }),
  };
}

const refused = (status: number, message: string) => jsonAnswer(status, { code: status, message, errors: [message] });
