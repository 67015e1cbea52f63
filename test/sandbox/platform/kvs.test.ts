/** The storage itself: what no app shows as sharply as the wire does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Store } from '../../../sandbox/contracts';
import { createKvsApi, type KvsApi } from '../../../sandbox/platform/kvs/kvs-api';
import { loadManifest } from '../../../sandbox/platform/manifest';
import { memoryStore, openStore } from '../../../sandbox/store';

const manifest = loadManifest(resolve(__dirname, 'fixture-app/manifest.yml'));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const directory = mkdtempSync(join(tmpdir(), 'sandbox-kvs-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let opened = 0;

describe.each<[string, () => Store]>([
  ['in memory', memoryStore],
  ['on lmdb', () => openStore(join(directory, String(++opened)))],
])('the key-value store %s', (_name, open) => {
  let store: Store;
  let kvs: KvsApi;
  let now: number;
  let stale: number;
  beforeEach(() => {
    store = open();
    now = Date.parse('2026-11-23T09:00:00Z');
    stale = 0;
    kvs = createKvsApi(store, { now: () => now }, manifest, () => stale);
  });
  afterEach(() => store.close());

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the body of any answer
  const post = (path: string, body: unknown): { status: number; body?: any; readUnits: number; writeUnits: number } => {
    const answer = kvs.handle(`/api/v1/${path}`, JSON.stringify(body));
    if (!answer) throw new Error(`no endpoint ${path}`);
    return answer;
  };
  const codeOf = (path: string, body: unknown) => `${post(path, body).status} ${post(path, body).body?.code}`;
  const note = (key: string, value: object, more: object = {}) =>
    post('entity/set', { entityName: 'note', key, value, ...more });
  const query = (body: object) =>
    post('entity/query', { entityName: 'note', indexName: 'by-owner', partition: ['amir'], ...body });
  const keysOf = (answer: { body?: { data: Array<{ key: string }> } }) => answer.body?.data.map(({ key }) => key);

  it('knows its endpoints and no others', () => {
    expect(kvs.handle('/api/v1/ghost', '{}')).toBeUndefined();
    expect(post('get', { key: 'k' })).toMatchObject({ status: 404, body: { code: 'KEY_NOT_FOUND' } });
  });

  it('checks keys, sizes and depth', () => {
    expect(codeOf('set', { key: '', value: 1 })).toBe('400 KEY_TOO_SHORT');
    expect(codeOf('set', { key: 'k'.repeat(501), value: 1 })).toBe('400 KEY_TOO_LONG');
    expect(codeOf('set', { key: 'a@b', value: 1 })).toBe('400 INVALID_KEY');
    expect(codeOf('set', { key: '  ', value: 1 })).toBe('400 INVALID_KEY');
    expect(post('set', { key: 'a:b.c_d-e #f', value: 1 }).status).toBe(200);
    expect(codeOf('secret/set', { key: 'k', value: 'x'.repeat(129 * 1024) })).toBe('400 MAX_SIZE');
    expect(post('set', { key: 'k', value: 'x'.repeat(129 * 1024) })).toMatchObject({ status: 200, writeUnits: 13 });
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });
    expect(post('set', { key: 'k', value: nested(31) }).status).toBe(200);
    expect(codeOf('set', { key: 'k', value: nested(32) })).toBe('400 MAX_DEPTH');
    expect(codeOf('set', { key: 'k' })).toBe('400 INVALID_REQUEST');
  });

  it('creates once and answers what was there before', () => {
    const once = { key: 'k', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } };
    expect(post('set', once).status).toBe(200);
    expect(post('set', once)).toMatchObject({ status: 409, body: { code: 'KEY_CONFLICT' } });
    now += MINUTE;
    const returning = (returnValue: string) =>
      post('set', { key: 'k', value: 2, options: { keyPolicy: 'OVERRIDE', returnValue } }).body;
    expect(returning('PREVIOUS')).toMatchObject({
      key: 'k',
      value: 1,
      createdAt: now - MINUTE,
      updatedAt: now - MINUTE,
    });
    expect(returning('LATEST')).toMatchObject({ key: 'k', value: 2, createdAt: now - MINUTE, updatedAt: now });
  });

  it('shows expired rows until they are collected two days later', () => {
    const options = { ttl: { value: 1, unit: 'HOURS' } };
    post('set', { key: 'k', value: 1, options });
    expect(post('get', { key: 'k' }).body.expireTime).toBe('2026-11-23T10:00:00.000Z');
    now += 2 * HOUR;
    expect(post('get', { key: 'k' }).body.value).toBe(1);
    expect(post('set', { key: 'k', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }).status).toBe(409);
    now += 48 * HOUR;
    expect(post('get', { key: 'k' }).status).toBe(404);
    expect(codeOf('set', { key: 'k', value: 1, options: { ttl: { value: 366, unit: 'DAYS' } } })).toBe(
      '400 INVALID_REQUEST',
    );
  });

  it('lists plain keys by prefix, in pages of ten by default, and never secrets or entities', () => {
    for (let i = 0; i < 12; i++) post('set', { key: `p:${String(i).padStart(2, '0')}`, value: i });
    post('secret/set', { key: 'p:secret', value: 1 });
    note('p:note', { rev: 1 });
    const where = [{ property: 'key', condition: 'BEGINS_WITH', values: ['p:'] }];
    const first = post('query', { where });
    expect(keysOf(first)).toHaveLength(10);
    const second = post('query', { where, after: first.body.cursor });
    expect(keysOf(second)).toEqual(['p:10', 'p:11']);
    expect(second.body.cursor).toBeUndefined();
    expect(codeOf('query', { limit: 101 })).toBe('400 INVALID_REQUEST');
    expect(codeOf('query', { after: 'made up' })).toBe('400 INVALID_CURSOR');
  });

  it('takes every type that the schema declares and refuses the rest', () => {
    expect(note('k', { rev: -(2 ** 31), weight: 0.5, open: false, data: { any: [1] }, owner: 'x' }).status).toBe(200);
    for (const value of [{ rev: 1.5 }, { rev: '1' }, { weight: '1' }, { open: 1 }, { owner: null }, 'text', [1]])
      expect(note('k', value as object).body.code).toBe('INVALID_VALUE');
    expect(note('k', { owner: 'x'.repeat(1701) }).body.code).toBe('INVALID_VALUE');
    expect(note('k', { at: 'x'.repeat(901) }).body.code).toBe('INVALID_VALUE');
  });

  it('answers ranges, filters and order over text and numbers', () => {
    const weights = [10, -1, 2.5, 1000, 0];
    weights.forEach((weight, i) => note(`w${i}`, { owner: 'amir', weight, open: weight > 0, at: `2026-0${i + 1}` }));
    const range = (condition: string, ...values: unknown[]) => ({ range: { condition, values } });
    const byWeight = (body: object) => keysOf(query({ indexName: 'by-weight', ...body }));
    expect(byWeight({})).toEqual(['w1', 'w4', 'w2', 'w0', 'w3']);
    expect(byWeight({ sort: 'DESC', limit: 2 })).toEqual(['w3', 'w0']);
    expect(byWeight(range('BETWEEN', 0, 10))).toEqual(['w4', 'w2', 'w0']);
    expect(byWeight(range('LESS_THAN', 0))).toEqual(['w1']);
    expect(byWeight({ ...range('GREATER_THAN', 2.5), sort: 'DESC' })).toEqual(['w3', 'w0']);
    expect(keysOf(query(range('BEGINS_WITH', '2026-0')))).toHaveLength(5);
    expect(keysOf(query(range('EQUAL_TO', '2026-03')))).toEqual(['w2']);
    const filters = (operator: string, ...list: object[]) => ({ filters: { [operator]: list } });
    const open = { property: 'open', condition: 'EQUAL_TO', values: [true] };
    const zero = { property: 'weight', condition: 'EQUAL_TO', values: [0] };
    expect(byWeight(filters('and', open))).toEqual(['w2', 'w0', 'w3']);
    expect(byWeight(filters('or', open, zero))).toEqual(['w4', 'w2', 'w0', 'w3']);
    expect(query(filters('and', { property: 'ghost', condition: 'EXISTS', values: [true] })).body.code).toBe(
      'INVALID_ATTRIBUTE',
    );
    expect(query({ partition: [] }).body.code).toBe('INVALID_REQUEST');
    expect(query({ filters: { and: [open], or: [open] } }).body.code).toBe('INVALID_REQUEST');
    expect(keysOf(post('entity/query', { entityName: 'note', indexName: 'rev' }))).toEqual([]);
  });

  it('moves a row in its indexes when it changes and out of them when it goes', () => {
    note('k', { owner: 'amir', at: '2026-01' });
    note('k', { owner: 'ana', at: '2026-01' });
    expect(keysOf(query({}))).toEqual([]);
    expect(keysOf(query({ partition: ['ana'] }))).toEqual(['k']);
    note('k', { owner: 'ana' });
    expect(keysOf(query({ partition: ['ana'] }))).toEqual([]);
    note('k', { owner: 'amir', at: '2026-02' });
    post('entity/delete', { entityName: 'note', key: 'k' });
    expect(keysOf(query({}))).toEqual([]);
    expect(store.table('kvs.index').entries()).toEqual([]);
    expect(store.table('kvs.entity').entries()).toEqual([]);
  });

  it('pages a long index in both directions without loss or repetition', () => {
    const expected = Array.from({ length: 450 }, (_, i) => `n${String(i).padStart(3, '0')}`);
    expected.forEach((key) => note(key, { owner: 'amir', at: key }));
    for (const sort of ['ASC', 'DESC']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = query({ sort, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...(keysOf(page) ?? []));
        cursor = page.body.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(sort === 'ASC' ? expected : [...expected].reverse());
    }
  });

  it('lets a stale query see the past while a get sees the present', () => {
    note('old', { owner: 'amir', at: '2026-01' });
    now += HOUR;
    stale = 5000;
    note('old', { owner: 'ana', at: '2026-01' });
    note('new', { owner: 'amir', at: '2026-02' });
    now += 4000;
    expect(query({}).body.data).toMatchObject([{ key: 'old', value: { owner: 'amir' } }]);
    expect(keysOf(query({ partition: ['ana'] }))).toEqual([]);
    expect(post('entity/get', { entityName: 'note', key: 'old' }).body.value.owner).toBe('ana');
    post('entity/delete', { entityName: 'note', key: 'new' });
    now += 1000;
    expect(keysOf(query({}))).toEqual(['new']);
    expect(post('entity/get', { entityName: 'note', key: 'new' }).status).toBe(404);
    expect(keysOf(query({ partition: ['ana'] }))).toEqual(['old']);
    now += 5000;
    expect(keysOf(query({}))).toEqual([]);
  });

  it('answers batches item by item', () => {
    const answer = post('batch/set', [
      { key: 'a', value: 1 },
      { key: 'a/b', value: 1 },
      { entityName: 'note', key: 'a', value: { rev: 1 } },
      { entityName: 'note', key: 'b', value: { rev: 'x' } },
    ]);
    expect(answer.body.successfulKeys).toEqual([{ key: 'a' }, { key: 'a', entityName: 'note' }]);
    expect(answer.body.failedKeys).toMatchObject([
      { key: 'a/b', error: { code: 'INVALID_KEY' } },
      { key: 'b', error: { code: 'INVALID_VALUE' } },
    ]);
    expect(post('batch/get', [{ key: 'a' }, { key: 'z' }]).body).toMatchObject({
      successfulKeys: [{ key: 'a', value: 1 }],
      failedKeys: [{ key: 'z', error: { code: 'KEY_NOT_FOUND' } }],
    });
    expect(post('batch/delete', [{ key: 'a' }, { key: 'z' }]).body.successfulKeys).toHaveLength(2);
    expect(
      codeOf(
        'batch/get',
        Array.from({ length: 26 }, (_, i) => ({ key: `k${i}` })),
      ),
    ).toBe('400 INVALID_REQUEST');
  });

  it('refuses transactions that Forge refuses', () => {
    const set = (key: string, more: object = {}) => ({ key, value: 1, ...more });
    const conditions = { and: [{ property: 'rev', condition: 'EQUAL_TO', values: [1] }] };
    const refused = (body: object) => expect(codeOf('transaction', body)).toMatch(/^400 /);
    refused({});
    refused({ set: Array.from({ length: 26 }, (_, i) => set(`k${i}`)) });
    refused({ set: [set('k')], delete: [{ key: 'k' }] });
    refused({ set: [set('k', { conditions })] });
    refused({ check: [{ key: 'k', conditions }] });
    refused({ check: [{ key: 'k', entityName: 'note' }] });
    refused({ set: [set('k', { options: { keyPolicy: 'FAIL_IF_EXISTS' } })] });
    refused({ set: Array.from({ length: 25 }, (_, i) => set(`k${i}`, { value: 'x'.repeat(200 * 1024) })) });
    expect(post('get', { key: 'k' }).status).toBe(404);
  });

  it('holds checks, sets and deletes of one transaction together', () => {
    note('guard', { rev: 1 });
    post('set', { key: 'gone', value: 1 });
    const at = (rev: number) => ({ and: [{ property: 'rev', condition: 'EQUAL_TO', values: [rev] }] });
    const body = (rev: number) => ({
      check: [{ key: 'guard', entityName: 'note', conditions: at(rev) }],
      set: [
        { key: 'made', value: 1 },
        { key: 'made', entityName: 'note', value: { rev: 1 }, options: { ttl: { value: 1, unit: 'DAYS' } } },
      ],
      delete: [{ key: 'gone' }],
    });
    expect(post('transaction', body(2))).toMatchObject({ status: 409, body: { code: 'CONDITIONAL_CHECK_FAILED' } });
    expect(post('get', { key: 'gone' }).status).toBe(200);
    expect(post('transaction', body(1)).status).toBe(200);
    expect(post('get', { key: 'gone' }).status).toBe(404);
    expect(post('entity/get', { entityName: 'note', key: 'made' }).body).toMatchObject({
      value: { rev: 1 },
      expireTime: '2026-11-24T09:00:00.000Z',
    });
  });
});
