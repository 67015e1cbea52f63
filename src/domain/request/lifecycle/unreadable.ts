import { later, type Instant } from '../../instant';
import type { AccessRequest, Item, ReadingSummary, RequestState } from '../access-request';

/** Since when a target has told nothing about an item. That there is no account is an answer. */
export function unreadableAfter(item: Item, reading: ReadingSummary): Pick<Item, 'unreadableSince'> {
  const silent = reading.verdict === 'unreadable' && reading.reason !== 'no-account';
  return silent ? { unreadableSince: item.unreadableSince ?? reading.at } : {};
}

/** States in which somebody waits for the account. */
const waiting: readonly RequestState[] = [
  'awaiting-approval',
  'approved',
  'fulfilling',
  'verifying',
  'verified',
  'reopened',
];
const againMs = 60_000;
const againMostMs = 15 * 60_000;

/**
 * A target that was silent when the request was raised is asked again for the account, until it answers: nobody has to
 * remember it. The clocks run meanwhile, so a silence that lasts escalates like any other delay.
 */
export function seekAccount(request: AccessRequest, now: Instant): AccessRequest {
  const seeks = request.items.some((item) => item.account === undefined && item.unreadableSince !== undefined);
  if (!seeks || request.nextLookAt !== undefined || !waiting.includes(request.state)) return request;
  return { ...request, nextLookAt: later(now, Math.min(againMostMs, againMs * (request.failedReadings + 1))) };
}
