import type { AuditFact } from '../../audit/entry';
import { plus } from '../../instant';
import { askedInDesk, openStage, stageProgress } from '../../approval/progress';
import type { AccessRequest } from '../access-request';
import { requestContentHash } from '../content';
import { mustBeCalledOff } from '../removal';
import { closePermits } from './register';
import { covered, type Denial, type Gate } from '../../gate/answer';
import { equalsBaseline, openCancel, schedule } from './read';
import { outcome, Refusal, type Context, type Outcome } from './outcome';

const workable: ReadonlyArray<AccessRequest['state']> = ['approved', 'fulfilling', 'verifying', 'verified', 'reopened'];

/** The fulfiller says the change is made. Contradicting readings mean *not yet* until the grace is over. */
export function reportFulfilment(request: AccessRequest, by: string, context: Context): Outcome {
  requireWorkable(request);
  const next: AccessRequest = {
    ...request,
    state: request.state === 'verified' ? 'verified' : 'verifying',
    fulfilmentDone: { at: context.now, by },
  };
  return outcome(schedule(next, context), 'report-fulfilment', [{ fact: 'fulfilment-reported', by: context.ref(by) }], {
    effects: [{ kind: 'read-target' }],
  });
}

/** The agent walks away: the app reads again by itself and resolves once the target proves it. `on: false` takes it back. */
export function resolveWhenProven(
  request: AccessRequest,
  by: string,
  on: boolean,
  context: Context,
): Outcome | undefined {
  if (!on) {
    if (!request.resolveWhenProven) return undefined;
    const { resolveWhenProven: _off, ...rest } = request;
    return outcome(schedule(rest, context), 'resolve-when-proven', [
      { fact: 'resolve-when-proven-off', by: context.ref(by) },
    ]);
  }
  requireWorkable(request);
  const next: AccessRequest = {
    ...request,
    state: request.state === 'verified' ? 'verified' : 'verifying',
    resolveWhenProven: { at: context.now, by },
  };
  return outcome(
    schedule(next, context),
    'resolve-when-proven',
    [{ fact: 'resolve-when-proven-on', by: context.ref(by) }],
    { effects: [{ kind: 'read-target' }] },
  );
}

function requireWorkable(request: AccessRequest): void {
  if (!workable.includes(request.state)) {
    throw new Refusal('not-possible-now', 'This is possible once the request is approved and before it is closed.', [
      { fact: 'refused', state: request.state },
    ]);
  }
}

/**
 * A removal is not carried out after all: the governance owner's decision, with a reason. It lets *Cancel* through for
 * a day and leaves a discrepancy, because the access that should be gone stays.
 */
export function callOffRemoval(request: AccessRequest, by: string, reason: string, context: Context): Outcome {
  if (!mustBeCalledOff(request)) throw new Refusal('not-possible-now', 'Only a removal can be called off.');
  if (request.state === 'closed' || request.state === 'cancelled')
    throw new Refusal('not-possible-now', 'This request has ended already.');
  if (reason.trim() === '')
    throw new Refusal('reason-required', 'Say why the removal is called off; the reason stays with the discrepancy.');
  if (by === request.requesterId || request.items.some((item) => item.identity.accountId === by)) {
    throw new Refusal(
      'not-independent',
      'The requester and the person who holds the access may not call its removal off.',
      [{ fact: 'refused', rule: 'SOD9', by: context.ref(by) }],
    );
  }
  const permit = {
    from: context.now,
    until: plus(context.now, 'P1D'),
    epoch: request.epoch,
    basis: 'called-off' as const,
  };
  return outcome(
    { ...request, calledOff: { at: context.now, by, reason }, permits: [...request.permits, permit] },
    'call-off-removal',
    [{ fact: 'removal-called-off', by: context.ref(by), until: permit.until }],
    { discrepancies: [{ kind: 'removal-called-off', detail: reason }] },
  );
}

/** What a gate found beyond a plain yes. */
export interface GateFinding {
  readonly gate: Gate;
  readonly denials: readonly Denial[];
  /** The mode only observes or warns: the transition goes on although this was found. */
  readonly letThrough: boolean;
}

/** How long a transition that the mode lets through counts as covered. */
const letThroughFor = 'PT2M';

