/**
 * The escalation script that both sides play, in minutes: requests raised in groups, three steps each at the shares of an
 * eight-hour clock at which the app's standard ladder has them, and the moments at which the worker is killed.
 */
import { seededRng } from '../../../sandbox/platform/rng';

export const groups = 10;
export const requestsPerGroup = 6;
export const groupEveryMinutes = 20;
/** Remind at 50 % and 90 % of eight hours, notify when they are over. */
export const steps = [
  { name: 'half', afterMinutes: 240 },
  { name: 'soon', afterMinutes: 432 },
  { name: 'due', afterMinutes: 480 },
] as const;
export type StepName = (typeof steps)[number]['name'];
/** How often Proofgate's sweep looks. The peer is scaled so that this is the interval of its stalled check. */
export const intervalMinutes = 5;
const seed = 4;

/** A SIGKILL while the steps that one group has due at one instant are worked on. */
export interface Kill {
  readonly group: number;
  readonly step: StepName;
  /** How much of the time that such work takes has passed when it comes: 0 to 1. */
  readonly share: number;
}

/**
 * The kills, the same for both sides: one for the steps of each group, at a random moment of the work on them. The first
 * group is let through, so that a side can see how much work such steps are.
 */
export function kills(): readonly Kill[] {
  const rng = seededRng(seed);
  return [...Array(groups).keys()]
    .slice(1)
    .flatMap((group) => steps.map(({ name }): Kill => ({ group, step: name, share: rng.next() })))
    .sort((a, b) => minuteOf(a.group, a.step) - minuteOf(b.group, b.step));
}

/** When a step of a group is due, in minutes after the first group was raised. */
export function minuteOf(group: number, step: StepName): number {
  return group * groupEveryMinutes + (steps.find(({ name }) => name === step)?.afterMinutes ?? Number.NaN);
}
