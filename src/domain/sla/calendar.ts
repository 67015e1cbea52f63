import type { Instant } from '../instant';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export interface Shift {
  readonly from: string;
  readonly to: string;
}
export interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly timeZone: string;
  readonly week: Readonly<Record<Weekday, readonly Shift[]>>;
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}
export interface PinnedCalendar {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly timeZone: string;
  readonly week: Readonly<Partial<Record<Weekday, readonly Shift[]>>>;
  readonly holidays: readonly string[];
}
export function calendarProblems(_calendar: Calendar): readonly string[] {
  return [];
}
export function pinCalendar(calendar: Calendar, _at: Instant): PinnedCalendar {
  return { ...calendar, holidays: calendar.holidays.map((h) => h.date) };
}
