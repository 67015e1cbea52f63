import type { calendarInput } from '../../../../../src/contract/inputs';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import type { Input } from '../../../bridge';

export type CalendarInput = Input<typeof calendarInput>;
export type StoredCalendar = SettingsView['calendars'][number];
export type Day = keyof CalendarInput['week'];

export const days: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const officeDay = () => [{ from: '09:00', to: '17:00' }];

export function calendarOf(stored: StoredCalendar | undefined, zone: string): CalendarInput {
  if (stored) {
    const { id, name, timeZone, week, holidays } = structuredClone(stored) as unknown as CalendarInput;
    return { id, name, timeZone, week, holidays };
  }
  return {
    id: '',
    name: '',
    timeZone: zone,
    week: {
      mon: officeDay(),
      tue: officeDay(),
      wed: officeDay(),
      thu: officeDay(),
      fri: officeDay(),
      sat: [],
      sun: [],
    },
    holidays: [],
  };
}

export function holidayLines(holidays: CalendarInput['holidays']): string {
  return holidays.map(({ date, name }) => `${date} ${name}`.trim()).join('\n');
}

/** Holidays of their lines; the number of the first line that is none. */
export function readHolidays(
  text: string,
): { readonly holidays: CalendarInput['holidays'] } | { readonly wrong: number } {
  const holidays: CalendarInput['holidays'] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, date = '', name = ''] = /^\s*(\d{4}-\d{2}-\d{2})(?:\s+(.*?))?\s*$/.exec(line) ?? [];
    const at = new Date(`${date}T00:00:00.000Z`);
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date) return { wrong: index + 1 };
    holidays.push({ date, name });
  }
  return { holidays };
}

/** Minutes of a time on a wall clock, 24:00 included; undefined when it is none. */
export function minutesOf(text: string): number | undefined {
  const match = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/.exec(text);
  return match ? Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4]) : undefined;
}

export function isShift(shift: { readonly from: string; readonly to: string }): boolean {
  const from = minutesOf(shift.from);
  const to = minutesOf(shift.to);
  return from !== undefined && to !== undefined && from < to;
}
