import type { AuditFact } from '../../audit/entry';
import { earliest, type Instant } from '../../instant';
import { dueOf, isOpen, resumeClock, startClock, stopClock, type Clock, type ClockKind } from '../../sla/clock';
import type { AccessRequest, RequestState } from '../access-request';
import { approvalsGiven } from '../approved';

type WorkClock = Extract<ClockKind, 'fulfilment' | 'removal' | 'compromise'>;

/** States in which nobody can deliver any more; the clock has ended without a proof. */
const withdrawn: readonly RequestState[] = ['declined', 'lapsed', 'cancelled'];

/**
 * Brings the clocks to where the request stands: starts what begins, stops what is proven or withdrawn, resumes what was
 * proven and is contradicted. The one place that starts and stops clocks; every change of a request goes through it. A
 * clock starts at the initiation of the request and stops on proof, never on closure.
 */
export function followClocks(
  request: AccessRequest,
  now: Instant,
): { readonly request: AccessRequest; readonly facts: readonly AuditFact[] } {
  const facts: AuditFact[] = [];
  let clocks = request.clocks;
  if (request.policy !== undefined && !request.legacy) {
    clocks = followApproval(request, clocks, now, facts);
    clocks = followReview(request, clocks, facts);
    clocks = followWork(request, clocks, now, facts);
  }
  const { dueAt: _old, ...rest } = request;
  const open = clocks.filter((clock) => isOpen(clock));
  // What is to be done in the target comes before the steps on the way to it.
  const work = open.filter((clock) => clock.kind !== 'approval' && clock.kind !== 'review');
  const dueAt = earliest(...(work.length > 0 ? work : open).map(dueOf)) ?? clocks.at(-1)?.stoppedAt;
  return {
    request: { ...rest, clocks, ...(open.length > 0 && dueAt !== undefined ? { dueAt } : {}) },
    facts,
  };
}

function followApproval(
  request: AccessRequest,
  clocks: readonly Clock[],
  now: Instant,
  facts: AuditFact[],
): readonly Clock[] {
  const waiting = request.state === 'awaiting-approval' && request.items.length > 0;
  const running = clocks.find((clock) => clock.kind === 'approval' && isOpen(clock));
  let next = clocks;
  if (running !== undefined && (!waiting || running.round !== request.round)) {
    // An answer counts from when it was given, however late it was heard of.
    const given = request.decisions
      .filter((d) => d.round === running.round)
      .map((d) => d.at)
      .sort()
      .at(-1);
    const approved = running.round === request.round && approvalsGiven(request);
    const declined = request.state === 'declined' && given !== undefined;
    next = stop(
      next,
      running,
      approved || declined ? (given ?? now) : now,
      approved || declined ? 'proven' : 'withdrawn',
      facts,
    );
  }
  if (!waiting || next.some((clock) => clock.kind === 'approval' && clock.round === request.round)) return next;
  const first = !clocks.some((clock) => clock.kind === 'approval');
  const target = request.policy?.clocks.approval;
  if (!target) return next;
  return start(next, startClock('approval', target, first ? request.submittedAt : now, request.round), facts);
}

/** An emergency is reviewed within its time, whatever becomes of the request. */
function followReview(request: AccessRequest, clocks: readonly Clock[], facts: AuditFact[]): readonly Clock[] {
  const known = clocks.find((clock) => clock.kind === 'review');
  const { emergency } = request;
  const target = request.policy?.clocks.review;
  if (emergency === undefined || target === undefined) return clocks;
  if (known === undefined) return start(clocks, startClock('review', target, emergency.at), facts);
  return emergency.review !== undefined && isOpen(known)
    ? stop(clocks, known, emergency.review.at, 'proven', facts)
    : clocks;
}

function workKinds(request: AccessRequest): readonly WorkClock[] {
  if (request.items.length === 0) return [];
  const kinds: WorkClock[] = [];
  if (request.items.some((item) => item.changeKind !== 'revoke')) kinds.push('fulfilment');
  if (request.items.some((item) => item.changeKind === 'revoke')) kinds.push('removal');
  if (request.compromised !== undefined) kinds.push('compromise');
  return kinds;
}

