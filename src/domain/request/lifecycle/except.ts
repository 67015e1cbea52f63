import type { AuditFact } from '../../audit/entry';
import {
  exceptionHolds,
  expiryProblem,
  ownerGrace,
  remindAtOf,
  type Exception,
  type OverriddenGate,
} from '../../exception/exception';
import { plus, type Instant } from '../../instant';
import { minuteText } from '../../instant-words';
import { sha256 } from '../../canonical';
import type { AccessRequest } from '../access-request';
import { approvalsGiven } from '../approved';
import { requestContentHash } from '../content';
import { rolesOf } from './decide';
import { outcome, Refusal, type Context, type Outcome } from './outcome';
import { closePermits } from './register';

/** What a person wants to except, until when, and who answers for it. */
export interface ExceptionAsked {
  readonly by: string;
  readonly gate: OverriddenGate;
  readonly reason: string;
  readonly ownerId: string;
  readonly expiresAt: Instant;
  /** The owner's account is active and a person's. */
  readonly ownerActive: boolean;
  /** Who works on the request now: whoever carries the change out may not except it. */
  readonly assigneeId?: string;
}

const open: ReadonlyArray<AccessRequest['state']> = [
  'awaiting-approval',
  'lapsed',
  'approved',
  'fulfilling',
  'verifying',
  'verified',
  'reopened',
];

/**
 * Overrides a gate for a time, with a reason and an owner. It is a deviation, never a proof: the request closes as
 * `excepted` and the gate is asked again at the end.
 * @throws Refusal when the person or the owner is part of the request, or the end or reason is not acceptable
 */
export function grantException(request: AccessRequest, asked: ExceptionAsked, context: Context): Outcome {
  requireIndependent(request, asked, context);
  if (!open.includes(request.state) || request.items.length === 0 || !request.policy)
    throw new Refusal('not-possible-now', 'An exception is possible while a request is open and complete.', [
      { fact: 'refused', state: request.state },
    ]);
  const content = { contentHash: requestContentHash(request.items), epoch: request.epoch };
  if (exceptionHolds(request.exception, content, context.now))
    throw new Refusal('not-possible-now', 'This request has an exception already. Renew it instead.');
  const exception: Exception = {
    id: `${request.issueId}.${request.rev + 1}`,
    kind: 'override',
    gate: asked.gate,
    reason: asked.reason,
    ownerId: asked.ownerId,
    grantedAt: context.now,
    expiresAt: asked.expiresAt,
    remindAt: remindAtOf(context.now, asked.expiresAt),
    granters: [asked.by],
    renewals: 0,
    ...content,
  };
  const facts: AuditFact[] = [
    {
      fact: 'exception-granted',
      exception: exception.id,
      gate: asked.gate,
      by: context.ref(asked.by),
      owner: context.ref(asked.ownerId),
      expiresAt: asked.expiresAt,
      reasonHash: sha256(asked.reason),
    },
  ];
  const excepted = withException(request, exception);
  const waits = request.state === 'awaiting-approval' || request.state === 'lapsed';
  if (asked.gate !== 'approval' || !waits) return outcome(excepted, 'grant-exception', facts);
  const { approvalExpiresAt: _expiry, ...rest } = excepted;
  return outcome({ ...rest, state: 'approved', approvedOnce: true }, 'grant-exception', facts, {
    effects: [{ kind: 'open-work', accountId: asked.by }, { kind: 'read-target' }],
  });
}

/** The permit of an exception ends with it: `openFrom` and `openUntil` of the gate row come from here. */
export function withException(request: AccessRequest, exception: Exception): AccessRequest {
  const permit = {
    from: exception.grantedAt,
    until: exception.expiresAt,
    epoch: request.epoch,
    basis: 'exception' as const,
  };
  const others = request.permits.filter((known) => known.basis !== 'exception');
  return { ...request, exception, permits: exception.gate === 'verification' ? [...others, permit] : others };
}

