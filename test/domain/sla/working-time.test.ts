import fc from 'fast-check';
import { later } from '../../../src/domain/instant';
import type { PinnedCalendar, Shift } from '../../../src/domain/sla/calendar';
import { addWorkingTime, workingTimeBetween } from '../../../src/domain/sla/working-time';
import { changingZones, compareAroundClockChanges } from './clock-change-cases';

const minute = 60_000;
const hour = 60 * minute;

const shift = (from: string, to: string): Shift => ({ from, to });
const everyDay = (...shifts: Shift[]): PinnedCalendar['week'] => ({
  mon: shifts,
  tue: shifts,
  wed: shifts,
  thu: shifts,
  fri: shifts,
  sat: shifts,
  sun: shifts,
});
const calendar = (over: Partial<PinnedCalendar>): PinnedCalendar => ({
  id: 'c',
  name: 'Calendar',
  version: 1,
  timeZone: 'Europe/Berlin',
  week: {},
  holidays: [],
  ...over,
});
const weekdays = [shift('08:00', '12:00'), shift('13:00', '17:00')];
const office = calendar({
  week: { mon: weekdays, tue: weekdays, wed: weekdays, thu: weekdays, fri: weekdays },
  holidays: ['2027-04-05'],
});
const nights = calendar({ week: everyDay(shift('22:00', '06:00')) });

describe('adding working time', () => {
  it.each<[string, string, number, string]>([
    ['stays within the shift', '2027-02-01T07:00:00.000Z', 1, '2027-02-01T08:00:00.000Z'],
    ['ends with the shift, not with the start of the next', '2027-02-01T07:00:00.000Z', 4, '2027-02-01T11:00:00.000Z'],
    ['goes on after the break', '2027-02-01T07:00:00.000Z', 4.5, '2027-02-01T12:30:00.000Z'],
    ['goes on after the week-end', '2027-02-05T15:00:00.000Z', 2, '2027-02-08T08:00:00.000Z'],
    ['starts with the next shift', '2027-02-06T03:00:00.000Z', 1, '2027-02-08T08:00:00.000Z'],
    ['leaves out a holiday, in the summer time', '2027-04-02T15:00:00.000Z', 1, '2027-04-06T07:00:00.000Z'],
    ['goes back within the shift', '2027-02-01T08:00:00.000Z', -0.5, '2027-02-01T07:30:00.000Z'],
    ['goes back to the start of the shift', '2027-02-01T08:00:00.000Z', -1, '2027-02-01T07:00:00.000Z'],
    ['goes back over the week-end', '2027-02-08T08:00:00.000Z', -2, '2027-02-05T15:00:00.000Z'],
    ['goes back over a holiday', '2027-04-06T07:00:00.000Z', -2, '2027-04-02T14:00:00.000Z'],
  ])('%s', (_name, from, hours, to) => {
    expect(addWorkingTime(office, from, hours * hour)).toBe(to);
    expect(workingTimeBetween(office, from, to)).toBe(hours * hour);
    expect(workingTimeBetween(office, to, from)).toBe(-hours * hour);
  });

  it('adds nothing to an instant outside of working time', () => {
    expect(addWorkingTime(office, '2027-02-06T03:00:00.000Z', 0)).toBe('2027-02-06T03:00:00.000Z');
  });

  it('counts all time without a calendar', () => {
    expect(addWorkingTime(undefined, '2027-03-27T12:00:00.000Z', 24 * hour)).toBe('2027-03-28T12:00:00.000Z');
    expect(workingTimeBetween(undefined, '2027-03-28T12:00:00.000Z', '2027-03-27T12:00:00.000Z')).toBe(-24 * hour);
  });

  it('counts a part of a millisecond as a whole one, so that nothing falls due too early', () => {
    expect(addWorkingTime(undefined, '2027-02-01T08:00:00.000Z', 0.2)).toBe('2027-02-01T08:00:00.001Z');
    expect(addWorkingTime(office, '2027-02-01T08:00:00.000Z', -0.2)).toBe('2027-02-01T07:59:59.999Z');
  });
});

