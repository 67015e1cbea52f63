import { epochMs, later, requireDurationMs, type Duration, type Instant } from '../instant';
import type { PinnedCalendar } from './calendar';
import { addWorkingTime, workingTimeBetween } from './working-time';

/**
 * What a clock measures, always from the initiation of the request: to approval, to verified fulfilment, to verified
 * removal, to the proven death of a compromised credential, to the review of an emergency.
 */
export type ClockKind = 'approval' | 'fulfilment' | 'removal' | 'compromise' | 'review';

/** How long something may take, pinned on the request with the calendar it is counted in. No calendar: 24x7. */
export interface ClockTarget {
  readonly within: Duration;
  readonly calendar?: PinnedCalendar;
  /** The longest that pause statuses may hold the clock, all together, in real time. Absent: it never pauses. */
  readonly pauseAtMost?: Duration;
}

export interface Pause {
  readonly from: Instant;
  readonly to?: Instant;
}

/** Why a clock stopped. It never stops because an issue was closed. */
export type ClockOutcome = 'met' | 'breached' | 'withdrawn' | 'excepted';

/** One clock of a request. Everything about it follows from these facts, so it can be computed again for ever. */
export interface Clock extends ClockTarget {
  readonly kind: ClockKind;
  readonly startedAt: Instant;
  /** The round of approvals it belongs to, for approval clocks. */
  readonly round?: number;
  readonly pauses: readonly Pause[];
  /** When the breach was recorded; a later pause or calendar never takes it back. */
  readonly breachedAt?: Instant;
  readonly stoppedAt?: Instant;
  readonly outcome?: ClockOutcome;
}

/** The instant at which a clock shows this many milliseconds. A pause counts until it ends, at most until its cap. */
export function instantAt(clock: Clock, ms: number): Instant {
  let left = ms;
  let from = clock.startedAt;
  for (const pause of effectivePauses(clock)) {
    const worked = workingTimeBetween(clock.calendar, from, pause.from);
    if (worked >= left) break;
    left -= worked;
    from = pause.to;
  }
  return addWorkingTime(clock.calendar, from, left);
}

/** When the clock breaches. */
export function dueOf(clock: Clock): Instant {
  return instantAt(clock, requireDurationMs(clock.within));
}

/** The milliseconds a clock shows at an instant, or showed when it stopped. */
export function elapsedMs(clock: Clock, now: Instant): number {
  const at = clock.stoppedAt !== undefined && clock.stoppedAt < now ? clock.stoppedAt : now;
  let shown = 0;
  let from = clock.startedAt;
  for (const pause of effectivePauses(clock)) {
    if (pause.from >= at) break;
    shown += workingTimeBetween(clock.calendar, from, pause.from);
    from = pause.to < at ? pause.to : at;
  }
  return at <= from ? shown : shown + workingTimeBetween(clock.calendar, from, at);
}

/** Whether the clock stands because of a pause that has not reached its cap. */
export function isPaused(clock: Clock, now: Instant): boolean {
  return clock.stoppedAt === undefined && effectivePauses(clock).some((pause) => pause.from <= now && now < pause.to);
}

/** Whether the clock runs or stands in a pause: it has not stopped. */
export function isOpen(clock: Clock): boolean {
  return clock.stoppedAt === undefined;
}

/** Pauses with an end: an open one lasts until the cap is used up, so that the due instant is known at any time. */
function effectivePauses(clock: Clock): ReadonlyArray<{ readonly from: Instant; readonly to: Instant }> {
  let left = clock.pauseAtMost === undefined ? 0 : requireDurationMs(clock.pauseAtMost);
  const found: Array<{ from: Instant; to: Instant }> = [];
  for (const pause of clock.pauses) {
    const capped = later(pause.from, left);
    const to = pause.to !== undefined && pause.to < capped ? pause.to : capped;
    left -= epochMs(to) - epochMs(pause.from);
    if (to > pause.from) found.push({ from: pause.from, to });
  }
  return found;
}

/** Starts a clock. */
export function startClock(kind: ClockKind, target: ClockTarget, at: Instant, round?: number): Clock {
  return { ...target, kind, startedAt: at, pauses: [], ...(round === undefined ? {} : { round }) };
}

/** Stops a clock at an instant. What happens at the due instant or later comes too late. */
export function stopClock(clock: Clock, at: Instant, how: 'proven' | 'withdrawn' | 'excepted'): Clock {
  const outcome = how === 'proven' ? (at < dueOf(clock) ? 'met' : 'breached') : how;
  return { ...closePause(clock, at), stoppedAt: at, outcome };
}

/** A clock that was stopped by a proof goes on as if it had not been: the proof did not last. */
export function resumeClock(clock: Clock): Clock {
  const { stoppedAt: _at, outcome: _how, ...rest } = clock;
  return rest;
}

/** Begins or ends a pause. A clock that may not pause, or has stopped, stays as it is. */
export function pauseClock(clock: Clock, paused: boolean, at: Instant): Clock {
  if (clock.pauseAtMost === undefined || !isOpen(clock)) return clock;
  const pausing = clock.pauses.at(-1);
  const open = pausing !== undefined && pausing.to === undefined;
  if (paused === open) return clock;
  const from = at > clock.startedAt ? at : clock.startedAt;
  return paused ? { ...clock, pauses: [...clock.pauses, { from }] } : closePause(clock, at);
}

function closePause(clock: Clock, at: Instant): Clock {
  const open = clock.pauses.at(-1);
  if (open === undefined || open.to !== undefined) return clock;
  return { ...clock, pauses: [...clock.pauses.slice(0, -1), { from: open.from, to: at > open.from ? at : open.from }] };
}

/** The strictest of several targets for something that starts now: the one that is due first. */
export function strictestTarget(targets: readonly ClockTarget[], at: Instant): ClockTarget | undefined {
  const byDue = targets.map((target) => ({ target, due: dueOf(startClock('fulfilment', target, at)) }));
  return byDue.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))[0]?.target;
}
