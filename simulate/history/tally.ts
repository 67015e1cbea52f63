import type { Violation } from '../checkers/checker';
import type { FaultKind, Script } from '../script';
import type { HistoryResult } from './run-history';

/** A history that broke an invariant, made small. */
export interface Failure {
  readonly script: Script;
  readonly violation: Violation;
  readonly shrunk: Script;
  readonly lines: readonly string[];
}

/** What many histories came to. Plain data: it travels between threads. */
export interface Tally {
  histories: number;
  operations: number;
  sweeps: number;
  injected: Partial<Record<FaultKind, number>>;
  failures: Failure[];
}

export const emptyTally = (): Tally => ({ histories: 0, operations: 0, sweeps: 0, injected: {}, failures: [] });

export function count(tally: Tally, result: HistoryResult): void {
  tally.histories++;
  tally.operations += result.operations;
  tally.sweeps += result.sweeps;
  for (const [kind, n] of result.injected) tally.injected[kind] = (tally.injected[kind] ?? 0) + n;
}

export function merge(into: Tally, from: Tally): void {
  into.histories += from.histories;
  into.operations += from.operations;
  into.sweeps += from.sweeps;
  for (const [kind, n] of Object.entries(from.injected) as Array<[FaultKind, number]>)
    into.injected[kind] = (into.injected[kind] ?? 0) + n;
  into.failures.push(...from.failures);
}
