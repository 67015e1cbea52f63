import { sha256 } from '../../canonical';
import { planHolding } from '../../holding/holding';
import { plus, requireDurationMs, type Instant } from '../../instant';
import { minuteText } from '../../instant-words';
import type { AccessRequest, Emergency } from '../access-request';
import { requestContentHash } from '../content';
import { rolesOf } from './decide';
import { raiseRevocation } from './hold';
import { outcome, Refusal, type Context, type NewDiscrepancy, type Outcome } from './outcome';
import { endFrom } from './period-end';

const openable: ReadonlyArray<AccessRequest['state']> = ['submitted', 'awaiting-approval', 'lapsed'];

/**
 * Opens a grant before anybody approved it. Its review and its removal are scheduled in the same change, and it is open
 * for hours at the most. `madeAt` registers access that was made while Jira, the app or the target was down.
 * @throws Refusal when policy forbids it, the person asked for the access or is to hold it, or no reason is given
 */
export function openEmergency(
  request: AccessRequest,
  asked: { readonly by: string; readonly reason: string; readonly madeAt?: Instant },
  context: Context,
): Outcome {
  const { policy } = request;
  const refuse = (code: Refusal['code'], text: string, rule?: string): never => {
    throw new Refusal(code, text, [
      { fact: 'emergency-refused', code, by: context.ref(asked.by), ...(rule ? { rule } : {}) },
    ]);
  };
  const grants = request.items.filter((item) => item.changeKind !== 'revoke');
  if (!openable.includes(request.state) || grants.length === 0 || !policy)
    return refuse('not-possible-now', 'An emergency opens a grant that is complete and waits for its approval.');
  if (request.emergency !== undefined)
    refuse('not-possible-now', 'This request was opened as an emergency before. Raise a new request.', 'SOD13');
  if (requireDurationMs(policy.emergency.atMost) === 0)
    refuse('not-possible-now', 'Policy does not allow emergency access here.');
  const roles = rolesOf(request);
  if (asked.by === roles.requesterId || roles.beneficiaryIds.includes(asked.by))
    refuse('not-independent', 'Who asked for the access or is to hold it may not open it as an emergency.', 'SOD13');
  if (asked.reason.trim() === '') refuse('reason-required', 'Say what the emergency is; the review starts from it.');
  if (asked.madeAt !== undefined && asked.madeAt > context.now)
    refuse('expiry-refused', 'Access that was made already was made in the past.');
  const from = asked.madeAt ?? context.now;
  const late = context.now > plus(from, policy.emergency.registerWithin);
  const emergency: Emergency = {
    at: context.now,
    by: asked.by,
    reason: asked.reason,
    until: plus(from, policy.emergency.atMost),
    contentHash: requestContentHash(request.items),
    epoch: request.epoch,
    ...(asked.madeAt ? { registered: { madeAt: asked.madeAt, late } } : {}),
  };
  const { approvalExpiresAt: _expiry, ...rest } = request;
  const next: AccessRequest = {
    ...rest,
    state: 'approved',
    emergency,
    approvedOnce: true,
    // The removal is scheduled now, whether or not anybody ever proves that the access was given.
    items: request.items.map((item) => {
      if (item.changeKind === 'revoke') return item;
      const { endsAt = emergency.until } = endFrom(item, from);
      const end = endsAt < emergency.until ? endsAt : emergency.until;
      return {
        ...item,
        endsAt: end,
        holding: { ...planHolding(item.holding, from, end, policy.ends), provisional: true },
      };
    }),
  };
  const found: NewDiscrepancy[] = late
    ? [{ kind: 'emergency-registered-late', detail: `Made ${asked.madeAt}, registered ${context.now}` }]
    : [];
  return outcome(
    next,
    asked.madeAt ? 'register-emergency' : 'open-emergency',
    [
      {
        fact: asked.madeAt ? 'emergency-registered' : 'emergency-opened',
        by: context.ref(asked.by),
        until: emergency.until,
        reasonHash: sha256(asked.reason),
        ...(asked.madeAt ? { madeAt: asked.madeAt, late } : {}),
      },
    ],
    {
      discrepancies: found,
      effects: [
        { kind: 'open-work', accountId: asked.by },
        {
          kind: 'comment',
          audience: 'internal',
          text: `Emergency access until ${minuteText(emergency.until)}: ${asked.reason} It is reviewed afterwards, and its removal is scheduled.`,
        },
        { kind: 'read-target' },
      ],
    },
  );
}

/** The review of an emergency, by somebody who had no part in it. A rejection has the access removed at once. */
export function reviewEmergency(
  request: AccessRequest,
  asked: { readonly by: string; readonly accepted: boolean; readonly comment: string },
  context: Context,
): Outcome {
  const { emergency } = request;
  if (!emergency || emergency.review !== undefined)
    throw new Refusal('not-possible-now', 'There is no emergency here that waits for a review.');
  const roles = rolesOf(request);
  const part = [emergency.by, roles.requesterId, roles.raiserId, ...roles.beneficiaryIds];
  if (part.includes(asked.by))
    throw new Refusal('not-independent', 'Somebody who had no part in the emergency has to review it.', [
      { fact: 'review-refused', rule: 'SOD13', by: context.ref(asked.by) },
    ]);
  if (asked.comment.trim() === '')
    throw new Refusal('reason-required', 'Say what the review found; it stays with the emergency.');
  const review = { at: context.now, by: asked.by, accepted: asked.accepted, comment: asked.comment };
  const next: AccessRequest = { ...request, emergency: { ...emergency, review } };
  const fact = {
    fact: 'emergency-reviewed',
    by: context.ref(asked.by),
    accepted: asked.accepted,
    commentHash: sha256(asked.comment),
  };
  if (asked.accepted) return outcome(next, 'review-emergency', [fact]);
  let result = outcome(next, 'review-emergency', [fact]);
  for (const item of [...next.items, ...next.former]) {
    const raised = raiseRevocation(result.request, item.id, 'emergency-rejected', context);
    if (raised)
      result = {
        ...raised,
        kind: 'review-emergency',
        facts: [...result.facts, ...raised.facts],
        effects: [...result.effects, ...raised.effects],
      };
  }
  return result;
}
