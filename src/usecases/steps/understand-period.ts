import { durationMs, epochMs, parseInstant, type Instant } from '../../domain/instant';
import type { Json } from '../../domain/canonical';
import type { AccessPeriod } from '../../domain/request/access-request';
import type { Problem } from '../../domain/request/problem';

/** Reads start, end and duration of access from the fields. */
export function understandPeriod(
  raw: { readonly start: Json | undefined; readonly end: Json | undefined; readonly duration: Json | undefined },
  revoke: boolean,
  now: Instant,
): { readonly period: AccessPeriod; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const problem = (code: Problem['code'], text: string) => problems.push({ code, text, retry: false });
  const start = instantOf(raw.start);
  if (start === 'invalid') problem('start-invalid', 'Access start is no date with time and time zone.');
  const end = instantOf(raw.end);
  if (end === 'invalid')
    problem('end-invalid', 'Access end is no date with time and time zone, such as 2027-01-31T17:00:00Z.');
  const duration = typeof raw.duration === 'string' ? raw.duration.trim().toUpperCase() : undefined;
  const ms = duration === undefined ? undefined : durationMs(duration);
  if (duration !== undefined && (ms === undefined || ms <= 0)) {
    problem('end-invalid', 'Access duration is no length of time such as PT8H (8 hours) or P30D (30 days).');
  }
  if (duration !== undefined && end !== undefined)
    problem('end-invalid', 'Give either an access end or an access duration, not both.');
  const from = typeof start === 'string' && start !== 'invalid' ? start : undefined;
  const to = typeof end === 'string' && end !== 'invalid' ? end : undefined;
  if (from && to && epochMs(to) <= epochMs(from)) problem('end-before-start', 'Access end lies before access start.');
  else if (to && !revoke && epochMs(to) <= epochMs(now)) problem('end-in-past', 'Access end lies in the past.');
  return {
    period: { ...(from ? { start: from } : {}), ...(to ? { end: to } : {}), ...(ms && duration ? { duration } : {}) },
    problems,
  };
}

function instantOf(raw: Json | undefined): Instant | 'invalid' | undefined {
  if (raw === undefined || raw === null) return undefined;
  return (typeof raw === 'string' ? parseInstant(raw) : undefined) ?? 'invalid';
}
