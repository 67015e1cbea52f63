import type { AccessRequest, Item, RequestState } from '../request/access-request';
import { raiseRevocation } from '../request/lifecycle/hold';
import type { Context, Outcome } from '../request/lifecycle/outcome';
import type { WaitingLeaver } from './leaver-list';

/** The items of a request under which this identity holds access that nobody is taking away yet. */
export function heldBy(request: AccessRequest, identityId: string): readonly Item[] {
  return request.items.filter(
    (item) =>
      item.identity.id === identityId &&
      item.holding !== undefined &&
      item.holding.over === undefined &&
      item.holding.revocation === undefined,
  );
}

const ended: readonly RequestState[] = ['closed', 'declined', 'lapsed', 'cancelled', 'deleted'];

/** Whether this identity may still be given access by a request that is under way. */
export function mayBeGranted(request: AccessRequest, identityId: string): boolean {
  if (ended.includes(request.state)) return false;
  return request.items.some(
    (item) => item.changeKind !== 'revoke' && item.identity.id === identityId && item.holding === undefined,
  );
}

/**
 * Whether an entry speaks of this request. What was asked for after the entry was applied is new: somebody who came back
 * does not lose it to an old entry.
 */
export function concerns(entry: WaitingLeaver, request: AccessRequest): boolean {
  return entry.applied === undefined || request.submittedAt <= entry.applied.at;
}

/** Asks for the removal of what an item holds, and says in the audit chain which list wanted it. */
export function endListed(
  request: AccessRequest,
  itemId: string,
  entry: WaitingLeaver,
  listId: string,
  context: Context,
): Outcome | undefined {
  const raised = raiseRevocation(request, itemId, entry.kind, context);
  return (
    raised && {
      ...raised,
      facts: [{ fact: 'listed-as-leaver', item: itemId, list: listId, at: entry.at }, ...raised.facts],
    }
  );
}
