import type { RequestView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { ToneIcon } from '../../parts/tone-icon';
import { en } from '../../texts/en';
import { toneOfVerdict } from './verdict-tone';

const shown = 3;

/** The last readings of the target, newest first. */
export function LastReadings({ request, now }: { request: RequestView; now: number }) {
  const moments = useMoments();
  const readings = request.items
    .flatMap((item) => item.evidence.map((reading) => ({ item, reading })))
    .sort((a, b) => (a.reading.at < b.reading.at ? 1 : -1))
    .slice(0, Math.max(shown, request.items.length));
  return (
    <section aria-labelledby="pg-readings">
      <h2 id="pg-readings" className="pg-h3">
        {en.readings.title}
      </h2>
      {readings.length === 0 && <p className="pg-subtle">{en.readings.none}</p>}
      <ul className="pg-readings">
        {readings.map(({ item, reading }) => (
          <li key={reading.id} className={reading.counts ? 'pg-reading' : 'pg-reading pg-reading-old'}>
            <ToneIcon tone={toneOfVerdict(reading.verdict)} small />
            <div>
              <p>
                <span className="pg-strong">
                  {en.readings.reasons[reading.reason] ?? en.readings.verdicts[reading.verdict]}
                </span>{' '}
                <span className="pg-subtle">
                  {moments.clock(reading.at, now)}
                  {!reading.counts && `, ${en.readings.old}`}
                </span>
              </p>
              <p className="pg-hint">
                {request.items.length > 1 && (
                  <>
                    <ForeignText>{item.entitlement.name}</ForeignText>:{' '}
                  </>
                )}
                <ForeignText>{reading.observed}</ForeignText>
                {reading === item.evidence[0] && item.unreadableSince && (
                  <> {en.readings.waitsSince(moments.clock(item.unreadableSince, now))}</>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
