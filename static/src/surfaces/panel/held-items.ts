import type { RequestView } from '../../../../src/contract/request-view';
import type { HeldItem } from '../../parts/extend-dialog';

/** The items whose access is held and not over yet. */
export function heldItems(request: RequestView): readonly HeldItem[] {
  return request.items
    .filter((item) => item.holding !== undefined && item.holding.over === undefined)
    .map((item) => {
      const endsAt = item.holding?.endsAt ?? item.endsAt;
      const since = item.holding?.since;
      return { id: item.id, name: item.entitlement.name, ...(since ? { since } : {}), ...(endsAt ? { endsAt } : {}) };
    });
}
