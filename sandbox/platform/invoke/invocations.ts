/** Starts functions of the app: builds what they are told, bounds their time and answers what came of them. */
import type { Rng } from '../../contracts';
import type { Manifest, ManifestModule } from '../manifest';
import type { Door } from '../platform-call';
import type { SandboxClock } from '../time/clock';
import type { FunctionContext, InvocationMeta, Invoker, Outcome } from './invoker';
import { contextAriOf, ENVIRONMENT_ID, INSTALLATION_ID, SITE } from './installation';

/** One run of one function: whom its calls are attributed to. */
export interface Invocation {
  id: string;
  moduleType: string;
  moduleKey: string;
  /** `moduleType/moduleKey`. */
  module: string;
  functionKey: string;
  /** The person in front of the screen, when there is one. */
  principal?: string;
  /** Events pushed so far: a cycle is stopped by a limit. */
  pushed: number;
}

export interface Start {
  moduleType: string;
  moduleKey: string;
  functionKey: string;
  payload: unknown;
  principal?: string;
  timeLimitMs: number;
}

export type Invoke = (start: Start) => Promise<Outcome>;

export const SYNC_LIMIT_MS = 25_000;
export const LONG_LIMIT_MS = 55_000;

const MAX_RESULT_BYTES = 5 * 1024 * 1024;

/** How long a function may take: only consumers and scheduled triggers may ask for more. */
export function timeLimitOf(manifest: Manifest, module: ManifestModule): number {
  if (module.type === 'consumer' || module.type === 'scheduledTrigger') {
    const seconds = manifest.functions.get(module.function ?? '')?.timeoutSeconds;
    return seconds === undefined ? LONG_LIMIT_MS : seconds * 1000;
  }
  return module.type === 'webtrigger' ? LONG_LIMIT_MS : SYNC_LIMIT_MS;
}

export function createInvocations(deps: {
  manifest: Manifest;
  invoker: Invoker;
  clock: SandboxClock;
  rng: Rng;
  doorFor: (invocation: Invocation) => Door;
  /** Shortens every limit; for tests of time-outs. */
  longestMs?: number;
}): Invoke {
  const { manifest, invoker, clock, rng } = deps;
  const contextAri = contextAriOf(SITE.cloudId);
  const installation = {
    ari: `ari:cloud:ecosystem::installation/${INSTALLATION_ID}`,
    contexts: [{ ari: contextAri }],
  };
  return async (start) => {
    const handler = manifest.functions.get(start.functionKey)?.handler;
    if (handler === undefined)
      return { kind: 'error', name: 'Error', message: `The manifest has no function ${start.functionKey}` };
    const id = rng.uuid();
    const meta: InvocationMeta = {
      contextAri,
      appContext: {
        appId: manifest.appId,
        appVersion: '1.0.0',
        environmentId: ENVIRONMENT_ID,
        environmentType: 'DEVELOPMENT',
        invocationId: id,
        installationId: INSTALLATION_ID,
        functionKey: start.functionKey,
        moduleType: start.moduleType,
        moduleKey: start.moduleKey,
        installation,
        permissions: { scopes: [...manifest.scopes.keys()], external: manifest.external },
      },
      ...(start.principal === undefined ? {} : { aaid: start.principal }),
    };
    const context: FunctionContext = {
      installContext: contextAri,
      installation,
      ...(start.principal === undefined ? {} : { principal: { accountId: start.principal } }),
    };
    const door = deps.doorFor({
      id,
      moduleType: start.moduleType,
      moduleKey: start.moduleKey,
      module: `${start.moduleType}/${start.moduleKey}`,
      functionKey: start.functionKey,
      ...(start.principal === undefined ? {} : { principal: start.principal }),
      pushed: 0,
    });
    const outcome = await invoker.run(
      {
        handler,
        payload: start.payload,
        context,
        meta,
        timeLimitMs: Math.min(start.timeLimitMs, deps.longestMs ?? Infinity),
        time: { now: () => clock.now(), manual: clock.manual },
      },
      door,
    );
    return withinSize(outcome);
  };
}

function withinSize(outcome: Outcome): Outcome {
  if (outcome.kind !== 'ok' || outcome.value === undefined) return outcome;
  const bytes = Buffer.byteLength(JSON.stringify(outcome.value));
  if (bytes <= MAX_RESULT_BYTES) return outcome;
  return { kind: 'error', name: 'Error', message: `The result has ${bytes} bytes; at most 5 MB are allowed` };
}