/** Records that a gate said no, or would have said no in a milder mode. A refused *Cancel* of a grant keeps reading. */
export function recordGate(request: AccessRequest, finding: GateFinding, context: Context): Outcome {
  const facts: AuditFact[] = [
    {
      fact: finding.letThrough ? 'gate-would-refuse' : 'gate-refused',
      gate: finding.gate,
      codes: finding.denials.map((d) => d.code),
      mode: request.policy?.mode ?? 'enforce',
    },
  ];
  if (finding.letThrough) {
    const basis = finding.gate === 'cancel' ? ('baseline' as const) : ('mode' as const);
    const permit = { from: context.now, until: plus(context.now, letThroughFor), epoch: request.epoch, basis };
    const effects =
      request.policy?.mode === 'warn'
        ? [
            {
              kind: 'comment' as const,
              audience: 'internal' as const,
              text: `Proofgate would refuse this transition once it is enforced (${finding.denials.map((d) => d.code).join(', ')}). Open the Access panel to see what is missing.`,
            },
          ]
        : [];
    return outcome({ ...request, permits: [...request.permits, permit] }, 'gate-observed', facts, { effects });
  }
  const cancelling =
    finding.gate === 'cancel' &&
    workable.includes(request.state) &&
    request.items.some((item) => item.changeKind !== 'revoke');
  const next: AccessRequest = cancelling
    ? schedule(
        { ...request, state: 'cancelling', cancellingSince: context.now, permits: closePermits(request, context) },
        context,
      )
    : request;
  return outcome(next, 'gate-refused', facts);
}

/** Asks whether *Cancel* may go through on the readings at hand; opens its permit when the target is as before. */
export function allowCancel(request: AccessRequest, context: Context): Outcome | undefined {
  if (equalsBaseline(request) !== true) return undefined;
  const open = request.permits.filter((permit) => permit.basis === 'baseline');
  if (covered(open, request.epoch, context.now)) return undefined;
  const facts: AuditFact[] = [];
  const next = openCancel(request, facts, context);
  return outcome(next, 'allow-cancel', facts);
}

/** The work goes on: somebody gave up cancelling. */
export function resumeWork(request: AccessRequest, context: Context): Outcome | undefined {
  if (request.state !== 'cancelling') return undefined;
  const { cancellingSince: _since, ...rest } = request;
  return outcome(schedule({ ...rest, state: 'fulfilling' }, context), 'resume-work', [{ fact: 'work-resumed' }]);
}

/** Approvals that nobody gave in time lapse: they must be asked again before anything can go on. */
export function lapse(request: AccessRequest, context: Context): Outcome | undefined {
  if (request.state !== 'awaiting-approval' || !request.approvalExpiresAt || context.now < request.approvalExpiresAt)
    return undefined;
  const { approvalExpiresAt: _expiry, ...rest } = request;
  return outcome(
    { ...rest, state: 'lapsed', permits: closePermits(request, context) },
    'lapse',
    [{ fact: 'approval-lapsed', round: request.round }],
    {
      effects: [
        {
          kind: 'comment',
          audience: 'customer',
          text: 'Nobody approved this request in time, so it has lapsed. Ask the service desk to have it approved again if you still need the access.',
        },
      ],
    },
  );
}

/**
 * Approvals are asked anew: of the people who are the right ones today, with a full time to answer. Everything given
 * before stops to count.
 */
export function askAnew(request: AccessRequest, by: string, context: Context): Outcome {
  const open: ReadonlyArray<AccessRequest['state']> = ['awaiting-approval', 'lapsed', ...workable];
  if (!open.includes(request.state) || request.items.length === 0) {
    throw new Refusal('not-possible-now', 'Approval can be asked for again while a request is open and complete.', [
      { fact: 'refused', state: request.state },
    ]);
  }
  const { approvalExpiresAt: _expiry, nextLookAt: _look, ...rest } = request;
  return outcome(
    { ...rest, state: 'submitted', restage: true, round: request.round + 1, permits: closePermits(request, context) },
    'ask-anew',
    [{ fact: 'approval-asked-anew', by: context.ref(by), round: request.round + 1 }],
  );
}

/**
 * The issue was given another type, or moved to a project that is not governed: nothing goes on until it is back, it is
 * flagged, and governance hears of it.
 */
