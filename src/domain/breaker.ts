import { later, type Instant } from './instant';

/** What a circuit breaker holds back: removals that nobody planned, reopenings of what went round the gate. */
export type BreakerKind = 'revocations' | 'reopenings';

/** How much may happen by itself before a person has to look. */
export const breakerLimits: Readonly<Record<BreakerKind, { readonly limit: number; readonly windowMs: number }>> = {
  revocations: { limit: 20, windowMs: 60 * 60_000 },
  reopenings: { limit: 20, windowMs: 60 * 60_000 },
};

/** What a breaker remembers. */
export interface BreakerMemory {
  readonly windowFrom: Instant;
  readonly count: number;
  readonly trippedAt?: Instant;
  readonly decided?: { readonly until: Instant; readonly decision: 'go-on' | 'drop'; readonly by: string };
}

/** How long a person's decision about what is held counts. */
const decisionMs = 24 * 60 * 60_000;

/**
 * Whether one more may happen: it is counted when it may. Above the limit of its window the breaker trips and everything
 * is held until a person lets it go on, or drops it. Nothing is ever lost by being held.
 */
export function pass(
  kind: BreakerKind,
  memory: BreakerMemory | undefined,
  now: Instant,
): { readonly answer: 'pass' | 'held' | 'drop'; readonly memory: BreakerMemory } {
  const { limit, windowMs } = breakerLimits[kind];
  const fresh: BreakerMemory = { windowFrom: now, count: 0 };
  if (memory?.decided !== undefined && now < memory.decided.until)
    return { answer: memory.decided.decision === 'drop' ? 'drop' : 'pass', memory };
  if (memory?.trippedAt !== undefined && memory.decided === undefined) return { answer: 'held', memory };
  const open =
    memory !== undefined && memory.decided === undefined && now < later(memory.windowFrom, windowMs) ? memory : fresh;
  if (open.count >= limit) return { answer: 'held', memory: { ...open, trippedAt: now } };
  return { answer: 'pass', memory: { ...open, count: open.count + 1 } };
}

/** How a breaker stands, without counting anything. */
export function standing(memory: BreakerMemory | undefined, now: Instant): 'open' | 'held' | 'drop' {
  if (memory?.decided !== undefined)
    return memory.decided.decision === 'drop' && now < memory.decided.until ? 'drop' : 'open';
  return memory?.trippedAt === undefined ? 'open' : 'held';
}

/** A person decides about what a breaker holds. */
export function decideBreaker<M extends BreakerMemory>(
  memory: M,
  decision: 'go-on' | 'drop',
  by: string,
  now: Instant,
): M {
  return { ...memory, decided: { until: later(now, decisionMs), decision, by } };
}
