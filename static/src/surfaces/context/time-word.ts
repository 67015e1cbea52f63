import type { ClockView, RequestView } from '../../../../src/contract/request-view';
import { en, fill } from '../../texts/en';
import { durationMs, type Moments } from '../../texts/moments';

/** How long is left on the clock that runs out first; the one that ran out already comes before it. */
export function timeWord(
  request: RequestView,
  now: number,
  moments: Moments,
): { readonly text: string; readonly late: boolean } | undefined {
  const clock = request.clocks
    .filter((one) => one.stoppedAt === undefined)
    .reduce<ClockView | undefined>((first, one) => (first && first.dueAt <= one.dueAt ? first : one), undefined);
  if (!clock) return undefined;
  const left = Date.parse(clock.dueAt) - now;
  if (left <= 0) return { text: fill(en.clock.overdue, { span: moments.span(left) }), late: true };
  if (clock.paused)
    return {
      text: fill(en.clock.paused, { span: moments.span(durationMs(clock.within) * (1 - clock.used)) }),
      late: false,
    };
  return { text: fill(en.clock.left, { span: moments.span(left) }), late: false };
}
