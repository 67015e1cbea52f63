/**
 * A second opinion on working time that shares nothing with the first: it asks Intl.DateTimeFormat what the local clock
 * shows in every single minute around a change of the clock, and counts minutes. A shift is worked from the first minute
 * that reads its start or later, until after the last minute that reads earlier than its end.
 */
type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** As much of a calendar as counts. */
export interface Worked {
  readonly week: Readonly<Partial<Record<Weekday, readonly { readonly from: string; readonly to: string }[]>>>;
  readonly holidays: readonly string[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** What a zone's clock shows at an instant, to the minute, as milliseconds as if the zone were UTC. */
export function wallClock(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    // `2028-04-13, 09:00`
    const text = format.format(instant);
    const digits = (from: number, to: number) => Number(text.slice(from, to));
    return Date.UTC(digits(0, 4), digits(5, 7) - 1, digits(8, 10), digits(12, 14), digits(15, 17));
  };
}

/** The instants between two years at which a zone's clock was or will be changed, to the minute. */
export function clockChanges(zone: string, fromYear: number, untilYear: number): number[] {
  const read = wallClock(zone);
  const offset = (instant: number) => read(instant) - instant;
  const changes: number[] = [];
  for (let at = Date.UTC(fromYear, 0); at < Date.UTC(untilYear, 0); at += day) {
    if (offset(at) === offset(at + day)) continue;
    let before = at;
    while (offset(before + hour) === offset(at)) before += hour;
    while (offset(before + minute) === offset(at)) before += minute;
    changes.push(before + minute);
  }
  return changes;
}

/** Every minute's reading in a stretch of time. */
export interface Readings {
  readonly start: number;
  readonly local: Float64Array;
}

/** Walks through the minutes from some days before an instant to some days after it. */
export function readMinutes(zone: string, around: number, daysBefore: number, daysAfter: number): Readings {
  const read = wallClock(zone);
  const start = around - daysBefore * day;
  const local = new Float64Array((daysBefore + daysAfter) * 1_440);
  for (let i = 0; i < local.length; i++) local[i] = read(start + i * minute);
  return { start, local };
}

/** The working time of a calendar in a stretch of time. All answers hold only well inside of it. */
export class MinuteWalk {
  private readonly start: number;
  /** How many minutes were worked before each minute. */
  private readonly before: Int32Array;

  constructor({ start, local }: Readings, calendar: Worked) {
    const worked = new Uint8Array(local.length);
    const midnight = (reading: number) => Math.floor(reading / day) * day;
    const [first, last] = [midnight(Math.min(...ends(local))), midnight(Math.max(...ends(local)))];
    for (let date = first - day; date <= last; date += day) {
      const weekday = weekdays[new Date(date).getUTCDay()] as Weekday;
      if (calendar.holidays.includes(new Date(date).toISOString().slice(0, 10))) continue;
      for (const { from, to } of calendar.week[weekday] ?? []) {
        const begin = date + time(from);
        const end = date + time(to) + (time(to) <= time(from) ? day : 0);
        // No clock is a day away from UTC: what is further away than that is surely earlier, or later.
        const near = (reading: number, days: number) =>
          Math.min(Math.max((reading + days * day - start) / minute, 0), local.length);
        let opens = near(begin, -1);
        const opensBy = near(begin, 1);
        while (opens < opensBy && at(local, opens) < begin) opens++;
        let closes = near(end, 1);
        const closesFrom = near(end, -1);
        while (closes > closesFrom && at(local, closes - 1) >= end) closes--;
        if (opens < closes) worked.fill(1, opens, closes);
      }
    }
    this.start = start;
    this.before = new Int32Array(local.length + 1);
    for (let i = 0; i < local.length; i++) this.before[i + 1] = at(this.before, i) + at(worked, i);
  }

  /** Working milliseconds from the beginning of the stretch to an instant. */
  until(instant: number): number {
    const minutes = Math.floor((instant - this.start) / minute);
    const into = instant - this.start - minutes * minute;
    const whole = at(this.before, minutes);
    return whole * minute + (at(this.before, minutes + 1) > whole ? into : 0);
  }

  /** The earliest instant from which on at least `amount` has elapsed since the beginning of the stretch. */
  earliest(amount: number): number {
    const minutes = Math.ceil(amount / minute);
    const index = this.search((whole) => whole >= minutes);
    return this.start + index * minute - (minutes * minute - amount);
  }

  /** The latest instant until which no more than `amount` has elapsed since the beginning of the stretch. */
  latest(amount: number): number {
    const minutes = Math.floor(amount / minute);
    const index = this.search((whole) => whole > minutes) - 1;
    return this.start + index * minute + (amount - minutes * minute);
  }

  /** The first minute of which something holds that goes on to hold. */
  private search(holds: (whole: number) => boolean): number {
    let [low, high] = [0, this.before.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(at(this.before, middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function at(numbers: Int32Array | Uint8Array | Float64Array, index: number): number {
  const value = numbers[index];
  if (value === undefined) throw new RangeError('outside of the minutes that were walked');
  return value;
}

function ends(local: Float64Array): [number, number] {
  return [local[0] as number, local[local.length - 1] as number];
}

function time(text: string): number {
  const [hours, minutes] = text.split(':').map(Number) as [number, number];
  return hours * hour + minutes * minute;
}
