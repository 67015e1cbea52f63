import { durationMs, plus, type Instant } from '../../instant';
import type { Item } from '../access-request';

/** When access ends: a duration counts from the first proof and does not move with later ones; removals have no end. */
export function endFrom(item: Pick<Item, 'changeKind' | 'period'>, provenAt: Instant): { readonly endsAt?: Instant } {
  if (item.changeKind === 'revoke') return {};
  const { duration, end } = item.period;
  if (duration !== undefined && durationMs(duration) !== undefined) return { endsAt: plus(provenAt, duration) };
  return end ? { endsAt: end } : {};
}
