import { isTimeZone, timeZone } from '../../../src/domain/sla/time-zone';
import { wallClock } from './minute-walk-oracle';

describe('time zones', () => {
  it('show the time that the clocks of every zone the platform knows show', () => {
    const quarter = 91.3 * 86_400_000;
    const wrong: string[] = [];
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const read = wallClock(name);
      for (let at = Date.UTC(1973, 0); at < Date.UTC(2040, 0); at += 5 * quarter) {
        const instant = Math.floor(at / 60_000) * 60_000;
        if (timeZone(name).localAt(instant) !== read(instant)) wrong.push(`${name} ${new Date(instant).toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('answer the same however often and in which order they are asked', () => {
    const instants = Array.from({ length: 400 }, (_, i) => Date.UTC(2026, 0) + i * 21 * 3_600_000);
    const first = instants.map((at) => timeZone('Australia/Lord_Howe').localAt(at));
    for (const name of Intl.supportedValuesOf('timeZone').slice(0, 80)) timeZone(name).localAt(0);
    const again = [...instants].reverse().map((at) => timeZone('australia/lord_howe').localAt(at));
    expect(again.reverse()).toEqual(first);
  });

  it.each(['Europe/Berlin', 'america/new_york', 'UTC', 'Etc/GMT+5', 'Asia/Kathmandu', 'Asia/Katmandu'])(
    'are known by name: %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );

  it.each(['', 'Mars/Olympus', 'Mars+05:00', '+05:30', 'constructor', '__proto__', 'Europe/Berlin ', 'x'.repeat(500)])(
    'are not known otherwise: %s',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
      expect(() => timeZone(name)).toThrow(RangeError);
    },
  );
});
