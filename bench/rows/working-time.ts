import moment from 'moment-timezone';
import 'moment-business-time';
import type { PinnedCalendar } from '../../src/domain/sla/calendar';
import { addWorkingTime } from '../../src/domain/sla/working-time';
import { changingZones, compareAroundClockChanges, randomNumbers } from '../../test/domain/sla/clock-change-cases';
import { clockChanges, MinuteWalk, readMinutes } from '../../test/domain/sla/minute-walk-oracle';
import { median, type Row } from '../row';

const cases = 1_000_000;
const peerCases = 600;
const rounds = 15;
const minute = 60_000;
const day = 1_440 * minute;

/** A week that the peer can say as well: office hours with a break, no nights. */
const office = [
  { from: '09:00', to: '12:30' },
  { from: '13:00', to: '17:00' },
];
const week: PinnedCalendar['week'] = { mon: office, tue: office, wed: office, thu: office, fri: office };
const officeAsMoment = ['09:00', '12:30', '13:00', '17:00'];

/** What moment-business-time adds to a moment. */
interface BusinessMoment {
  addWorkingTime(amount: number, unit: 'minutes'): moment.Moment;
}

interface PeerCase {
  readonly calendar: PinnedCalendar;
  readonly from: string;
  readonly minutes: number;
  readonly expected: number;
}

/** Business-time addition: right against a walk through every minute, and fast against moment-business-time. */
export function workingTimeRows(): Row[] {
  const walked = compareAroundClockChanges(changingZones, { seed: 20_260_329, cases: 1.01 * cases });
  for (const wrong of walked.wrong.slice(0, 5)) console.error(wrong);

  moment.updateLocale('en', {
    workinghours: { 0: null, ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [n, officeAsMoment])), 6: null },
    holidays: [],
  });
  const all = peerQuestions();
  const ours = all.filter((asked) => Date.parse(own(asked)) === asked.expected);
  const both = ours.filter((asked) => peer(asked) === asked.expected);
  const ownTimes: number[] = [];
  const peerTimes: number[] = [];
  let sink = 0;
  for (let round = 0; round < rounds; round++) {
    ownTimes.push(timed(() => both.forEach((asked) => (sink += own(asked).length))));
    peerTimes.push(timed(() => both.forEach((asked) => (sink += peer(asked)))));
  }
  if (sink === 0) throw new Error('nothing was added');
  const ratio = Math.round((median(peerTimes) / median(ownTimes)) * 10) / 10;
  return [
    {
      name: 'business time around clock changes: wrong of 1,000,000 cases',
      value: walked.wrong.length,
      unit: 'answers',
      peer: 'a walk through every minute',
      goal: '= 0',
      holds: walked.wrong.length === 0 && walked.cases >= cases,
    },
    {
      name: `business time addition, on the ${both.length} of ${all.length} cases that both get right`,
      value: 1,
      unit: 'relative time',
      peer: 'moment-business-time 2',
      peerValue: ratio,
      ratio,
      goal: '>= 20x faster',
      holds: ratio >= 20 && ours.length === all.length && both.length >= all.length / 2,
    },
  ];
}

/** Minutes to ten days of work from any minute of the weeks around a change of the clock, with the minute walk's answers. */
function peerQuestions(): PeerCase[] {
  const random = randomNumbers(1);
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'];
  return zones.flatMap((zone) => {
    const calendar = { id: 'office', name: 'Office', version: 1, timeZone: zone, week, holidays: [] };
    const [change = Date.UTC(2026, 2, 29)] = clockChanges(zone, 2026, 2027);
    const walk = new MinuteWalk(readMinutes(zone, change, 20, 30), calendar);
    return Array.from({ length: peerCases / zones.length }, () => {
      const start = change + Math.floor((random() * 28 - 14) * 1_440) * minute;
      // As many short waits as long ones.
      const minutes = Math.ceil(random() * 4_500 * random());
      const expected = walk.earliest(walk.until(start) + minutes * minute);
      if (expected > change + 29 * day) throw new RangeError('beyond the minutes that were walked');
      return { calendar, from: new Date(start).toISOString(), minutes, expected };
    });
  });
}

function own({ calendar, from, minutes }: PeerCase): string {
  return addWorkingTime(calendar, from, minutes * minute);
}

function peer({ calendar, from, minutes }: PeerCase): number {
  const at: unknown = moment.tz(from, calendar.timeZone);
  return (at as BusinessMoment).addWorkingTime(minutes, 'minutes').valueOf();
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
