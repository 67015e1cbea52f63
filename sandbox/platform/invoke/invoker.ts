/** What runs a function of the app. Two kinds exist: in this process, and in child processes that can be killed. */
import type { Door } from '../platform-call';

/** Everything a function learns about its invocation, as plain data. */
export interface InvocationMeta {
  contextAri: string;
  appContext: {
    appId: string;
    appVersion: string;
    environmentId: string;
    environmentType: string;
    invocationId: string;
    installationId: string;
    functionKey: string;
    moduleType: string;
    moduleKey: string;
    installation: { ari: string; contexts: Array<{ ari: string }> };
    permissions: { scopes: string[]; external: unknown };
  };
  aaid?: string;
}

/** The second argument of every function. */
export interface FunctionContext {
  installContext: string;
  principal?: { accountId: string };
  installation: { ari: string; contexts: Array<{ ari: string }> };
}

export interface FunctionWork {
  /** `index.panel`: file and export, as the manifest names it. */
  handler: string;
  payload: unknown;
  context: FunctionContext;
  meta: InvocationMeta;
  timeLimitMs: number;
  time: { now(): number; manual: boolean };
}

export type Outcome =
  | { kind: 'ok'; value?: unknown }
  | { kind: 'error'; name: string; message: string; stack?: string }
  | { kind: 'timeout'; message: string }
  | { kind: 'crashed'; message: string };

export interface Invoker {
  run(work: FunctionWork, door: Door): Promise<Outcome>;
  close(): Promise<void>;
}

export function errorOutcome(error: unknown): Outcome {
  if (error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error)) {
    const { name, message, stack } = error as Error;
    return { kind: 'error', name: name ?? 'Error', message, ...(stack === undefined ? {} : { stack }) };
  }
  return { kind: 'error', name: 'Error', message: String(error) };
}

export const timeoutOutcome = (limitMs: number): Outcome => ({
  kind: 'timeout',
  message: `The function took longer than ${limitMs / 1000} seconds`,
});
