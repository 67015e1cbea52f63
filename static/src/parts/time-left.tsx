import { en, fill } from '../texts/en';
import { useMoments } from './frame-context';
import { ToneIcon } from './tone-icon';
import type { Tone } from './tone';

interface Props {
  readonly from: string;
  readonly dueAt: string;
  readonly now: number;
  /** Set once it is over. */
  readonly closedAt?: string;
}

/** How much of the time is used, as a bar and in words. */
export function TimeLeft({ from, dueAt, now, closedAt }: Props) {
  const moments = useMoments();
  const due = Date.parse(dueAt);
  if (closedAt) {
    const late = Date.parse(closedAt) > due;
    return (
      <p className="pg-time pg-time-closed">
        <ToneIcon tone={late ? 'warning' : 'success'} small />
        <span>
          {fill(late ? en.clock.late : en.clock.inTime, {
            when: moments.soon(closedAt, now),
            span: moments.span(due - Date.parse(closedAt)),
          })}
        </span>
      </p>
    );
  }
  const used = Math.min(1, Math.max(0, (now - Date.parse(from)) / Math.max(1, due - Date.parse(from))));
  const overdue = now >= due;
  const tone: Tone = overdue ? 'danger' : used > 0.75 ? 'warning' : 'information';
  return (
    <div className="pg-time" role="group" aria-label={en.clock.label}>
      <div className={`pg-bar pg-bar-${tone}`} aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(used * 100)}%` }} />
      </div>
      <p className={`pg-time-words pg-text-${overdue ? 'danger' : 'plain'}`}>
        {overdue && <ToneIcon tone="danger" small />}
        <strong>{fill(overdue ? en.clock.overdue : en.clock.left, { span: moments.span(due - now) })}</strong>
        <span className="pg-subtle">
          {fill(overdue ? en.clock.wasDue : en.clock.due, { when: moments.soon(dueAt, now) })}
        </span>
      </p>
    </div>
  );
}
