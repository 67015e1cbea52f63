/**
 * Runs inside a child process: installs the Forge globals, loads the app's bundle and answers the host over IPC.
 * The process has no other way out: every socket is refused, because on Forge egress goes through the proxy only.
 */
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { CallFailed, type Door, type PlatformAnswer } from '../platform-call';
import { installForgeGlobals, runAs } from './forge-globals';
import { errorOutcome, type Outcome } from './invoker';
import type { AnswerHead, FromProcess, ToProcess, WorkMessage } from './process-messages';
import { buildRuntime } from './runtime';

const send = (message: FromProcess) => void process.send?.(message);

Socket.prototype.connect = () => {
  throw Object.assign(new Error('Sockets are not available in a function; use fetch of @forge/api'), {
    code: 'EACCES',
  });
};

// A host that is gone will never ask again.
process.on('disconnect', () => process.exit(0));

installForgeGlobals();
const bundle = process.argv[2] as string;
let app: Record<string, unknown> | undefined;

interface Waiting {
  resolve(answer: PlatformAnswer): void;
  reject(error: Error): void;
}
interface Reading {
  resolve(result: IteratorResult<Uint8Array>): void;
  reject(error: Error): void;
}
const waiting = new Map<number, Waiting>();
const reading = new Map<number, Reading>();
let nextCall = 1;

const doorOf =
  (run: number): Door =>
  (call, signal) =>
    new Promise<PlatformAnswer>((resolve, reject) => {
      const id = nextCall++;
      waiting.set(id, { resolve, reject });
      signal?.addEventListener('abort', () => send({ type: 'abort', id }), { once: true });
      send({ type: 'call', id, run, call });
    });

const failure = ({ code, message }: { code?: string; message: string }) =>
  code === undefined ? new Error(message) : new CallFailed(code, message);

function answerOf(id: number, head: AnswerHead): PlatformAnswer {
  const { body, ...rest } = head;
  if (body === 'none') return rest;
  return { ...rest, body: body === 'stream' ? chunks(id) : body.text };
}

/** Pulls one chunk at a time: what is not read is not sent. */
function chunks(id: number): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
          reading.set(id, { resolve, reject });
          send({ type: 'pull', id });
        }),
      return: async () => {
        send({ type: 'cancel', id });
        return { done: true, value: undefined };
      },
    }),
  };
}

async function run(work: WorkMessage, number: number): Promise<Outcome> {
  const startedAt = performance.now();
  const now = () => (work.manual ? work.now : Math.floor(work.now + performance.now() - startedAt));
  try {
    const self = { runtime: buildRuntime(work.meta, work.timeLimitMs), door: doorOf(number), now };
    return await runAs(self, async () => {
      // Inside the invocation, as on Forge: what the app does while it loads sees the runtime.
      app ??= createRequire(bundle)(bundle) as Record<string, unknown>;
      const exported = app[work.handler.split('.').pop() ?? ''];
      if (typeof exported !== 'function') throw new Error(`The app exports no function ${work.handler}`);
      const value: unknown = await exported(work.payload, work.context);
      return value === undefined ? { kind: 'ok' } : { kind: 'ok', value: JSON.parse(JSON.stringify(value)) as unknown };
    });
  } catch (error) {
    return errorOutcome(error);
  }
}

process.on('message', (message: ToProcess) => {
  switch (message.type) {
    case 'run':
      void run(message.work, message.run).then((outcome) => send({ type: 'done', run: message.run, outcome }));
      return;
    case 'answer':
      take(waiting, message.id)?.resolve(answerOf(message.id, message.answer));
      return;
    case 'failed':
      take(waiting, message.id)?.reject(failure(message));
      return;
    case 'chunk': {
      const reader = take(reading, message.id);
      if (message.error) reader?.reject(failure(message.error));
      else if (message.data) reader?.resolve({ done: false, value: message.data });
      else reader?.resolve({ done: true, value: undefined });
    }
  }
});

function take<T>(map: Map<number, T>, id: number): T | undefined {
  const found = map.get(id);
  map.delete(id);
  return found;
}
