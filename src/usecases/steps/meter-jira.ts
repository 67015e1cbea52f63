import { later, type Instant } from '../../domain/instant';
import { Unavailable, type Ports } from '../ports';

/** What the sweeps of one installation may use of the points that all customers share in an hour; the rest is for gates. */
export const sweepPointsPerHour = 6_000;
/** A careful price of one call: most cost one or two points (developer.atlassian.com/cloud/jira/platform/rate-limiting). */
const pointsPerCall = 2;

/** Counts what is asked of Jira, and notices when Jira asks to slow down. */
export interface JiraMeter {
  readonly ports: Ports;
  points(): number;
  /** Until when Jira wants to be left alone, when it said so. */
  pausedUntil(): Instant | undefined;
}

/** The same ports with Jira metered. */
export function meterJira(ports: Ports): JiraMeter {
  let calls = 0;
  let pausedUntil: Instant | undefined;
  const issues = new Proxy(ports.issues, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        calls++;
        try {
          return await (Reflect.apply(member, target, args) as Promise<unknown>);
        } catch (error) {
          if (error instanceof Unavailable && error.dependency === 'jira' && error.retryAfterSeconds !== undefined)
            pausedUntil = later(ports.clock.now(), error.retryAfterSeconds * 1000);
          throw error;
        }
      };
    },
  });
  return { ports: { ...ports, issues }, points: () => calls * pointsPerCall, pausedUntil: () => pausedUntil };
}
