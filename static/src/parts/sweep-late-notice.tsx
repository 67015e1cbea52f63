import { en, fill } from '../texts/en';
import { useMoments } from './frame-context';
import { Notice } from './notice';

/** Says that nothing happens by itself until the schedule runs again. */
export function SweepLateNotice({ since, now }: { since: string; now: number }) {
  const moments = useMoments();
  return (
    <Notice tone="warning" title={en.notices.sweepLateTitle}>
      <p>{fill(en.notices.sweepLateText, { when: moments.soon(since, now) })}</p>
    </Notice>
  );
}
