/**
 * Runs functions in child processes, one invocation at a time in each. A process that takes too long or is to crash
 * is killed for good, whatever it is doing; the next invocation gets another one.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { CallFailed, type Door, InvocationKilled, type PlatformAnswer } from '../platform-call';
import { type FunctionWork, type Invoker, type Outcome, timeoutOutcome } from './invoker';
import type { AnswerHead, FromProcess, ToProcess } from './process-messages';

export interface ProcessOptions {
  /** The app's entry file. */
  entry: string;
  /** Where the bundles go. */
  buildDir: string;
  memoryMB: number;
  onLog?: (line: string) => void;
}

const KEPT_IDLE = 4;

export async function processInvoker(options: ProcessOptions): Promise<Invoker> {
  const [runner, app] = await Promise.all([
    bundle(join(__dirname, 'function-process.ts'), options.buildDir),
    bundle(options.entry, options.buildDir),
  ]);
  const idle: FunctionProcess[] = [];
  const all = new Set<FunctionProcess>();
  let closed = false;

  const spawn = (): FunctionProcess => {
    const created = startProcess(runner, app, options);
    all.add(created);
    void created.gone.then(() => {
      all.delete(created);
      const place = idle.indexOf(created);
      if (place >= 0) idle.splice(place, 1);
    });
    return created;
  };
  // The first person to open a screen should not wait for a process to start.
  idle.push(spawn());

  return {
    run: async (work, door) => {
      if (closed) return { kind: 'crashed', message: 'The sandbox is shutting down' };
      const worker = idle.pop() ?? spawn();
      const outcome = await worker.run(work, door);
      if (worker.alive() && idle.length < KEPT_IDLE) idle.push(worker);
      else worker.kill();
      return outcome;
    },
    close: async () => {
      closed = true;
      for (const worker of all) worker.kill();
      await Promise.all([...all].map((worker) => worker.gone));
    },
  };
}

/** Bundles one entry file; equal contents share one file, and a reader never sees half of it. */
function bundle(entry: string, buildDir: string): string {
  // The asynchronous build leaves a service process running, which keeps test runners from ending.
  const built = buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    write: false,
    logLevel: 'silent',
  });
  const contents = built.outputFiles[0]?.contents;
  if (!contents) throw new Error(`esbuild made nothing of ${entry}`);
  const file = join(buildDir, `${createHash('sha256').update(contents).digest('hex').slice(0, 16)}.cjs`);
  if (existsSync(file)) return file;
  mkdirSync(buildDir, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, contents);
  try {
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return file;
}

interface FunctionProcess {
  run(work: FunctionWork, door: Door): Promise<Outcome>;
  alive(): boolean;
  kill(): void;
  gone: Promise<void>;
}

function startProcess(runner: string, app: string, options: ProcessOptions): FunctionProcess {
  const child = fork(runner, [app], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--enable-source-maps', `--max-old-space-size=${options.memoryMB}`],
    // Functions see no environment but what the manifest gives them.
    env: { TZ: 'UTC' },
  });
  let lastWords = '';
  const listen = (text: string) => {
    lastWords = (lastWords + text).slice(-4000);
    if (options.onLog) for (const line of text.split('\n')) if (line !== '') options.onLog(line);
  };
  child.stdout?.setEncoding('utf8').on('data', listen);
  child.stderr?.setEncoding('utf8').on('data', listen);
  child.on('error', () => undefined);

  let current: { number: number; end(outcome: Outcome): void; calls: HostedCalls } | undefined;
  let runs = 0;
  const gone = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      const how = signal === null ? `exit code ${code ?? '?'}` : signal;
      current?.end({ kind: 'crashed', message: `The function's process ended (${how}). ${lastWords.trim()}`.trim() });
      resolve();
    });
  });
  child.on('message', (message: FromProcess) => {
    if (message.type === 'done') {
      if (message.run === current?.number) current.end(message.outcome);
    } else if (message.type === 'call' && message.run !== current?.number) {
      // A promise nobody awaited, waking up in somebody else's invocation.
      post(child, { type: 'failed', id: message.id, message: 'This invocation has ended' });
    } else {
      current?.calls.take(message);
    }
  });

  return {
    gone,
    // `killed` is set at once; the exit code only when the process is gone.
    alive: () => child.connected && !child.killed,
    kill: () => void child.kill('SIGKILL'),
    run: (work, door) =>
      new Promise<Outcome>((resolve) => {
        const number = ++runs;
        lastWords = '';
        const calls = hostCalls(child, door, (reason) => finish({ kind: 'crashed', message: reason }));
        const end = (outcome: Outcome) => {
          if (current?.number !== number) return;
          current = undefined;
          clearTimeout(limit);
          calls.stop();
          resolve(outcome);
        };
        const finish = (outcome: Outcome) => {
          child.kill('SIGKILL');
          end(outcome);
        };
        const limit = setTimeout(() => finish(timeoutOutcome(work.timeLimitMs)), work.timeLimitMs);
        current = { number, end, calls };
        const { time, ...rest } = work;
        post(child, { type: 'run', run: number, work: { ...rest, now: time.now(), manual: time.manual } });
      }),
  };
}

function post(child: ChildProcess, message: ToProcess): void {
  // Without a callback a message to a process that has just died would be an unhandled error.
  if (child.connected) child.send(message, () => undefined);
}

interface HostedCalls {
  take(message: Exclude<FromProcess, { type: 'done' }>): void;
  stop(): void;
}

/** The host's half of the calls of one invocation. */
function hostCalls(child: ChildProcess, door: Door, die: (reason: string) => void): HostedCalls {
  const aborts = new Map<number, AbortController>();
  const streams = new Map<number, AsyncIterator<Uint8Array>>();

  const answer = async (id: number, call: Parameters<Door>[0]) => {
    const abort = new AbortController();
    aborts.set(id, abort);
    try {
      post(child, { type: 'answer', id, answer: headOf(id, await door(call, abort.signal)) });
    } catch (error) {
      if (error instanceof InvocationKilled) die(error.message);
      else post(child, { type: 'failed', id, ...failureOf(error) });
    }
  };
  const headOf = (id: number, { body, ...rest }: PlatformAnswer): AnswerHead => {
    if (body === undefined) return { ...rest, body: 'none' };
    if (typeof body === 'string') return { ...rest, body: { text: body } };
    streams.set(id, body[Symbol.asyncIterator]());
    return { ...rest, body: 'stream' };
  };
  const pull = async (id: number) => {
    try {
      const next = await streams.get(id)?.next();
      post(child, next && !next.done ? { type: 'chunk', id, data: next.value } : { type: 'chunk', id });
    } catch (error) {
      post(child, { type: 'chunk', id, error: failureOf(error) });
    }
  };
  const cancel = (id: number) => {
    aborts.get(id)?.abort();
    void streams.get(id)?.return?.();
    streams.delete(id);
  };
  return {
    take: (message) => {
      if (message.type === 'call') void answer(message.id, message.call);
      else if (message.type === 'pull') void pull(message.id);
      else cancel(message.id);
    },
    stop: () => {
      for (const id of aborts.keys()) cancel(id);
    },
  };
}

const failureOf = (error: unknown): { code?: string; message: string } =>
  error instanceof CallFailed
    ? { code: error.code, message: error.message }
    : { message: String((error as Error)?.message ?? error) };
