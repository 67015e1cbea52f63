import { approvalOutcome, openStage, stageProgress } from '../../approval/progress';
import type { AuditFact } from '../../audit/entry';
import { coveredClosing } from '../../gate/answer';
import { isEnforced } from '../../policy/enforcement';
import type { AccessRequest } from '../access-request';
import { requestContentHash } from '../content';
import type { PlannedEffect } from '../effect';
import type { StatusRole } from '../project-mapping';
import { begin, closePermits } from './register';
import { outcome, type Context, type Outcome } from './outcome';

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
}

/**
 * Follows the desk: what the status means for the request. Level-triggered: only the status as it stands matters,
 * so a lost, late or doubled event changes nothing.
 */
export function followStatus(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
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

const ended: ReadonlyArray<AccessRequest['state']> = ['closed', 'cancelled', 'declined'];

function who(seen: StatusSeen, context: Context): string {
  return seen.byApp ? 'app' : seen.by ? context.ref(seen.by) : 'jira';
}

function onSubmitted(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (ended.includes(request.state)) return isNews(request, seen) ? reopen(request, seen, context) : undefined;
  const marker = `submitted:${seen.at}`;
  if (request.state !== 'awaiting-approval' || seen.at <= request.contentSince || request.mirrored.includes(marker)) {
    return undefined;
  }
  // Somebody moved the issue back behind the workflow: whoever was asked cannot answer there, so they are asked again.
  return outcome(
    { ...request, mirrored: [...request.mirrored, marker] },
    'ask-again',
    [{ fact: 'moved-back', by: who(seen, context), at: seen.at }],
    { effects: askOpenStage(request) },
  );
}

/** A status from before the request ended has nothing to say: it was read late. */
function isNews(request: AccessRequest, seen: StatusSeen): boolean {
  return request.endedAt === undefined || seen.at >= request.endedAt;
}

function askOpenStage(request: AccessRequest): PlannedEffect[] {
  const hash = requestContentHash(request.items);
  const open = openStage(stageProgress(request.stages, request.decisions, request.round, hash));
  return open && open.outstanding.length > 0 ? [{ kind: 'ask-approvals', approvers: open.outstanding }] : [];
}

/** Old evidence never counts again. Approvals survive the reopening of a closed request, not of a declined or cancelled one. */
function reopen(request: AccessRequest, seen: StatusSeen, context: Context): Outcome {
  const {
    closing: _closing,
    fulfilmentDone: _done,
    resolveWhenProven: _walk,
    calledOff: _off,
    nextLookAt: _look,
    ...rest
  } = request;
  const keeps = request.state === 'closed' && request.closing?.keepsApprovals === true;
  const next: AccessRequest = {
    ...rest,
    epoch: request.epoch + 1,
    round: keeps ? request.round : request.round + 1,
    contentSince: keeps ? request.contentSince : context.now,
    permits: closePermits(request, context),
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

function approved(request: AccessRequest): boolean {
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  return request.problems.length === 0 && request.items.length > 0 && approvalOutcome(progress) === 'approved';
}

function onInProgress(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (request.state === 'approved' || request.state === 'reopened') {
    return outcome({ ...request, state: 'fulfilling', workSince: seen.at }, 'start-work', [
      { fact: 'work-started', by: who(seen, context), at: seen.at },
    ]);
  }
  const behindApproval = !approved(request) && !seen.legacy && !seen.viaApproval && seen.at >= request.contentSince;
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
  if (request.state === 'declined' || ended.includes(request.state)) return undefined;
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

function onResolved(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (request.state === 'closed' && request.closing?.at === seen.at) return undefined;
  const marker = `resolved:${seen.at}`;
  if (request.mirrored.includes(marker)) return undefined;
  const proofs = request.permits.filter((p) => p.basis === 'evidence' || p.basis === 'mode');
  // A request that had ended already was reopened in between without anybody noticing: its evidence is of an older epoch.
  const gated = !ended.includes(request.state) && coveredClosing(proofs, request.epoch, seen.at) && approved(request);
  const facts: AuditFact[] = [
    {
      fact: gated ? 'closed-on-proof' : 'ungated-resolution',
      by: who(seen, context),
      at: seen.at,
      epoch: request.epoch,
    },
  ];
  const approvers = request.decisions
    .filter((d) => d.round === request.round && d.decision === 'approve')
    .map((d) => d.accountId);
  if (seen.by && approvers.includes(seen.by))
    facts.push({ fact: 'implementer-approved', rule: 'SOD4', by: context.ref(seen.by) });
  const { nextLookAt: _look, resolveWhenProven: _walk, ...rest } = request;
  const keepsApprovals = approved(request) && !['cancelled', 'declined', 'lapsed', 'deleted'].includes(request.state);
  const closing = { at: seen.at, by: seen.by ?? (seen.byApp ? 'app' : 'jira'), gated, keepsApprovals };
  const closed: AccessRequest = { ...rest, state: 'closed', endedAt: seen.at, closing };
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
    ],
  });
}

function onCancelled(request: AccessRequest, seen: StatusSeen, context: Context): Outcome | undefined {
  if (request.state === 'cancelled') return undefined;
  const marker = `cancelled:${seen.at}`;
  if (request.mirrored.includes(marker)) return undefined;
  const leaves = request.permits.filter((p) => p.basis === 'baseline' || p.basis === 'called-off');
  const gated = !request.approvedOnce || coveredClosing(leaves, request.epoch, seen.at);
  const facts: AuditFact[] = [
    { fact: gated ? 'cancelled' : 'ungated-cancellation', by: who(seen, context), at: seen.at },
  ];
  const { nextLookAt: _look, approvalExpiresAt: _expiry, ...rest } = request;
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
    ],
  });
}