/** What the state says about the clocks of the work itself. */
function workState(request: AccessRequest): 'open' | 'proven' | 'withdrawn' | 'excepted' {
  if (request.state === 'excepted') return 'excepted';
  if (withdrawn.includes(request.state)) return 'withdrawn';
  // A grant whose issue is gone has nobody left to fulfil it; a removal stays due until it is raised anew.
  if (request.state === 'deleted') return 'withdrawn';
  const proven = request.items.every((item) => item.outcome === 'proven');
  if (request.state === 'verified' || (request.state === 'closed' && proven)) return 'proven';
  return 'open';
}

function followWork(
  request: AccessRequest,
  clocks: readonly Clock[],
  now: Instant,
  facts: AuditFact[],
): readonly Clock[] {
  const state = workState(request);
  const wanted = workKinds(request);
  let next = clocks;
  for (const clock of clocks) {
    if (clock.kind === 'approval' || clock.kind === 'review' || !isOpen(clock)) continue;
    const target = request.policy?.clocks[clock.kind];
    const other = target !== undefined && !sameTarget(clock, target) && request.origin?.endsAt === undefined;
    if (!wanted.includes(clock.kind) || (other && state === 'open')) next = stop(next, clock, now, 'withdrawn', facts);
    else if (state === 'proven') next = stop(next, clock, provenAt(request) ?? now, 'proven', facts);
    else if (state !== 'open') next = stop(next, clock, now, state, facts);
  }
  if (state !== 'open') return next;
  for (const kind of wanted) {
    if (next.some((clock) => clock.kind === kind && isOpen(clock))) continue;
    next = beginWork(request, kind, next, now, facts);
  }
  return next;
}

function beginWork(
  request: AccessRequest,
  kind: WorkClock,
  clocks: readonly Clock[],
  now: Instant,
  facts: AuditFact[],
): readonly Clock[] {
  const target = request.policy?.clocks[kind];
  if (!target) return clocks;
  const last = clocks.filter((clock) => clock.kind === kind).at(-1);
  const proofLost = last?.outcome === 'met' || last?.outcome === 'breached';
  const endedSince =
    request.endedAt !== undefined && last?.stoppedAt !== undefined && request.endedAt >= last.stoppedAt;
  if (last !== undefined && proofLost && !endedSince) {
    facts.push({ fact: 'clock-resumed', clock: kind, due: dueOf(resumeClock(last)) });
    return clocks.map((clock) => (clock === last ? resumeClock(last) : clock));
  }
  // A request that had ended (closed, lapsed, declined) begins a new time; other content goes on counting from submission.
  const reopened = last !== undefined && last.stoppedAt !== now;
  const from = kind === 'compromise' ? (request.compromised?.notifiedAt ?? now) : reopened ? now : request.submittedAt;
  return start(clocks, startClock(kind, target, from), facts);
}

function provenAt(request: AccessRequest): Instant | undefined {
  return request.permits
    .filter((permit) => permit.basis === 'evidence' && permit.epoch === request.epoch)
    .map((permit) => permit.from)
    .at(-1);
}

function sameTarget(clock: Clock, target: { readonly within: string; readonly calendar?: { readonly id: string } }) {
  return clock.within === target.within && clock.calendar?.id === target.calendar?.id;
}

function start(clocks: readonly Clock[], clock: Clock, facts: AuditFact[]): readonly Clock[] {
  facts.push({
    fact: 'clock-started',
    clock: clock.kind,
    at: clock.startedAt,
    within: clock.within,
    calendar: clock.calendar ? `${clock.calendar.id}@${clock.calendar.version}` : '24x7',
    due: dueOf(clock),
  });
  return [...clocks, clock];
}

function stop(
  clocks: readonly Clock[],
  clock: Clock,
  at: Instant,
  how: 'proven' | 'withdrawn' | 'excepted',
  facts: AuditFact[],
): readonly Clock[] {
  const stopped = stopClock(clock, at, how);
  facts.push({ fact: 'clock-stopped', clock: clock.kind, at, outcome: stopped.outcome ?? how, due: dueOf(clock) });
  return clocks.map((known) => (known === clock ? stopped : known));
}
