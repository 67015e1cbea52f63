import type { HealthView } from '../../../../../src/contract/settings-view';
import { useMoments } from '../../../parts/frame-context';
import { Notice } from '../../../parts/notice';
import { useAppNow } from '../../../parts/use-app-now';
import { en, fill } from '../../../texts/en';
import { HealthLine } from './health-line';

const number = new Intl.NumberFormat('en');

/** Whether the schedule runs, how much of Jira's budget it used, whether digests are kept elsewhere, and who waits to leave. */
export function Heartbeat({ health, at }: { health: HealthView; at: number }) {
  const words = en.admin.state;
  const moments = useMoments();
  const now = useAppNow(health.now, at);
  const ago = (iso: string) => moments.span(Math.max(0, now - Date.parse(iso)));
  const { lastSweep, sweepLate, pausedUntil, points, newestDigest: digest, leavers } = health;
  const used = points.budget > 0 ? Math.min(1, points.used / points.budget) : 0;
  return (
    <>
      {sweepLate && (
        <Notice tone="danger" title={words.banner}>
          <p>{lastSweep ? fill(words.bannerText, { ago: ago(lastSweep) }) : words.bannerNever}</p>
        </Notice>
      )}
      <ul className="pg-health">
        <HealthLine tone={sweepLate ? 'danger' : 'success'} title={words.heartbeat}>
          <p className="pg-subtle">
            {lastSweep ? fill(words.heartbeatOk, { ago: ago(lastSweep) }) : words.bannerNever}
          </p>
        </HealthLine>
        <HealthLine tone={pausedUntil || used > 0.9 ? 'warning' : 'success'} title={words.points}>
          <span className={`pg-budget${used > 0.9 ? ' pg-budget-high' : ''}`} aria-hidden="true">
            <span style={{ inlineSize: `${Math.round(used * 100)}%` }} />
          </span>
          <p className="pg-subtle">
            {fill(words.pointsText, { used: number.format(points.used), budget: number.format(points.budget) })}
          </p>
          {pausedUntil && <p>{fill(words.pausedUntil, { when: moments.soon(pausedUntil, now) })}</p>}
        </HealthLine>
        <HealthLine tone={digest ? (digest.anchoredAt ? 'success' : 'warning') : 'neutral'} title={words.digest.title}>
          <p className="pg-subtle">
            {digest ? fill(words.digest.made, { ago: ago(digest.at) }) : words.digest.none}{' '}
            {digest &&
              (digest.anchoredAt
                ? fill(words.digest.anchored, { ago: ago(digest.anchoredAt) })
                : words.digest.notAnchored)}
          </p>
        </HealthLine>
        <HealthLine tone={leavers.problem ? 'warning' : 'success'} title={words.leavers.title}>
          <p className="pg-subtle">
            {leavers.waiting === 0
              ? words.leavers.none
              : leavers.waiting === 1
                ? words.leavers.one
                : fill(words.leavers.many, { n: number.format(leavers.waiting) })}
          </p>
          {leavers.problem && <p className="pg-foreign">{leavers.problem}</p>}
        </HealthLine>
      </ul>
    </>
  );
}
