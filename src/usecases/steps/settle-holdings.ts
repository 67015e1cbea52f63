import type { AccessRequest, Item } from '../../domain/request/access-request';
import type { Effect } from '../../domain/request/effect';
import { callOffForExtension, endHolding, supersedeHolding } from '../../domain/request/lifecycle/hold';
import type { Ports } from '../ports';
import { changeRequest } from './change-request';

type Needed = Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>;

/** More requests about one identity than this are older history than anybody's access. */
const mostRequests = 200;

/**
 * Tells the other requests of an identity what this one proved: access that is gone ends their holdings; access that was
 * granted for longer takes them over, and a removal that was raised for them is called off; a change of level ends what
 * was held of the levels that it replaces.
 */
export async function settleHoldings(
  ports: Needed,
  issueId: string,
  effect: Extract<Effect, { kind: 'end-holdings' | 'extend-holdings' }>,
): Promise<'done'> {
  const request = await ports.requests.get(issueId);
  const item = [...(request?.items ?? []), ...(request?.former ?? [])].find(({ id }) => id === effect.item);
  if (!request || !item) return 'done';
  for (const { other, held } of await othersHolding(ports, request, item)) {
    const gone = effect.kind === 'end-holdings' ? sameAccess(held, item) : replaces(item, held);
    // What was granted after this removal was read is another access.
    const read = item.readings[0]?.at;
    if (gone && read !== undefined && (held.holding?.since ?? '') > read) continue;
    if (gone) {
      await change(ports, other.issueId, (current, context) => endHolding(current, held.id, issueId, context));
    } else if (
      effect.kind === 'extend-holdings' &&
      extendable(held) &&
      sameAccess(held, item) &&
      lastsLonger(item, held)
    ) {
      const by = { issueId, key: request.key };
      await change(ports, other.issueId, (current, context) => supersedeHolding(current, held.id, by, context));
      const removal = held.holding?.revocation?.issueId;
      if (removal !== undefined)
        await change(ports, removal, (current, context) => callOffForExtension(current, request.key, context));
    }
  }
  return 'done';
}

/**
 * Another request under which the same access is held for longer, if there is one: then the end of this one is not the end
 * of the access. Asked again when a removal is due, because the index may have been behind when that access was proven.
 */
export async function longerHolding(
  ports: Pick<Ports, 'requests'>,
  request: AccessRequest,
  itemId: string,
): Promise<{ readonly issueId: string; readonly key: string } | undefined> {
  const item = [...request.items, ...request.former].find((candidate) => candidate.id === itemId);
  if (!item) return undefined;
  const found = (await othersHolding(ports, request, item)).find(
    ({ held }) => sameAccess(held, item) && held.holding?.provisional !== true && lastsLonger(held, item),
  );
  return found && { issueId: found.other.issueId, key: found.other.key };
}

async function othersHolding(
  ports: Pick<Ports, 'requests'>,
  request: AccessRequest,
  item: Item,
): Promise<ReadonlyArray<{ readonly other: AccessRequest; readonly held: Item }>> {
  const ids = await ports.requests.about(item.identity.id, mostRequests);
  const others = await ports.requests.getMany(ids.filter((id) => id !== request.issueId));
  return [...others.values()].flatMap((other) =>
    other.items.filter(({ holding }) => holding !== undefined && !holding.over).map((held) => ({ other, held })),
  );
}

type Decide = (request: AccessRequest, context: Parameters<typeof endHolding>[3]) => ReturnType<typeof endHolding>;

async function change(ports: Needed, issueId: string, decide: Decide): Promise<void> {
  await changeRequest(ports, issueId, { kind: 'app' }, (current, context) => current && decide(current, context));
}

/** Only a removal because of a planned end gives way to longer access; any other reason stands. */
function extendable(held: Item): boolean {
  const reason = held.holding?.revocation?.reason;
  return reason === undefined || reason === 'end' || reason === 'emergency-over';
}

function sameAccess(a: Item, b: Item): boolean {
  return sameAccount(a, b) && a.entitlement.entitlementId === b.entitlement.entitlementId;
}

function replaces(item: Item, held: Item): boolean {
  return (
    item.changeKind === 'modify' &&
    sameAccount(item, held) &&
    item.entitlement.replaces.some(({ entitlementId }) => entitlementId === held.entitlement.entitlementId)
  );
}

function sameAccount(a: Item, b: Item): boolean {
  return a.identity.id === b.identity.id && a.connector.id === b.connector.id;
}

function lastsLonger(a: Item, b: Item): boolean {
  const [end, other] = [a.holding?.endsAt, b.holding?.endsAt];
  return other !== undefined && (end === undefined || end > other);
}
