/**
 * The HTTP server: binds loopback only, and answers only to loopback's names, so that no web page can reach the
 * sandbox through a host name of its own.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClientError, type HttpReply, type HttpRequest, route, type Route } from './router';

const MAX_BODY_BYTES = 6 * 1024 * 1024;
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface HttpServer {
  port: number;
  /** Until this is called every request is answered 503. */
  serve(routes: readonly Route[]): void;
  close(): Promise<void>;
}

export async function startHttpServer(port: number): Promise<HttpServer> {
  let routes: readonly Route[] | undefined;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, routes).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, failureReply(error)),
    );
  };
  const first = await listen(listener, port, '127.0.0.1');
  const chosen = (first.address() as AddressInfo).port;
  // Clients differ in what `localhost` means to them. A machine without IPv6 does without.
  const second = await listen(listener, chosen, '::1').catch(() => undefined);
  return {
    port: chosen,
    serve: (given) => (routes = given),
    close: async () => {
      await Promise.all([first, second].map((server) => server && closeServer(server)));
    },
  };
}

function listen(listener: Parameters<typeof createServer>[1], port: number, host: string): Promise<Server> {
  const server = createServer(listener as never);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(incoming: IncomingMessage, routes: readonly Route[] | undefined): Promise<HttpReply> {
  if (!routes) return { status: 503, headers: { 'retry-after': '1' }, body: { error: 'The sandbox is starting' } };
  const host = (incoming.headers.host ?? '').replace(/:\d+$/, '');
  if (!LOOPBACK_NAMES.has(host)) throw new ClientError(421, `This sandbox does not serve ${host}`);
  const target = incoming.url ?? '/';
  const url = new URL(target, 'http://sandbox.invalid');
  const method = incoming.method ?? 'GET';
  const found = route(routes, method, url.pathname);
  if (!found) return { status: 404, body: { error: `There is no ${url.pathname} here` } };
  if (found === 'wrong method') return { status: 405, body: { error: `${url.pathname} does not take ${method}` } };
  const request: HttpRequest = {
    method,
    target,
    path: url.pathname,
    query: url.searchParams,
    params: found.params,
    headers: headersOf(incoming),
    body: await readBody(incoming),
  };
  return found.route.handle(request);
}

function headersOf(incoming: IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(incoming.headersDistinct)) if (values) headers[name] = values;
  return headers;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming) {
    bytes += (part as Buffer).byteLength;
    if (bytes > MAX_BODY_BYTES) throw new ClientError(413, 'The body is too large');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function failureReply(error: unknown): HttpReply {
  if (error instanceof ClientError) return { status: error.status, body: { error: error.message } };
  process.stderr.write(`sandbox: ${String((error as Error)?.stack ?? error)}\n`);
  return { status: 500, body: { error: String((error as Error)?.message ?? error) } };
}

function send(response: ServerResponse, { status, headers = {}, body }: HttpReply): void {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  if (body !== undefined && !raw && !('content-type' in headers))
    headers = { ...headers, 'content-type': 'application/json' };
  response.writeHead(status, headers);
  response.end(body === undefined ? undefined : raw ? body : JSON.stringify(body));
}
