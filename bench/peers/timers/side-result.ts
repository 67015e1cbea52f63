import type { Tally } from './tally';

/** What one side of the comparison came to. */
export interface SideResult extends Tally {
  readonly kills: number;
  /** Kills that hit a worker in the middle of its work. */
  readonly killsAtWork: number;
  /** How long no worker was there after a kill, at most, in intervals. */
  readonly slowestRestart: number;
}
