import type { AuditFact } from '../../audit/entry';
import { planHolding, type Holding, type RevocationReason } from '../../holding/holding';
import { minuteText } from '../../instant-words';
import { epochMs, plus, requireDurationMs, type Duration, type Instant } from '../../instant';
import type { IdentityAttributes } from '../../identity/identity';
import type { AccessRequest, Item, Origin } from '../access-request';
import type { PlannedEffect } from '../effect';
import { outcome, Refusal, type Context, type Outcome } from './outcome';

/** Access that was proven is held from now on; what is held already keeps its beginning. Removals hold nothing. */
export function held(request: AccessRequest, item: Item, provenAt: Instant, readAt: Instant): Pick<Item, 'holding'> {
  if (item.changeKind === 'revoke' || !request.policy) return {};
  const over = item.holding?.over;
  // Access that went on under another request stays there; access that came back after its removal is held anew.
  if (item.holding !== undefined && over !== undefined && (over.how === 'extended' || over.at >= readAt))
    return { holding: item.holding };
  const before = over === undefined ? item.holding : undefined;
  return { holding: planHolding(before, over === undefined ? provenAt : readAt, item.endsAt, request.policy.ends) };
}

function withItem(request: AccessRequest, itemId: string, change: (item: Item) => Item): AccessRequest {
  const take = (item: Item): Item => (item.id === itemId ? change(item) : item);
  return { ...request, items: request.items.map(take), former: request.former.map(take) };
}

function holdingOf(request: AccessRequest, itemId: string): { item: Item; holding: Holding } | undefined {
  const item = [...request.items, ...request.former].find((candidate) => candidate.id === itemId);
  return item?.holding && item.holding.over === undefined ? { item, holding: item.holding } : undefined;
}

function what(item: Item): string {
  return `${item.identity.name}'s access to ${item.entitlement.name} in ${item.connector.name}`;
}

/** Tells beneficiary and requester that the access ends, once, with what they can do. */
export function warnOfEnd(request: AccessRequest, itemId: string, context: Context): Outcome | undefined {
  const found = holdingOf(request, itemId);
  const { warnAt, endsAt } = found?.holding ?? {};
  if (!found || !warnAt || !endsAt || found.holding.warnedAt !== undefined || warnAt > context.now) return undefined;
  const { item } = found;
  const next = withItem(request, itemId, (i) => ({ ...i, holding: { ...found.holding, warnedAt: context.now } }));
  const people = [request.requesterId, item.identity.accountId ?? item.ownerAccountId].filter(
    (id): id is string => id !== undefined,
  );
  const others = people.filter((id) => id !== request.requesterId);
  return outcome(next, 'warn-of-end', [{ fact: 'end-announced', item: itemId, endsAt }], {
    effects: [
      ...(others.length > 0 ? [{ kind: 'add-participants' as const, accountIds: others }] : []),
      {
        kind: 'comment',
        audience: 'customer',
        text: `${what(item)} ends on ${minuteText(endsAt)}. Extend it in the Access panel of this request if it is still needed, or give it back now.`,
        mentions: [...new Set(people)],
      },
    ],
  });
}

/** Asks for the removal of what this request granted: once, whatever the reasons that come together. */
export function raiseRevocation(
  request: AccessRequest,
  itemId: string,
  reason: RevocationReason,
  context: Context,
): Outcome | undefined {
  const found = holdingOf(request, itemId);
  if (!found || found.holding.revocation !== undefined) return undefined;
  if (reason === 'end' && (found.holding.raiseAt === undefined || found.holding.raiseAt > context.now))
    return undefined;
  const { endsAt } = found.holding;
  // Only the end that was planned leaves time; every other reason is for now.
  const until = reason === 'end' && endsAt !== undefined ? { endsAt } : {};
  const why: RevocationReason = reason === 'end' && request.emergency !== undefined ? 'emergency-over' : reason;
  const next = withItem(request, itemId, (item) => ({
    ...item,
    holding: { ...found.holding, revocation: { reason: why, at: context.now } },
  }));
  return outcome(next, 'raise-revocation', [{ fact: 'revocation-asked', item: itemId, reason: why, ...until }], {
    effects: [{ kind: 'raise', raise: { as: 'revocation', item: itemId, reason: why, ...until } }],
  });
}

