/** Builds the app's screens and the sandbox's pages when they are missing or older than their sources. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

interface Room {
  name: string;
  sources: string[];
}

const ROOMS: Room[] = [
  { name: 'static', sources: ['static', 'src/contract'] },
  { name: 'sandbox/web', sources: ['sandbox/web'] },
];

/** Both at once: two rooms, two processors. Without screens REST still works, so a failure is told and not fatal. */
export async function buildScreens(complain: (line: string) => void): Promise<void> {
  const builds = await Promise.allSettled(ROOMS.filter(isStale).map(build));
  for (const result of builds) if (result.status === 'rejected') complain(String((result.reason as Error).message));
}

function isStale(room: Room): boolean {
  const result = join(ROOT, room.name, 'dist', 'index.html');
  if (!hasBuild(room)) return false;
  if (!existsSync(result)) return true;
  const builtAt = statSync(result).mtimeMs;
  return room.sources.some((source) => newest(join(ROOT, source)) > builtAt);
}

const hasBuild = (room: Room) => existsSync(join(ROOT, room.name, 'vite.config.ts'));

function newest(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const children = readdirSync(path).filter((name) => !name.startsWith('dist') && name !== 'node_modules');
  return Math.max(0, ...children.map((name) => newest(join(path, name))));
}

/** Into a directory of its own first: sandboxes that start together never serve each other's half-built screens. */
async function build(room: Room): Promise<void> {
  const own = `dist-${process.pid}`;
  const [built, dist] = [join(ROOT, room.name, own), join(ROOT, room.name, 'dist')];
  try {
    await runBuild(room, own);
    rmSync(dist, { recursive: true, force: true });
    renameSync(built, dist);
  } catch (error) {
    // Somebody else's build, put in place in the same moment, is as good.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

function runBuild(room: Room, outDir: string): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn('npm', ['run', 'build', '--silent', '-w', room.name, '--', '--outDir', outDir], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(`building ${room.name} failed:\n${said}`))));
  });
}
