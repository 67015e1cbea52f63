import type { RequestView } from '../../../../src/contract/request-view';
import { Notice } from '../../parts/notice';
import { SweepLateNotice } from '../../parts/sweep-late-notice';
import { en } from '../../texts/en';

/** What everybody has to know before anything else: time stands still, or the request went around the gate. */
export function SweepAndBypass({ request, now }: { request: RequestView; now: number }) {
  return (
    <>
      {request.sweepLateSince && <SweepLateNotice since={request.sweepLateSince} now={now} />}
      {request.bypasses.length > 0 && (
        <Notice tone="danger" title={en.notices.bypassTitle}>
          <ul className="pg-list">
            {request.bypasses.map((bypass, index) => (
              <li key={index} className="pg-foreign">
                {bypass}
              </li>
            ))}
          </ul>
          <p className="pg-hint">{en.notices.bypassText}</p>
        </Notice>
      )}
    </>
  );
}