export function leaveGovernance(
  request: AccessRequest,
  left: 'request-type' | 'project',
  context: Context,
): Outcome | undefined {
  const code = left === 'project' ? ('project-changed' as const) : ('request-type-changed' as const);
  if (request.problems.some((problem) => problem.code === code) || request.state === 'deleted') return undefined;
  const text =
    left === 'project'
      ? 'The issue was moved to a project that Proofgate does not govern. Move it back, or raise a new request.'
      : 'The request type was changed to one that Proofgate does not govern. Change it back, or raise a new request.';
  const summary = `${request.key} left governance`;
  return outcome(
    { ...request, problems: [{ code, text, retry: false }], permits: closePermits(request, context) },
    'leave-governance',
    [{ fact: left === 'project' ? 'project-changed' : 'request-type-changed' }],
    {
      discrepancies: request.legacy ? [] : [{ kind: 'left-governance', detail: text }],
      effects: [
        { kind: 'comment', audience: 'internal', text },
        { kind: 'raise', raise: { as: 'governance', summary, text: `${summary}. ${text}` } },
      ],
    },
  );
}

/** How long the same change by hand is left alone once it was undone: nobody's edits are fought in a loop. */
const restoreAgainAfter = 'PT10M';

/**
 * Somebody changed who is asked in the service desk: those whom policy asks are put back. `change` names what was changed
 * to; the same change comes back as often as somebody makes it, and each time it is undone.
 */
export function restoreApprovers(request: AccessRequest, change: string, context: Context): Outcome | undefined {
  const before = request.mirrored.find((marker) => marker.startsWith(`${change}@`));
  if (before !== undefined && context.now < plus(before.slice(change.length + 1), restoreAgainAfter)) return undefined;
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  const outstanding = askedInDesk(openStage(progress));
  if (request.state !== 'awaiting-approval' || outstanding.length === 0) return undefined;
  return outcome(
    { ...request, mirrored: [...request.mirrored.filter((marker) => marker !== before), `${change}@${context.now}`] },
    'restore-approvers',
    [{ fact: 'approvers-changed-by-hand', asked: outstanding.map(context.ref) }],
    { effects: [{ kind: 'ask-approvals', approvers: outstanding }] },
  );
}

/**
 * The access (or the credential) that this removal is about is known to be in wrong hands, since then. It gets a clock of
 * its own that stops only when the target proves it gone.
 */
export function markCompromised(
  request: AccessRequest,
  asked: { readonly by: string; readonly notifiedAt: string; readonly reason: string },
  context: Context,
): Outcome {
  const ended: ReadonlyArray<AccessRequest['state']> = ['closed', 'cancelled', 'declined', 'deleted', 'verified'];
  if (!request.items.some((item) => item.changeKind === 'revoke') || ended.includes(request.state))
    throw new Refusal('not-possible-now', 'Only a removal that is not done yet can be marked as compromised.');
  if (request.compromised !== undefined)
    throw new Refusal('not-possible-now', 'This removal is marked as compromised already.');
  if (asked.notifiedAt > context.now)
    throw new Refusal('expiry-refused', 'The notification lies in the future. Say when it came.');
  if (asked.reason.trim() === '') throw new Refusal('reason-required', 'Say what is known; it stays with the removal.');
  return outcome(
    { ...request, compromised: { notifiedAt: asked.notifiedAt, by: asked.by, reason: asked.reason } },
    'mark-compromised',
    [{ fact: 'compromised', by: context.ref(asked.by), notifiedAt: asked.notifiedAt }],
    {
      effects: [
        { kind: 'set-priority', priority: 'Highest' },
        {
          kind: 'comment',
          audience: 'internal',
          text: 'This access is in wrong hands. Remove it now; the clock runs from the notification until the target proves that it is gone.',
        },
        { kind: 'read-target' },
      ],
    },
  );
}

/** The issue is gone. The record stays: what was granted is still in the target. */
export function issueDeleted(request: AccessRequest, context: Context): Outcome | undefined {
  if (request.state === 'deleted') return undefined;
  const { nextLookAt: _look, approvalExpiresAt: _expiry, ...rest } = request;
  const { origin } = request;
  const unfinished = origin?.kind === 'revocation' && request.items.some((item) => item.outcome !== 'proven');
  return outcome(
    { ...rest, state: 'deleted', permits: closePermits(request, context) },
    'issue-deleted',
    [{ fact: 'issue-deleted', previous: request.state }],
    { effects: unfinished ? [{ kind: 'raise-again', issueId: origin.issueId }] : [] },
  );
}