/** Who carries the change out, as far as anybody knows. */
export function implementersOf(request: AccessRequest, assigneeId: string | undefined): readonly string[] {
  const { fulfilmentDone, resolveWhenProven, emergency } = request;
  return [assigneeId, fulfilmentDone?.by, resolveWhenProven?.by, emergency?.by].filter(
    (id): id is string => id !== undefined,
  );
}

function requireIndependent(request: AccessRequest, asked: ExceptionAsked, context: Context): void {
  const roles = rolesOf(request);
  const implementers = implementersOf(request, asked.assigneeId);
  const part = [roles.requesterId, roles.raiserId, ...roles.beneficiaryIds, ...implementers];
  const refuse = (code: Refusal['code'], text: string): never => {
    throw new Refusal(code, text, [
      { fact: 'exception-refused', code, rule: 'SOD9', by: context.ref(asked.by), owner: context.ref(asked.ownerId) },
    ]);
  };
  if (asked.reason.trim() === '')
    refuse('reason-required', 'Say why the gate is overridden; the reason stays with it.');
  if (part.includes(asked.by))
    refuse(
      'not-independent',
      'Who asked for the access, holds it, raised the request or carries it out may not grant an exception for it.',
    );
  if (asked.ownerId === asked.by)
    refuse('owner-refused', 'Whoever grants an exception does not own it. Choose somebody else to answer for it.');
  if (part.includes(asked.ownerId))
    refuse('owner-refused', 'The owner of an exception may have no part in the request. Choose somebody else.');
  if (!asked.ownerActive)
    refuse('owner-refused', 'The account of this owner is not active. Choose somebody who can answer for it.');
  const problem = expiryProblem(asked.expiresAt, context.now, request.policy?.exceptions.atMost ?? 'PT0S');
  if (problem !== undefined) refuse('expiry-refused', problem);
}

/** A longer exception: by somebody who has not granted it before, and not for ever. */
export function renewException(request: AccessRequest, asked: ExceptionAsked, context: Context): Outcome {
  const { exception } = request;
  const refuse = (code: Refusal['code'], text: string): never => {
    throw new Refusal(code, text, [{ fact: 'exception-refused', code, rule: 'SOD9', by: context.ref(asked.by) }]);
  };
  if (!exception || exception.ended !== undefined || context.now >= exception.expiresAt)
    return refuse('not-possible-now', 'There is no exception that could be renewed.');
  if (exception.kind === 'manual-attestation')
    refuse('not-possible-now', 'A manual attestation is not renewed by one person. Two people attest it again.');
  requireIndependent(request, asked, context);
  if (exception.granters.includes(asked.by))
    refuse('not-independent', 'You granted this exception before. Somebody else has to renew it.');
  const most = request.policy?.exceptions.renewalsAtMost ?? 0;
  if (exception.renewals >= most)
    refuse('limit-reached', `This exception was renewed ${exception.renewals} times, the most that policy allows.`);
  const { remindedAt: _reminded, ownerMissingSince: _missing, ...rest } = exception;
  const renewed: Exception = {
    ...rest,
    reason: asked.reason,
    ownerId: asked.ownerId,
    expiresAt: asked.expiresAt,
    remindAt: remindAtOf(context.now, asked.expiresAt),
    granters: [...exception.granters, asked.by],
    renewals: exception.renewals + 1,
  };
  return outcome(withException(request, renewed), 'renew-exception', [
    {
      fact: 'exception-renewed',
      exception: exception.id,
      by: context.ref(asked.by),
      owner: context.ref(asked.ownerId),
      expiresAt: asked.expiresAt,
      renewals: renewed.renewals,
    },
  ]);
}

