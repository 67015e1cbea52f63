import { sweepLate } from '../domain/heartbeat';
import type { Ports } from './ports';

/**
 * Asks for a sweep when the scheduled one is late, from any other invocation: a silent scheduler then lasts until the next
 * person or event. One storage read; many asking at once do no harm, because a sweep takes what others left.
 * @returns since when it is late, or undefined
 */
export async function nudgeSweep(
  ports: Pick<Ports, 'heartbeat' | 'jobs' | 'clock'>,
): Promise<{ readonly lateSince?: string }> {
  const last = (await ports.heartbeat.last())?.pulse.at;
  return last === undefined ? {} : nudgeIfLate(ports, last);
}

/** The same when the last sweep is known already. */
export async function nudgeIfLate(
  ports: Pick<Ports, 'jobs' | 'clock'>,
  last: string,
): Promise<{ readonly lateSince?: string }> {
  if (!sweepLate(last, ports.clock.now())) return {};
  await ports.jobs.sweep();
  return { lateSince: last };
}
