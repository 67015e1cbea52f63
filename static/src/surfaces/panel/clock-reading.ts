import type { ClockView } from '../../../../src/contract/request-view';
import type { Tone } from '../../parts/tone';
import { en, fill } from '../../texts/en';
import { durationMs, type Moments } from '../../texts/moments';

/** What a running clock says: in words first, then where everything stands on its bar. */
export interface ClockReading {
  readonly words: string;
  readonly due: string;
  readonly tone: Tone;
  readonly overdue: boolean;
}

export function readClock(clock: ClockView, now: number, moments: Moments): ClockReading {
  const words = en.clocks;
  const due = Date.parse(clock.dueAt);
  const overdue = now >= due || clock.breachedAt !== undefined;
  const target = durationMs(clock.within);
  const unused = moments.span(target * (1 - clock.used));
  const left = moments.span(due - now);
  const said = clock.paused
    ? overdue
      ? fill(words.pausedOverdue, { span: unused })
      : clock.pausedSince
        ? fill(words.pausedSince, { when: moments.soon(clock.pausedSince, now), span: unused })
        : fill(words.paused, { span: unused })
    : fill(overdue ? words.overdue : words.left, { span: left });
  return {
    words: said,
    due: fill(overdue ? words.wasDue : clock.paused ? words.dueIfOn : words.due, {
      when: moments.soon(clock.dueAt, now),
    }),
    tone: overdue ? 'danger' : clock.paused ? 'neutral' : clock.used > 0.75 ? 'warning' : 'information',
    overdue,
  };
}

type Step = ClockView['steps'][number];

export interface PlacedStep {
  readonly step: Step;
  readonly status: 'done' | 'missed' | 'next' | 'later';
}

/** The steps in order with where each stands. Of those to come the first ones are next, together when they share an instant. */
export function placeSteps(clock: ClockView, now: number): readonly PlacedStep[] {
  const lastDone = clock.steps.reduce((last, step) => (step.done ? Math.max(last, Date.parse(step.at)) : last), 0);
  const coming = clock.steps.find((step) => !step.done && Date.parse(step.at) > Math.max(lastDone, now - 1));
  return clock.steps.map((step) => ({
    step,
    status: step.done
      ? 'done'
      : step.at === coming?.at
        ? 'next'
        : Date.parse(step.at) <= Math.max(lastDone, now)
          ? 'missed'
          : 'later',
  }));
}

/**
 * Shares of a bar that is as long as what matters: to the due instant and, when time or steps go beyond it, up to as much
 * again. What lies further stands at its end.
 */
export function shareOn(clock: ClockView, now: number): (at: number) => number {
  const start = Date.parse(clock.startedAt);
  const due = Math.max(start + 1, Date.parse(clock.dueAt));
  const last = Math.max(now, ...clock.steps.map((step) => Date.parse(step.at)));
  const end = Math.max(due, Math.min(last, due + (due - start)));
  const room = last > due ? 0.96 : 1;
  return (at) => Math.min(1, Math.max(0, ((at - start) / (end - start)) * room));
}