describe('shifts through the night', () => {
  it.each<[string, string, string, number]>([
    ['count eight hours', '2027-03-20T12:00:00.000Z', '2027-03-21T12:00:00.000Z', 8],
    ['count seven when the clock is put forward', '2027-03-27T12:00:00.000Z', '2027-03-28T12:00:00.000Z', 7],
    ['count nine when the clock is put back', '2027-10-30T12:00:00.000Z', '2027-10-31T12:00:00.000Z', 9],
  ])('%s', (_name, from, to, hours) => {
    expect(workingTimeBetween(nights, from, to)).toBe(hours * hour);
  });

  it('belong to the date they start on', () => {
    const free = { ...nights, holidays: ['2027-02-02'] };
    // 22:00 on the 1st is work until 06:00; the night from the 2nd to the 3rd is free.
    expect(addWorkingTime(free, '2027-02-01T20:00:00.000Z', 8 * hour)).toBe('2027-02-02T05:00:00.000Z');
    expect(addWorkingTime(free, '2027-02-01T20:00:00.000Z', 8 * hour + 1)).toBe('2027-02-03T21:00:00.001Z');
  });

  it('last around the clock when they end at the time they start', () => {
    const around = calendar({ week: everyDay(shift('08:00', '08:00')) });
    expect(addWorkingTime(around, '2027-03-27T12:00:00.000Z', 48 * hour)).toBe('2027-03-29T12:00:00.000Z');
  });
});

describe('a shift that begins or ends at a change of the clock', () => {
  /** From when until when the one shift before noon lasts. */
  const bounds = (from: string, to: string, date: string) => {
    const one = calendar({ week: everyDay(shift(from, to)) });
    const noon = `${date}T12:00:00.000Z`;
    const opens = later(addWorkingTime(one, later(noon, -24 * hour), 1), -1);
    const closes = later(addWorkingTime(one, noon, -1), 1);
    return [opens, closes].map((instant) => instant.slice(5, 16));
  };

  it('starts when the clock has been put forward over its start', () => {
    expect(bounds('02:30', '05:00', '2027-03-28')).toEqual(['03-28T01:00', '03-28T03:00']);
  });

  it('ends when the clock is put forward over its end', () => {
    expect(bounds('01:00', '02:30', '2027-03-28')).toEqual(['03-28T00:00', '03-28T01:00']);
  });

  it('starts at the first of two', () => {
    expect(bounds('02:30', '05:00', '2027-10-31')).toEqual(['10-31T00:30', '10-31T04:00']);
  });

  it('ends at the second of two', () => {
    expect(bounds('01:00', '02:30', '2027-10-31')).toEqual(['10-30T23:00', '10-31T01:30']);
  });

  it('does not exist when the clock is put forward over all of it', () => {
    const gap = calendar({ week: everyDay(shift('02:15', '02:45')) });
    expect(workingTimeBetween(gap, '2027-03-27T12:00:00.000Z', '2027-03-28T12:00:00.000Z')).toBe(0);
    expect(workingTimeBetween(gap, '2027-10-30T12:00:00.000Z', '2027-10-31T12:00:00.000Z')).toBe(90 * minute);
  });

  it('shares minutes with the next shift, which count once', () => {
    const touching = calendar({ week: everyDay(shift('00:00', '02:30'), shift('02:30', '06:00')) });
    expect(workingTimeBetween(touching, '2027-10-30T12:00:00.000Z', '2027-10-31T12:00:00.000Z')).toBe(7 * hour);
    expect(addWorkingTime(touching, '2027-10-31T05:00:00.000Z', -7 * hour)).toBe('2027-10-30T22:00:00.000Z');
  });

  it('does not exist on a date that a zone left out', () => {
    const apia = calendar({ timeZone: 'Pacific/Apia', week: everyDay(shift('09:00', '17:00')) });
    // Thursday the 29th ended at 24:00 with Saturday the 31st.
    expect(workingTimeBetween(apia, '2011-12-29T19:00:00.000Z', '2011-12-31T03:00:00.000Z')).toBe(16 * hour);
  });
});

describe('against a walk through every minute', () => {
  it('answers the same around changes of the clock in all kinds of zones', () => {
    const { cases, wrong } = compareAroundClockChanges(changingZones, { seed: 42, cases: 10_000, changesPerZone: 1 });
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(8_000);
  });
});

