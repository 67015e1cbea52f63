const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(Z|[+-]\d{2}:?\d{2})$/;

/** Epoch milliseconds of an ISO date-time with an offset in Jira's or ISO's spelling, or undefined. */
export function parseJiraInstant(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[8] ?? 'Z';
  const local = Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? '0').padEnd(3, '0')));
  // Date.UTC rolls impossible dates over; a rolled date no longer reads as it was written.
  if (!new Date(local).toISOString().startsWith(text.slice(0, 19))) return undefined;
  return local - offset(zone);
}

function offset(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(/[+:-]/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** `2027-01-31T00:00:00.000+0000`: how the platform writes instants. */
export function jiraInstant(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

/** servicedeskapi writes an instant in four ways. `now` decides what is friendly. */
export function deskInstant(at: number, now: number): Record<string, unknown> {
  return {
    iso8601: jiraInstant(at).replace(/\.\d{3}/, ''),
    jira: jiraInstant(at),
    friendly: friendly(at, now),
    epochMillis: at,
  };
}

function friendly(at: number, now: number): string {
  const time = new Date(at).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  const day = Math.floor(at / 86_400_000) - Math.floor(now / 86_400_000);
  if (day === 0) return `Today ${time}`;
  if (day === -1) return `Yesterday ${time}`;
  const date = new Date(at).toLocaleDateString('en-GB', {
    day: '2-digit',
    month: 'short',
    year: '2-digit',
    timeZone: 'UTC',
  });
  return `${date.replace(/ /g, '/')} ${time}`;
}
