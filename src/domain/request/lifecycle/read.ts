import type { AuditFact } from '../../audit/entry';
import { earliest, epochMs, later, plus } from '../../instant';
import type { AccessRequest, Baseline, Item, Permit, ReadingSummary } from '../access-request';
import { approvalsGiven } from '../approved';
import { storedAnswer } from '../../gate/answer';
import { gateRowOf } from '../../gate/gate-row';
import type { PlannedEffect } from '../effect';
import { closePermits } from './register';
import { outcome, type Context, type NewDiscrepancy, type Outcome } from './outcome';
import { held } from './hold';
import { endFrom } from './period-end';
import { unreadableAfter } from './unreadable';

/** A reading of the target for one item, judged. `account` is set when the reading found the account for the first time. */
export interface ItemReading {
  readonly itemId: string;
  readonly reading: ReadingSummary;
  readonly account?: Item['account'];
}

/** Access that is there this soon after the approval cannot have been added because of it. */
const soonAfterApprovalMs = 15_000;
const keptReadings = 5;
const keptPermits = 5;

/**
 * Takes over readings. Before the decision they are the baseline; after it they prove or contradict. A proof opens a
 * permit for as long as policy trusts it; a contradiction ends every permit. Nothing is proven for older content or an
 * older epoch: readings taken for those are kept as history and change nothing else.
 */
export function recordReadings(
  request: AccessRequest,
  readings: readonly ItemReading[],
  context: Context,
): Outcome | undefined {
  if (readings.length === 0 || request.items.length + request.former.length === 0) return undefined;
  const facts: AuditFact[] = [];
  const take = (item: Item): Item => {
    const found = readings.find((r) => r.itemId === item.id);
    if (!found) return item;
    facts.push(readingFact(item, found.reading));
    return withReading(request, item, found, facts);
  };
  const next: AccessRequest = { ...request, items: request.items.map(take), former: request.former.map(take) };
  const taken = readings.map((r) => r.reading);
  return withLeftBehind(request, outcomeOfState(next, facts, taken, context), context);
}

/** Access of former content that is in the target after all: told once, as a discrepancy, with its removal asked for. */
function withLeftBehind(before: AccessRequest, result: Outcome, context: Context): Outcome {
  const left = result.request.former.filter((item) => isLeftBehind(item));
  const news = left.filter((item) => !before.former.some((old) => old.id === item.id && isLeftBehind(old)));
  if (news.length === 0) return result;
  const words = news
    .map((item) => `${item.identity.name}, ${item.entitlement.name} in ${item.connector.name}`)
    .join('; ');
  const found: NewDiscrepancy = { kind: 'access-left-behind', detail: words };
  const text = `What this request asked for earlier is in the target although it is not asked for any more: ${words}. Its removal is raised.`;
  const raised = askRemovals(result.request, news, context);
  return {
    ...result,
    request: raised.request,
    facts: [...result.facts, { fact: 'access-left-behind', items: news.map((item) => item.id) }],
    discrepancies: [...result.discrepancies, found],
    effects: [...result.effects, { kind: 'comment', audience: 'internal', text }, ...raised.effects],
  };
}

/** Access that nobody asks for any more, or that was declined, is taken away like any other: by a request of its own. */
function askRemovals(
  request: AccessRequest,
  left: readonly Item[],
  context: Context,
): { readonly request: AccessRequest; readonly effects: readonly PlannedEffect[] } {
  const open = left.filter((item) => item.holding?.over !== undefined || item.holding?.revocation === undefined);
  const asked = (item: Item): Item =>
    open.some((known) => known.id === item.id)
      ? {
          ...item,
          holding: {
            // Access that came back after it was gone is a holding of its own.
            ...(item.holding?.over === undefined && item.holding ? item.holding : { since: context.now }),
            revocation: { reason: 'left-behind' as const, at: context.now },
          },
        }
      : item;
  return {
    request: { ...request, items: request.items.map(asked), former: request.former.map(asked) },
    effects: open.map((item) => ({
      kind: 'raise' as const,
      raise: { as: 'revocation' as const, item: item.id, reason: 'left-behind' as const },
    })),
  };
}

function isLeftBehind(item: Item): boolean {
  return item.baseline.kind !== 'pre-existing' && item.readings[0]?.held === true;
}

