import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

const startMs = 30_000;

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>;
  /** When the server takes requests: it listens on this port of loopback, or has printed a line like this. */
  readonly ready: { readonly port: number } | { readonly line: RegExp };
}

/** One server in a process of its own. It is only ever addressed by its process id. */
export class ServerProcess {
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString('utf8')).slice(-20_000)));
    child.stderr?.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString('utf8')).slice(-20_000)));
  }

  /** Starts a server and waits until it is ready; what it printed is in the error when it never is. */
  static async start({ command, args, options, ready }: Program): Promise<ServerProcess> {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const server = new ServerProcess(child, command);
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    failed.catch(() => undefined);
    for (let waited = 0; !(await server.isReady(ready)); waited += 50) {
      if (server.hasEnded || waited > startMs) {
        await server.kill();
        throw new Error(`${command} did not start:\n${server.output}`);
      }
      await Promise.race([pause(50), failed]);
    }
    return server;
  }

  /** The groups of the line that said ready. */
  said(line: RegExp): RegExpExecArray {
    const found = line.exec(this.output);
    if (!found) throw new Error(`${this.name} did not print ${String(line)}:\n${this.output}`);
    return found;
  }

  /** Connections are still taken by the system, and nobody answers on them. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  /** Ends at once, in the middle of whatever it was doing. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    const ended = this.end('SIGTERM');
    const tooLong = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(tooLong);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.hasEnded || this.child.pid === undefined) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    // A process that is frozen ends only when it goes on.
    if (signal === 'SIGTERM') this.child.kill('SIGCONT');
    await ended;
  }

  private async isReady(ready: Program['ready']): Promise<boolean> {
    return 'line' in ready ? ready.line.test(this.output) : listens(ready.port);
  }
}

export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