/** Jira made the issue of a removal or an extension: from now on both know each other. */
export function linkRaised(
  request: AccessRequest,
  itemId: string,
  as: 'revocation' | 'extension',
  issue: { readonly id: string; readonly key: string },
  context: Context,
): Outcome | undefined {
  const holding = [...request.items, ...request.former].find((candidate) => candidate.id === itemId)?.holding;
  if (!holding) return undefined;
  const known =
    as === 'revocation' ? holding.revocation?.issueId : holding.extensions?.find((e) => e.issueId === issue.id);
  if (known !== undefined && (as === 'extension' || known === issue.id)) return undefined;
  const link = { issueId: issue.id, key: issue.key };
  const next: Holding =
    as === 'revocation'
      ? { ...holding, revocation: { ...(holding.revocation ?? { reason: 'end' as const, at: context.now }), ...link } }
      : { ...holding, extensions: [...(holding.extensions ?? []), { at: context.now, ...link }] };
  return outcome(
    withItem(request, itemId, (i) => ({ ...i, holding: next })),
    'link-raised',
    [{ fact: `${as}-raised`, item: itemId, issue: issue.id, key: issue.key }],
    { effects: [{ kind: 'comment', audience: 'customer', text: raisedText(as, issue.key) }] },
  );
}

function raisedText(as: 'revocation' | 'extension', key: string): string {
  return as === 'revocation'
    ? `The removal of this access was raised as ${key}. It is done when the target shows that the access is gone.`
    : `The extension of this access was raised as ${key}.`;
}

/** The request learns why the app raised it. The time for a removal that has an end to meet runs until that end. */
export function bindOrigin(request: AccessRequest, origin: Origin, context: Context): Outcome | undefined {
  if (request.origin !== undefined) return undefined;
  const next: AccessRequest = { ...request, origin };
  return outcome(timed(next, origin, context.now), 'bind-origin', [
    {
      fact: 'raised-for',
      request: origin.issueId,
      as: origin.kind,
      ...(origin.reason ? { reason: origin.reason } : {}),
      ...(origin.endsAt ? { endsAt: origin.endsAt } : {}),
    },
  ]);
}

function timed(request: AccessRequest, origin: Origin, now: Instant): AccessRequest {
  const { policy } = request;
  if (!policy || origin.kind !== 'revocation' || origin.endsAt === undefined) return request;
  const ms = epochMs(origin.endsAt) - epochMs(now);
  // An end that is past or nearly so (a long silence) leaves the time that policy gives every removal.
  if (ms < minute) return request;
  const removal = { within: `PT${Math.round(ms / 1000)}S` };
  const clocks = request.clocks.map((clock) =>
    clock.kind === 'removal' && clock.stoppedAt === undefined
      ? { kind: clock.kind, startedAt: now, pauses: [], ...removal }
      : clock,
  );
  return { ...request, clocks, policy: { ...policy, clocks: { ...policy.clocks, removal } } };
}

const minute = 60_000;

/** A person decided against removals that the circuit breaker held: the access stays, until its end or the next reason. */
export function dropRevocation(request: AccessRequest, itemId: string, context: Context): Outcome | undefined {
  const found = holdingOf(request, itemId);
  if (!found?.holding.revocation || found.holding.revocation.issueId !== undefined) return undefined;
  const { revocation, ...kept } = found.holding;
  const holding: Holding = { ...kept, checkAt: plus(context.now, request.policy?.ends.checkEvery ?? 'P1D') };
  return outcome(
    withItem(request, itemId, (item) => ({ ...item, holding })),
    'drop-revocation',
    [{ fact: 'revocation-dropped', item: itemId, reason: revocation.reason }],
  );
}

/** The issue of a removal is gone before it was proven: the removal is asked for again, for the same reason. */
export function revocationGone(request: AccessRequest, issueId: string, context: Context): Outcome | undefined {
  const item = [...request.items, ...request.former].find(({ holding }) => holding?.revocation?.issueId === issueId);
  if (!item?.holding?.revocation || item.holding.over !== undefined) return undefined;
  const { reason } = item.holding.revocation;
  const revocation = { reason, at: context.now };
  const next = withItem(request, item.id, (i) => ({ ...i, holding: { ...(i.holding as Holding), revocation } }));
  return outcome(next, 'raise-revocation', [{ fact: 'revocation-lost', item: item.id, issue: issueId, reason }], {
    effects: [{ kind: 'raise', raise: { as: 'revocation', item: item.id, reason } }],
  });
}

