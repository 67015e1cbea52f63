import { createServer, request, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '../../src/adapters/targets/http/transport';

/** What the road to a target does instead of letting the target answer. */
export type Fault =
  | {
      readonly kind:
        | 'down'
        | 'slow'
        | 'slow-body'
        | 'broken-body'
        | 'html'
        | 'garbage'
        | 'huge'
        | 'redirect'
        | 'prototype'
        | 'deep'
        | 'empty';
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    };

export interface Asked {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Changes a true answer into a false one; undefined leaves it. */
// Lies rewrite documents of many shapes.
/* eslint-disable @typescript-eslint/no-explicit-any */
export type Lie = (
  path: string,
  body: any,
  asked: Asked,
) => { status?: number; body?: unknown; path?: string; headers?: Record<string, string> } | undefined;
/* eslint-enable @typescript-eslint/no-explicit-any */

export interface FrontOptions {
  /** Further public names of the same target. */
  readonly aliases?: readonly string[];
  /** Names on whose road no fault lies: where tokens come from, say. */
  readonly spared?: readonly string[];
  /** Paths on which no fault lies: tokens that come from the target itself. */
  readonly sparedPath?: RegExp;
}

/** A loopback server before a target that can cut the road, lie about answers and remember what was asked. */
export class Front {
  fault: Fault | undefined;
  /** Applied to the way there (path) and to the way back (body). */
  lie: { readonly ask?: (path: string) => string; readonly askBody?: (body: string) => string; readonly answer?: Lie } =
    {};
  /** Sees every exchange as the target made it. */
  witness: ((asked: Asked, answer: { status: number; body: unknown }) => void) | undefined;
  asked: Asked[] = [];
  /** Everybody passes with this `Authorization`, whatever they come with. */
  letAnybodyInAs: string | undefined;

  private constructor(
    private readonly server: Server,
    private readonly host: string,
    private readonly aliases: readonly string[],
  ) {}

  /** `host` is the public name, `backend` the origin of the real target on loopback. */
  static async before(host: string, backend: string, options: FrontOptions = {}): Promise<Front> {
    const server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        const path = req.url ?? '/';
        const asked: Asked = {
          method: req.method ?? '',
          path,
          authorization: req.headers.authorization,
          host: String(req.headers['x-forwarded-host'] ?? ''),
          headers: req.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        front.asked.push(asked);
        if (front.fault && !options.spared?.includes(asked.host) && !options.sparedPath?.test(path))
          return play(front.fault, res);
        void front.pass(backend, asked, res);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const front = new Front(server, host, options.aliases ?? []);
    return front;
  }

  /** Stands for the platform's fetch: https host names are routed here, everything else does not exist. */
  get transport(): Transport {
    return async (url, init) => {
      const { host, protocol, pathname, search } = new URL(url);
      if (protocol !== 'https:' || (host !== this.host && !this.aliases.includes(host)))
        throw new TypeError('fetch failed');
      const { port } = this.server.address() as AddressInfo;
      const headers = { ...init.headers, 'x-forwarded-host': host };
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, headers });
    };
  }

  /** Where it listens, for a sandbox that routes host names by itself. */
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.fault = undefined;
    this.lie = {};
    this.letAnybodyInAs = undefined;
    this.asked = [];
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async pass(backend: string, asked: Asked, res: ServerResponse) {
    const { method, path, headers, body } = asked;
    const target = this.lie.ask?.(path) ?? path;
    const sent = this.lie.askBody?.(body) ?? body;
    const authorization = this.letAnybodyInAs ?? headers.authorization;
    const shownHeaders = { ...headers, ...(authorization ? { authorization } : {}) };
    const { 'content-length': _length, ...kept } = shownHeaders;
    const answer = await send(`${backend}${target}`, method, sent === body ? shownHeaders : kept, Buffer.from(sent));
    const json = answer.body.length > 0 ? (JSON.parse(answer.body.toString('utf8')) as unknown) : undefined;
    this.witness?.(asked, { status: answer.status, body: json });
    const changed = json === undefined ? undefined : this.lie.answer?.(path, json, asked);
    const shown = changed && 'body' in changed ? Buffer.from(JSON.stringify(changed.body)) : answer.body;
    res.writeHead(changed?.status ?? answer.status, {
      ...answer.more,
      'content-type': answer.type,
      ...changed?.headers,
    });
    res.end(shown);
  }
}

/** Headers of answers that readers look at. */
const passedOn = ['link', 'x-oauth-scopes', 'x-subject-token'];

function send(url: string, method: string, headers: IncomingHttpHeaders, body: Buffer) {
  return new Promise<{ status: number; type: string; more: Record<string, string>; body: Buffer }>(
    (resolve, reject) => {
      const { host: _host, connection: _connection, ...kept } = headers;
      const req = request(url, { method, headers: kept }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            type: String(res.headers['content-type'] ?? 'text/plain'),
            more: Object.fromEntries(
              passedOn.map((name) => [name, String(res.headers[name] ?? '')]).filter(([, value]) => value !== ''),
            ) as Record<string, string>,
            body: Buffer.concat(chunks),
          }),
        );
      });
      req.on('error', reject);
      req.end(body);
    },
  );
}

function play(fault: Fault, res: ServerResponse): void {
  const scim = (body: string, status = 200) => {
    res.writeHead(status, { 'content-type': 'application/scim+json' });
    res.end(body);
  };
  switch (fault.kind) {
    case 'down':
      res.socket?.destroy();
      return;
    case 'slow':
      return;
    case 'slow-body':
      res.writeHead(200, { 'content-type': 'application/scim+json' });
      res.write('{"totalResults":');
      return;
    case 'broken-body':
      res.writeHead(200, { 'content-type': 'application/scim+json', 'content-length': '1000' });
      res.write('{"totalResults":', () => res.socket?.destroy());
      return;
    case 'html':
      res.writeHead(200, { 'content-type': 'text/html' });
      res.end('<!doctype html><title>Sign in</title>');
      return;
    case 'garbage':
      return scim('{"totalResults":1,"Resources":[{"id"');
    case 'empty':
      return scim('');
    case 'huge':
      return scim(`{"totalResults":1,"Resources":[],"padding":"${'x'.repeat(3 * 1024 * 1024)}"}`);
    case 'redirect':
      res.writeHead(302, { location: 'https://169.254.169.254/latest/meta-data/' });
      res.end();
      return;
    case 'prototype':
      return scim('{"id":"x","totalResults":0,"__proto__":{"active":true,"members":[]}}');
    case 'deep':
      return scim('['.repeat(100_000) + ']'.repeat(100_000));
    case 'status':
      res.writeHead(fault.status, { 'content-type': 'application/scim+json', ...fault.headers });
      res.end(
        fault.body ?? JSON.stringify({ status: String(fault.status), detail: 'ECONNREFUSED 10.0.0.5:389 <b>no</b>' }),
      );
      return;
  }
}
