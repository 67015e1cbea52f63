import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { Store } from '../../../sandbox/contracts';
import { memoryStore, openStore } from '../../../sandbox/store';

const directories: string[] = [];
const newDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-store-'));
  directories.push(directory);
  return directory;
};
afterAll(() => directories.forEach((directory) => rmSync(directory, { recursive: true, force: true })));

describe.each<[string, () => Store]>([
  ['the store in memory', memoryStore],
  ['the store on lmdb', () => openStore(newDirectory())],
])('%s', (_name, open) => {
  let store: Store;
  beforeEach(() => (store = open()));
  afterEach(() => store.close());

  it('gives back what was put, as a copy', () => {
    const table = store.table<{ list: number[] }>('t');
    table.put('a', { list: [1] });
    table.get('a')?.list.push(2);
    expect(table.get('a')).toEqual({ list: [1] });
    expect(table.get('b')).toBeUndefined();
    expect(table.remove('a')).toBe(true);
    expect(table.remove('a')).toBe(false);
  });

  it('keeps tables apart even when one name begins with the other', () => {
    store.table('t').put('x', 1);
    store.table('t1').put('x', 2);
    expect(store.table('t').entries()).toEqual([['x', 1]]);
    expect(store.table('t1').entries()).toEqual([['x', 2]]);
  });

  it('lists entries in the order of their UTF-8 bytes', () => {
    const table = store.table<number>('t');
    const long = 'l'.repeat(300);
    const keys = [
      'b',
      'a',
      '',
      'a\u0000b',
      'a\u0001',
      'ab',
      'aé',
      'a\uffee',
      'a😀',
      'a ',
      `${long}\u0000|x`,
      `${long}|x`,
    ];
    keys.forEach((key, i) => table.put(key, i));
    const expected = [...keys].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
    expect(table.entries().map(([key]) => key)).toEqual(expected);
    expect(table.entries({ reverse: true }).map(([key]) => key)).toEqual([...expected].reverse());
  });

  it('narrows by prefix, inclusive bounds and limit, in both directions', () => {
    const table = store.table<number>('t');
    ['a1', 'a2', 'a3', 'b1', 'b2'].forEach((key, i) => table.put(key, i));
    const keys = (options: Parameters<typeof table.entries>[0]) => table.entries(options).map(([key]) => key);
    expect(keys({ prefix: 'a' })).toEqual(['a1', 'a2', 'a3']);
    expect(keys({ prefix: 'a', reverse: true, limit: 2 })).toEqual(['a3', 'a2']);
    expect(keys({ from: 'a2', to: 'b1' })).toEqual(['a2', 'a3', 'b1']);
    expect(keys({ prefix: 'a', from: 'a2' })).toEqual(['a2', 'a3']);
    expect(keys({ prefix: 'a', to: 'a2', reverse: true })).toEqual(['a2', 'a1']);
    expect(keys({ prefix: 'c' })).toEqual([]);
    expect(keys({ from: 'b', to: 'a' })).toEqual([]);
    expect(keys({ limit: 0 })).toEqual([]);
  });

  it('applies a transaction wholly or not at all', () => {
    const table = store.table<number>('t');
    table.put('kept', 1);
    table.put('changed', 1);
    expect(() =>
      store.transaction(() => {
        table.put('new', 2);
        table.put('changed', 2);
        table.remove('kept');
        expect(table.entries().map(([key]) => key)).toEqual(['changed', 'new']);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(table.entries()).toEqual([
      ['changed', 1],
      ['kept', 1],
    ]);
    expect(store.transaction(() => (table.put('new', 3), 'answer'))).toBe('answer');
    expect(table.get('new')).toBe(3);
  });

  it('joins a nested transaction with the outer one', () => {
    const table = store.table<number>('t');
    expect(() =>
      store.transaction(() => {
        store.transaction(() => table.put('inner', 1));
        throw new Error('outer');
      }),
    ).toThrow('outer');
    expect(table.get('inner')).toBeUndefined();
    store.transaction(() => {
      expect(() =>
        store.transaction(() => {
          table.put('x', 1);
          throw new Error('inner');
        }),
      ).toThrow('inner');
    });
    expect(table.get('x')).toBe(1);
  });

  it('refuses keys that are too long and names that are none', () => {
    expect(() => store.table('t').put('k'.repeat(2000), 1)).toThrow('key too long');
    expect(() => store.table('a/b')).toThrow('bad table name');
  });
});

it('keeps every committed row and no half transaction when the process is killed', async () => {
  const directory = newDirectory();
  const script = join(newDirectory(), 'writer.ts');
  const storeFile = resolve(__dirname, '../../../sandbox/store');
  writeFileSync(
    script,
    `import { openStore } from ${JSON.stringify(storeFile)};
     const store = openStore(${JSON.stringify(directory)});
     const left = store.table<number>('left'), right = store.table<number>('right');
     for (let i = 0; ; i++) {
       const key = String(i).padStart(9, '0');
       store.transaction(() => { left.put(key, i); right.put(key, i); });
       if (i % 50 === 0) process.stdout.write(i + '\\n');
     }`,
  );
  const runner = join(newDirectory(), 'writer.cjs');
  const lmdb = require.resolve('lmdb');
  buildSync({
    entryPoints: [script],
    bundle: true,
    platform: 'node',
    outfile: runner,
    alias: { lmdb },
    external: [lmdb],
  });
  const child = spawn(process.execPath, [runner], { stdio: ['ignore', 'pipe', 'inherit'] });
  let reported = 0;
  await new Promise<void>((done) => {
    child.stdout.on('data', (text: Buffer) => {
      const last = text.toString().trim().split('\n').pop();
      reported = Number(last);
      if (reported > 300) child.kill('SIGKILL');
    });
    child.on('close', () => done());
  });
  const store = openStore(directory);
  const left = store.table<number>('left').entries();
  expect(store.table<number>('right').entries()).toEqual(left);
  expect(left.length).toBeGreaterThan(reported);
  expect(left.map(([, value]) => value)).toEqual(left.map((_, i) => i));
  await store.close();
});
