import { instantOfWall, wallOf } from './wall-time';

/** Instants and spans in the words of a person's locale and time zone. */
export interface Moments {
  /** 31 Jan 2027 */
  readonly date: (iso: string) => string;
  /** 31 Jan 2027, 09:12 */
  readonly dateTime: (iso: string) => string;
  /** 10:42:07 on the day itself, else with its date. */
  readonly clock: (iso: string, now: number) => string;
  /** 10:42 on the day itself, else with its date. */
  readonly soon: (iso: string, now: number) => string;
  /** 2 h 10 m: the two largest units. */
  readonly span: (ms: number) => string;
  /** 8 hours, of an ISO-8601 duration. */
  readonly duration: (iso: string) => string;
  /** The time zone that everything above is told in. */
  readonly zone: string;
  /** `2027-01-31T09:12`, for the browser's own picker. */
  readonly wall: (iso: string) => string;
  /** The instant of what the picker holds; undefined when it is none. */
  readonly instant: (wall: string) => string | undefined;
}

export function createMoments(locale: string, timeZone: string | undefined): Moments {
  const zone = usableZone(locale, timeZone);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(usableLocale(locale), { ...zone, ...options });
  const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const dateTime = format({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const shortDateTime = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const minute = format({ hour: '2-digit', minute: '2-digit' });
  const second = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const name = minute.resolvedOptions().timeZone;
  const safely = (formatter: Intl.DateTimeFormat) => (iso: string) => {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? iso : formatter.format(at);
  };
  const sameDay = (iso: string, now: number) => safely(date)(iso) === date.format(now);
  const sameYear = (iso: string, now: number) => iso.slice(0, 4) === new Date(now).toISOString().slice(0, 4);
  const withDate = (iso: string, now: number) => safely(sameYear(iso, now) ? shortDateTime : dateTime)(iso);
  return {
    date: safely(date),
    dateTime: safely(dateTime),
    clock: (iso, now) => (sameDay(iso, now) ? safely(second)(iso) : withDate(iso, now)),
    soon: (iso, now) => (sameDay(iso, now) ? safely(minute)(iso) : withDate(iso, now)),
    span: spanText,
    duration: (iso) => durationText(iso, usableLocale(locale)),
    zone: name,
    wall: (iso) => wallOf(iso, name),
    instant: (wall) => instantOfWall(wall, name),
  };
}

function usableLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

function usableZone(locale: string, timeZone: string | undefined): { timeZone?: string } {
  if (!timeZone) return {};
  try {
    new Intl.DateTimeFormat(usableLocale(locale), { timeZone });
    return { timeZone };
  } catch {
    return {};
  }
}

function spanText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 && days < 7 ? `${days} d ${hours % 24} h` : `${days} d`;
}

export type DurationUnit = 'minute' | 'hour' | 'day';

const secondsOf: Readonly<Record<DurationUnit, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** Milliseconds of an ISO-8601 duration; 0 when it is none. */
export function durationMs(iso: string): number {
  const read = readDuration(iso);
  return read ? read.amount * secondsOf[read.unit] * 1000 : 0;
}

/** An ISO-8601 duration as an amount of the largest unit that fits it; undefined when it is none. */
export function readDuration(iso: string): { readonly amount: number; readonly unit: DurationUnit } | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso);
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const total = weeks * 7 * 86_400 + days * 86_400 + hours * 3600 + minutes * 60 + seconds;
  const unit = total > 0 && total % 86_400 === 0 ? 'day' : total % 3600 === 0 ? 'hour' : 'minute';
  return { amount: total / secondsOf[unit], unit };
}

export function writeDuration(amount: number, unit: DurationUnit): string {
  return unit === 'day' ? `P${amount}D` : `PT${amount}${unit === 'hour' ? 'H' : 'M'}`;
}

function durationText(iso: string, locale: string): string {
  const read = readDuration(iso);
  if (!read) return iso;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: read.unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(read.amount);
}
