import type { Installation } from '../platform/installation';

/** Whatever is further away than this is not waited for. */
const farthestMs = 40 * 86_400_000;

/**
 * The next instant of the app's clock at which something ends, opens or falls due as the records have it: permits,
 * exceptions, emergencies, approvals, access. Rules that are off by one are off exactly there.
 */
export function nextInstant({ rows }: Installation, appMs: number): number | undefined {
  const instants = rows.keys('request').flatMap((key) => {
    const request = rows.request(key.slice('req:'.length));
    if (!request) return [];
    return [
      ...request.permits.map(({ until }) => until),
      request.exception?.expiresAt,
      request.emergency?.until,
      request.approvalExpiresAt,
      ...request.items.flatMap(({ endsAt, period }) => [endsAt, period.start, period.end]),
    ];
  });
  const ahead = instants
    .map((instant) => (instant === undefined ? Number.NaN : Date.parse(instant)))
    .filter((ms) => ms > appMs && ms - appMs <= farthestMs);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
