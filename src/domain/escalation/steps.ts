import { requireDurationMs, type Instant } from '../instant';
import { instantAt, isOpen, dueOf, type Clock } from '../sla/clock';
import type { Ladder, LadderStep, StepMoment } from './ladder';

/** A step that took effect, or was passed over because the reminders were used up. */
export interface StepTaken {
  /** `{number of the clock}:{id of the step}`: what makes a step happen once. */
  readonly step: string;
  readonly at: Instant;
  readonly dueAt: Instant;
  readonly skipped?: 'reminders-used-up';
}

/** A step or breach on a clock of the request, with its instant. */
export interface StepDue {
  readonly key: string;
  readonly at: Instant;
  readonly clock: Clock;
  readonly clockIndex: number;
  /** Undefined: the breach itself, which comes before every step of the same instant. */
  readonly step?: LadderStep;
}

/** The instant of a moment on a clock. */
export function momentOf(clock: Clock, moment: StepMoment): Instant {
  const within = requireDurationMs(clock.within);
  if ('share' in moment) return instantAt(clock, Math.round(within * moment.share));
  const offset = 'before' in moment ? -requireDurationMs(moment.before) : requireDurationMs(moment.after);
  return instantAt(clock, Math.max(0, within + offset));
}

/**
 * Everything that still has to happen on the open clocks, in the order in which it falls due: by instant, a breach before
 * the steps of its instant, then in the ladder's own order.
 */
export function openSteps(
  clocks: readonly Clock[],
  ladder: Pick<Ladder, 'steps'>,
  taken: readonly StepTaken[],
): readonly StepDue[] {
  const done = new Set(taken.map((t) => t.step));
  const found: StepDue[] = [];
  for (const [clockIndex, clock] of clocks.entries()) {
    if (!isOpen(clock)) continue;
    if (clock.breachedAt === undefined) {
      found.push({ key: `${clockIndex}:breach`, at: dueOf(clock), clock, clockIndex });
    }
    for (const step of ladder.steps) {
      const key = `${clockIndex}:${step.id}`;
      if (step.clock !== clock.kind || done.has(key)) continue;
      found.push({ key, at: momentOf(clock, step.at), clock, clockIndex, step });
    }
  }
  const order = new Map(found.map((due, index) => [due, index]));
  return found.sort((a, b) => (a.at === b.at ? (order.get(a) ?? 0) - (order.get(b) ?? 0) : a.at < b.at ? -1 : 1));
}

/** Whether a reminder on this clock would be one more than the ladder allows. */
export function remindersUsedUp(
  ladder: Pick<Ladder, 'steps' | 'remindersAtMost'>,
  taken: readonly StepTaken[],
  clockIndex: number,
): boolean {
  const reminders = new Set(ladder.steps.filter((s) => s.action.do === 'remind').map((s) => `${clockIndex}:${s.id}`));
  return taken.filter((t) => reminders.has(t.step) && t.skipped === undefined).length >= ladder.remindersAtMost;
}
