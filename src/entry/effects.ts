import { InvocationError, InvocationErrorCode } from '@forge/events';
import { deliverEffects } from '../usecases/deliver-effects';
import type { Ports } from '../usecases/ports';

/** Consumer of the queue `effects`. A body it does not know is left to the sweep, which reads the outbox itself. */
export function createEffects(ports: () => Ports) {
  return async (event: {
    readonly body?: { readonly v?: unknown; readonly issueId?: unknown; readonly rev?: unknown };
  }): Promise<InvocationError | undefined> => {
    const { body } = event;
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