describe('working time as a whole', () => {
  const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
  });
  // Neither a night that meets the next morning nor two shifts of a day overlap here.
  const day = fc
    .uniqueArray(clock, { minLength: 0, maxLength: 4 })
    .map((times) => times.sort())
    .map((times) => times.flatMap((from, i) => (i % 2 === 0 ? [shift(from, times[i + 1] ?? '24:00')] : [])));
  const calendars = fc
    .record({
      timeZone: fc.constantFrom(...changingZones.map(([zone]) => zone)),
      week: fc.record({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
      holidays: fc.uniqueArray(fc.constantFrom('2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01', '2026-12-25')),
    })
    .filter(({ week }) => Object.values(week).some((shifts) => shifts.length > 0))
    .map((over) => calendar(over));
  const instants = fc
    .integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) })
    .map((ms) => new Date(ms).toISOString());
  const amounts = fc.oneof(
    fc.integer({ min: -40 * hour, max: 40 * hour }),
    fc.integer({ min: -160, max: 160 }).map((quarters) => quarters * 15 * minute),
  );

  it('gives back what was added', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (c, from, ms) => {
        expect(workingTimeBetween(c, from, addWorkingTime(c, from, ms))).toBe(ms);
      }),
    );
  });

  it('adds in two steps what it adds in one', () => {
    const positive = amounts.map(Math.abs);
    fc.assert(
      fc.property(calendars, instants, positive, positive, fc.constantFrom(1, -1), (c, from, a, b, sign) => {
        const steps = addWorkingTime(c, addWorkingTime(c, from, sign * a), sign * b);
        expect(steps).toBe(addWorkingTime(c, from, sign * (a + b)));
      }),
    );
  });

  it('never ends earlier for a later start or a larger amount', () => {
    fc.assert(
      fc.property(calendars, instants, instants, amounts, amounts, (c, one, other, a, b) => {
        const [early, late] = [one, other].sort() as [string, string];
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(addWorkingTime(c, early, less) <= addWorkingTime(c, late, less)).toBe(true);
        expect(addWorkingTime(c, early, less) <= addWorkingTime(c, early, more)).toBe(true);
      }),
    );
  });

  it('ends at the earliest instant, and going back at the latest', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (c, from, ms) => {
        fc.pre(ms !== 0);
        const towards = new Date(Date.parse(addWorkingTime(c, from, ms)) - Math.sign(ms)).toISOString();
        expect(Math.abs(workingTimeBetween(c, from, towards))).toBe(Math.abs(ms) - 1);
      }),
    );
  });

  it('adds up over a third instant between two', () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, (c, a, b, d) => {
        const sum = workingTimeBetween(c, a, b) + workingTimeBetween(c, b, d);
        expect(sum).toBe(workingTimeBetween(c, a, d));
      }),
    );
  });
});

describe('what has no answer', () => {
  const from = '2027-02-01T08:00:00.000Z';

  it.each<[string, PinnedCalendar]>([
    ['without a shift', calendar({})],
    ['with a time that is none', calendar({ week: { mon: [shift('08:00', '07:60')] } })],
    ['in a zone that does not exist', calendar({ ...office, timeZone: 'Mars/Olympus' })],
    ['in a zone named like something every object has', calendar({ ...office, timeZone: 'constructor' })],
    ['with a holiday that is no date', calendar({ ...office, holidays: ['2027-02-30'] })],
  ])('is refused for a calendar %s', (_name, c) => {
    expect(() => addWorkingTime(c, from, hour)).toThrow(RangeError);
    expect(() => addWorkingTime(c, from, -hour)).toThrow(RangeError);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])(
    'is refused for %d milliseconds',
    (ms) => {
      expect(() => addWorkingTime(office, from, ms)).toThrow(RangeError);
      expect(() => addWorkingTime(undefined, from, ms)).toThrow(RangeError);
    },
  );

  it('is refused for an instant that is none', () => {
    expect(() => addWorkingTime(office, 'soon', hour)).toThrow(RangeError);
    expect(() => workingTimeBetween(office, from, 'soon')).toThrow(RangeError);
    expect(() => workingTimeBetween(undefined, 'soon', from)).toThrow(RangeError);
  });

  it('is refused for instants so far apart that counting would not end', () => {
    expect(() => workingTimeBetween(office, from, '9999-12-31T00:00:00.000Z')).toThrow(RangeError);
    expect(workingTimeBetween(office, from, '2057-02-01T08:00:00.000Z')).toBeGreaterThan(0);
  });
});
