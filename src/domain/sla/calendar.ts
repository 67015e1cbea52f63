import type { Instant } from '../instant';
import { epochMs } from '../instant';
import { displayText } from '../text';
import { dateOf, dayNumber, minutesOf, weekdayIndex, weekdays, type Weekday } from './local-date';
import { isTimeZone, timeZone } from './time-zone';

export type { Weekday };

/**
 * One stretch of work. Local wall-clock times of the calendar's zone, `HH:MM`; `to` may be `24:00`; a `to` that is not
 * after `from` is on the next day, so that equal times are a shift around the clock.
 */
export interface Shift {
  readonly from: string;
  readonly to: string;
}

/** When people work, as administrators keep it. Every save is a new version. */
export interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly timeZone: string;
  readonly week: Readonly<Record<Weekday, readonly Shift[]>>;
  /** Local dates without work. A shift belongs to the date it starts on. */
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}

/**
 * What a request carries of the calendar it was submitted under: compact, and complete, so that its clocks can be
 * computed again for ever.
 */
export interface PinnedCalendar {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly timeZone: string;
  readonly week: Readonly<Partial<Record<Weekday, readonly Shift[]>>>;
  readonly holidays: readonly string[];
}

const holidayLimit = 400;
const shiftLimit = 24;
/** Holidays that follow each other for so long were entered by mistake: no clock would move. */
const longestRestDays = 365;
const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;
const dayMs = dayMinutes * 60_000;

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** Sentences about what is wrong with a calendar; empty when it can be saved. */
export function calendarProblems(calendar: Calendar): readonly string[] {
  return [
    ...(isTimeZone(calendar.timeZone) ? [] : [`${quoted(calendar.timeZone)} is not a time zone we know.`]),
    ...weekProblems(calendar),
    ...holidayProblems(calendar),
  ];
}

/**
 * What a request submitted at `at` keeps of the calendar: the days with work, and the holidays from the day before `at`
 * (whose night shift may still be at work) up to two years after. Later days count as days without a holiday. Throws a
 * RangeError when the zone is unknown.
 */
export function pinCalendar(calendar: Calendar, at: Instant): PinnedCalendar {
  const today = Math.floor(timeZone(calendar.timeZone).localAt(epochMs(at)) / dayMs);
  const first = dateOf(today - 1);
  const date = dateOf(today);
  const last = `${String(Number(date.slice(0, 4)) + 2).padStart(4, '0')}${date.slice(4)}`;
  const dates = calendar.holidays.map((holiday) => holiday.date).filter((day) => day >= first && day <= last);
  return {
    id: calendar.id,
    name: calendar.name,
    version: calendar.version,
    timeZone: calendar.timeZone,
    week: Object.fromEntries(
      weekdays
        .filter((day) => calendar.week[day].length > 0)
        .map((day) => [day, calendar.week[day].map(({ from, to }) => ({ from, to }))]),
    ),
    holidays: [...new Set(dates)].sort(),
  };
}

/** A shift within the week, in minutes since Monday 00:00. On Sunday it may end in the next week. */
interface WeekShift {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

function weekProblems({ week }: Calendar): string[] {
  const problems: string[] = [];
  const shifts: WeekShift[] = [];
  for (const [index, day] of weekdays.entries()) {
    if (week[day].length > shiftLimit) {
      problems.push(`${dayNames[day]} has more than ${shiftLimit} shifts.`);
      continue;
    }
    for (const shift of week[day]) {
      const [from, to] = [minutesOf(shift.from), minutesOf(shift.to)];
      const name = `${dayNames[day]} ${shift.from} to ${shift.to}`;
      if (from === undefined || from === dayMinutes) {
        problems.push(`${dayNames[day]}: ${quoted(shift.from)} is not a time from 00:00 to 23:59.`);
      } else if (to === undefined) {
        problems.push(`${dayNames[day]}: ${quoted(shift.to)} is not a time from 00:00 to 24:00.`);
      } else {
        const start = index * dayMinutes + from;
        shifts.push({ from: start, to: start + (to > from ? to - from : to + dayMinutes - from), name });
      }
    }
  }
  if (weekdays.every((day) => week[day].length === 0)) problems.push('The week has no working time.');
  return [...problems, ...overlaps(shifts)];
}

function overlaps(shifts: readonly WeekShift[]): string[] {
  const sorted = [...shifts].sort((a, b) => a.from - b.from || a.to - b.to);
  const [first] = sorted;
  if (!first) return [];
  const problems: string[] = [];
  let latest = first;
  // The first shift follows the last one of the week before.
  const nextWeek = { ...first, from: first.from + weekMinutes, to: first.to + weekMinutes };
  for (const shift of [...sorted.slice(1), nextWeek]) {
    if (shift.from < latest.to) {
      problems.push(
        shift.name === latest.name ? `${shift.name} stands there twice.` : `${latest.name} and ${shift.name} overlap.`,
      );
    }
    if (shift.to > latest.to) latest = shift;
  }
  return problems;
}

function holidayProblems({ week, holidays }: Calendar): string[] {
  if (holidays.length > holidayLimit) return [`There are more than ${holidayLimit} holidays.`];
  const problems: string[] = [];
  const days = new Set<number>();
  for (const { date } of holidays) {
    const day = dayNumber(date);
    if (day === undefined) problems.push(`${quoted(date)} is not a date.`);
    else if (days.has(day)) problems.push(`${date} is a holiday twice.`);
    else days.add(day);
  }
  return [...problems, ...restProblems(week, days)];
}

/** A finite list of holidays always ends, but work that begins again in some years is as good as none. */
function restProblems(week: Calendar['week'], holidays: ReadonlySet<number>): string[] {
  const works = (day: number) => (week[weekdays[weekdayIndex(day)] as Weekday] ?? []).length > 0;
  if (!weekdays.some((day) => week[day].length > 0)) return [];
  const step = (day: number, by: 1 | -1) => {
    let next = day + by;
    while (!works(next)) next += by;
    return next;
  };
  const problems: string[] = [];
  for (const day of [...holidays].filter(works).sort((a, b) => a - b)) {
    const before = step(day, -1);
    if (holidays.has(before)) continue;
    let after = step(day, 1);
    while (holidays.has(after)) after = step(after, 1);
    if (after - before > longestRestDays)
      problems.push(`The holidays leave no working time from ${dateOf(before + 1)} to ${dateOf(after - 1)}.`);
  }
  return problems;
}

function quoted(text: string): string {
  return `"${displayText(text, 40)}"`;
}
