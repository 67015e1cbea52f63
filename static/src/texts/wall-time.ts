/** What a clock on the wall of a time zone shows at an instant, to the minute: `2027-01-31T09:12`. */
export function wallOf(iso: string, timeZone: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : new Date(shownMs(at, timeZone)).toISOString().slice(0, 16);
}

/**
 * The instant at which a clock on the wall of a time zone shows this. Of a time that comes twice in a year the first is
 * meant; a time that is skipped moves on by the hour that was skipped.
 */
export function instantOfWall(wall: string, timeZone: string): string | undefined {
  const wanted = Date.parse(`${wall}:00.000Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(wanted)) return undefined;
  const day = 86_400_000;
  const offsets = [wanted - day, wanted + day].map((at) => shownMs(at, timeZone) - at);
  const fitting = offsets.map((offset) => wanted - offset).filter((at) => shownMs(at, timeZone) === wanted);
  const first = fitting.length > 0 ? Math.min(...fitting) : wanted - (offsets[0] ?? 0);
  return new Date(first).toISOString();
}

/** The wall time as if it were UTC. */
function shownMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}
