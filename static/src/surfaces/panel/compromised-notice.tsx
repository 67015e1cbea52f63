import type { RequestView } from '../../../../src/contract/request-view';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { en, fill } from '../../texts/en';

/** That what is removed here is compromised, since when, and why. */
export function CompromisedNotice({ request }: { request: RequestView }) {
  const moments = useMoments();
  const { compromised } = request;
  if (!compromised) return null;
  return (
    <Notice tone="danger" title={fill(en.compromise.title, { when: moments.dateTime(compromised.notifiedAt) })}>
      <p className="pg-foreign pg-lines">{compromised.reason}</p>
      <p className="pg-hint">{en.compromise.text}</p>
    </Notice>
  );
}
