/** Removals that must not be dropped without anybody deciding so. */
import type { AccessRequest, Item } from './access-request';

/** Whether this request asks for a removal, or asked for one that was approved and then edited away or not understood any more. */
export function mustBeCalledOff(request: Pick<AccessRequest, 'items' | 'removalOnce'>): boolean {
  return request.removalOnce === true || request.items.some(isRemoval);
}

/** What stays on the request when its content becomes another: an approved removal is not forgotten with its content. */
export function removalLeft(
  current: Pick<AccessRequest, 'items' | 'removalOnce' | 'removalHolders' | 'approvedOnce'>,
  next: readonly Item[],
): Pick<AccessRequest, 'removalOnce' | 'removalHolders'> {
  const dropped = current.approvedOnce && current.items.some(isRemoval) && !next.some(isRemoval);
  if (!dropped && !current.removalOnce) return {};
  const holders = dropped ? removalHolders(current) : (current.removalHolders ?? []);
  return { removalOnce: true, ...(holders.length > 0 ? { removalHolders: holders } : {}) };
}

/** Accounts that hold what is to be removed, or was to be. */
export function removalHolders(request: Pick<AccessRequest, 'items' | 'removalHolders'>): readonly string[] {
  const now = request.items.map((item) => item.identity.accountId).filter((id): id is string => id !== undefined);
  return [...new Set([...(request.removalHolders ?? []), ...now])];
}

function isRemoval(item: Item): boolean {
  return item.changeKind === 'revoke';
}
