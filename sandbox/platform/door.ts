/**
 * The one door between a running function and the platform: routes each call, writes it into the ledger, and is the
 * place where a crash fault kills, before or after the call's effect.
 */
import type { LedgerCall } from '../contracts';
import type { EgressProxy } from './egress/egress-proxy';
import type { FaultBox } from './faults';
import type { Invocation } from './invoke/invocations';
import { type JiraGateway, notModelled } from './jira-gateway';
import type { KvsApi } from './kvs/kvs-api';
import type { Ledger } from './ledger';
import type { Manifest } from './manifest';
import {
  bytesOf,
  CallFailed,
  type Door,
  emptyAnswer,
  InvocationKilled,
  jsonAnswer,
  type PlatformAnswer,
  type PlatformCall,
  textOf,
} from './platform-call';
import { isQueueCall, type Stargate } from './stargate';
import type { SandboxClock } from './time/clock';
import type { Unmodelled } from './unmodelled';

/** What a call cost, besides its answer. */
interface Cost {
  points?: number;
  readUnits?: number;
  writeUnits?: number;
  actor?: string;
}

export function createDoor(deps: {
  kvs: KvsApi;
  jira: JiraGateway;
  stargate: Stargate;
  egress: EgressProxy;
  manifest: Manifest;
  faults: FaultBox;
  ledger: Ledger;
  clock: SandboxClock;
  unmodelled: Unmodelled;
}): (invocation: Invocation) => Door {
  const { kvs, jira, stargate, egress, manifest, faults, ledger, clock, unmodelled } = deps;

  const route = async (
    call: PlatformCall,
    kind: LedgerCall['kind'],
    invocation: Invocation,
    signal: AbortSignal | undefined,
  ): Promise<{ answer: PlatformAnswer } & Cost> => {
    switch (kind) {
      case 'kvs':
        return callKvs(call);
      case 'egress':
        return { answer: await egress(call, signal) };
      case 'jira':
        return jira(call, invocation);
      case 'queue':
      case 'graphql':
        return call.meta.remote === 'stargate'
          ? { answer: stargate(call, invocation) }
          : { answer: notModelled(unmodelled, `${call.meta.type} ${call.meta.remote ?? ''} ${call.path}`) };
    }
  };

  const callKvs = (call: PlatformCall): { answer: PlatformAnswer } & Cost => {
    if (!manifest.scopes.has('storage:app'))
      return { answer: jsonAnswer(403, { code: 'FORBIDDEN', message: 'The scope storage:app is not declared' }) };
    const failing = faults.kvsStatus();
    if (failing !== undefined)
      return {
        answer: jsonAnswer(failing, {
          code: failing === 429 ? 'RATE_LIMIT_EXCEEDED' : 'INTERNAL_SERVER_ERROR',
          message: 'The storage cannot answer now',
        }),
      };
    const done = kvs.handle(call.path, textOf(call.body));
    if (!done) return { answer: notModelled(unmodelled, `kvs ${call.path}`) };
    const { status, body, readUnits, writeUnits } = done;
    return { answer: body === undefined ? emptyAnswer(status) : jsonAnswer(status, body), readUnits, writeUnits };
  };

  return (invocation) => async (call, signal) => {
    const kind = kindOf(call);
    const crash = faults.crash(invocation.module);
    if (crash === 'before') throw killed(call);
    const entry = {
      invocation: invocation.id,
      module: invocation.module,
      kind,
      method: call.method.toUpperCase(),
      path: call.path,
      bytesIn: bytesOf(call.body),
      at: new Date(clock.now()).toISOString(),
    };
    try {
      const { answer, ...cost }: { answer: PlatformAnswer } & Cost = await route(call, kind, invocation, signal).catch(
        ownMistake,
      );
      const row = ledger.add({
        ...entry,
        status: answer.status,
        bytesOut: typeof answer.body === 'string' ? Buffer.byteLength(answer.body) : 0,
        points: cost.points ?? 0,
        readUnits: cost.readUnits ?? 0,
        writeUnits: cost.writeUnits ?? 0,
        actor: cost.actor ?? 'app',
      });
      if (crash === 'after') throw killed(call);
      return typeof answer.body === 'object' ? { ...answer, body: counted(answer.body, row) } : answer;
    } catch (error) {
      if (!(error instanceof InvocationKilled))
        ledger.add({ ...entry, status: 0, bytesOut: 0, points: 0, readUnits: 0, writeUnits: 0, actor: 'app' });
      if (crash === 'after') throw killed(call);
      throw error;
    }
  };
}

function kindOf(call: PlatformCall): LedgerCall['kind'] {
  const { type, remote } = call.meta;
  if (type === 'egress' || type === 'kvs') return type;
  if (type === 'fpp' && (remote === 'jira' || (remote === undefined && call.meta.contextAri !== undefined)))
    return 'jira';
  return isQueueCall(call.path) ? 'queue' : 'graphql';
}

const killed = (call: PlatformCall) => new InvocationKilled(`killed by the crash fault at ${call.method} ${call.path}`);

/** A mistake of the sandbox must look like one: loud for whoever runs it, a 500 for the app. */
function ownMistake(error: unknown): { answer: PlatformAnswer } {
  if (
    error instanceof CallFailed ||
    (error as Error)?.name === 'AbortError' ||
    (error as Error)?.name === 'TimeoutError'
  )
    throw error;
  process.stderr.write(`sandbox: ${String((error as Error)?.stack ?? error)}\n`);
  return { answer: jsonAnswer(500, { code: 'SANDBOX_ERROR', message: String((error as Error)?.message ?? error) }) };
}

async function* counted(chunks: AsyncIterable<Uint8Array>, row: LedgerCall): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    row.bytesOut += chunk.byteLength;
    yield chunk;
  }
}
