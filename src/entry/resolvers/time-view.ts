import type {
  AttestationView,
  ClockView,
  EmergencyView,
  ExceptionView,
  HoldingView,
  PersonView,
} from '../../contract/request-view';
import { momentOf } from '../../domain/escalation/steps';
import { attestationWaits, confirmWithin } from '../../domain/exception/exception';
import type { Holding } from '../../domain/holding/holding';
import { earliest, plus, requireDurationMs } from '../../domain/instant';
import type { AccessRequest } from '../../domain/request/access-request';
import { requestContentHash } from '../../domain/request/content';
import { dueOf, elapsedMs, isOpen, isPaused, type Clock } from '../../domain/sla/clock';

/** How many clocks a screen shows: what runs, then the newest history. */
const shownClocks = 4;

/** The clocks of a request: running ones first, then those that stopped, newest first. */
export function clockViews(request: AccessRequest, now: string): readonly ClockView[] {
  const all = request.clocks.map((clock, index) => ({ clock, index }));
  const running = all.filter(({ clock }) => isOpen(clock));
  const stopped = all.filter(({ clock }) => !isOpen(clock)).reverse();
  return [...running, ...stopped]
    .slice(0, shownClocks)
    .map(({ clock, index }) => clockView(request, clock, index, now));
}

function clockView(request: AccessRequest, clock: Clock, index: number, now: string): ClockView {
  const within = requireDurationMs(clock.within);
  const paused = isPaused(clock, now);
  return {
    kind: clock.kind,
    startedAt: clock.startedAt,
    dueAt: dueOf(clock),
    within: clock.within,
    used: within === 0 ? 1 : Math.round((elapsedMs(clock, now) / within) * 1000) / 1000,
    ...(clock.calendar ? { calendar: clock.calendar.name } : {}),
    ...(paused ? { paused, pausedSince: clock.pauses.at(-1)?.from ?? clock.startedAt } : {}),
    ...(clock.breachedAt ? { breachedAt: clock.breachedAt } : {}),
    ...(clock.stoppedAt ? { stoppedAt: clock.stoppedAt } : {}),
    ...(clock.outcome ? { outcome: clock.outcome } : {}),
    steps: isOpen(clock) ? stepViews(request, clock, index) : [],
  };
}

function stepViews(request: AccessRequest, clock: Clock, index: number): ClockView['steps'] {
  return (request.policy?.ladder.steps ?? [])
    .filter((step) => step.clock === clock.kind)
    .map((step) => {
      const taken = request.stepsTaken.find((t) => t.step === `${index}:${step.id}`);
      const { action } = step;
      return {
        at: taken?.dueAt ?? momentOf(clock, step.at),
        do: action.do,
        ...('to' in action && Array.isArray(action.to) ? { to: action.to as readonly string[] } : {}),
        ...(taken ? { done: taken.at } : {}),
      };
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What is held and how it ends. */
export function holdingView(holding: Holding): HoldingView {
  const { revocation } = holding;
  return {
    since: holding.since,
    ...(holding.endsAt ? { endsAt: holding.endsAt } : {}),
    ...(holding.warnedAt ? { warnedAt: holding.warnedAt } : {}),
    ...(holding.raiseAt && !revocation && !holding.over ? { raiseAt: holding.raiseAt } : {}),
    ...(revocation
      ? {
          revocation: {
            reason: revocation.reason,
            at: revocation.at,
            ...(revocation.key ? { key: revocation.key } : {}),
          },
        }
      : {}),
    extensions: (holding.extensions ?? []).map(({ at, key }) => ({ at, ...(key ? { key } : {}) })),
    ...(holding.over ? { over: holding.over } : {}),
  };
}

export function exceptionView(
  request: AccessRequest,
  person: (accountId: string) => PersonView,
): ExceptionView | undefined {
  const { exception } = request;
  return (
    exception && {
      kind: exception.kind,
      ...(exception.attested
        ? { attested: exception.attested.map(({ by, at, statement }) => ({ by: person(by), at, statement })) }
        : {}),
      gate: exception.gate,
      reason: exception.reason,
      owner: person(exception.ownerId),
      grantedBy: person(exception.granters.at(-1) ?? ''),
      grantedAt: exception.grantedAt,
      expiresAt: exception.expiresAt,
      renewals: exception.renewals,
      ...(exception.ownerMissingSince ? { ownerMissing: true } : {}),
      ...(exception.ended ? { ended: exception.ended } : {}),
    }
  );
}

/** What waits for a second person; older halves are history and shown there. */
export function attestationView(
  request: AccessRequest,
  person: (accountId: string) => PersonView,
  now: string,
): AttestationView | undefined {
  const { attestation, items, epoch } = request;
  if (!attestationWaits(attestation, { contentHash: requestContentHash(items), epoch }, now)) return undefined;
  const { by, at, statement, ownerId, expiresAt } = attestation;
  const waitsUntil = earliest(plus(at, confirmWithin), expiresAt) ?? expiresAt;
  return { by: person(by), at, statement, owner: person(ownerId), expiresAt, waitsUntil };
}

export function emergencyView(
  request: AccessRequest,
  person: (accountId: string) => PersonView,
): EmergencyView | undefined {
  const { emergency } = request;
  return (
    emergency && {
      at: emergency.at,
      by: person(emergency.by),
      reason: emergency.reason,
      until: emergency.until,
      ...(emergency.registered ? { madeAt: emergency.registered.madeAt, late: emergency.registered.late } : {}),
      ...(emergency.review ? { review: { ...emergency.review, by: person(emergency.review.by) } } : {}),
    }
  );
}
