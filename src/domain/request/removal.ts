/** Removals that must not be dropped without anybody deciding so. */
import type { AccessRequest, Item } from './access-request';

/** Whether this request asks for a removal, or asked for one that was approved and then edited away or not understood any more. */
export function mustBeCalledOff(request: Pick<AccessRequest, 'items' | 'removalOnce'>): boolean {
  return request.removalOnce === true || request.items.some(isRemoval);
}

/** What stays on the request when its content becomes another: an approved removal is not forgotten with its content. */
export function removalLeft(
  current: Pick<AccessRequest, 'items' | 'removalOnce' | 'approvedOnce'>,
  next: readonly Item[],
): { readonly removalOnce?: true } {
  const dropped = current.approvedOnce && current.items.some(isRemoval) && !next.some(isRemoval);
  return dropped || current.removalOnce ? { removalOnce: true } : {};
}

function isRemoval(item: Item): boolean {
  return item.changeKind === 'revoke';
}
