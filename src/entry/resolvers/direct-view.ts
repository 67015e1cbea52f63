import type { DirectView } from '../../contract/request-view';
import type { AccessRequest, Item } from '../../domain/request/access-request';
import { handOverReason } from '../../domain/request/lifecycle/direct';

/** How far the app is with a change that it makes itself. What was planned for other content is none. */
export function directView(request: AccessRequest, item: Item): DirectView {
  const { direct } = item;
  const current = direct?.contentHash === item.contentHash && direct.epoch === request.epoch;
  if (!direct || !current || direct.state === 'withdrawn') return { state: 'not-yet', attempts: 0 };
  const { state, at, nextAt, attempts, failure } = direct;
  const waitsFor = state === 'planned' ? (direct.notBefore ? 'its-time' : direct.waitsFor) : undefined;
  return {
    state,
    at,
    attempts,
    ...(state === 'planned' && nextAt ? { nextAt } : {}),
    ...(waitsFor ? { waitsFor } : {}),
    ...(direct.result === 'already' ? { already: true } : {}),
    ...(state !== 'made' && failure ? { why: handOverReason(item, failure) } : {}),
  };
}
