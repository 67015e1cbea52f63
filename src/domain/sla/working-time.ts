import { later, epochMs, type Instant } from '../instant';
import type { PinnedCalendar } from './calendar';
export function addWorkingTime(_calendar: PinnedCalendar | undefined, from: Instant, ms: number): Instant {
  return later(from, ms);
}
export function workingTimeBetween(_calendar: PinnedCalendar | undefined, from: Instant, to: Instant): number {
  return epochMs(to) - epochMs(from);
}
