/** Web triggers: public URLs that start a function, and the GraphQL calls by which the app manages them. */
import type { Rng, Store } from '../contracts';
import { type Invoke, LONG_LIMIT_MS } from './invoke/invocations';
import { type Manifest, modulesOfType } from './manifest';

export interface WebRequest {
  method: string;
  /** Path with query string, from `/x1/` on. */
  path: string;
  headers: Record<string, string[]>;
  body: string;
}

export interface WebResponse {
  status: number;
  headers: Record<string, string[]>;
  body: string;
}

interface UrlRow {
  moduleKey: string;
}

interface StaticOutput {
  key: string;
  statusCode: number;
  contentType: string;
  body: string;
}

export interface WebTriggers {
  handle(request: WebRequest): Promise<WebResponse>;
  /** The URL of a declared trigger; `anew` makes another one. */
  urlOf(moduleKey: string, anew?: boolean): string | undefined;
  urls(): Array<{ triggerKey: string; url: string }>;
  remove(id: string): boolean;
}

export function createWebTriggers(deps: {
  store: Store;
  manifest: Manifest;
  rng: Rng;
  invoke: Invoke;
  baseUrl: () => string;
}): WebTriggers {
  const { manifest, rng, invoke, baseUrl } = deps;
  const table = deps.store.table<UrlRow>('web-trigger');
  const urlFor = (id: string) => `${baseUrl()}/x1/${id}`;

  return {
    urlOf: (moduleKey, anew = false) => {
      if (manifest.modules.get(moduleKey)?.type !== 'webtrigger') return undefined;
      const known = table.entries().find(([, row]) => row.moduleKey === moduleKey);
      if (known && !anew) return urlFor(known[0]);
      const id = rng.uuid().replace(/-/g, '');
      table.put(id, { moduleKey });
      return urlFor(id);
    },
    urls: () => table.entries().map(([id, row]) => ({ triggerKey: row.moduleKey, url: urlFor(id) })),
    remove: (id) => table.remove(id),
    handle: async (request) => {
      const url = new URL(request.path, 'http://sandbox.invalid');
      const [, , id = '', ...rest] = url.pathname.split('/');
      const module = manifest.modules.get(table.get(id)?.moduleKey ?? '');
      if (!module?.function) return plain(404, 'No such web trigger');
      const queryParameters: Record<string, string[]> = {};
      for (const [name, value] of url.searchParams) (queryParameters[name] ??= []).push(value);
      const outcome = await invoke({
        moduleType: module.type,
        moduleKey: module.key,
        functionKey: module.function,
        payload: {
          method: request.method,
          path: url.pathname,
          userPath: rest.length === 0 ? '' : `/${rest.join('/')}`,
          headers: request.headers,
          queryParameters,
          body: request.body,
        },
        timeLimitMs: LONG_LIMIT_MS,
      });
      if (outcome.kind !== 'ok') return plain(outcome.kind === 'timeout' ? 504 : 424, 'The app did not answer');
      return module.source['response'] !== undefined &&
        (module.source['response'] as { type?: string }).type === 'static'
        ? staticResponse(module.source['response'] as { outputs?: StaticOutput[] }, outcome.value)
        : dynamicResponse(outcome.value);
    },
  };
}

/** The URLs that an administrator would hand out: one for every declared trigger. */
export function declaredUrls(manifest: Manifest, triggers: WebTriggers): Record<string, string> {
  return Object.fromEntries(
    modulesOfType(manifest, 'webtrigger').map(({ key }) => [key, triggers.urlOf(key) as string]),
  );
}

function staticResponse({ outputs = [] }: { outputs?: StaticOutput[] }, value: unknown): WebResponse {
  const wanted = (value as { outputKey?: string } | undefined)?.outputKey;
  const output = outputs.find(({ key }) => key === wanted);
  if (!output) return plain(500, 'The app named no declared output');
  return { status: output.statusCode, headers: { 'content-type': [output.contentType] }, body: output.body };
}

function dynamicResponse(value: unknown): WebResponse {
  const { statusCode, headers, body } = (value ?? {}) as {
    statusCode?: unknown;
    headers?: Record<string, string[]>;
    body?: unknown;
  };
  if (!Number.isInteger(statusCode)) return plain(500, 'The app answered without a statusCode');
  return { status: statusCode as number, headers: headers ?? {}, body: typeof body === 'string' ? body : '' };
}

const plain = (status: number, text: string): WebResponse => ({
  status,
  headers: { 'content-type': ['text/plain'] },
  body: text,
});