/** Tells the owner before the end. An owner who is not there any more is replaced, or the exception ends early. */
export function remindOfException(
  request: AccessRequest,
  owner: { readonly active: boolean; readonly replacements: readonly string[] },
  context: Context,
): Outcome | undefined {
  const { exception } = request;
  if (!exception || exception.ended || exception.remindedAt || exception.remindAt > context.now) return undefined;
  const reminded = { ...exception, remindedAt: context.now };
  if (owner.active) {
    const text = `The exception of this request ends on ${minuteText(exception.expiresAt)}. Then its gate is asked again and the request is reopened unless the target proves the change.`;
    return outcome({ ...request, exception: reminded }, 'remind-of-exception', [{ fact: 'exception-end-announced' }], {
      effects: [{ kind: 'comment', audience: 'internal', text, mentions: [exception.ownerId] }],
    });
  }
  const grace = plus(context.now, ownerGrace);
  const missing: Exception = {
    ...reminded,
    ownerMissingSince: context.now,
    expiresAt: grace < exception.expiresAt ? grace : exception.expiresAt,
  };
  const text = `The owner of this exception is not active any more. Take it over or end it; without an owner it ends on ${minuteText(missing.expiresAt)}.`;
  return outcome(
    withException(request, missing),
    'remind-of-exception',
    [{ fact: 'exception-owner-missing', expiresAt: missing.expiresAt }],
    {
      effects: [
        { kind: 'comment', audience: 'internal', text, mentions: owner.replacements },
        { kind: 'raise', raise: { as: 'governance', summary: `Exception without an owner: ${request.key}`, text } },
      ],
    },
  );
}

/** Ends an exception before its time: the gate counts again at once. */
export function endException(request: AccessRequest, by: string, context: Context): Outcome {
  const { exception } = request;
  if (!exception || exception.ended !== undefined)
    throw new Refusal('not-possible-now', 'This request has no exception that could be ended.');
  return over({ ...request, exception }, 'ended', [{ fact: 'exception-ended', by: context.ref(by) }], context);
}

/**
 * At the end of an exception the gate is asked again on the newest readings. A proof makes the closing a proven one;
 * anything else reopens what was closed under it.
 */
export function expireException(request: AccessRequest, context: Context): Outcome | undefined {
  const { exception } = request;
  if (!exception || exception.ended !== undefined || context.now < exception.expiresAt) return undefined;
  return over({ ...request, exception }, 'expired', [{ fact: 'exception-expired', exception: exception.id }], context);
}

function over(
  request: AccessRequest & { readonly exception: Exception },
  how: 'expired' | 'ended',
  facts: readonly AuditFact[],
  context: Context,
): Outcome {
  const ended = { ...request.exception, ended: { at: context.now, how } };
  const next: AccessRequest = { ...request, exception: ended, permits: closePermits(request, context, 'exception') };
  if (request.state !== 'excepted') return outcome(next, 'end-exception', facts);
  const proven =
    approvalsGiven(request) &&
    next.permits.some(
      (p) => p.basis === 'evidence' && p.epoch === request.epoch && p.from <= context.now && context.now < p.until,
    );
  if (proven) {
    const { closing } = request;
    return outcome(
      {
        ...next,
        state: 'closed',
        items: request.items.map((item) => ({ ...item, outcome: 'proven' as const })),
        exception: { ...ended, ended: { at: context.now, how: 'proven' } },
        ...(closing
          ? { closing: { at: closing.at, by: closing.by, gated: true, keepsApprovals: closing.keepsApprovals } }
          : {}),
      },
      'end-exception',
      [...facts, { fact: 'exception-proven' }],
    );
  }
  return outcome(next, 'end-exception', [...facts, { fact: 'reopening-after-exception' }], {
    effects: [
      { kind: 'transition', role: 'reopen' },
      {
        kind: 'comment',
        audience: 'internal',
        text: overText(ended),
      },
    ],
  });
}

function overText({ kind }: Exception): string {
  return kind === 'manual-attestation'
    ? 'The manual attestation under which this request was closed has ended. The request is reopened: two people look at the target and attest it again.'
    : 'The exception under which this request was closed has ended and the target does not prove the change. The request is reopened: have the access changed and verified, or ask for a new exception.';
}