/** The person gives the access back now. */
export function giveBack(request: AccessRequest, itemId: string, by: string, context: Context): Outcome {
  requireHolding(request, itemId);
  const allowed = [request.requesterId, ...request.items.flatMap((i) => [i.identity.accountId, i.ownerAccountId])];
  if (!allowed.includes(by))
    throw new Refusal('not-possible-now', 'Only who asked for the access or holds it can give it back.', [
      { fact: 'refused', code: 'not-holder', by: context.ref(by) },
    ]);
  const result = raiseRevocation(request, itemId, 'given-back', context);
  if (!result) throw new Refusal('not-possible-now', 'The removal of this access is raised already.');
  return result;
}

/**
 * Asks for more time: a new request with its own approval.
 * @throws Refusal when nothing is held, the removal has begun, or policy allows no further extension
 */
export function extend(
  request: AccessRequest,
  itemId: string,
  asked: { readonly by: string; readonly end?: Instant; readonly duration?: Duration; readonly justification: string },
  context: Context,
): Outcome {
  const { item, holding } = requireHolding(request, itemId);
  const { policy } = request;
  const allowed = [request.requesterId, item.identity.accountId, item.ownerAccountId];
  if (!allowed.includes(asked.by))
    throw new Refusal('not-possible-now', 'Only who asked for the access or holds it can extend it.', [
      { fact: 'refused', code: 'not-holder', by: context.ref(asked.by) },
    ]);
  const before = request.origin?.extensions ?? 0;
  if (policy && before + 1 > policy.extensionsAtMost)
    throw new Refusal(
      'limit-reached',
      `This access was extended ${before} times already, which is the most that policy allows. Raise a new request for it.`,
      [{ fact: 'refused', code: 'extensions-used-up', by: context.ref(asked.by) }],
    );
  if (holding.endsAt === undefined) throw new Refusal('not-possible-now', 'This access has no end to extend.');
  const why = holding.revocation?.reason;
  if (why !== undefined && why !== 'end' && why !== 'emergency-over')
    throw new Refusal(
      'not-possible-now',
      'This access is being taken away for another reason than its end. Raise a new request.',
    );
  if (asked.end !== undefined && asked.end <= holding.endsAt)
    throw new Refusal('expiry-refused', `The access ends on ${minuteText(holding.endsAt)}. Choose a later end.`);
  if (asked.end === undefined && (asked.duration === undefined || requireDurationMs(asked.duration) <= 0))
    throw new Refusal('expiry-refused', 'Say until when the access is needed.');
  const raise = {
    as: 'extension' as const,
    item: itemId,
    by: asked.by,
    ...(asked.end ? { end: asked.end } : {}),
    ...(asked.duration ? { duration: asked.duration } : {}),
    justification: asked.justification,
    extensions: before + 1,
  };
  return outcome(
    request,
    'ask-extension',
    [{ fact: 'extension-asked', item: itemId, by: context.ref(asked.by), extensions: before + 1 }],
    { effects: [{ kind: 'raise', raise }] },
  );
}

function requireHolding(request: AccessRequest, itemId: string): { item: Item; holding: Holding } {
  const found = holdingOf(request, itemId);
  if (!found) throw new Refusal('not-possible-now', 'This request holds no access in the target.');
  return found;
}

/** A removal was proven: what was held is over, and nothing is raised for it any more. */
export function endHolding(request: AccessRequest, itemId: string, by: string, context: Context): Outcome | undefined {
  const found = holdingOf(request, itemId);
  if (!found || by === request.issueId) return undefined;
  const over = { at: context.now, how: found.holding.provisional ? ('never-given' as const) : ('removed' as const) };
  return outcome(
    withItem(request, itemId, (item) => ({ ...item, holding: { ...found.holding, over } })),
    'end-holding',
    [{ fact: 'access-over', item: itemId, how: over.how, request: by }],
  );
}

