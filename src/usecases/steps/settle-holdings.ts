import type { Effect } from '../../domain/request/effect';
import type { Item } from '../../domain/request/access-request';
import { callOffForExtension, endHolding, supersedeHolding } from '../../domain/request/lifecycle/hold';
import type { Ports } from '../ports';
import { changeRequest } from './change-request';

type Needed = Pick<Ports, 'requests' | 'people' | 'clock' | 'jobs'>;

/** More requests about one identity than this are older history than anybody's access. */
const mostRequests = 200;

/**
 * Tells the other requests of an identity what this one proved: access that is gone ends their holdings; access that was
 * granted anew takes them over, and a removal that was raised for them is called off.
 */
export async function settleHoldings(
  ports: Needed,
  issueId: string,
  effect: Extract<Effect, { kind: 'end-holdings' | 'extend-holdings' }>,
): Promise<'done'> {
  const request = await ports.requests.get(issueId);
  const item = [...(request?.items ?? []), ...(request?.former ?? [])].find(
    (candidate) => candidate.id === effect.item,
  );
  if (!request || !item) return 'done';
  for (const otherId of await ports.requests.about(item.identity.id, mostRequests)) {
    if (otherId === issueId) continue;
    const other = await ports.requests.get(otherId);
    for (const held of (other?.items ?? []).filter((candidate) => sameAccess(candidate, item))) {
      if (!held.holding || held.holding.over) continue;
      await changeRequest(ports, otherId, { kind: 'app' }, (current, context) =>
        current === undefined
          ? undefined
          : effect.kind === 'end-holdings'
            ? endHolding(current, held.id, issueId, context)
            : supersedeHolding(current, held.id, { issueId, key: request.key }, context),
      );
      const removal = held.holding.revocation?.issueId;
      if (effect.kind === 'extend-holdings' && removal !== undefined) {
        await changeRequest(
          ports,
          removal,
          { kind: 'app' },
          (current, context) => current && callOffForExtension(current, request.key, context),
        );
      }
    }
  }
  return 'done';
}

function sameAccess(a: Item, b: Item): boolean {
  return (
    a.identity.id === b.identity.id &&
    a.connector.id === b.connector.id &&
    a.entitlement.entitlementId === b.entitlement.entitlementId
  );
}
