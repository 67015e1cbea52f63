import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { AnswerRecord } from '../../src/adapters/targets/http/answer-record';
import { BudgetedHttp, type HttpRequest } from '../../src/adapters/targets/http/budgeted-http';
import type { Transport } from '../../src/adapters/targets/http/transport';

const budget = { timeMs: 2_000, bytes: 100_000, calls: 5 };
const get: HttpRequest = {
  method: 'GET',
  url: 'https://scim.acme.test/x',
  headers: { accept: 'application/json' },
  expects: 'json',
};
const json = (body: string, init: ResponseInit = {}): Response =>
  new Response(body, {
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  });

/** Answers one after the other; the last one stays. */
function answering(...answers: Array<() => Response | Promise<Response>>): Transport & { calls: number } {
  const transport = Object.assign(
    async () => {
      const answer = answers[Math.min(transport.calls, answers.length - 1)];
      transport.calls += 1;
      if (!answer) throw new Error('nothing to answer');
      return answer();
    },
    { calls: 0 },
  );
  return transport;
}

const ask = (transport: Transport, request: Partial<HttpRequest> = {}, limits: Partial<typeof budget> = {}) =>
  new BudgetedHttp({ ...budget, ...limits }, transport).ask({ ...get, ...request }, new AnswerRecord());