/** A later request proved the same access with an end of its own: that one counts, and raises the removal. */
export function supersedeHolding(
  request: AccessRequest,
  itemId: string,
  by: { readonly issueId: string; readonly key: string },
  context: Context,
): Outcome | undefined {
  const found = holdingOf(request, itemId);
  if (!found || by.issueId === request.issueId) return undefined;
  const { revocation } = found.holding;
  const effects: PlannedEffect[] = [
    { kind: 'comment', audience: 'customer', text: `This access goes on under ${by.key}.` },
  ];
  return outcome(
    withItem(request, itemId, (item) => ({
      ...item,
      holding: { ...found.holding, over: { at: context.now, how: 'extended' as const } },
    })),
    'end-holding',
    [
      {
        fact: 'access-over',
        item: itemId,
        how: 'extended',
        request: by.issueId,
        ...(revocation?.issueId ? { revocation: revocation.issueId } : {}),
      },
    ],
    { effects },
  );
}

/** A removal whose grant was extended in time is not carried out: the app calls it off by the extension's approval. */
export function callOffForExtension(request: AccessRequest, key: string, context: Context): Outcome | undefined {
  const reason = request.origin?.reason ?? 'end';
  if (request.compromised !== undefined || (reason !== 'end' && reason !== 'emergency-over')) return undefined;
  if (request.calledOff !== undefined || request.items.some((item) => item.outcome === 'proven')) return undefined;
  if (['closed', 'excepted', 'cancelled', 'deleted'].includes(request.state)) return undefined;
  const permit = {
    from: context.now,
    until: plus(context.now, 'P7D'),
    epoch: request.epoch,
    basis: 'called-off' as const,
  };
  return outcome(
    {
      ...request,
      calledOff: { at: context.now, by: 'app', reason: `extended by ${key}` },
      permits: [...request.permits, permit],
    },
    'call-off-removal',
    [{ fact: 'removal-called-off', by: 'app', extension: key, until: permit.until }],
    {
      effects: [
        {
          kind: 'comment',
          audience: 'internal',
          text: `The access was extended by ${key}, which is approved and proven. Do not remove it; cancel this request.`,
        },
      ],
    },
  );
}

/** What the directory says today about an identity whose access was justified once. */
export interface IdentityToday {
  readonly found: 'yes' | 'gone' | 'unreadable';
  readonly active?: boolean;
  readonly attributes?: IdentityAttributes;
  /** Somebody answers for an identity that needs it: the sponsor of a contractor, the owner of a service account. */
  readonly sponsorActive?: boolean;
}

/** Compares what justified access with the directory today. What cannot be read changes nothing but the next look. */
export function recheckIdentity(
  request: AccessRequest,
  itemId: string,
  today: IdentityToday,
  context: Context,
): Outcome | undefined {
  const found = holdingOf(request, itemId);
  if (!found || !request.policy || found.holding.checkAt === undefined || found.holding.checkAt > context.now)
    return undefined;
  const reason = reasonToEnd(found.item, today);
  const pause = today.found === 'unreadable' ? 'PT1H' : request.policy.ends.checkEvery;
  const looked = withItem(request, itemId, (item) => ({
    ...item,
    holding: { ...found.holding, checkAt: plus(context.now, pause) },
  }));
  const fact: AuditFact = { fact: 'identity-checked', item: itemId, found: today.found, ...(reason ? { reason } : {}) };
  if (reason === undefined) return outcome(looked, 'check-identity', [fact]);
  const raised = raiseRevocation(looked, itemId, reason, context);
  return raised ? { ...raised, facts: [fact, ...raised.facts] } : outcome(looked, 'check-identity', [fact]);
}

function reasonToEnd(item: Item, today: IdentityToday): RevocationReason | undefined {
  if (today.found === 'unreadable') return undefined;
  if (today.found === 'gone' || today.active === false) return 'leaver';
  if (today.sponsorActive === false) return 'sponsor-left';
  const was = Object.entries(item.justifiedBy ?? {}) as Array<[keyof IdentityAttributes, string]>;
  const moved = was.some(([name, value]) => today.attributes?.[name]?.toLowerCase() !== value.toLowerCase());
  return moved ? 'mover' : undefined;
}
