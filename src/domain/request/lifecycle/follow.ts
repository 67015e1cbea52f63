import { askedInDesk, openStage, stageProgress } from '../../approval/progress';
import type { AuditFact } from '../../audit/entry';
import { coveredClosing } from '../../gate/answer';
import { proofBases } from '../../gate/gate-row';
import { planHolding } from '../../holding/holding';
import type { Instant } from '../../instant';
import { minuteText } from '../../instant-words';
import { isEnforced } from '../../policy/enforcement';
import { pauseClock } from '../../sla/clock';
import type { AccessRequest } from '../access-request';
import { approvalsGiven, mayWorkAt } from '../approved';
import { requestContentHash } from '../content';
import type { PlannedEffect } from '../effect';
import type { StatusRole } from '../project-mapping';
import { begin, closePermits, withoutException } from './register';
import { outcome, type Context, type Outcome } from './outcome';
import { endFrom } from './period-end';

/** A change of status in the history. */
export interface StatusSeen {
  readonly role: StatusRole;
  /** When the issue came into this status. */
  readonly at: string;
  /** Who moved it; undefined when the history does not say. */
  readonly by?: string;
  readonly byApp: boolean;
  readonly legacy: boolean;
  /** JSM itself moved the issue because an approval was given: nobody started work behind the approval's back. */
  readonly viaApproval?: boolean;
  /** The status is one in which the desk waits for somebody else. */
  readonly pausing?: boolean;
}

/**
 * Follows the desk: what the status means for the request. Level-triggered: only the status as it stands matters,
 * so a lost, late or doubled event changes nothing.
 */
export function followStatus(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  const paused = followPause(request, seen);
  const result = followRole(paused.request, seen, context);
  if (paused.facts.length === 0) return result;
  return result
    ? { ...result, facts: [...paused.facts, ...result.facts] }
    : outcome(paused.request, 'follow-pause', paused.facts);
}

/** Clocks that may pause stand while the issue is in a pause status, from when it came there until it left. */
function followPause(
  request: AccessRequest,
  seen: StatusSeen,
): { readonly request: AccessRequest; readonly facts: readonly AuditFact[] } {
  const pausing = seen.pausing === true;
  const clocks = request.clocks.map((clock) => pauseClock(clock, pausing, seen.at));
  if (clocks.every((clock, index) => clock === request.clocks[index])) return { request, facts: [] };
  return {
    request: { ...request, clocks },
    facts: [{ fact: pausing ? 'clock-paused' : 'clock-continued', at: seen.at }],
  };
}

function followRole(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  switch (seen.role) {
    case 'submitted':
      return onSubmitted(request, seen, context);
    case 'waiting':
      return ended.includes(request.state) && isNews(request, seen) ? reopen(request, seen, context) : undefined;
    case 'in-progress':
      return onInProgress(request, seen, context);
    case 'declined':
      return onDeclined(request, seen, context);
    case 'resolved':
      return onResolved(request, seen, context);
    case 'cancelled':
      return onCancelled(request, seen, context);
  }
}

const ended: ReadonlyArray<AccessRequest['state']> = ['closed', 'excepted', 'cancelled', 'declined'];

function who(seen: StatusSeen, context: Context): string {
  return seen.byApp ? 'app' : seen.by ? context.ref(seen.by) : 'jira';
}

function onSubmitted(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (ended.includes(request.state)) return isNews(request, seen) ? reopen(request, seen, context) : undefined;
  const marker = submittedMarker(seen);
  if (request.mirrored.includes(marker)) return undefined;
  const mirrored = [...request.mirrored, marker];
  // It was closed straight away, say, and its work could not start then; now it stands where it can.
  if (['approved', 'reopened'].includes(request.state) && seen.at > request.submittedAt)
    return outcome(
      { ...request, mirrored },
      'start-again',
      [{ fact: 'moved-back', by: who(seen, context), at: seen.at }],
      {
        effects: [{ kind: 'transition', role: 'start' }],
      },
    );
  if (request.state !== 'awaiting-approval' || seen.at <= request.contentSince) return undefined;
  // Somebody moved the issue back behind the workflow: whoever was asked cannot answer there, so they are asked again.
  return outcome({ ...request, mirrored }, 'ask-again', [{ fact: 'moved-back', by: who(seen, context), at: seen.at }], {
    effects: askOpenStage(request),
  });
}

/** Coming into the first status is answered once. */
function submittedMarker(seen: StatusSeen): string {
  return `submitted:${seen.at}`;
}

/** A status from before the request ended has nothing to say: it was read late. */
function isNews(request: AccessRequest, seen: StatusSeen): boolean {
  return request.endedAt === undefined || seen.at >= request.endedAt;
}