describe('HTTP on a budget', () => {
  it('hashes the raw bodies in the order read, refusals too, and leaves token answers out', async () => {
    const http = new BudgetedHttp(
      budget,
      answering(
        () => json('{"a": 1}'),
        () => json('{"access_token":"t"}'),
        () => json('{"no":true}', { status: 404 }),
      ),
    );
    const record = new AnswerRecord();
    await http.ask(get, record);
    await http.ask({ ...get, secretAnswer: true }, record);
    await http.ask(get, record);
    expect(record.rawHash).toBe(createHash('sha256').update('{"a": 1}{"no":true}').digest('hex'));
    expect(record.calls).toBe(3);
    expect(record.bytes).toBe('{"a": 1}{"access_token":"t"}{"no":true}'.length);
  });

  it('repeats a read that was refused for load when the wait fits, and only then', async () => {
    const busy = (after: string) => () => json('{}', { status: 429, headers: { 'retry-after': after } });
    const soon = answering(busy('0'), () => json('{"ok":true}'));
    expect(await ask(soon)).toMatchObject({ ok: true });
    expect(soon.calls).toBe(2);
    const late = answering(busy('60'), () => json('{"ok":true}'));
    expect(await ask(late)).toEqual({ ok: false, failure: 'rate-limited' });
    expect(late.calls).toBe(1);
    const silent = answering(() => json('{}', { status: 503 }));
    expect(await ask(silent)).toEqual({ ok: false, failure: 'server-error' });
    expect(silent.calls).toBe(1);
    const forever = answering(busy('0'));
    expect(await ask(forever)).toEqual({ ok: false, failure: 'rate-limited' });
    expect(forever.calls).toBe(3);
  });

  it('never repeats a write', async () => {
    for (const method of ['PATCH', 'POST'] as const) {
      const busy = answering(() => json('{}', { status: 429, headers: { 'retry-after': '0' } }));
      expect(await ask(busy, { method, expects: 'nothing' })).toEqual({ ok: false, failure: 'rate-limited' });
      expect(busy.calls).toBe(1);
    }
  });

  it('gives up in time even when the transport ignores the signal', async () => {
    const before = performance.now();
    expect(await ask(() => new Promise(() => undefined), {}, { timeMs: 50 })).toEqual({
      ok: false,
      failure: 'timeout',
    });
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('spends one time budget over all calls', async () => {
    const slow: Transport = () => new Promise((resolve) => setTimeout(() => resolve(json('{}')), 40));
    const http = new BudgetedHttp({ ...budget, timeMs: 60 }, slow);
    expect(await http.ask(get, new AnswerRecord())).toMatchObject({ ok: true });
    expect(await http.ask(get, new AnswerRecord())).toEqual({ ok: false, failure: 'timeout' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await http.ask(get, new AnswerRecord())).toEqual({ ok: false, failure: 'timeout' });
  });

  it('stops reading at the budget of bytes, whatever the length says, and lets go of the rest', async () => {
    let produced = 0;
    let cancelled = false;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            produced += 10_000;
            controller.enqueue(new Uint8Array(10_000).fill(32));
          },
          cancel() {
            cancelled = true;
          },
        }),
        { headers: { 'content-type': 'application/json', 'content-length': '10' } },
      );
    const http = new BudgetedHttp(budget, answering(endless));
    const record = new AnswerRecord();
    expect(await http.ask(get, record)).toEqual({ ok: false, failure: 'too-large' });
    expect(record.bytes).toBe(budget.bytes);
    expect(produced).toBeLessThan(2 * budget.bytes);
    expect(cancelled).toBe(true);
    expect(await http.ask(get, record)).toEqual({ ok: false, failure: 'too-large' });
    expect(record.calls).toBe(1);
  });

  it('counts bytes after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 32));
    expect(bomb.byteLength).toBeLessThan(budget.bytes);
    const inflated = () =>
      new Response(
        new Blob([bomb]).stream().pipeThrough(new DecompressionStream('gzip')) as unknown as ReadableStream,
        {
          headers: { 'content-type': 'application/json' },
        },
      );
    expect(await ask(answering(inflated))).toEqual({ ok: false, failure: 'too-large' });
  });

  it('reads platforms that do not stream within the same limit', async () => {
    const whole =
      (size: number): Transport =>
      async () => ({
        status: 200,
        headers: new Headers({ 'content-type': 'application/json' }),
        arrayBuffer: async () => new TextEncoder().encode(JSON.stringify({ x: 'y'.repeat(size) })).buffer,
      });
    expect(await ask(whole(10))).toMatchObject({ ok: true });
    expect(await ask(whole(200_000))).toEqual({ ok: false, failure: 'too-large' });
  });

  it('tells a refused egress from a dead server', async () => {
    const thrown =
      (error: unknown): Transport =>
      () =>
        Promise.reject(error);
    const denied = Object.assign(new Error('URL not included: https://scim.acme.test'), {
      name: 'REQUEST_EGRESS_ALLOWLIST_ERR',
    });
    expect(await ask(thrown(denied))).toEqual({ ok: false, failure: 'not-approved' });
    expect(await ask(thrown(new TypeError('fetch failed')))).toEqual({ ok: false, failure: 'unreachable' });
    const slow = new TypeError('fetch failed', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } });
    expect(await ask(thrown(slow))).toEqual({ ok: false, failure: 'timeout' });
    expect(await ask(thrown('a string'))).toEqual({ ok: false, failure: 'unreachable' });
    const proxy = answering(() => json('{}', { status: 502, headers: { 'forge-proxy-error': 'UPSTREAM' } }));
    expect(await ask(proxy)).toEqual({ ok: false, failure: 'unreachable' });
  });

  it.each([
    ['text/html', '{}', 'not-json'],
    ['text/plain', '{}', 'not-json'],
    ['application/jsonx', '{}', 'not-json'],
    ['', '{}', 'not-json'],
    ['application/json', '{"a":1', 'not-json'],
    ['application/json', 'NaN', 'not-json'],
    ['application/json', '{"a":1e999}', 'malformed'],
    ['application/json', '{"a":{"constructor":{"prototype":{"x":1}}}}', 'malformed'],
    ['application/json', '{"a":[{"\\u005f_proto__":1}]}', 'malformed'],
  ])('refuses %s %s', async (type, body, failure) => {
    const answer = () =>
      new Response(new TextEncoder().encode(body), type === '' ? {} : { headers: { 'content-type': type } });
    expect(await ask(answering(answer))).toEqual({ ok: false, failure });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('refuses text that is no UTF-8, and a million keys', async () => {
    const bytes = () =>
      new Response(new Uint8Array([0x22, 0xff, 0x22]), { headers: { 'content-type': 'application/json' } });
    expect(await ask(answering(bytes))).toEqual({ ok: false, failure: 'not-json' });
    const keys = () => json(`{${Array.from({ length: 1_000_000 }, (_, i) => `"${i}":0`).join(',')}}`);
    expect(await ask(answering(keys), {}, { bytes: 50_000_000 })).toEqual({ ok: false, failure: 'too-large' });
  });

  it('accepts the content types of SCIM and keys that are said twice', async () => {
    for (const type of ['application/scim+json', 'application/json; charset=utf-8', 'Application/JSON']) {
      const answer = () => new Response('{"a":1,"a":2}', { headers: { 'content-type': type } });
      expect(await ask(answering(answer))).toMatchObject({ ok: true, value: { a: 2 } });
    }
  });

  it('sends no header that could write another one', async () => {
    const transport = answering(() => json('{}'));
    for (const value of ['a\r\nx: y', 'a\nb', 'a\u0000', 'ü', 'a\u2028b']) {
      expect(await ask(transport, { headers: { authorization: `Bearer ${value}` } })).toEqual({
        ok: false,
        failure: 'bad-request',
      });
    }
    expect(transport.calls).toBe(0);
  });

  it('asks for redirects not to be followed', async () => {
    let redirect: string | undefined;
    await ask(async (_url, init) => {
      redirect = init.redirect;
      return json('{}');
    });
    expect(redirect).toBe('manual');
    const opaque: Transport = async () => ({
      status: 0,
      type: 'opaqueredirect',
      headers: new Headers(),
      arrayBuffer: async () => new ArrayBuffer(0),
    });
    expect(await ask(opaque)).toEqual({ ok: false, failure: 'redirected' });
  });

  it('counts a write as made as soon as the server says so', async () => {
    const noContent = answering(() => new Response(null, { status: 204 }));
    expect(await ask(noContent, { method: 'PATCH', expects: 'nothing' })).toMatchObject({ ok: true });
    const html = answering(() => new Response('<p>done</p>', { status: 200 }));
    expect(await ask(html, { method: 'PATCH', expects: 'nothing' })).toMatchObject({ ok: true });
  });
});
