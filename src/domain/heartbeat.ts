import { later, type Instant } from './instant';

/** A sweep comes every five minutes; when three of them did not come, nothing happens by itself any more. */
const lateAfterMs = 15 * 60_000;

/** Whether the sweep is late. A site on which none ever ran is late from the start: that is just as wrong. */
export function sweepLate(lastSweep: Instant | undefined, now: Instant): boolean {
  return lastSweep === undefined || now >= later(lastSweep, lateAfterMs);
}
