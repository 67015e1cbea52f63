/**
 * The global through which @forge/kvs reaches the platform (the same that the sandbox's runtime offers). Only one
 * invocation runs at a time, so it is known whose call it is.
 */
interface Globals {
  __forge_fetch__?: (meta: unknown, path: string, init: { readonly body: string }) => Promise<unknown>;
}

/** Who calls storage: an invocation. */
interface Caller {
  storage(path: string, body: string): Promise<unknown>;
}

let running: Caller | undefined;

/** From now on calls to storage are those of this invocation. Answers whose they were before. */
export function runFrom(invocation: Caller | undefined): Caller | undefined {
  const before = running;
  running = invocation;
  return before;
}

/** The little of a Response that @forge/kvs reads. */
interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: { get(name: string): null };
  text(): Promise<string>;
}

const headers = { get: () => null };

/** Values never change once they are stored, and most are read many times: their text is made once. */
const texts = new WeakMap<object, string>();

function textOf(body: unknown): string {
  const { key, value } = body as { readonly key?: unknown; readonly value?: unknown };
  if (typeof key !== 'string' || typeof value !== 'object' || value === null) return JSON.stringify(body);
  let text = texts.get(value);
  if (text === undefined) texts.set(value, (text = JSON.stringify(value)));
  // The app never asks for the metadata that stands beside the value.
  return `{"key":${JSON.stringify(key)},"value":${text}}`;
}

export function storageAnswer(status: number, body: unknown): Answer {
  const text = body === undefined ? '' : textOf(body);
  return { ok: status < 300, status, statusText: '', headers, text: () => Promise.resolve(text) };
}

export function openStorageDoor(): void {
  (globalThis as unknown as Globals).__forge_fetch__ = (_meta, path, { body }) => {
    if (!running) throw new Error(`storage was called by nobody: ${path}`);
    return running.storage(path, body);
  };
}
