/** `npm start` as a newcomer runs it: a process of its own, a data directory of its own, free ports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface RunningSandbox {
  url: string;
  readyAfterMs: number;
  /** What it complained about. */
  complaints(): string;
  stop(): Promise<void>;
}

const ROOT = resolve(__dirname, '..', '..');
const READY_WITHIN_MS = 120_000;

export async function startSandbox(): Promise<RunningSandbox> {
  const data = mkdtempSync(join(tmpdir(), 'proofgate-browser-'));
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--data', join(data, 'data')], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let complaints = '';
  child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
  const stop = async () => {
    await end(child);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const url = await ready(child, () => complaints);
    return { url, readyAfterMs: Math.round(performance.now() - startedAt), complaints: () => complaints, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ready(child: ChildProcess, complaints: () => string): Promise<string> {
  return new Promise((done, failed) => {
    let said = '';
    const timer = setTimeout(
      () => failed(new Error(`the sandbox was not ready in time\n${said}${complaints()}`)),
      READY_WITHIN_MS,
    );
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const url = /^ready (http:\S+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      done(url);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      failed(new Error(`the sandbox ended with ${code}\n${said}${complaints()}`));
    });
  });
}

/** npm, tsx and node: the whole group that was started here. */
function end(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    const hard = setTimeout(() => process.kill(-pid, 'SIGKILL'), 8000);
    child.once('exit', () => {
      clearTimeout(hard);
      done();
    });
    process.kill(-pid, 'SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
