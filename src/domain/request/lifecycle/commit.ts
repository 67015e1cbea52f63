import type { BreakerKind } from '../../breaker';
import { canonicalHash } from '../../canonical';
import { chainStart, sealEntry, type AuditEntry } from '../../audit/entry';
import type { Instant } from '../../instant';
import type { AccessRequest, ReadingSummary } from '../access-request';
import { displayProperty } from '../display';
import type { Effect, PlannedEffect } from '../effect';
import { nextWantAt } from '../wants';
import { followClocks } from './clocks';
import { planWrites } from './direct';
import type { Context, NewDiscrepancy, Outcome } from './outcome';
import { seekAccount } from './unreadable';

/** Effects of one change, waiting to be made. */
export interface OutboxRow {
  readonly issueId: string;
  readonly rev: number;
  /** The newest earlier row of the same request: its effects come first. */
  readonly after?: number;
  readonly effects: readonly Effect[];
  /** How many of the effects are made. */
  readonly done: number;
  readonly attempts: number;
  /** When it is tried (again). */
  readonly at: Instant;
  readonly stuck?: { readonly since: Instant; readonly problem: string };
  /** A circuit breaker holds it until a person decides. */
  readonly held?: BreakerKind;
}

export interface DiscrepancyRow extends NewDiscrepancy {
  readonly id: string;
  readonly issueId: string;
  readonly key: string;
  readonly at: Instant;
  readonly state: 'open';
}

/** Everything one change writes, in one transaction. */
export interface Commit {
  readonly request: AccessRequest;
  /** The revision that must still be stored; 0 means the request must not exist yet. */
  readonly expectedRev: number;
  readonly entries: readonly AuditEntry[];
  readonly outbox?: OutboxRow;
  readonly readings: readonly ReadingSummary[];
  readonly discrepancies: readonly DiscrepancyRow[];
  /** When the request wants to be looked at, or undefined when never. */
  readonly dueAt: Instant | undefined;
}

/** The audit chain of a request. */
export function requestChain(issueId: string): string {
  return `request:${issueId}`;
}

/**
 * Makes one transaction out of a command's outcome: the next revision with exactly one audit entry that continues the
 * chain, the due instant, and the outbox row. Ids of effects and discrepancies follow from issue and revision.
 */
export function commitOf(decided: Outcome, context: Context): Commit {
  const clocks = followClocks(decided.request, context.now);
  const writes = planWrites(seekAccount(clocks.request, context.now), context.now);
  const result: Outcome = {
    ...decided,
    request: writes.request,
    effects: [...decided.effects, ...writes.effects],
  };
  const rev = result.request.rev + 1;
  const { issueId } = result.request;
  const actor = context.actor.kind === 'person' ? context.ref(context.actor.accountId) : context.actor.kind;
  const discrepancies = result.discrepancies.map((found, index): DiscrepancyRow => ({
    ...found,
    id: `${issueId}.${rev}.${index}`,
    issueId,
    key: result.request.key,
    at: context.now,
    state: 'open',
  }));
  const chain = requestChain(issueId);
  const entry = sealEntry({
    chain,
    seq: rev,
    at: context.now,
    kind: result.kind,
    actor,
    facts: [
      ...result.facts,
      ...clocks.facts,
      ...writes.facts,
      ...discrepancies.map((d) => ({ fact: 'discrepancy-opened', id: d.id, kind: d.kind })),
      { fact: 'state', state: result.request.state },
    ],
    prev: result.request.rev === 0 ? chainStart(chain) : result.request.auditHead,
  });
  const cases = discrepancies.map((d) =>
    sealEntry({
      chain: `case:${d.id}`,
      seq: 1,
      at: context.now,
      kind: 'open',
      actor,
      facts: [{ fact: 'discrepancy-opened', kind: d.kind, request: issueId }],
      prev: chainStart(`case:${d.id}`),
    }),
  );
  const property = displayProperty(result.request);
  const shown = canonicalHash(property);
  // A deleted issue has nothing left to show on.
  const show: PlannedEffect[] =
    shown === result.request.shown || result.request.state === 'deleted' ? [] : [{ kind: 'property', value: property }];
  // The property comes first: the transitions that follow are guarded by what it says.
  const outbox = outboxOf([...show, ...result.effects], result.request, rev, context);
  const request: AccessRequest = {
    ...result.request,
    rev,
    shown,
    auditHead: entry.hash,
    ...withBypasses(result.request, discrepancies),
    ...(outbox ? { lastOutboxRev: rev } : {}),
  };
  return {
    request,
    expectedRev: result.request.rev,
    entries: [entry, ...cases],
    ...(outbox ? { outbox } : {}),
    readings: result.readings,
    discrepancies,
    dueAt: nextWantAt(request),
  };
}

const bypassKinds: ReadonlyArray<NewDiscrepancy['kind']> = [
  'ungated-resolution',
  'ungated-cancellation',
  'work-without-approval',
  'left-governance',
];

function withBypasses(request: AccessRequest, found: readonly DiscrepancyRow[]): Pick<AccessRequest, 'bypasses'> {
  const news = found.filter((d) => bypassKinds.includes(d.kind)).map(({ at, kind, detail }) => ({ at, kind, detail }));
  return news.length > 0 ? { bypasses: [...(request.bypasses ?? []), ...news].slice(-5) } : {};
}

function outboxOf(
  effects: readonly PlannedEffect[],
  before: AccessRequest,
  rev: number,
  context: Context,
): OutboxRow | undefined {
  if (effects.length === 0) return undefined;
  const { issueId, lastOutboxRev } = before;
  return {
    issueId,
    rev,
    ...(lastOutboxRev === undefined ? {} : { after: lastOutboxRev }),
    effects: effects.map((effect, index): Effect => ({ ...effect, id: `${issueId}.${rev}.${index}` })),
    done: 0,
    attempts: 0,
    at: context.now,
  };
}
