import { Queue } from '@forge/events';
import type { Jobs, Log } from '../../usecases/ports';

/** The queue of manifest.yml that delivers effects. Event bodies carry their version: a newer app reads older events. */
export interface EffectsEvent {
  readonly v: 1;
  readonly issueId: string;
  readonly rev: number;
}

/** Pushes jobs to the queue. A push that fails is only noted: the outbox row is the truth and the sweep finds it. */
export function createJobs(log: Log): Jobs {
  return {
    async deliver(issueId, rev) {
      const body: EffectsEvent = { v: 1, issueId, rev };
      try {
        await new Queue({ key: 'effects' }).push({ body: { ...body } });
      } catch (error) {
        log.note('queue-push-failed', { error: error instanceof Error ? error.name : 'unknown' });
      }
    },
  };
}