function readingFact(item: Item, reading: ReadingSummary): AuditFact {
  return {
    fact: 'reading',
    item: item.id,
    reading: reading.id,
    verdict: reading.verdict,
    reason: reading.reason,
    at: reading.at,
    epoch: reading.epoch,
    contentHash: reading.contentHash,
    connector: item.connector.id,
    origin: item.connector.origin,
    rawHash: reading.rawHash,
  };
}

function withReading(request: AccessRequest, item: Item, found: ItemReading, facts: AuditFact[]): Item {
  const account = item.account ?? found.account;
  if (!item.account && found.account) facts.push({ fact: 'account-pinned', item: item.id, account: found.account.id });
  const baseline = baselineAfter(request, item, found.reading);
  if (baseline !== item.baseline)
    facts.push({ fact: 'baseline', item: item.id, baseline: baseline.kind, reading: found.reading.id });
  const { unreadableSince: _until, ...known } = item;
  return {
    ...known,
    ...unreadableAfter(item, found.reading),
    ...(account ? { account } : {}),
    baseline,
    readings: [found.reading, ...item.readings].slice(0, keptReadings),
  };
}

/** What was there before the decision: see `Baseline`. */
export function baselineAfter(
  request: Pick<AccessRequest, 'state' | 'approvedAt'>,
  item: Pick<Item, 'baseline' | 'changeKind' | 'readings' | 'direct'>,
  reading: ReadingSummary,
): Baseline {
  if (reading.held === undefined) return item.baseline;
  const undecided = request.state === 'submitted' || request.state === 'awaiting-approval';
  const { approvedAt } = request;
  // Once a reading after the approval said "not there", whatever comes later came because of it.
  const seenAbsent =
    approvedAt !== undefined &&
    item.readings.some((r) => r.at >= approvedAt && r.held === false && r.id !== item.baseline.readingId);
  // The app needs no fifteen seconds: once it has begun to write, access may be there because of that.
  const begun = (item.direct?.attempts ?? 0) > 0;
  const rightAfter =
    approvedAt !== undefined && !seenAbsent && !begun && reading.at <= later(approvedAt, soonAfterApprovalMs);
  if (!undecided && !(rightAfter && item.baseline.kind === 'absent' && reading.held)) return item.baseline;
  const at = { at: reading.at, readingId: reading.id };
  if (item.baseline.kind === 'unknown') return { kind: reading.held ? 'pre-existing' : 'absent', ...at };
  if (item.baseline.kind === 'absent' && reading.held && item.changeKind !== 'revoke')
    return { kind: 'access-before-approval', ...at };
  if (!reading.held) return { kind: 'absent', ...at };
  return item.baseline;
}

function outcomeOfState(
  request: AccessRequest,
  facts: AuditFact[],
  readings: readonly ReadingSummary[],
  context: Context,
): Outcome {
  const failed = readings.every((reading) => reading.verdict === 'unreadable') ? request.failedReadings + 1 : 0;
  const counted: AccessRequest = { ...request, failedReadings: failed };
  switch (request.state) {
    case 'approved':
    case 'fulfilling':
    case 'verifying':
    case 'verified':
    case 'reopened':
      return working(counted, facts, readings, context);
    case 'excepted':
      return excepted(counted, facts, readings, context);
    case 'cancelling':
      return cancelling(counted, facts, readings, context);
    case 'declined':
      return declined(counted, facts, readings, context);
    default:
      return outcome(counted, 'record-reading', facts, { readings });
  }
}

/** The newest reading that counts for an item: this content, this epoch, the pinned account. */
export function countingReading(request: AccessRequest, item: Item): ReadingSummary | undefined {
  return item.readings.find(
    (reading) =>
      reading.epoch === request.epoch &&
      reading.contentHash === item.contentHash &&
      reading.accountId === item.account?.id,
  );
}

