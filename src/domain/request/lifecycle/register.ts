import { approvalOutcome, askedInDesk, openStage, stageProgress } from '../../approval/progress';
import type { AuditFact } from '../../audit/entry';
import type { Stage } from '../../approval/stage';
import { planHolding } from '../../holding/holding';
import { plus } from '../../instant';
import type { AccessRequest, Item, PinnedPolicy } from '../access-request';
import { compareContent, requestContentHash } from '../content';
import type { DirectWrite } from '../direct-write';
import type { PlannedEffect } from '../effect';
import type { Problem } from '../problem';
import type { FieldIds } from '../project-mapping';
import { outcome, type Context, type Outcome } from './outcome';
import { removalLeft } from '../removal';
import { endFrom } from './period-end';

/** What the issue asks for, with everything looked up: directory, catalogue, policy and approvers. */
export interface Content {
  readonly issueId: string;
  readonly key: string;
  readonly projectId: string;
  readonly requesterId: string;
  readonly raiserId: string;
  readonly submittedAt: string;
  readonly justification: string;
  readonly fieldsHash: string;
  readonly fields: FieldIds;
  readonly legacy: boolean;
  readonly names: Readonly<Record<string, string>>;
  readonly items: readonly Item[];
  readonly stages: readonly Stage[];
  readonly policy?: PinnedPolicy;
  readonly problems: readonly Problem[];
}

/** How long until a request whose directory or target could not be read is tried again. */
const retryProblemsAfter = 'PT1M';

/**
 * Registers a request, or takes over changed content. Approvals hold as long as the content does; a shorter period keeps
 * them; every other change voids them and asks again. Nothing to change answers undefined.
 */
export function register(current: AccessRequest | undefined, content: Content, context: Context): Outcome | undefined {
  if (!current) return first(content, context);
  if (content.problems.length > 0) return withProblems(current, content, context);
  if (current.items.length === 0) {
    return begin({ ...current, ...carried(current, content), contentSince: context.now }, 'correct', context);
  }
  if (current.restage) return restage(current, content, context);
  switch (compareContent(current.items, content.items)) {
    case 'same':
      return same(current, content, context);
    case 'shortened':
      return shorten(current, content, context);
    case 'changed':
      return change(current, content, context);
  }
}

function first(content: Content, context: Context): Outcome {
  const request: AccessRequest = {
    ...taken(content),
    issueId: content.issueId,
    projectId: content.projectId,
    submittedAt: content.submittedAt,
    rev: 0,
    state: 'submitted',
    contentSince: context.now,
    former: [],
    approvedOnce: false,
    decisions: [],
    round: 1,
    epoch: 1,
    permits: [],
    clocks: [],
    stepsTaken: [],
    failedReadings: 0,
    mirrored: [],
    auditHead: '',
    people: {},
  };
  return content.problems.length > 0 ? problemOutcome(request, 'submit', context) : begin(request, 'submit', context);
}

function taken(content: Content) {
  return {
    key: content.key,
    requesterId: content.requesterId,
    raiserId: content.raiserId,
    justification: content.justification,
    fieldsHash: content.fieldsHash,
    fields: content.fields,
    legacy: content.legacy,
    names: content.names,
    items: content.items,
    stages: content.stages,
    problems: content.problems,
    ...(content.policy ? { policy: content.policy } : {}),
  };
}

/** Starts the approvals that policy asks for, or the work at once when it asks for none. */
export function begin(
  request: AccessRequest,
  kind: string,
  context: Context,
  more: readonly AuditFact[] = [],
): Outcome {
  const progress = stageProgress(request.stages, request.decisions, request.round, requestContentHash(request.items));
  const approved = approvalOutcome(progress) === 'approved';
  const policy = request.policy;
  const next: AccessRequest = {
    ...request,
    state: approved ? 'approved' : 'awaiting-approval',
    ...(approved || !policy ? {} : { approvalExpiresAt: plus(context.now, policy.approvalExpiresAfter) }),
    approvedOnce: request.approvedOnce || approved,
  };
  const facts: AuditFact[] = [
    ...more,
    contentFact(next, context),
    { fact: 'policy', version: policy?.version ?? 0, rules: policy?.rules ?? [], mode: policy?.mode ?? 'enforce' },
    approved
      ? { fact: request.stages.length === 0 ? 'no-approval-needed' : 'approvals-kept' }
      : {
          fact: 'approval-asked',
          round: next.round,
          stages: request.stages.map((s) => ({ id: s.id, quorum: s.quorum, approvers: s.approvers.map(context.ref) })),
        },
  ];
  const effects: PlannedEffect[] = approved
    ? [{ kind: 'transition', role: 'start' }]
    : [{ kind: 'ask-approvals', approvers: askedInDesk(openStage(progress)) }];
  return outcome(next, kind, facts, { effects, readings: next.items.flatMap((item) => item.readings.slice(0, 1)) });
}

