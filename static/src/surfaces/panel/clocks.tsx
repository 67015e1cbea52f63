import './clocks.css';
import type { ClockView, RequestView } from '../../../../src/contract/request-view';
import type { DeskSla } from '../../bridge';
import { useMoments } from '../../parts/frame-context';
import { ToneIcon } from '../../parts/tone-icon';
import { en, fill } from '../../texts/en';
import { ClockBar } from './clock-bar';
import { readClock } from './clock-reading';
import { ClockSteps } from './clock-steps';
import { DeskSlaLine } from './desk-sla-line';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  /** Undefined while it is being read. */
  readonly deskSla: readonly DeskSla[] | undefined;
}

/** What runs out when, what the escalation does about it, and how clocks that stopped ended. */
export function Clocks({ request, now, deskSla }: Props) {
  const running = request.clocks.filter((clock) => clock.stoppedAt === undefined);
  const stopped = request.clocks.filter((clock) => clock.stoppedAt !== undefined);
  if (request.clocks.length === 0) return null;
  return (
    <section className="pg-clocks" aria-labelledby="pg-clocks">
      <h2 id="pg-clocks" className="pg-hidden">
        {en.clocks.title}
      </h2>
      {running.map((clock) => (
        <RunningClock key={`${clock.kind} ${clock.startedAt}`} clock={clock} now={now} />
      ))}
      {stopped.length > 0 && (
        <ul className="pg-clock-history">
          {stopped.map((clock) => (
            <StoppedClock key={`${clock.kind} ${clock.startedAt}`} clock={clock} now={now} />
          ))}
        </ul>
      )}
      <DeskSlaLine sla={deskSla} />
    </section>
  );
}

function RunningClock({ clock, now }: { clock: ClockView; now: number }) {
  const words = en.clocks;
  const moments = useMoments();
  const reading = readClock(clock, now, moments);
  return (
    <div className="pg-clock" role="group" aria-label={words.kinds[clock.kind]}>
      <p className="pg-clock-head">
        <span className="pg-strong">{words.kinds[clock.kind]}</span>
        <span className={`pg-clock-words ${reading.overdue ? 'pg-text-danger' : ''}`}>
          {(reading.overdue || clock.paused) && <ToneIcon tone={reading.overdue ? 'danger' : 'neutral'} small />}
          <strong>{reading.words}</strong>
        </span>
      </p>
      <ClockBar clock={clock} reading={reading} now={now} />
      <p className="pg-hint pg-foreign">
        {reading.due}
        <span className="pg-dot" aria-hidden="true" />
        {clock.calendar ? fill(words.calendar, { calendar: clock.calendar }) : words.allDay}
        <span className="pg-dot" aria-hidden="true" />
        {fill(words.within, { duration: moments.duration(clock.within) })}
      </p>
      <ClockSteps clock={clock} now={now} />
    </div>
  );
}

function StoppedClock({ clock, now }: { clock: ClockView; now: number }) {
  const moments = useMoments();
  const outcome = clock.outcome ?? 'withdrawn';
  const stoppedAt = clock.stoppedAt ?? clock.dueAt;
  return (
    <li>
      <ToneIcon tone={outcome === 'met' ? 'success' : outcome === 'withdrawn' ? 'neutral' : 'warning'} small />
      <span>
        {fill(en.clocks.stopped[outcome], {
          clock: en.clocks.kinds[clock.kind],
          when: moments.soon(stoppedAt, now),
          span: moments.span(Date.parse(clock.dueAt) - Date.parse(stoppedAt)),
        })}
      </span>
    </li>
  );
}
