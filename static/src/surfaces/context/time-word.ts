import type { RequestView } from '../../../../src/contract/request-view';
import { isOver } from '../../parts/request-state';
import { en, fill } from '../../texts/en';
import type { Moments } from '../../texts/moments';

/** How long is left, while anything is left to do. */
export function timeWord(
  request: RequestView,
  now: number,
  moments: Moments,
): { readonly text: string; readonly late: boolean } | undefined {
  const dueAt = request.items.map((item) => item.dueAt).find((due) => due !== undefined);
  if (!dueAt || isOver(request.state)) return undefined;
  const left = Date.parse(dueAt) - now;
  const late = left <= 0;
  return { text: fill(late ? en.clock.overdue : en.clock.left, { span: moments.span(left) }), late };
}