function contentFact(request: AccessRequest, context: Context): AuditFact {
  return {
    fact: 'content',
    contentHash: requestContentHash(request.items),
    requester: context.ref(request.requesterId),
    raiser: context.ref(request.raiserId),
    items: request.items.map((item) => ({
      id: item.id,
      contentHash: item.contentHash,
      changeKind: item.changeKind,
      identityKind: item.identity.kind,
      identity: item.identity.accountId ? context.ref(item.identity.accountId) : item.identity.id,
      connector: item.connector.id,
      entitlement: item.entitlement.entitlementId,
      risk: item.risk,
      baseline: item.baseline.kind,
      ...(item.period.start ? { start: item.period.start } : {}),
      ...(item.period.end ? { end: item.period.end } : {}),
      ...(item.period.duration ? { duration: item.period.duration } : {}),
    })),
  };
}

function problemOutcome(request: AccessRequest, kind: string, context: Context): Outcome {
  const retry = request.problems.some((problem) => problem.retry);
  const next: AccessRequest = { ...request, ...(retry ? { nextLookAt: plus(context.now, retryProblemsAfter) } : {}) };
  const facts: AuditFact[] = [{ fact: 'problems', codes: request.problems.map((problem) => problem.code) }];
  const text = request.problems.map((problem) => problem.text).join('\n');
  const effects: PlannedEffect[] = retry
    ? []
    : [{ kind: 'comment', audience: 'customer', text: `This request cannot go on yet.\n${text}` }];
  return outcome(next, kind, facts, { effects });
}

function withProblems(current: AccessRequest, content: Content, context: Context): Outcome | undefined {
  const unchanged =
    current.fieldsHash === content.fieldsHash &&
    current.problems.map((p) => p.code).join() === content.problems.map((p) => p.code).join();
  if (unchanged) {
    return content.problems.some((problem) => problem.retry)
      ? outcome({ ...current, nextLookAt: plus(context.now, retryProblemsAfter) }, 'retry', [
          { fact: 'still-unreadable' },
        ])
      : undefined;
  }
  // An outage while content is looked up again must not destroy approvals: the old content stays, the gates compare fields.
  if (current.items.length > 0 && content.problems.every((problem) => problem.retry)) {
    return outcome({ ...current, nextLookAt: plus(context.now, retryProblemsAfter) }, 'retry', [
      { fact: 'edit-not-understood-yet' },
    ]);
  }
  const { nextLookAt: _ended, approvalExpiresAt: _expiry, ...rest } = current;
  const request: AccessRequest = {
    ...rest,
    ...taken(content),
    items: [],
    former: formerItems(current, []),
    ...removalLeft(current, []),
    stages: [],
    round: current.round + 1,
    contentSince: context.now,
    state: 'submitted',
    permits: closePermits(current, context),
  };
  return withFormerRead(request, problemOutcome(request, 'edit', context));
}

/** What was approved (or may be in the target anyway) and is not asked for any more. It must not be forgotten. */
function formerItems(current: AccessRequest, next: readonly Item[]): readonly Item[] {
  if (!current.approvedOnce) return current.former;
  const dropped = current.items.filter(
    (item) => item.changeKind !== 'revoke' && !next.some((n) => sameHolding(n, item)),
  );
  const kept = current.former.filter((item) => !next.some((n) => sameHolding(n, item)));
  return [...kept, ...dropped.map((item) => ({ ...item, id: `${item.id}.${current.round}`, readings: [] }))].slice(-10);
}

function sameHolding(a: Item, b: Item): boolean {
  return (
    a.identity.id === b.identity.id &&
    a.connector.id === b.connector.id &&
    a.connector.origin === b.connector.origin &&
    a.entitlement.entitlementId === b.entitlement.entitlementId
  );
}

/** What was there before the first approval stays the baseline, however often the content is edited afterwards. */
function carried(
  current: AccessRequest,
  content: Content,
): ReturnType<typeof taken> & Pick<AccessRequest, 'former' | 'removalOnce' | 'removalHolders'> {
  const known = [...current.items, ...current.former];
  const items = content.items.map((item) => {
    const old = current.approvedOnce ? known.find((k) => sameHolding(k, item)) : undefined;
    if (!old) return item;
    // Access that works already goes on counting from when it was proven first: edits do not add up to more than policy allows.
    return { ...item, ...sameAccount(old, item), baseline: old.baseline, ...stillProven(content.policy, old, item) };
  });
  return { ...taken({ ...content, items }), former: formerItems(current, items), ...removalLeft(current, items) };
}

/** A target that is silent now does not make the account forgotten that it told before. */
function sameAccount(old: Item, item: Item): Pick<Item, 'account'> {
  const silent = item.account === undefined && item.unreadableSince !== undefined;
  return silent && old.account ? { account: old.account } : {};
}

/** What was proven once stays held, with the end that is asked for now. */
function stillProven(
  policy: PinnedPolicy | undefined,
  old: Item,
  item: Item,
): Partial<Pick<Item, 'provenAt' | 'endsAt' | 'holding'>> {
  const { provenAt, holding } = old;
  const end = provenAt === undefined ? {} : endFrom(item, provenAt);
  const kept =
    holding === undefined || policy === undefined || holding.over !== undefined
      ? holding
      : {
          ...planHolding(holding, holding.since, end.endsAt ?? holding.endsAt, policy.ends),
          ...(holding.provisional ? { provisional: true } : {}),
        };
  return { ...(provenAt ? { provenAt, ...end } : {}), ...(kept ? { holding: kept } : {}) };
}

