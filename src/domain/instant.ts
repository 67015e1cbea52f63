/** An instant as ISO-8601 text in UTC with milliseconds: `2027-01-31T00:00:00.000Z`. Compares as text. */
export type Instant = string;

/** A span of time as ISO-8601 text, without years and months because those have no fixed length: `PT8H`, `P90D`. */
export type Duration = string;

const durationForm = /^P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;
const zonedForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Milliseconds of a duration, or undefined when the text is none. */
export function durationMs(text: string): number | undefined {
  const match = durationForm.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** Milliseconds of a duration that is known to be one. Throws otherwise. */
export function requireDurationMs(text: Duration): number {
  const ms = durationMs(text);
  if (ms === undefined)
    throw new RangeError(`"${text}" is no ISO-8601 duration of weeks, days, hours, minutes or seconds`);
  return ms;
}

/**
 * Reads a date-time with `Z` or an offset. Answers undefined for anything else: without an offset the instant would
 * depend on who reads it, and dates that do not exist (31 April) are refused rather than moved.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!zonedForm.test(text)) return undefined;
  const withColon = text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const ms = Date.parse(withColon);
  if (Number.isNaN(ms)) return undefined;
  const day = Number(text.slice(8, 10));
  const daysInMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day > daysInMonth ? undefined : new Date(ms).toISOString();
}

/** Epoch milliseconds of an instant. */
export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant `ms` milliseconds after another. */
export function later(instant: Instant, ms: number): Instant {
  return new Date(Date.parse(instant) + ms).toISOString();
}

/** The instant a duration after another. */
export function plus(instant: Instant, duration: Duration): Instant {
  return later(instant, requireDurationMs(duration));
}

/** The earlier of several instants; undefined when there is none. */
export function earliest(...instants: Array<Instant | undefined>): Instant | undefined {
  return instants.filter((i): i is Instant => i !== undefined).sort()[0];
}
