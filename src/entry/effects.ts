import { InvocationError, InvocationErrorCode } from '@forge/events';
import { sweepLate } from '../domain/heartbeat';
import { deliverEffects } from '../usecases/deliver-effects';
import type { Ports } from '../usecases/ports';
import { runSweep } from '../usecases/run-sweep';

/** `timeoutSeconds` of the function in manifest.yml. */
const timeoutMs = 300_000;

/**
 * Consumer of the queue `effects`. A body it does not know is left to the sweep, which reads the outbox itself. A sweep
 * that is asked for here stands in for a scheduled one that is late.
 */
export function createEffects(ports: () => Ports, elapsedMs: () => () => number) {
  return async (event: {
    readonly body?: {
      readonly v?: unknown;
      readonly issueId?: unknown;
      readonly rev?: unknown;
      readonly sweep?: unknown;
    };
  }): Promise<InvocationError | undefined> => {
    const { body } = event;
    if (body?.v === 1 && body.sweep === true) return sweepInstead(ports(), elapsedMs());
    if (body?.v !== 1 || typeof body.issueId !== 'string' || typeof body.rev !== 'number') return undefined;
    const opened = ports();
    try {
      await deliverEffects(opened, { issueId: body.issueId, rev: body.rev });
      return undefined;
    } catch (error) {
      opened.log.note('effects-failed', {
        issue: body.issueId,
        error: error instanceof Error ? error.name : 'unknown',
      });
      return new InvocationError({ retryAfter: 60, retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED });
    }
  };
}

/** Only while the scheduled sweep is late: of many that were asked for at once, the first one is enough. */
async function sweepInstead(ports: Ports, elapsed: () => number): Promise<undefined> {
  try {
    const last = (await ports.heartbeat.last())?.pulse.at;
    if (sweepLate(last, ports.clock.now())) await runSweep(ports, () => timeoutMs - elapsed());
  } catch (error) {
    ports.log.note('sweep-failed', { error: error instanceof Error ? error.name : 'unknown' });
  }
  return undefined;
}