function askOpenStage(request: AccessRequest): PlannedEffect[] {
  const hash = requestContentHash(request.items);
  const asked = askedInDesk(openStage(stageProgress(request.stages, request.decisions, request.round, hash)));
  return asked.length > 0 ? [{ kind: 'ask-approvals', approvers: asked }] : [];
}

/** Old evidence never counts again. Approvals survive the reopening of a closed request, not of a declined or cancelled one. */
function reopen(request: AccessRequest, seen: StatusSeen, context: Context): Outcome {
  const {
    closing: _closing,
    fulfilmentDone: _done,
    resolveWhenProven: _walk,
    calledOff: _off,
    nextLookAt: _look,
    declinedAfter: _seen,
    ...rest
  } = request;
  const closed = request.state === 'closed' || request.state === 'excepted';
  const keeps = closed && request.closing?.keepsApprovals === true;
  const next: AccessRequest = {
    ...rest,
    epoch: request.epoch + 1,
    reopenedAt: context.now,
    round: keeps ? request.round : request.round + 1,
    contentSince: keeps ? request.contentSince : context.now,
    permits: closePermits(request, context),
    ...withoutException(request, 'ended', context),
    mirrored: seen.role === 'submitted' ? [...request.mirrored, submittedMarker(seen)] : request.mirrored,
    // What was proven once keeps its end: reopening never prolongs access.
    items: request.items.map((item) => ({ ...item, outcome: 'open' })),
  };
  const facts: AuditFact[] = [
    { fact: 'reopened', by: who(seen, context), at: seen.at, epoch: next.epoch, approvalsKept: keeps },
  ];
  if (!keeps || next.items.length === 0)
    return outcome({ ...next, state: 'submitted', restage: true }, 'reopen', facts);
  const begun = begin(next, 'reopen', context, facts);
  return begun.request.state === 'approved' ? { ...begun, request: { ...begun.request, state: 'reopened' } } : begun;
}

function onInProgress(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (request.state === 'approved' || request.state === 'reopened') {
    return outcome({ ...request, state: 'fulfilling', workSince: seen.at }, 'start-work', [
      { fact: 'work-started', by: who(seen, context), at: seen.at },
    ]);
  }
  const behindApproval =
    !mayWorkAt(request, seen.at) && !seen.legacy && !seen.viaApproval && seen.at >= request.contentSince;
  if (request.state === 'awaiting-approval' && behindApproval) {
    const marker = `in-progress:${seen.at}`;
    if (request.mirrored.includes(marker)) return undefined;
    return outcome(
      { ...request, mirrored: [...request.mirrored, marker] },
      'start-work',
      [{ fact: 'work-started-without-approval', by: who(seen, context), at: seen.at }],
      { effects: askOpenStage(request) },
    );
  }
  return ended.includes(request.state) && isNews(request, seen) ? reopen(request, seen, context) : undefined;
}

function onDeclined(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (request.state === 'declined') return declineSeen(request, seen, context);
  if (ended.includes(request.state)) return undefined;
  const { approvalExpiresAt: _expiry, nextLookAt: _look, ...rest } = request;
  const items = request.items.map((item) => ({ ...item, outcome: 'declined' as const }));
  return outcome(
    { ...rest, state: 'declined', endedAt: seen.at, items, permits: closePermits(request, context) },
    'decline',
    [{ fact: 'request-declined', by: who(seen, context), at: seen.at }],
    {
      effects: request.items.length > 0 ? [{ kind: 'read-target' }] : [],
    },
  );
}

/** The desk says what the app had declined: from now on its clock tells what came later. */
function declineSeen(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  const { declinedAfter, ...rest } = request;
  if (declinedAfter === undefined || seen.at <= declinedAfter) return undefined;
  return outcome({ ...rest, endedAt: seen.at }, 'decline-seen', [
    { fact: 'declined-in-desk', by: who(seen, context), at: seen.at },
  ]);
}

