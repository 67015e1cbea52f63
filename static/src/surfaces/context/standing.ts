import type { RequestView } from '../../../../src/contract/request-view';
import type { Tone } from '../../parts/tone';
import { en, fill } from '../../texts/en';
import type { Moments } from '../../texts/moments';

/** What is out of the ordinary about the request, in a few words each. */
export function standing(
  request: RequestView,
  now: number,
  moments: Moments,
): ReadonlyArray<{ readonly text: string; readonly tone: Tone }> {
  const found: Array<{ text: string; tone: Tone }> = [];
  if (request.bypasses.length > 0) found.push({ text: en.context.bypassed, tone: 'danger' });
  if (request.compromised) found.push({ text: en.context.compromised, tone: 'danger' });
  if (request.emergency)
    found.push(
      request.emergency.review
        ? { text: en.context.emergencyReviewed, tone: 'neutral' }
        : { text: en.context.emergency, tone: 'warning' },
    );
  if (request.exception && !request.exception.ended)
    found.push({
      text: fill(request.exception.kind === 'manual-attestation' ? en.context.attested : en.context.excepted, {
        when: moments.soon(request.exception.expiresAt, now),
      }),
      tone: 'warning',
    });
  for (const item of request.items)
    if (item.holding?.revocation?.key && !item.holding.over)
      found.push({ text: fill(en.context.removalRaised, { key: item.holding.revocation.key }), tone: 'information' });
  return found;
}
