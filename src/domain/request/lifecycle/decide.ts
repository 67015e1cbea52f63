import { independenceConflict, independenceSentence, type Roles } from '../../approval/independence';
import { approvalOutcome, askedInDesk, openStage, stageProgress } from '../../approval/progress';
import type { Decision } from '../../approval/stage';
import type { AuditFact } from '../../audit/entry';
import type { AccessRequest } from '../access-request';
import { openersOf } from '../approved';
import { requestContentHash } from '../content';
import type { PlannedEffect } from '../effect';
import type { JsmApproval } from '../issue-view';
import { declinedByApp } from '../missed-ending';
import { outcome, Refusal, type Context, type Outcome } from './outcome';

/** The people whose part in the request keeps them from approving it. */
export function rolesOf(request: AccessRequest, implementerIds: readonly string[] = []): Roles {
  return {
    requesterId: request.requesterId,
    raiserId: request.raiserId,
    // Who answers for a service account or workload is its beneficiary in every way that matters here.
    beneficiaryIds: request.items
      .flatMap((item) => [item.identity.accountId, item.ownerAccountId])
      .filter((id): id is string => id !== undefined),
    implementerIds,
  };
}

/** A decision that a person gives in the app, for the content on that person's screen. */
export interface PanelDecision {
  readonly accountId: string;
  readonly decision: 'approve' | 'decline';
  readonly comment?: string;
  readonly contentHash: string;
  readonly assigneeId?: string;
}

/**
 * Records a decision given in the app and answers JSM's approval with it.
 * @throws Refusal when the person may not decide, decided before, or saw other content.
 */
export function decideInPanel(request: AccessRequest, asked: PanelDecision, context: Context): Outcome {
  const refuse = (code: Refusal['code'], text: string, rule?: string): never => {
    throw new Refusal(code, text, [
      {
        fact: 'decision-refused',
        code,
        decision: asked.decision,
        by: context.ref(asked.accountId),
        ...(rule ? { rule } : {}),
      },
    ]);
  };
  const hash = requestContentHash(request.items);
  const conflict = independenceConflict(asked.accountId, rolesOf(request, asked.assigneeId ? [asked.assigneeId] : []));
  if (conflict) refuse('not-independent', independenceSentence(conflict), conflict);
  if (request.state !== 'awaiting-approval') refuse('not-open', 'This request is not waiting for an approval.');
  // Nothing is honoured at or after its end, however late the sweep is that would have lapsed it.
  if (request.approvalExpiresAt !== undefined && context.now >= request.approvalExpiresAt)
    refuse('not-open', 'The time to approve this request is over. It has to be asked for again.');
  if (asked.contentHash !== hash) {
    refuse(
      'content-changed',
      'What is asked for has changed since you opened this screen. Look at it again, then decide.',
    );
  }
  const open = openStage(stageProgress(request.stages, request.decisions, request.round, hash));
  if (!open || !open.stage.approvers.includes(asked.accountId)) {
    refuse('not-approver', 'You are not among the approvers that policy asks for this request.');
  } else if (!open.outstanding.includes(asked.accountId)) {
    refuse('already-decided', 'Your decision on this request is recorded already.');
  } else {
    const decision: Decision = {
      stageId: open.stage.id,
      accountId: asked.accountId,
      decision: asked.decision,
      at: context.now,
      channel: 'panel',
      contentHash: hash,
      round: request.round,
      ...(asked.comment ? { comment: asked.comment } : {}),
    };
    return settle(addDecisions(request, [decision]), 'decide', [decisionFact(decision, context)], context, [
      { kind: 'answer-approval', accountId: asked.accountId, decision: asked.decision },
    ]);
  }
  throw new Error('unreachable');
}

/** What a look at JSM's approvals found. */
export interface MirrorInput {
  readonly approvals: readonly JsmApproval[];
  /** Instants at which governed fields were changed, from the history. */
  readonly governedChanges: readonly string[];
  readonly assigneeId?: string;
  /** The issue stands where JSM asks for approvals. */
  readonly waiting: boolean;
}