function working(
  request: AccessRequest,
  facts: AuditFact[],
  readings: readonly ReadingSummary[],
  context: Context,
): Outcome {
  const latest = request.items.map((item) => countingReading(request, item));
  const proven = latest.length > 0 && latest.every((reading) => reading?.verdict === 'confirmed');
  if (!proven) {
    if (request.state === 'verified') facts.push({ fact: 'proof-contradicted' });
    const state =
      request.fulfilmentDone || request.resolveWhenProven
        ? 'verifying'
        : request.state === 'verified'
          ? 'fulfilling'
          : request.state;
    const next = {
      ...request,
      state,
      items: request.items.map((item) => ({ ...item, outcome: 'open' as const })),
      permits: closePermits(request, context),
    };
    return outcome(schedule(next, context), 'record-reading', facts, { readings });
  }
  const from = latest.map((reading) => reading?.at ?? context.now).sort()[0] as string;
  const permit: Permit = {
    from,
    until: plus(from, request.policy?.evidenceMaxAge ?? 'PT0S'),
    epoch: request.epoch,
    basis: 'evidence',
  };
  facts.push({ fact: 'proven', from: permit.from, until: permit.until, epoch: permit.epoch });
  const others = closePermits(request, context, 'baseline');
  const next: AccessRequest = {
    ...request,
    state: 'verified',
    items: request.items.map((item) => provenItem(request, item, from)),
    permits: [
      ...others.filter((p) => p.basis === 'exception'),
      ...[...others.filter((p) => p.basis !== 'exception'), permit].slice(-keptPermits),
    ],
  };
  const news = next.items.filter((item) => request.items.find((old) => old.id === item.id)?.outcome !== 'proven');
  // The app does not knock at a gate that would say no for another reason.
  const open = storedAnswer(gateRowOf(next), context.now).answer === 'allow';
  const effects: PlannedEffect[] = [
    ...news.map((item): PlannedEffect => ({
      kind: item.changeKind === 'revoke' ? 'end-holdings' : 'extend-holdings',
      item: item.id,
    })),
    ...(request.resolveWhenProven && open ? [{ kind: 'transition' as const, role: 'resolve' as const }] : []),
  ];
  return outcome(schedule(next, context), 'record-reading', facts, { readings, effects });
}

/** What is closed under an exception stays closed until its end; a proof that comes meanwhile counts then. */
function excepted(
  request: AccessRequest,
  facts: AuditFact[],
  readings: readonly ReadingSummary[],
  context: Context,
): Outcome {
  const seen = working(request, facts, readings, context);
  const { nextLookAt: _look, ...rest } = seen.request;
  return {
    ...seen,
    request: { ...rest, state: 'excepted' },
    effects: seen.effects.filter((effect) => effect.kind !== 'transition'),
  };
}

/** An item that the target proves: what is granted is held from now on, until its end. */
function provenItem(request: AccessRequest, item: Item, from: string): Item {
  const provenAt = item.provenAt ?? from;
  // An emergency ends when it ends, however long the access was asked for.
  const { emergency } = request;
  const { endsAt } = endFrom(item, provenAt);
  const limited = emergency && item.changeKind !== 'revoke' && !approvalsGiven(request) ? emergency.until : undefined;
  const end = endsAt === undefined || (limited !== undefined && limited < endsAt) ? (limited ?? endsAt) : endsAt;
  const known = { ...item, outcome: 'proven' as const, provenAt, ...(end === undefined ? {} : { endsAt: end }) };
  return { ...known, ...held(request, known, provenAt, from) };
}

/** Whether what the target shows equals what it showed before the request; undefined when nobody knows. */
export function equalsBaseline(request: AccessRequest): boolean | undefined {
  const current = request.items.map((item) => ({ item, reading: countingReading(request, item) }));
  const former = request.former.map((item) => ({ item, reading: item.readings[0] }));
  const states = [...current, ...former].map(({ item, reading }) => {
    if (reading?.held === undefined) return undefined;
    return reading.held === (item.baseline.kind === 'pre-existing');
  });
  if (states.includes(false)) return false;
  return states.includes(undefined) ? undefined : true;
}

function cancelling(
  request: AccessRequest,
  facts: AuditFact[],
  readings: readonly ReadingSummary[],
  context: Context,
): Outcome {
  // Whatever was proven before, the newest reading is what counts, for cancelling as for resolving.
  const closed: AccessRequest = { ...request, permits: closePermits(request, context) };
  if (equalsBaseline(closed) !== true) {
    return outcome(schedule(closed, context), 'record-reading', facts, { readings });
  }
  const { nextLookAt: _done, ...waiting } = openCancel(closed, facts, context);
  return outcome(waiting, 'record-reading', facts, { readings });
}

