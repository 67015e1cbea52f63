/**
 * The globals through which the unmodified @forge/* packages reach the platform. They are installed once per process
 * (before the app is loaded, because @forge/api captures `fetch` when it is evaluated) and find out whose call it is
 * by AsyncLocalStorage, so that several worlds can run in one process and never mix.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallMeta, Door, PlatformCall } from '../platform-call';
import { failureToError, toResponse } from './answer-response';

export interface RunningFunction {
  /** What `__forge_runtime__` shows. */
  runtime: unknown;
  door: Door;
  /** The sandbox's time: what `Date` shows inside the function. */
  now(): number;
}

const running = new AsyncLocalStorage<RunningFunction | undefined>();

/** Runs `work` as the given function. */
export const runAs = <T>(self: RunningFunction, work: () => T): T => running.run(self, work);

/** Runs the platform's own code: outside of every function, with the real clock and the real fetch. */
const outside = <T>(work: () => T): T => running.run(undefined, work);

interface ForgeGlobals {
  __forge_fetch__?: unknown;
  fetch: typeof fetch;
  Date: DateConstructor;
}

let installed = false;

export function installForgeGlobals(): void {
  if (installed) return;
  installed = true;
  const globals = globalThis as unknown as ForgeGlobals;
  Object.defineProperty(globalThis, '__forge_runtime__', {
    configurable: true,
    get: () => running.getStore()?.runtime,
  });
  globals.__forge_fetch__ = forgeFetch;
  globals.fetch = egressFetch(globals.fetch);
  globals.Date = sandboxDate(globals.Date);
}

interface ForgeFetchInit {
  method?: string;
  headers?: Record<string, string> | Headers;
  body?: unknown;
  signal?: AbortSignal | null;
}

async function forgeFetch(meta: CallMeta, path: string, init: ForgeFetchInit = {}): Promise<Response> {
  const self = running.getStore();
  if (!self) throw new Error('Forge runtime not found.');
  const call: PlatformCall = {
    meta: clean(meta),
    method: init.method ?? 'GET',
    path: String(path),
    headers: Object.fromEntries(new Headers(init.headers ?? {})),
  };
  if (typeof init.body === 'string') {
    call.body = init.body;
    call.headers['content-type'] ??= 'text/plain;charset=UTF-8';
  } else if (init.body !== undefined && init.body !== null) {
    // A Request knows how to turn every other kind of body (form, bytes) into bytes and its content type.
    const carrier = new Request('https://body.invalid/', { method: 'POST', body: init.body as FormData });
    call.body = new Uint8Array(await carrier.arrayBuffer());
    call.headers['content-type'] ??= carrier.headers.get('content-type') ?? 'application/octet-stream';
  }
  return passDoor(self, call, init.signal ?? undefined);
}

/** Only what a call may say about itself: extra fields would not cross a process border. */
function clean(meta: CallMeta): CallMeta {
  const { type, provider, remote, accountId, contextAri } = meta;
  return {
    type,
    ...(provider === undefined ? {} : { provider }),
    ...(remote === undefined ? {} : { remote }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(contextAri === undefined ? {} : { contextAri }),
  };
}

function egressFetch(native: typeof fetch): typeof fetch {
  return async (input, init) => {
    const self = running.getStore();
    if (!self) return native(input, init);
    const request = new Request(input, init);
    const call: PlatformCall = {
      meta: { type: 'egress' },
      method: request.method,
      path: request.url,
      headers: Object.fromEntries(request.headers),
      redirect: request.redirect,
    };
    if (request.body !== null) call.body = new Uint8Array(await request.arrayBuffer());
    const response = await passDoor(self, call, request.signal);
    const refusal = response.headers.get('forge-proxy-error');
    if (refusal) {
      const message = `URL not included in the external fetch backend permissions: ${request.url}. Visit go.atlassian.com/forge-egress for more information.`;
      throw Object.assign(new Error(message), { name: refusal, status: response.status });
    }
    return response;
  };
}

async function passDoor(self: RunningFunction, call: PlatformCall, signal: AbortSignal | undefined): Promise<Response> {
  signal?.throwIfAborted();
  const answering = outside(() => self.door(call, signal));
  if (!signal) return toResponse(await answering.catch(failureToError), undefined);
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return toResponse(await Promise.race([answering.catch(failureToError), aborted]), signal);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** `Date` that shows the sandbox's time inside a function and the real time everywhere else. */
function sandboxDate(native: DateConstructor): DateConstructor {
  const now = () => running.getStore()?.now() ?? native.now();
  return new Proxy(native, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: () => new native(now()).toString(),
    get: (target, property, receiver) => (property === 'now' ? now : Reflect.get(target, property, receiver)),
  });
}