/**
 * Takes over decisions given in JSM that are not recorded yet. Each counts only if it was asked after the content became
 * what it is, nothing governed changed since, and the person is one of the approvers found at submission and independent.
 * Decisions that do not count are recorded as refused, and the stage is asked again when JSM has let the request through.
 */
export function mirrorApprovals(request: AccessRequest, input: MirrorInput, context: Context): Outcome | undefined {
  const fresh = input.approvals.flatMap((approval) =>
    approval.approvers
      .filter((answer) => answer.decision !== 'pending')
      .map((answer) => ({ approval, answer, id: `${approval.id}:${answer.accountId}:${answer.decision}` }))
      .filter(({ id }) => !request.mirrored.includes(id)),
  );
  if (fresh.length === 0) return undefined;
  let next: AccessRequest = request;
  const facts: AuditFact[] = [];
  for (const { approval, answer, id } of fresh) {
    next = { ...next, mirrored: [...next.mirrored, id] };
    const result = countAnswer(next, approval, answer, input, context);
    if ('decision' in result) next = addDecisions(next, [result.decision]);
    facts.push(result.fact);
  }
  const declined = fresh.find(({ approval }) => approval.finalDecision === 'declined');
  const declinedAt = declined ? { declinedAt: declined.approval.completedAt ?? context.now } : {};
  const uncounted = facts.filter((fact) => fact.fact === 'jsm-decision-not-counted');
  const text = `An answer to the approval does not count for Proofgate: ${uncounted.map((fact) => whyNot[String(fact.why)] ?? 'it is not the answer that was asked for').join('; ')}.`;
  const told: PlannedEffect[] = uncounted.length > 0 ? [{ kind: 'comment', audience: 'internal', text }] : [];
  return settle(next, 'mirror-approvals', facts, context, told, { stillWaiting: input.waiting, ...declinedAt });
}

const whyNot: Readonly<Record<string, string>> = {
  'content-changed-since-asked': 'what is asked for was changed after it was asked, so it is asked again',
  'not-independent': 'the person has a part in the request that excludes approving it',
  inactive: 'the account is deactivated',
  'not-open': 'the request was not waiting for approval any more',
  expired: 'it came after the approval had expired',
  'no-stage-open': 'no approval was open',
  'not-asked': 'the person is not among the approvers that policy asks',
  'counted-already': 'the person was counted already',
};

function countAnswer(
  request: AccessRequest,
  approval: JsmApproval,
  answer: JsmApproval['approvers'][number],
  input: MirrorInput,
  context: Context,
): { decision: Decision; fact: AuditFact } | { fact: AuditFact } {
  const hash = requestContentHash(request.items);
  const decisionWord = answer.decision === 'approved' ? 'approve' : 'decline';
  const refused = (why: string, rule?: string) => ({
    fact: {
      fact: 'jsm-decision-not-counted',
      approval: approval.id,
      by: context.ref(answer.accountId),
      decision: decisionWord,
      why,
      ...(rule ? { rule } : {}),
    },
  });
  const known = request.decisions.find(
    (d) => d.accountId === answer.accountId && d.round === request.round && d.contentHash === hash,
  );
  const at = approval.completedAt ?? context.now;
  if (known && known.decision === decisionWord)
    return {
      fact: {
        fact: 'jsm-decision-confirmed',
        approval: approval.id,
        by: context.ref(answer.accountId),
        decision: known.decision,
      },
    };
  if (openersOf(request).includes(answer.accountId) && decisionWord === 'approve')
    return { fact: { fact: 'opened-without-approval', approval: approval.id, by: context.ref(answer.accountId) } };
  const changedSince = input.governedChanges.some((at) => at > approval.createdAt);
  if (approval.createdAt < request.contentSince || changedSince) return refused('content-changed-since-asked');
  const conflict = independenceConflict(answer.accountId, rolesOf(request, input.assigneeId ? [input.assigneeId] : []));
  if (conflict) return refused('not-independent', conflict);
  if (answer.active === false) return refused('inactive', 'SOD7');
  if (request.state !== 'awaiting-approval') return refused('not-open');
  // Nothing is honoured at or after its end, however late the sweep is that would have lapsed it.
  if (request.approvalExpiresAt !== undefined && at >= request.approvalExpiresAt) return refused('expired');
  const open = openStage(stageProgress(request.stages, request.decisions, request.round, hash));
  if (!open) return refused('no-stage-open');
  if (known && answer.decision === 'declined') {
    const change: Decision = { ...known, decision: 'decline', at, channel: 'jsm' };
    return { decision: change, fact: decisionFact(change, context, approval.id) };
  }
  if (!open.stage.approvers.includes(answer.accountId)) return refused('not-asked', 'SOD8');
  if (!open.outstanding.includes(answer.accountId)) return refused('counted-already', 'SOD6');
  const decision: Decision = {
    stageId: open.stage.id,
    accountId: answer.accountId,
    decision: decisionWord,
    at,
    channel: 'jsm',
    contentHash: hash,
    round: request.round,
  };
  return { decision, fact: decisionFact(decision, context, approval.id) };
}

