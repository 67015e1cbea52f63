import type { ClockView } from '../../../../src/contract/request-view';
import { en } from '../../texts/en';
import { placeSteps, shareOn, type ClockReading, type PlacedStep } from './clock-reading';

/** A clock drawn: what is used up, the steps of the escalation, and the due instant. The words next to it say the same. */
export function ClockBar({ clock, reading, now }: { clock: ClockView; reading: ClockReading; now: number }) {
  const share = shareOn(clock, now);
  const percent = (at: number) => `${(share(at) * 100).toFixed(2)}%`;
  const due = Date.parse(clock.dueAt);
  const until = clock.paused && clock.pausedSince ? Date.parse(clock.pausedSince) : now;
  const dueShare = share(due);
  return (
    <div className="pg-clock-bar" aria-hidden="true">
      <div className={`pg-clock-track pg-clock-${reading.tone}${clock.paused ? ' pg-clock-paused' : ''}`}>
        <span className="pg-clock-used" style={{ inlineSize: percent(Math.min(until, due)) }} />
        {until > due && (
          <span
            className="pg-clock-over"
            style={{ insetInlineStart: percent(due), inlineSize: `${((share(until) - dueShare) * 100).toFixed(2)}%` }}
          />
        )}
        <span className="pg-clock-due" style={{ insetInlineStart: percent(due) }} />
        {marks(placeSteps(clock, now)).map(({ at, status }) => (
          <span
            key={at}
            className={`pg-clock-step pg-clock-step-${status}`}
            style={{ insetInlineStart: percent(Date.parse(at)) }}
          />
        ))}
      </div>
      <div className="pg-clock-scale">
        <span
          className={dueShare > 0.92 ? 'pg-clock-due-end' : 'pg-clock-due-word'}
          style={dueShare > 0.92 ? undefined : { insetInlineStart: percent(due) }}
        >
          {en.clocks.dueMark}
        </span>
      </div>
    </div>
  );
}

/** One mark an instant; what is still to come shows over what is done. */
function marks(placed: readonly PlacedStep[]): ReadonlyArray<{ readonly at: string; readonly status: string }> {
  const byInstant = new Map<string, PlacedStep['status']>();
  for (const { step, status } of placed) byInstant.set(step.at, byInstant.get(step.at) === 'next' ? 'next' : status);
  return [...byInstant].map(([at, status]) => ({ at, status }));
}
