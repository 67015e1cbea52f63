import type { PinnedCalendar } from './calendar';
import { dayNumber, minutesOf, weekdayIndex, weekdays } from './local-date';
import { timeZone, type TimeZone } from './time-zone';

const minute = 60_000;
const day = 86_400_000;

/** A shift of a day of the week: where it begins and ends, in milliseconds of local time since that day's midnight. */
interface DayShift {
  readonly from: number;
  readonly to: number;
}

/** The shifts of a calendar day by day, and where they lie in real time. */
export interface ShiftWindows {
  /** The number of the local day of an instant. */
  dayAt(instant: number): number;
  /** The shifts that start on a local day, in order; none on a holiday. */
  on(day: number): readonly DayShift[];
  /** The instant a shift of a day begins: the first of two when the clock shows that time twice. */
  opens(day: number, shift: DayShift): number;
  /** The instant a shift of a day ends: the second of two when the clock shows that time twice. */
  closes(day: number, shift: DayShift): number;
}

const none: readonly DayShift[] = [];

/** Reads a calendar. Throws a RangeError when a time, date or zone of it is malformed; saving has refused those before. */
export function shiftWindows(calendar: PinnedCalendar): ShiftWindows {
  const zone: TimeZone = timeZone(calendar.timeZone);
  const week = weekdays.map((name) => (calendar.week[name] ?? []).map(dayShift).sort((a, b) => a.from - b.from));
  const holidays = new Set(calendar.holidays.map(holiday));
  return {
    dayAt: (instant) => Math.floor(zone.localAt(instant) / day),
    on: (number) => {
      const shifts = week[weekdayIndex(number)] ?? none;
      return shifts.length > 0 && holidays.has(number) ? none : shifts;
    },
    opens: (number, shift) => zone.firstReading(number * day + shift.from),
    closes: (number, shift) => zone.lastReading(number * day + shift.to),
  };
}

function dayShift(shift: { from: string; to: string }): DayShift {
  const [from, to] = [minutesOf(shift.from), minutesOf(shift.to)];
  if (from === undefined || to === undefined) throw new RangeError(`"${shift.from}" to "${shift.to}" is no shift`);
  return { from: from * minute, to: (to > from ? to : to + 1_440) * minute };
}

function holiday(date: string): number {
  const number = dayNumber(date);
  if (number === undefined) throw new RangeError(`"${date}" is no date`);
  return number;
}
