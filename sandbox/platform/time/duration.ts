/** ISO-8601 durations: `PT8H`, `P91D`, `P1M`. Months and years are calendar steps in UTC. */

const PATTERN = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The instant one duration after `start`. Throws on anything that is no duration. */
export function addDuration(start: number, duration: string): number {
  const match = PATTERN.exec(duration);
  if (!match || duration.endsWith('T') || duration === 'P')
    throw new Error(`not an ISO-8601 duration: ${JSON.stringify(duration)}`);
  const part = (index: number) => Number(match[index] ?? 0);
  const date = new Date(start);
  if (part(1) || part(2)) date.setUTCFullYear(date.getUTCFullYear() + part(1), date.getUTCMonth() + part(2));
  const days = part(3) * 7 + part(4);
  const seconds = ((days * 24 + part(5)) * 60 + part(6)) * 60 + part(7);
  return date.getTime() + Math.round(seconds * 1000);
}
