import { Queue } from '@forge/events';
import type { Jobs, Log } from '../../usecases/ports';

/** The queue of manifest.yml that delivers effects. Event bodies carry their version: a newer app reads older events. */
export interface EffectsEvent {
  readonly v: 1;
  readonly issueId: string;
  readonly rev: number;
}

/** Asks the consumer for a sweep: the scheduled one is late. */
export interface SweepEvent {
  readonly v: 1;
  readonly sweep: true;
}

/** Pushes jobs to the queue. A push that fails is only noted: the outbox row is the truth and the sweep finds it. */
export function createJobs(log: Log): Jobs {
  const push = async (body: EffectsEvent | SweepEvent): Promise<void> => {
    try {
      await new Queue({ key: 'effects' }).push({ body: { ...body } });
    } catch (error) {
      log.note('queue-push-failed', { error: error instanceof Error ? error.name : 'unknown' });
    }
  };
  return {
    deliver: (issueId, rev) => push({ v: 1, issueId, rev }),
    sweep: () => push({ v: 1, sweep: true }),
  };
}
