import { atMost, type Row } from '../../row';
import type { SideResult } from './side-result';

/** What is counted, with the limit that the app must keep. Without one the number is reported and promises nothing. */
const measures: ReadonlyArray<{
  readonly name: string;
  readonly unit: string;
  readonly of: (side: SideResult) => number;
  readonly limit?: number;
  /** Says how long something took, which on the peer's side is real time. */
  readonly time?: true;
}> = [
  { name: 'lost', unit: 'effects', of: (side) => side.lost, limit: 0 },
  { name: 'duplicated', unit: 'effects', of: (side) => side.duplicated, limit: 0 },
  { name: 'early', unit: 'effects', of: (side) => side.early, limit: 0 },
  { name: 'later than one own interval', unit: 'effects', of: (side) => side.late, time: true },
  { name: 'longest delay', unit: 'own intervals', of: (side) => side.longestDelay, time: true },
  // L1: once faults stop, within two sweeps.
  { name: 'drained after the last kill', unit: 'own intervals', of: (side) => side.drained, limit: 2, time: true },
  { name: 'kills that hit a worker at work', unit: 'kills', of: (side) => side.killsAtWork },
  { name: 'slowest restart', unit: 'own intervals', of: (side) => side.slowestRestart },
];

/** A machine on which a loaded worker needs longer than this to take over is too busy to say how late the peer is. */
const slowestFairRestart = 0.5;

/** One row for each measure, Proofgate beside one peer; no peer where comparing would be unfair. */
export function timerRows(ours: SideResult, peer: string, theirs: SideResult): readonly Row[] {
  const script = `timers, ${ours.expected} effects, ${ours.kills} kills`;
  return measures.map(({ name, unit, of, limit, time }) => ({
    ...(limit === undefined
      ? { name: `${script}: ${name}`, value: of(ours), unit, goal: 'reported', holds: true }
      : atMost(`${script}: ${name}`, of(ours), limit, unit)),
    ...(time && theirs.slowestRestart > slowestFairRestart ? {} : { peer, peerValue: of(theirs) }),
  }));
}
