/** Child processes that never outlive the bench: whatever it started ends with it, also on failure or a signal. */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

export interface OwnProcess {
  /** Waits until it has printed what `wanted` finds. Rejects when it ends before. */
  printed(wanted: RegExp): Promise<RegExpExecArray>;
  /** Writes a line to its input. */
  tell(line: string): void;
  /** SIGKILL, answered when it is gone. */
  kill(): Promise<void>;
}

/** Starts a process. Its output is read to the end of its life, or a full pipe would stop it. */
export function startOwn(command: string, args: readonly string[], options: SpawnOptions = {}): OwnProcess {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  let ended: string | undefined;
  const gone = new Promise<void>((done) => {
    const end = (how: string) => {
      ended = `${command} ended (${how}): ${output}`;
      running.delete(child);
      done();
      for (const look of [...looking]) look();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(String(signal ?? code)));
  });
  const looking = new Set<() => void>();
  const listen = (text: string) => {
    output = (output + text).slice(-10_000);
    for (const look of [...looking]) look();
  };
  child.stdout?.setEncoding('utf8').on('data', listen);
  child.stderr?.setEncoding('utf8').on('data', listen);
  child.stdin?.on('error', () => undefined);

  return {
    printed: (wanted) =>
      new Promise((done, fail) => {
        const look = () => {
          const found = wanted.exec(output);
          if (!found && ended === undefined) return;
          looking.delete(look);
          if (found) done(found);
          else fail(new Error(ended));
        };
        looking.add(look);
        look();
      }),
    tell: (line) => void child.stdin?.write(`${line}\n`),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
