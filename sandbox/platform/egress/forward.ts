/** One HTTP exchange with a server on loopback, its answer as a stream. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { CallFailed, type PlatformAnswer, type PlatformCall } from '../platform-call';

export interface Forwarded {
  method: string;
  /** Where the app believes it is calling. */
  url: URL;
  path: string;
  headers: Record<string, string>;
  body: PlatformCall['body'];
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Hop-by-hop, or settled by this side. */
const NOT_FORWARDED = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
]);

const agent = new Agent({ keepAlive: true, timeout: 60_000 });

export function forward(server: string, call: Forwarded, signal: AbortSignal | undefined): Promise<PlatformAnswer> {
  const base = new URL(server);
  if (!LOOPBACK.has(base.hostname)) throw new Error(`a target must listen on loopback, not on ${base.hostname}`);
  const headers: Record<string, string> = {
    host: call.url.host,
    'x-forwarded-proto': 'https',
    'accept-encoding': 'identity',
  };
  for (const [name, value] of Object.entries(call.headers)) if (!NOT_FORWARDED.has(name)) headers[name] = value;
  const body = call.body === undefined ? undefined : Buffer.from(call.body as string);
  if (body) headers['content-length'] = String(body.byteLength);

  return new Promise((resolve, reject) => {
    const outgoing = request({
      agent,
      host: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      method: call.method,
      // A host name stands for the whole server: the path is the app's.
      path: call.path,
      headers,
      ...(signal ? { signal } : {}),
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else reject(new CallFailed(error.code ?? 'UND_ERR_SOCKET', error.message));
    });
    outgoing.on('response', (incoming) => resolve(answerOf(incoming)));
    outgoing.end(body);
  });
}

function answerOf(incoming: IncomingMessage): PlatformAnswer {
  const headers: Array<[string, string]> = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    const name = (incoming.rawHeaders[i] as string).toLowerCase();
    if (!NOT_FORWARDED.has(name) || name === 'content-length')
      headers.push([name, incoming.rawHeaders[i + 1] as string]);
  }
  return { status: incoming.statusCode ?? 502, headers, body: chunksOf(incoming) };
}

async function* chunksOf(incoming: IncomingMessage): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of incoming) yield chunk as Buffer;
  } catch (error) {
    throw new CallFailed((error as NodeJS.ErrnoException).code ?? 'UND_ERR_SOCKET', (error as Error).message);
  } finally {
    incoming.destroy();
  }
}
