import type { AuditFact } from '../../audit/entry';
import { durationMs, earliest, epochMs, later, plus } from '../../instant';
import type { AccessRequest, Baseline, Item, Permit, ReadingSummary } from '../access-request';
import type { PlannedEffect } from '../effect';
import { closePermits } from './register';
import { outcome, type Context, type Outcome } from './outcome';

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
  if (readings.length === 0 || request.items.length === 0) return undefined;
  const facts: AuditFact[] = [];
  const items = request.items.map((item) => {
    const found = readings.find((r) => r.itemId === item.id);
    if (!found) return item;
    facts.push(readingFact(item, found.reading));
    return withReading(request, item, found, facts);
  });
  const next: AccessRequest = { ...request, items };
  return outcomeOfState(
    next,
    facts,
    readings.map((r) => r.reading),
    context,
  );
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
  return {
    ...item,
    ...(account ? { account } : {}),
    baseline,
    readings: [found.reading, ...item.readings].slice(0, keptReadings),
  };
}

/** What was there before the decision: see `Baseline`. */
export function baselineAfter(
  request: Pick<AccessRequest, 'state' | 'approvedAt'>,
  item: Pick<Item, 'baseline' | 'changeKind'>,
  reading: ReadingSummary,
): Baseline {
  if (reading.held === undefined) return item.baseline;
  const undecided = request.state === 'submitted' || request.state === 'awaiting-approval';
  const rightAfter = request.approvedAt !== undefined && reading.at <= later(request.approvedAt, soonAfterApprovalMs);
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
    case 'cancelling':
      return cancelling(counted, facts, readings, context);
    case 'declined':
      return declined(counted, facts, readings);
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
  const proven = latest.every((reading) => reading?.verdict === 'confirmed');
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
  const next: AccessRequest = {
    ...request,
    state: 'verified',
    items: request.items.map((item) => ({ ...item, outcome: 'proven', ...endOf(item, from) })),
    permits: [...request.permits, permit].slice(-keptPermits),
  };
  const effects: PlannedEffect[] = request.resolveWhenProven ? [{ kind: 'transition', role: 'resolve' }] : [];
  return outcome(schedule(next, context), 'record-reading', facts, { readings, effects });
}

/** When access ends: a duration counts from the first proof and does not move with later ones. */
function endOf(item: Item, provenAt: string): { endsAt?: string } {
  if (item.changeKind === 'revoke') return {};
  if (item.endsAt) return { endsAt: item.endsAt };
  if (item.period.duration !== undefined && durationMs(item.period.duration) !== undefined)
    return { endsAt: plus(provenAt, item.period.duration) };
  return item.period.end ? { endsAt: item.period.end } : {};
}

/** Whether what the target shows equals what it showed before the request; undefined when nobody knows. */
export function equalsBaseline(request: AccessRequest): boolean | undefined {
  const states = request.items.map((item) => {
    const reading = countingReading(request, item);
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
  if (equalsBaseline(request) !== true)
    return outcome(schedule(request, context), 'record-reading', facts, { readings });
  return outcome(openCancel(request, facts, context), 'record-reading', facts, { readings });
}

/** Lets *Cancel* through for as long as the reading is trusted: the target is as it was before. */
export function openCancel(request: AccessRequest, facts: AuditFact[], context: Context): AccessRequest {
  const from = request.items.map((item) => countingReading(request, item)?.at ?? context.now).sort()[0] as string;
  const permit: Permit = {
    from,
    until: plus(from, request.policy?.evidenceMaxAge ?? 'PT0S'),
    epoch: request.epoch,
    basis: 'baseline',
  };
  facts.push({ fact: 'as-before', from: permit.from, until: permit.until });
  return { ...request, permits: [...request.permits, permit].slice(-keptPermits) };
}

function declined(request: AccessRequest, facts: AuditFact[], readings: readonly ReadingSummary[]): Outcome {
  const left = request.items.filter(
    (item) => item.changeKind !== 'revoke' && item.baseline.kind !== 'pre-existing' && item.readings[0]?.held === true,
  );
  if (left.length === 0) return outcome(request, 'record-reading', facts, { readings });
  return outcome(
    request,
    'record-reading',
    [...facts, { fact: 'access-after-decline', items: left.map((item) => item.id) }],
    {
      readings,
      discrepancies: [{ kind: 'access-after-decline', detail: left.map((item) => item.entitlement.name).join(', ') }],
      effects: [
        {
          kind: 'comment',
          audience: 'internal',
          text: `The request was declined, but the target shows the access: ${left.map((item) => `${item.identity.name}, ${item.entitlement.name} in ${item.connector.name}`).join('; ')}. Raise a "Remove access" request for it.`,
        },
      ],
    },
  );
}

const readAgainMs = 5 * 60_000;
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
  const since = request.fulfilmentDone?.at ?? request.resolveWhenProven?.at ?? context.now;
  const graceOver = plus(since, request.policy?.grace ?? 'PT0S');
  const waited = Math.max(0, epochMs(context.now) - epochMs(graceOver));
  const step = Math.min(readAgainMostMs, Math.max(readAgainMs, waited / 4));
  const next = later(context.now, step);
  return { ...rest, nextLookAt: context.now < graceOver ? (earliest(next, graceOver) as string) : next };
}

/** A contradiction during grace means *not yet*: the fulfiller reported it, the target may need a moment. */
export function inGrace(request: AccessRequest, now: string): boolean {
  return request.fulfilmentDone !== undefined && now < plus(request.fulfilmentDone.at, request.policy?.grace ?? 'PT0S');
}