function decisionFact(decision: Decision, context: Context, approval?: string): AuditFact {
  return {
    fact: decision.decision === 'approve' ? 'approved' : 'declined',
    by: context.ref(decision.accountId),
    stage: decision.stageId,
    at: decision.at,
    channel: decision.channel,
    contentHash: decision.contentHash,
    round: decision.round,
    ...(approval ? { approval } : {}),
  };
}

function addDecisions(request: AccessRequest, decisions: readonly Decision[]): AccessRequest {
  const approvedOnce = request.approvedOnce || decisions.some((d) => d.decision === 'approve');
  return { ...request, approvedOnce, decisions: [...request.decisions, ...decisions] };
}

/** When the last answer was given, which may be long before the app heard of it: what came after it came because of it. */
function decidedAt(request: AccessRequest, context: Context): string {
  const given = request.decisions.filter((d) => d.round === request.round && d.decision === 'approve');
  return (
    given
      .map((d) => d.at)
      .sort()
      .at(-1) ?? context.now
  );
}

/** Draws the conclusion from the decisions: approved, declined, the next stage, or the same stage once more. */
function settle(
  request: AccessRequest,
  kind: string,
  facts: readonly AuditFact[],
  context: Context,
  effects: readonly PlannedEffect[],
  jsm?: { readonly stillWaiting: boolean; readonly declinedAt?: string },
): Outcome {
  if (request.state !== 'awaiting-approval') return outcome(request, kind, facts, { effects });
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  const result = approvalOutcome(progress);
  const { approvalExpiresAt: _expiry, ...rest } = request;
  if (result === 'declined' || jsm?.declinedAt !== undefined) {
    const items = request.items.map((item) => ({ ...item, outcome: 'declined' as const }));
    const ending = jsm?.declinedAt === undefined ? declinedByApp(request, context.now) : { endedAt: jsm.declinedAt };
    return outcome({ ...rest, ...ending, state: 'declined', items }, kind, [...facts, { fact: 'request-declined' }], {
      effects: [...effects, { kind: 'read-target' }],
    });
  }
  if (result === 'approved') {
    return outcome(
      { ...rest, state: 'approved', approvedAt: decidedAt(request, context) },
      kind,
      [...facts, { fact: 'request-approved', contentHash: requestContentHash(request.items) }],
      {
        effects: [...effects, { kind: 'transition', role: 'start' }, { kind: 'read-target' }],
      },
    );
  }
  const outstanding = askedInDesk(openStage(progress));
  // JSM has let the request through although policy still waits for somebody: ask again.
  const askAgain: PlannedEffect[] =
    jsm?.stillWaiting === true || outstanding.length === 0 ? [] : [{ kind: 'ask-approvals', approvers: outstanding }];
  return outcome(request, kind, facts, { effects: [...effects, ...askAgain] });
}
