/** What stays over a restart, and what `npm start` promises. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openStore } from '../../../sandbox/store';
import { call, fixtureWorld, START } from './fixture-world';

const directories: string[] = [];
const newDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
  directories.push(directory);
  return directory;
};
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

it('delivers after a restart what was queued before it, once, and never turns the clock back', async () => {
  const dataDir = newDirectory();
  const before = await fixtureWorld('in-process', { dataDir });
  await call(before, 'push', { events: [{ body: { id: 'now' } }, { body: { id: 'later' }, delayInSeconds: 900 }] });
  before.move('T-1', 'Done');
  await before.advance('PT1M');
  await call(before, 'push', { events: [{ body: { id: 'pending' } }] });
  const numbered = before.ledger().next;
  await before.close();

  const after = await fixtureWorld('in-process', { dataDir, clock: { kind: 'manual', start: '2020-01-01T00:00:00Z' } });
  expect(after.now()).toBe('2026-11-23T09:01:00.000Z');
  await after.settle();
  await after.advance('PT20M');
  const deliveries = (
    await call<{ value: Array<{ id: string }> }>(after, 'kvs', { method: 'get', args: ['deliveries'] })
  ).value;
  expect(deliveries.map(({ id }) => id)).toEqual(['now', 'pending', 'later']);
  expect(await call(after, 'kvs', { method: 'get', args: ['events'] })).toEqual({
    value: ['avi:jira:updated:issue T-1'],
  });
  const ticks = (await call<{ value: string[] }>(after, 'kvs', { method: 'get', args: ['ticks'] })).value;
  expect(ticks).toEqual([5, 10, 15, 20].map((minutes) => new Date(Date.parse(START) + minutes * 60_000).toISOString()));
  expect(after.ledger().calls[0]?.n).toBeGreaterThanOrEqual(numbered);
  await after.close();
});

it('configures once, and afresh when the first attempt died', async () => {
  const dataDir = newDirectory();
  const broken = fixtureWorld('in-process', {
    dataDir,
    onFirstStart: async (world) => {
      await call(world, 'kvs', { method: 'set', args: ['half', true] });
      throw new Error('died');
    },
  });
  await expect(broken).rejects.toThrow('died');
  let configured = 0;
  for (let start = 0; start < 2; start++) {
    const world = await fixtureWorld('in-process', { dataDir, onFirstStart: async () => void configured++ });
    expect(await call(world, 'kvs', { method: 'get', args: ['half'] })).toEqual({});
    await world.close();
  }
  expect(configured).toBe(1);
});

it('starts over on data that an older sandbox has seeded', async () => {
  const dataDir = newDirectory();
  const older = await fixtureWorld('in-process', { dataDir });
  await call(older, 'kvs', { method: 'set', args: ['old', true] });
  await older.close();
  const store = openStore(dataDir);
  store.table<number>('life').put('configured', 1);
  await store.close();
  let configured = 0;
  const world = await fixtureWorld('in-process', { dataDir, onFirstStart: async () => void configured++ });
  expect(await call(world, 'kvs', { method: 'get', args: ['old'] })).toEqual({});
  expect(configured).toBe(1);
  await world.close();
});

describe('npm start', () => {
  const root = resolve(__dirname, '../../..');
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill('SIGKILL'));

  const start = async (dataDir: string): Promise<{ url: string; output: () => string }> => {
    const started = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', '--rest-only', '--data', dataDir], {
      cwd: root,
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    let output = '';
    const url = await new Promise<string>((done, fail) => {
      started.stdout.on('data', (text: Buffer) => {
        output += text.toString();
        const found = /^ready (http:\/\/localhost:\d+)$/m.exec(output);
        if (found) done(found[1] as string);
      });
      started.stderr.on('data', (text: Buffer) => (output += text.toString()));
      started.once('exit', (code) => fail(new Error(`ended with ${code}: ${output}`)));
    });
    return { url, output: () => output };
  };
  const post = async (url: string, path: string, body: unknown = {}) =>
    (await (await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })).json()) as Record<string, unknown>;
  const health = async (url: string) =>
    (await (await fetch(`${url}/sandbox/health`)).json()) as { ok: boolean; now: string; lastSweep: string | null };

  it('says ready once, survives SIGKILL, and leaves when asked to', async () => {
    const dataDir = newDirectory();
    const first = await start(dataDir);
    expect(first.output().match(/^ready /gm)).toHaveLength(1);
    const { now } = (await post(first.url, '/sandbox/clock', { advance: 'P1D' })) as { now: string };
    const swept = (await health(first.url)).lastSweep;
    expect(swept).not.toBeNull();
    const dead = new Promise((done) => child?.once('exit', done));
    child?.kill('SIGKILL');
    await dead;

    const second = await start(dataDir);
    expect((await health(second.url)).lastSweep).toBe(swept);
    expect((await health(second.url)).now >= now).toBe(true);
    const left = new Promise((done) => child?.once('exit', done));
    child?.kill('SIGTERM');
    expect(await left).toBe(0);
  }, 30_000);
});
