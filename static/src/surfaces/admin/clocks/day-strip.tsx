import { minutesOf } from './calendar-draft';

const day = 24 * 60;

/** One day from midnight to midnight with its shifts filled in. The hours stand next to it in words. */
export function DayStrip({ shifts }: { shifts: ReadonlyArray<{ readonly from: string; readonly to: string }> }) {
  return (
    <span className="pg-day" aria-hidden="true">
      {shifts.map((shift, index) => {
        const from = minutesOf(shift.from);
        const to = minutesOf(shift.to);
        if (from === undefined || to === undefined || to <= from) return null;
        return (
          <span
            key={index}
            style={{ insetInlineStart: `${(from / day) * 100}%`, inlineSize: `${((to - from) / day) * 100}%` }}
          />
        );
      })}
    </span>
  );
}
