import type { Gate } from '../../src/domain/gate/answer';
import type { GateReply } from '../../src/usecases/answer-gate';
import type { DeskIssue } from '../desk/desk-issue';
import type { FaultBox } from '../faults/fault-box';
import type { Installation } from './installation';
import type { Strand } from './interleaving';

/** What a running function finds around it. Times are epoch milliseconds. */
export interface Surroundings {
  readonly faults: FaultBox;
  readonly callMs: number;
  readonly staleMs: number;
  /** The app may change targets here. */
  readonly mayWrite: boolean;
  /** Calls are written down. */
  readonly traces: boolean;
  note(line: string): void;
  /** The true time. */
  now(): number;
  /** The time as the app's clock shows it, as an instant. */
  appNow(): string;
  nextId(): string;
  /** Time goes on by so much. */
  passes(ms: number): void;
  /** The app asks for the effects of a change. */
  pushSweep(installation: Installation): void;
  push(installation: Installation, issueId: string, rev: number): void;
  askGate(installation: Installation, gate: Gate, issue: DeskIssue, strand: Strand | undefined): Promise<GateReply>;
}