/** Access of former content is looked for at once: nobody asks for it any more, so nobody else would. */
function withFormerRead(request: AccessRequest, result: Outcome): Outcome {
  return request.former.length > 0 ? { ...result, effects: [...result.effects, { kind: 'read-target' }] } : result;
}

/** Approvals are asked anew, of the people who are the right ones today. */
function restage(current: AccessRequest, content: Content, context: Context): Outcome {
  const { restage: _done, nextLookAt: _look, ...rest } = current;
  const next = { ...rest, ...carried(current, content) };
  const unchanged = requestContentHash(current.items) === requestContentHash(next.items);
  return begin({ ...next, contentSince: unchanged ? current.contentSince : context.now }, 'ask-anew', context);
}

function same(current: AccessRequest, content: Content, context: Context): Outcome | undefined {
  if (current.fieldsHash === content.fieldsHash && current.problems.length === 0) return undefined;
  const { nextLookAt, ...rest } = current;
  // A problem that went away needs no further look; a reading that somebody waits for still does.
  const look = nextLookAt !== undefined && current.problems.length === 0 ? { nextLookAt } : {};
  return outcome(
    { ...rest, ...look, fieldsHash: content.fieldsHash, problems: [], justification: content.justification },
    'edit',
    [{ fact: 'edited-without-effect', contentHash: requestContentHash(current.items), at: context.now }],
  );
}

function shorten(current: AccessRequest, content: Content, context: Context): Outcome {
  const before = requestContentHash(current.items);
  const items = content.items.map((item, index) => {
    const old = current.items[index] as Item;
    const proven = stillProven(current.policy, old, item);
    // What the app made for longer access, it made for the shorter one too.
    const direct = old.direct ? { direct: renamed(old.direct, item.contentHash, context) } : {};
    const { baseline, readings, outcome } = old;
    return { ...item, ...sameAccount(old, item), baseline, readings, outcome, ...proven, ...direct };
  });
  const after = requestContentHash(items);
  const request: AccessRequest = {
    ...current,
    fieldsHash: content.fieldsHash,
    items,
    decisions: current.decisions.map((d) => (d.contentHash === before ? { ...d, contentHash: after } : d)),
    permits: closePermits(current, context),
  };
  return outcome(request, 'edit', [{ fact: 'end-shortened', before, after }, contentFact(request, context)]);
}

/** A write that stands in the outbox is for the content before: it is asked for once more. */
function renamed(write: DirectWrite, contentHash: string, context: Context): DirectWrite {
  const asked = write.state === 'planned' ? { nextAt: write.nextAt ?? context.now } : {};
  return { ...write, contentHash, ...asked };
}

function change(current: AccessRequest, content: Content, context: Context): Outcome {
  const {
    fulfilmentDone: _done,
    resolveWhenProven: _walk,
    nextLookAt: _look,
    approvalExpiresAt: _expiry,
    cancellingSince: _cancelling,
    ...rest
  } = current;
  const request: AccessRequest = {
    ...rest,
    ...carried(current, content),
    contentSince: context.now,
    round: current.round + 1,
    epoch: current.epoch + 1,
    permits: closePermits(current, context),
    ...withoutException(current, 'content-changed', context),
  };
  const facts: AuditFact[] = [
    {
      fact: 'content-changed',
      before: requestContentHash(current.items),
      after: requestContentHash(request.items),
      voided: current.decisions.filter((d) => d.round === current.round).length,
    },
  ];
  const result = begin(request, 'edit', context, facts);
  const asked = result.request.state === 'awaiting-approval';
  const text = asked
    ? 'What is asked for was changed after it was submitted. Approvals given before do not count for the new content and are asked again.'
    : current.state === 'awaiting-approval'
      ? 'What is asked for was changed and needs no approval any more. The approval that is open in the service desk still has to be answered, so that the request can move on.'
      : 'What is asked for was changed after it was submitted.';
  const told = {
    ...result,
    effects: [...result.effects, { kind: 'comment' as const, audience: 'internal' as const, text }],
  };
  return withFormerRead(result.request, told);
}

/** An exception was given for what was asked then. */
export function withoutException(
  request: AccessRequest,
  how: 'content-changed' | 'ended',
  context: Context,
): Pick<AccessRequest, 'exception'> {
  const { exception } = request;
  return exception && exception.ended === undefined
    ? { exception: { ...exception, ended: { at: context.now, how } } }
    : {};
}

/**
 * Ends open permits now, all of them or those on one basis: what they stood on is not so any more. An exception does not
 * stand on what the target shows, so it ends only when it is named; other content or another epoch ends it by itself.
 */
export function closePermits(
  request: AccessRequest,
  context: Context,
  basis?: AccessRequest['permits'][number]['basis'],
): AccessRequest['permits'] {
  return request.permits.map((permit) =>
    permit.until > context.now && (basis === undefined ? permit.basis !== 'exception' : permit.basis === basis)
      ? { ...permit, until: context.now }
      : permit,
  );
}
