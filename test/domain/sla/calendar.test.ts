import {
  calendarProblems,
  pinCalendar,
  type Calendar,
  type Shift,
  type Weekday,
} from '../../../src/domain/sla/calendar';

const office: Shift[] = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
];
const noWork: Calendar['week'] = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const calendar = (over: Partial<Calendar> = {}): Calendar => ({
  id: 'office',
  name: 'Office hours',
  version: 7,
  timeZone: 'Europe/Berlin',
  week: { ...noWork, mon: office, tue: office, wed: office, thu: office, fri: office },
  holidays: [],
  ...over,
});
const week = (days: Partial<Record<Weekday, Array<[from: string, to: string]>>>) =>
  calendar({
    week: {
      ...noWork,
      ...Object.fromEntries(Object.entries(days).map(([day, s]) => [day, s.map(([from, to]) => ({ from, to }))])),
    },
  });
const holidays = (...dates: string[]) => calendar({ holidays: dates.map((date) => ({ date, name: 'Free' })) });
/** Dates one after the other. */
const dates = (first: string, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(`${first}T00:00:00.000Z`) + i * step * 86_400_000).toISOString().slice(0, 10),
  );

describe('a calendar', () => {
  it.each<[string, Calendar]>([
    ['office hours', calendar()],
    [
      'shifts that touch',
      week({
        mon: [
          ['06:00', '14:00'],
          ['14:00', '22:00'],
          ['22:00', '06:00'],
        ],
      }),
    ],
    ['nights that end where the day begins', week({ mon: [['22:00', '06:00']], tue: [['06:00', '22:00']] })],
    ['a Sunday night that ends where Monday begins', week({ sun: [['22:00', '06:00']], mon: [['06:00', '12:00']] })],
    ['a shift around the clock', week({ mon: [['08:00', '08:00']], tue: [['08:00', '08:00']] })],
    ['a whole day', week({ mon: [['00:00', '24:00']], tue: [['00:00', '24:00']] })],
    [
      'shifts in any order',
      week({
        mon: [
          ['13:00', '17:00'],
          ['08:00', '12:00'],
        ],
      }),
    ],
    ['four hundred holidays', holidays(...dates('2027-01-01', 400, 2))],
    [
      'a year in which one working day is left',
      holidays(...dates('2027-01-01', 365).filter((d) => d !== '2027-07-01')),
    ],
  ])('can be saved with %s', (_name, c) => {
    expect(calendarProblems(c)).toEqual([]);
  });

  it.each<[string, Calendar, string[]]>([
    ['an unknown zone', calendar({ timeZone: 'Mars/Olympus' }), ['"Mars/Olympus" is not a time zone we know.']],
    ['an offset for a zone', calendar({ timeZone: '+01:00' }), ['"+01:00" is not a time zone we know.']],
    ['no working time', week({}), ['The week has no working time.']],
    ['a time that is none', week({ mon: [['8:00', '12:00']] }), ['Monday: "8:00" is not a time from 00:00 to 23:59.']],
    ['a minute too many', week({ tue: [['08:00', '12:60']] }), ['Tuesday: "12:60" is not a time from 00:00 to 24:00.']],
    ['a start at 24:00', week({ fri: [['24:00', '06:00']] }), ['Friday: "24:00" is not a time from 00:00 to 23:59.']],
    [
      'an end after 24:00',
      week({ sat: [['08:00', '24:01']] }),
      ['Saturday: "24:01" is not a time from 00:00 to 24:00.'],
    ],
    [
      'overlapping shifts',
      week({
        mon: [
          ['08:00', '12:00'],
          ['11:59', '17:00'],
        ],
      }),
      ['Monday 08:00 to 12:00 and Monday 11:59 to 17:00 overlap.'],
    ],
    [
      'a shift within another',
      week({
        mon: [
          ['08:00', '18:00'],
          ['09:00', '10:00'],
          ['17:00', '19:00'],
        ],
      }),
      [
        'Monday 08:00 to 18:00 and Monday 09:00 to 10:00 overlap.',
        'Monday 08:00 to 18:00 and Monday 17:00 to 19:00 overlap.',
      ],
    ],
    [
      'the same shift twice',
      week({
        mon: [
          ['08:00', '12:00'],
          ['08:00', '12:00'],
        ],
      }),
      ['Monday 08:00 to 12:00 stands there twice.'],
    ],
    [
      'a night that runs into the next morning',
      week({ mon: [['22:00', '06:00']], tue: [['05:00', '12:00']] }),
      ['Monday 22:00 to 06:00 and Tuesday 05:00 to 12:00 overlap.'],
    ],
    [
      'a Sunday night that runs into Monday',
      week({ mon: [['05:00', '12:00']], sun: [['22:00', '06:00']] }),
      ['Sunday 22:00 to 06:00 and Monday 05:00 to 12:00 overlap.'],
    ],
    [
      'more shifts than a day has hours',
      week({ wed: Array.from({ length: 25 }, () => ['08:00', '12:00']) }),
      ['Wednesday has more than 24 shifts.'],
    ],
    ['a date that does not exist', holidays('2027-02-29', '2028-02-29'), ['"2027-02-29" is not a date.']],
    [
      'a date in other words',
      holidays('1.5.2027', '2027-13-01'),
      ['"1.5.2027" is not a date.', '"2027-13-01" is not a date.'],
    ],
    ['a holiday twice', holidays('2027-05-01', '2027-12-25', '2027-05-01'), ['2027-05-01 is a holiday twice.']],
    ['too many holidays', holidays(...dates('2027-01-01', 401, 2)), ['There are more than 400 holidays.']],
    [
      'holidays without end',
      holidays(...dates('2027-01-01', 400)),
      ['The holidays leave no working time from 2027-01-01 to 2028-02-06.'],
    ],
    [
      'holidays on the only working day of the week',
      {
        ...week({ mon: [['08:00', '12:00']] }),
        holidays: dates('2027-01-04', 60, 7).map((date) => ({ date, name: '' })),
      },
      ['The holidays leave no working time from 2026-12-29 to 2028-02-27.'],
    ],
  ])('is refused with %s', (_name, c, problems) => {
    expect(calendarProblems(c)).toEqual(problems);
  });

  it('names everything that is wrong at once, and shows harmlessly what was typed', () => {
    const problems = calendarProblems({
      ...week({ mon: [['\u202e00:80', '12:00']] }),
      timeZone: 'x'.repeat(5_000),
      holidays: [{ date: 'tomorrow', name: '' }],
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('\u202e');
    expect(problems.join().length).toBeLessThan(300);
  });
});

describe('a pinned calendar', () => {
  it('keeps what clocks need: the days with work and two years of holidays from the day before', () => {
    const year = ['2026-12-29', '2026-12-30', '2026-12-31', '2029-01-01', '2028-12-31', '2029-01-02', '2027-05-01'];
    const saved = holidays(...year);
    // Half an hour before midnight in UTC it is the next year in Berlin.
    expect(pinCalendar(saved, '2026-12-31T23:30:00.000Z')).toEqual({
      id: 'office',
      name: 'Office hours',
      version: 7,
      timeZone: 'Europe/Berlin',
      week: { mon: office, tue: office, wed: office, thu: office, fri: office },
      holidays: ['2026-12-31', '2027-05-01', '2028-12-31', '2029-01-01'],
    });
  });

  it('keeps two years from a leap day on', () => {
    const pinned = pinCalendar(
      holidays('2028-02-27', '2028-02-28', '2030-02-28', '2030-03-01'),
      '2028-02-29T12:00:00.000Z',
    );
    expect(pinned.holidays).toEqual(['2028-02-28', '2030-02-28']);
  });

  it('is a copy: it stays when the calendar changes', () => {
    const saved = calendar();
    const pinned = pinCalendar(saved, '2027-01-01T00:00:00.000Z');
    expect(pinned.week.mon?.[0]).toEqual(saved.week.mon[0]);
    expect(pinned.week.mon?.[0]).not.toBe(saved.week.mon[0]);
  });
});
