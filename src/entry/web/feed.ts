import { feedLimits } from '../../domain/feed/feed-state';
import { signedOf } from '../../domain/signature';
import type { Ports } from '../../usecases/ports';
import { takeFeed, type FeedAnswer } from '../../usecases/take-feed';
import { headersOf, isLarger, signatureHeaders, type WebRequest } from './web-request';

/** The outputs that manifest.yml declares: the trigger is static, so nothing else can be answered. */
type OutputKey = FeedAnswer | 'unavailable';

/**
 * Takes in signed feeds. Whatever is not signed is `refused`, always in the same way: first by its form, without storage,
 * then by its signature. Only what is genuine is told what is wrong with it.
 */
export function createFeed(ports: () => Ports) {
  return async (request: WebRequest): Promise<{ readonly outputKey: OutputKey }> => {
    const { method, body } = request;
    const header = headersOf(request.headers);
    const signed = signedOf(signatureHeaders(header));
    if (method !== 'POST' || !signed || typeof body !== 'string') return { outputKey: 'refused' };
    // Told without looking at the signature: the length of a message is known to whoever sent it.
    if (isLarger(body, feedLimits.bytes)) return { outputKey: 'too-large' };
    const envelope = {
      asOf: header('x-proofgate-as-of') ?? '',
      rows: header('x-proofgate-rows') ?? '',
      part: header('x-proofgate-part') ?? '1/1',
    };
    const opened = ports();
    try {
      return { outputKey: await takeFeed(opened, { signed, envelope, body }) };
    } catch (error) {
      opened.log.note('feed-not-taken', { error: error instanceof Error ? error.name : 'unknown' });
      return { outputKey: 'unavailable' };
    }
  };
}
