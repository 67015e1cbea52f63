/**
 * The app's own calls, in order. Kept in memory: it is a meter and no state. Numbers come from blocks reserved in the
 * store, so that they keep growing over restarts.
 */
import type { LedgerCall, Store } from '../contracts';

const BLOCK = 10_000;
/** Older entries are forgotten: a sandbox may run for weeks. */
const KEPT = 200_000;

export interface Ledger {
  add(call: Omit<LedgerCall, 'n'>): LedgerCall;
  since(n: number): { next: number; calls: LedgerCall[] };
}

export function createLedger(store: Store): Ledger {
  const table = store.table<number>('ledger');
  let next = table.get('reserved') ?? 1;
  let reserved = next;
  let calls: LedgerCall[] = [];
  return {
    add: (call) => {
      if (next >= reserved) table.put('reserved', (reserved = next + BLOCK));
      const entry = { n: next++, ...call };
      calls.push(entry);
      if (calls.length > KEPT * 1.1) calls = calls.slice(-KEPT);
      return entry;
    },
    since: (n) => {
      const first = calls[0]?.n ?? next;
      return { next, calls: calls.slice(Math.max(0, n - first)) };
    },
  };
}
