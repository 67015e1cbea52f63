/** Instants as people read and write them: in the time zone of the person who is signed in, as Jira does. */

let zone: string | undefined;
let full = formatter({ dateStyle: 'medium', timeStyle: 'short' });
let clock = formatter({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** Undefined: the zone of the browser. */
export function showZone(next: string | undefined): void {
  if (next === zone) return;
  zone = next;
  full = formatter({ dateStyle: 'medium', timeStyle: 'short' });
  clock = formatter({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { ...options, ...(zone === undefined ? {} : { timeZone: zone }) });
}

/** `+0000` is Jira's spelling; browsers want a colon. */
const normal = (instant: string | number) =>
  typeof instant === 'string' ? instant.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : instant;

export const shown = (instant: string | number): string => full.format(new Date(normal(instant)));
export const shownClock = (instant: string): string => clock.format(new Date(instant));
export const zoneName = (): string => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The value of a date-time input. */
export function localOf(instant: string | number): string {
  const at = new Date(normal(instant)).getTime();
  return new Date(at + offsetAt(at)).toISOString().slice(0, 16);
}

/** The instant that a date-time input names. */
export function isoOf(local: string): string {
  const asUtc = Date.parse(`${local}Z`);
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = asUtc - offsetAt(asUtc);
  return new Date(asUtc - offsetAt(guess)).toISOString();
}

/** How far the zone is ahead of UTC, in milliseconds. */
function offsetAt(at: number): number {
  const parts = formatter({
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return local - Math.floor(at / 1000) * 1000;
}