/** Lets *Cancel* through for as long as the reading is trusted: the target is as it was before. */
export function openCancel(request: AccessRequest, facts: AuditFact[], context: Context): AccessRequest {
  const read = [...request.items, ...request.former].map((item) => item.readings[0]?.at ?? context.now);
  const from = read.sort()[0] ?? context.now;
  const permit: Permit = {
    from,
    until: plus(from, request.policy?.evidenceMaxAge ?? 'PT5M'),
    epoch: request.epoch,
    basis: 'baseline',
  };
  facts.push({ fact: 'as-before', from: permit.from, until: permit.until });
  return { ...request, permits: [...request.permits, permit].slice(-keptPermits) };
}

function declined(
  before: AccessRequest,
  facts: AuditFact[],
  readings: readonly ReadingSummary[],
  context: Context,
): Outcome {
  const request = readAgainWhileUnreadable(before, context);
  const left = request.items.filter(
    (item) => item.changeKind !== 'revoke' && isLeftBehind(item) && item.readings[1]?.held !== true,
  );
  if (left.length === 0) return outcome(request, 'record-reading', facts, { readings });
  const raised = askRemovals(request, left, context);
  return outcome(
    raised.request,
    'record-reading',
    [...facts, { fact: 'access-after-decline', items: left.map((item) => item.id) }],
    {
      readings,
      discrepancies: [{ kind: 'access-after-decline', detail: left.map((item) => item.entitlement.name).join(', ') }],
      effects: [
        {
          kind: 'comment',
          audience: 'internal',
          text: `The request was declined, but the target shows the access: ${left.map((item) => `${item.identity.name}, ${item.entitlement.name} in ${item.connector.name}`).join('; ')}. Its removal is raised.`,
        },
        ...raised.effects,
      ],
    },
  );
}

/** Access at a decline is looked for until the target answers, for about a week of hourly tries. */
const mostFailedReadings = 200;

function readAgainWhileUnreadable(request: AccessRequest, context: Context): AccessRequest {
  const { nextLookAt: _old, ...rest } = request;
  if (request.failedReadings === 0 || request.failedReadings > mostFailedReadings) return rest;
  const pause = Math.min(readAgainMostMs, readAgainMs * request.failedReadings);
  return { ...rest, nextLookAt: later(context.now, pause) };
}

const readAgainMs = 5 * 60_000;
/** After this long nobody is waiting any more: a person looks again by pressing *Verify now*. */
const readAgainForMs = 14 * 24 * 60 * 60_000;
const readAgainMostMs = 60 * 60_000;

/**
 * When to read again without anybody asking: while somebody waits for proof (fulfilment reported, resolve when proven,
 * cancelling), every five minutes through the grace and then backing off to an hour; after a failed reading likewise.
 */
export function schedule(request: AccessRequest, context: Context): AccessRequest {
  const { nextLookAt: _old, ...rest } = request;
  const waits =
    (request.state === 'verifying' || request.state === 'cancelling') &&
    (request.fulfilmentDone !== undefined || request.resolveWhenProven !== undefined || request.state === 'cancelling');
  const resolving = request.state === 'verified' && request.resolveWhenProven !== undefined;
  if (!waits && !resolving) return rest;
  const cancelling = request.state === 'cancelling' ? request.cancellingSince : undefined;
  const since = cancelling ?? request.resolveWhenProven?.at ?? request.fulfilmentDone?.at ?? context.now;
  const graceOver = plus(since, request.policy?.grace ?? 'PT0S');
  if (epochMs(context.now) - epochMs(since) > readAgainForMs) return rest;
  const waited = Math.max(0, epochMs(context.now) - epochMs(graceOver));
  const step = Math.min(readAgainMostMs, Math.max(readAgainMs, waited / 4));
  const next = later(context.now, step);
  return { ...rest, nextLookAt: context.now < graceOver ? (earliest(next, graceOver) as string) : next };
}

/** A contradiction during grace means *not yet*: the fulfiller reported it, the target may need a moment. */
export function inGrace(request: AccessRequest, now: string): boolean {
  return request.fulfilmentDone !== undefined && now < plus(request.fulfilmentDone.at, request.policy?.grace ?? 'PT0S');
}
