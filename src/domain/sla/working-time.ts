/**
 * Working time: real time that elapses inside the shifts of a calendar. A shift lies between two readings of the local
 * clock, so a night shift in which the clock is changed counts what really elapses. A bound that the clock leaves out is
 * moved forward to the first time that exists; of a bound that the clock shows twice, a shift starts at the first and
 * ends at the second, and minutes that two shifts claim for this reason count once. A shift belongs to the local date it
 * starts on: a holiday takes away the whole night that starts on it, and nothing of the one before.
 */
import { epochMs, type Instant } from '../instant';
import type { PinnedCalendar } from './calendar';
import { shiftWindows, type ShiftWindows } from './shift-windows';

/** A walk ends after a hundred years at the latest: a calendar may have no working time, or too little. */
const longestWalkDays = 36_525;
/** A shift lasts a day at most, and no zone has moved its clock by more than that: two days away may still count. */
const reach = 2;
const firstInstant = Date.parse('0000-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The instant `ms` of working time after `from`: the earliest at which that much has elapsed, so the end of a shift and
 * not the start of the next. For negative `ms` the instant before: the latest from which that much elapses, so the start
 * of a shift. For 0 it is `from` itself, in working time or not. Parts of a millisecond count as a whole one. Without a
 * calendar all time is working time. Always ends: throws a RangeError when a hundred years hold less working time, and
 * for an amount, instant or calendar that is none.
 */
export function addWorkingTime(calendar: PinnedCalendar | undefined, from: Instant, ms: number): Instant {
  const start = parsed(from);
  if (!Number.isFinite(ms)) throw new RangeError(`${ms} is no amount of time`);
  if (ms === 0) return from;
  const amount = Math.ceil(Math.abs(ms));
  if (!calendar) return written(ms > 0 ? start + amount : start - amount);
  const windows = shiftWindows(calendar);
  return written(ms > 0 ? forwards(windows, start, amount) : backwards(windows, start, amount));
}

/**
 * Milliseconds of working time between two instants, negative when `to` is the earlier one. Throws a RangeError when
 * they are more than a hundred years apart, and for an instant or calendar that is none.
 */
export function workingTimeBetween(calendar: PinnedCalendar | undefined, from: Instant, to: Instant): number {
  const [start, end] = [parsed(from), parsed(to)];
  if (!calendar) return end - start;
  const windows = shiftWindows(calendar);
  return start <= end ? elapsed(windows, start, end) : 0 - elapsed(windows, end, start);
}

function forwards(windows: ShiftWindows, start: number, amount: number): number {
  const first = windows.dayAt(start) - reach;
  let counted = start;
  let left = amount;
  for (let day = first; day <= first + longestWalkDays; day++) {
    for (const shift of windows.on(day)) {
      const opens = Math.max(windows.opens(day, shift), counted);
      const closes = windows.closes(day, shift);
      if (closes <= opens) continue;
      if (closes - opens >= left) return opens + left;
      left -= closes - opens;
      counted = closes;
    }
  }
  throw tooLittle(amount);
}

function backwards(windows: ShiftWindows, start: number, amount: number): number {
  const last = windows.dayAt(start) + reach;
  let counted = start;
  let left = amount;
  for (let day = last; day >= last - longestWalkDays; day--) {
    for (const shift of [...windows.on(day)].reverse()) {
      const closes = Math.min(windows.closes(day, shift), counted);
      const opens = windows.opens(day, shift);
      if (closes <= opens) continue;
      if (closes - opens >= left) return closes - left;
      left -= closes - opens;
      counted = opens;
    }
  }
  throw tooLittle(amount);
}

function elapsed(windows: ShiftWindows, start: number, end: number): number {
  const [first, last] = [windows.dayAt(start) - reach, windows.dayAt(end) + reach];
  if (last - first > longestWalkDays) throw new RangeError('working time is counted within a hundred years');
  let counted = start;
  let sum = 0;
  for (let day = first; day <= last; day++) {
    for (const shift of windows.on(day)) {
      const opens = Math.max(windows.opens(day, shift), counted);
      const closes = Math.min(windows.closes(day, shift), end);
      if (closes <= opens) continue;
      sum += closes - opens;
      counted = closes;
    }
  }
  return sum;
}

function parsed(instant: Instant): number {
  const ms = epochMs(instant);
  if (Number.isNaN(ms)) throw new RangeError(`"${instant}" is no instant`);
  return ms;
}

/** Instants compare as text, which holds for years of four digits. */
function written(ms: number): Instant {
  if (ms < firstInstant || ms > lastInstant) throw new RangeError('the instant is beyond the year 9999 or before 0');
  return new Date(ms).toISOString();
}

function tooLittle(amount: number): RangeError {
  return new RangeError(`the calendar has less than ${amount} ms of working time within a hundred years`);
}