function onResolved(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  const closedThen = request.state === 'closed' || request.state === 'excepted';
  if (closedThen && request.closing?.at === seen.at) return undefined;
  const marker = `resolved:${seen.at}`;
  if (request.mirrored.includes(marker)) return undefined;
  const proofs = request.permits.filter((p) => proofBases.includes(p.basis));
  // A request that had ended already was reopened in between without anybody noticing: its evidence is of an older epoch.
  const evidence = proofs.filter((p) => p.basis !== 'exception');
  // Jira says that it was an app, not which: only a request that this app was to resolve can have been resolved by it.
  const own = seen.byApp && request.resolveWhenProven !== undefined;
  const proven = coveredClosing(evidence, request.epoch, seen.at, own);
  const excepting = request.exception !== undefined && request.exception.ended === undefined;
  // An exception that has ended by now covers nothing any more, even if it held when the issue was moved.
  const covers = proven || (excepting && coveredClosing(proofs, request.epoch, seen.at, own));
  const gated = !ended.includes(request.state) && covers && mayWorkAt(request, seen.at);
  const excepted = gated && excepting && (!proven || !approvalsGiven(request));
  const facts: AuditFact[] = [
    {
      fact: excepted ? 'closed-under-exception' : gated ? 'closed-on-proof' : 'ungated-resolution',
      by: who(seen, context),
      at: seen.at,
      epoch: request.epoch,
      ...(excepted && request.exception ? { exception: request.exception.kind } : {}),
    },
  ];
  const approvers = request.decisions
    .filter((d) => d.round === request.round && d.decision === 'approve')
    .map((d) => d.accountId);
  if (seen.by && approvers.includes(seen.by))
    facts.push({ fact: 'implementer-approved', rule: 'SOD4', by: context.ref(seen.by) });
  const { nextLookAt: _look, resolveWhenProven: _walk, declinedAfter: _seen, ...rest } = request;
  const keepsApprovals =
    approvalsGiven(request) && !['cancelled', 'declined', 'lapsed', 'deleted'].includes(request.state);
  const closing = {
    at: seen.at,
    by: seen.by ?? (seen.byApp ? 'app' : 'jira'),
    gated,
    keepsApprovals,
    ...(excepted ? { excepted } : {}),
  };
  const closed: AccessRequest = {
    ...rest,
    state: excepted ? 'excepted' : 'closed',
    endedAt: seen.at,
    closing,
    ...(excepted ? { items: withUnprovenEnds(request, seen.at) } : {}),
  };
  if (gated || seen.legacy || !isEnforced(request.policy)) return outcome(closed, 'close', facts);
  return outcome({ ...closed, mirrored: [...request.mirrored, marker] }, 'close', facts, {
    discrepancies: [
      { kind: 'ungated-resolution', detail: `Resolved at ${seen.at} without a proof that covers that instant` },
    ],
    effects: [
      { kind: 'transition', role: 'reopen' },
      {
        kind: 'comment',
        audience: 'internal',
        text: 'This request came into a done status without a proof that covers that moment. It was reopened. Verify the access in the target, then resolve it through the workflow.',
      },
      governanceHears(`${request.key} was resolved behind its gate`, seen),
    ],
  });
}

/** Access that may be there without anybody having proven it ends all the same: its removal is scheduled, as in an emergency. */
function withUnprovenEnds({ items, policy }: AccessRequest, at: Instant): AccessRequest['items'] {
  return items.map((item) => {
    const { endsAt } = endFrom(item, at);
    if (policy === undefined || endsAt === undefined || item.holding !== undefined) return item;
    return { ...item, endsAt, holding: { ...planHolding(undefined, at, endsAt, policy.ends), provisional: true } };
  });
}

/** What went round a gate is a matter for governance, not only for the desk. */
function governanceHears(what: string, seen: StatusSeen): PlannedEffect {
  return {
    kind: 'raise',
    raise: { as: 'governance', summary: what, text: `${what} at ${minuteText(seen.at)}. It was reopened and flagged.` },
  };
}

function onCancelled(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (request.state === 'cancelled') return undefined;
  const marker = `cancelled:${seen.at}`;
  if (request.mirrored.includes(marker)) return undefined;
  const leaves = request.permits.filter((p) => p.basis === 'baseline' || p.basis === 'called-off');
  // This app never cancels a request.
  const gated = !request.approvedOnce || coveredClosing(leaves, request.epoch, seen.at, false);
  const facts: AuditFact[] = [
    { fact: gated ? 'cancelled' : 'ungated-cancellation', by: who(seen, context), at: seen.at },
  ];
  const { nextLookAt: _look, approvalExpiresAt: _expiry, declinedAfter: _seen, ...rest } = request;
  const items = request.items.map((item) => ({ ...item, outcome: 'cancelled' as const }));
  const next: AccessRequest = { ...rest, state: 'cancelled', endedAt: seen.at, items };
  if (gated || seen.legacy || !isEnforced(request.policy)) return outcome(next, 'cancel', facts);
  return outcome({ ...next, mirrored: [...request.mirrored, marker] }, 'cancel', facts, {
    discrepancies: [
      {
        kind: 'ungated-cancellation',
        detail: `Cancelled at ${seen.at} while the target was not known to be as before`,
      },
    ],
    effects: [
      { kind: 'transition', role: 'reopen' },
      {
        kind: 'comment',
        audience: 'internal',
        text: 'This request was cancelled without passing its gate. It was reopened. Bring the target back to what it was, then cancel it through the workflow.',
      },
      governanceHears(`${request.key} was cancelled behind its gate`, seen),
    ],
  });
}
