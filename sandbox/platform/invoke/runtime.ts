/** Builds `__forge_runtime__` for one invocation: the fields that the official packages read, and no others. */
import type { InvocationMeta } from './invoker';

const timer = { stop: () => undefined };
const metrics = {
  counter: () => ({ incr: () => undefined, incrBy: () => undefined, decr: () => undefined, decrBy: () => undefined }),
  timing: () => ({ measure: () => timer }),
  gauge: () => ({ set: () => undefined }),
};

export function buildRuntime(meta: InvocationMeta, timeLimitMs: number): unknown {
  const startedAt = performance.now();
  return {
    proxy: { token: 'sandbox', url: 'https://proxy.invalid', host: 'proxy.invalid' },
    contextAri: meta.contextAri,
    appContext: meta.appContext,
    ...(meta.aaid === undefined ? {} : { aaid: meta.aaid }),
    lambdaContext: { getRemainingTimeInMillis: () => Math.max(0, timeLimitMs - (performance.now() - startedAt)) },
    tracing: { traceId: meta.appContext.invocationId.replace(/-/g, ''), spanId: '0000000000000001' },
    externalAuth: [],
    metrics,
  };
}
