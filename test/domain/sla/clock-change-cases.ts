import type { PinnedCalendar, Weekday } from '../../../src/domain/sla/calendar';
import { addWorkingTime, workingTimeBetween } from '../../../src/domain/sla/working-time';
import { clockChanges, MinuteWalk, readMinutes, wallClock } from './minute-walk-oracle';

/** Zones and years in which their clocks were or will be changed, each for another reason. */
export const changingZones: ReadonlyArray<readonly [zone: string, fromYear: number, untilYear: number]> = [
  ['Australia/Lord_Howe', 2024, 2028], // by half an hour
  ['Asia/Kathmandu', 1985, 1987], // by a quarter, for good
  ['Europe/Berlin', 2024, 2028],
  ['Europe/Dublin', 2025, 2027],
  ['America/New_York', 2024, 2028],
  ['America/St_Johns', 2010, 2012], // a minute after midnight
  ['America/St_Johns', 2026, 2028],
  ['Africa/Casablanca', 2024, 2028], // twice around Ramadan
  ['Pacific/Apia', 2010, 2013], // left out 2011-12-30
  ['Africa/Cairo', 2024, 2027], // at midnight
  ['America/Santiago', 2025, 2027], // at midnight, in the south
  ['Pacific/Chatham', 2025, 2027], // at a quarter to
  ['Antarctica/Troll', 2025, 2027], // by two hours
  ['Antarctica/Casey', 2018, 2023], // by three hours, back and forth
  ['Asia/Pyongyang', 2015, 2019], // by half an hour, back and forth
];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** How far around a change minutes are walked, and within which of them cases have to stay. */
const [walked, kept] = [6, 4];

type Week = PinnedCalendar['week'];
const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const daily = (...shifts: Array<[from: string, to: string]>): Week =>
  Object.fromEntries(weekdays.map((name) => [name, shifts.map(([from, to]) => ({ from, to }))]));

/** Weeks whose shifts start, end, touch and pause where clocks are changed. */
const weeks: readonly Week[] = [
  daily(['08:00', '12:00'], ['13:00', '17:30']),
  daily(['22:00', '06:00']),
  daily(['00:00', '24:00']),
  daily(['14:45', '14:45']),
  daily(['23:30', '00:30'], ['01:30', '02:15'], ['02:15', '02:45'], ['03:00', '03:01']),
  daily(['18:00', '02:30'], ['02:30', '10:00']),
  {
    fri: [{ from: '20:00', to: '04:00' }],
    sat: [{ from: '12:00', to: '24:00' }],
    sun: [{ from: '00:00', to: '02:00' }],
  },
];

/** The answers that differ from the minute walk's, and how many were compared. */
export interface Comparison {
  cases: number;
  readonly wrong: string[];
}

/**
 * Adds working time around changes of the clock, forwards and backwards, and compares each answer with the minute walk's,
 * and the time between both ends as well. The same seed gives the same cases.
 */
export function compareAroundClockChanges(
  zones: typeof changingZones,
  options: { seed: number; cases: number; changesPerZone?: number },
): Comparison {
  const random = randomNumbers(options.seed);
  const changes = zones.flatMap(([zone, from, until]) =>
    clockChanges(zone, from, until)
      .slice(0, options.changesPerZone)
      .map((change) => ({ zone, change })),
  );
  const comparison: Comparison = { cases: 0, wrong: [] };
  const calendarsEach = weeks.length + 2;
  const casesEach = Math.ceil(options.cases / (changes.length * calendarsEach));
  for (const { zone, change } of changes) {
    const readings = readMinutes(zone, change, walked, walked);
    for (let i = 0; i < calendarsEach; i++) {
      const calendar = pinned(
        zone,
        weeks[i] ?? randomWeek(random),
        i % 3 === 2 ? holidayNear(zone, change, random) : [],
      );
      compare(comparison, calendar, new MinuteWalk(readings, calendar), { change, casesEach, random });
    }
  }
  return comparison;
}

function compare(
  comparison: Comparison,
  calendar: PinnedCalendar,
  walk: MinuteWalk,
  { change, casesEach, random }: { change: number; casesEach: number; random: () => number },
): void {
  const [least, most] = [walk.until(change - kept * day), walk.until(change + kept * day)];
  for (let i = 0; i < casesEach; i++) {
    // Many near the change, many on a round minute, where shifts start and end.
    const near = (random() - 0.5) * (random() < 0.5 ? 8 * hour : 6 * day);
    const start = change + (random() < 0.5 ? Math.round(near / (15 * minute)) * 15 * minute : Math.round(near));
    const before = walk.until(start);
    const wanted = least + random() * (most - least) - before;
    const amount = random() < 0.5 ? Math.round(wanted / (15 * minute)) * 15 * minute : Math.round(wanted);
    const target = before + amount;
    if (target <= least || target >= most) continue;
    const expected = amount === 0 ? start : amount > 0 ? walk.earliest(target) : walk.latest(target);
    const [from, to] = [new Date(start).toISOString(), new Date(expected).toISOString()];
    const added = addWorkingTime(calendar, from, amount);
    const between = workingTimeBetween(calendar, from, to);
    comparison.cases++;
    if (added !== to || between !== amount) {
      comparison.wrong.push(
        `${calendar.timeZone} ${JSON.stringify(calendar.week)} without ${calendar.holidays.join()}: ${amount} ms from ` +
          `${from} is ${to}, not ${added}; between them lie ${between} ms`,
      );
    }
  }
}

function pinned(zone: string, week: Week, holidays: readonly string[]): PinnedCalendar {
  return { id: 'c', name: 'Calendar', version: 1, timeZone: zone, week, holidays };
}

/** The date on which the clock is changed, or the one before. */
function holidayNear(zone: string, change: number, random: () => number): string[] {
  const date = wallClock(zone)(change) - (random() < 0.5 ? day : 0);
  return [new Date(date).toISOString().slice(0, 10)];
}

/** Shifts at any quarter of an hour of the week, up to a day long, that do not overlap. */
function randomWeek(random: () => number): Week {
  const quarters = 7 * 96;
  const bounds = [...new Set(Array.from({ length: 40 }, () => Math.floor(random() * quarters)))].sort((a, b) => a - b);
  const week: Partial<Record<Weekday, Array<{ from: string; to: string }>>> = {};
  for (let i = 0; i + 1 < bounds.length; i += 2) {
    const [from, to] = [bounds[i] as number, bounds[i + 1] as number];
    if (to - from > 96) continue;
    const name = weekdays[Math.floor(from / 96)] as Weekday;
    (week[name] ??= []).push({ from: clock(from), to: clock(to) });
  }
  return week;
}

function clock(quarter: number): string {
  const inDay = quarter % 96;
  return `${String(Math.floor(inDay / 4)).padStart(2, '0')}:${String((inDay % 4) * 15).padStart(2, '0')}`;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
