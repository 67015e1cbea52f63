import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { en, fill } from '../../../texts/en';
import { days, isShift, type CalendarInput, type Day } from './calendar-draft';
import { DayStrip } from './day-strip';

type Week = CalendarInput['week'];
type Shift = Week[Day][number];

/** The week, a line a day, each with any number of shifts. */
export function WeekGrid({ week, change, checked }: { week: Week; change: (week: Week) => void; checked: boolean }) {
  const words = en.admin.clocks.calendars;
  const setDay = (day: Day, shifts: Shift[]) => change({ ...week, [day]: shifts });
  return (
    <fieldset className="pg-field pg-fieldset">
      <legend>{words.week}</legend>
      <p className="pg-hint">{words.weekHint}</p>
      <div className="pg-week">
        {days.map((day) => (
          <div key={day} className="pg-week-day" role="group" aria-label={words.days[day]}>
            <span className="pg-strong">{words.days[day]}</span>
            <DayStrip shifts={week[day]} />
            <div className="pg-shifts">
              {week[day].length === 0 && <span className="pg-subtle">{words.off}</span>}
              {week[day].map((shift, index) => (
                <ShiftFields
                  key={index}
                  shift={shift}
                  label={(text) => fill(text, { day: words.days[day], n: index + 1 })}
                  wrong={checked && !isShift(shift)}
                  change={(changed) =>
                    setDay(
                      day,
                      week[day].map((known, at) => (at === index ? changed : known)),
                    )
                  }
                  remove={() =>
                    setDay(
                      day,
                      week[day].filter((_known, at) => at !== index),
                    )
                  }
                />
              ))}
              <Button
                appearance="subtle"
                spacing="compact"
                aria-label={fill(words.addShiftOn, { day: words.days[day] })}
                onClick={() => setDay(day, [...week[day], nextShift(week[day])])}
              >
                {words.addShift}
              </Button>
            </div>
          </div>
        ))}
      </div>
      <div>
        <Button
          spacing="compact"
          onClick={() => {
            const copy = () => week.mon.map((shift) => ({ ...shift }));
            change({ ...week, tue: copy(), wed: copy(), thu: copy(), fri: copy() });
          }}
        >
          {words.copy}
        </Button>
      </div>
      {checked && days.some((day) => !week[day].every(isShift)) && (
        <p className="pg-field-error" role="alert">
          {words.shiftWrong}
        </p>
      )}
    </fieldset>
  );
}

function ShiftFields({
  shift,
  label,
  wrong,
  change,
  remove,
}: {
  shift: Shift;
  label: (text: string) => string;
  wrong: boolean;
  change: (shift: Shift) => void;
  remove: () => void;
}) {
  const words = en.admin.clocks.calendars;
  return (
    <span className="pg-shift">
      {(['from', 'to'] as const).map((end) => (
        <span key={end} className="pg-shift-time">
          <Textfield
            isCompact
            value={shift[end]}
            maxLength={5}
            inputMode="numeric"
            isInvalid={wrong}
            aria-label={label(words[end])}
            onChange={(event) => change({ ...shift, [end]: event.currentTarget.value })}
          />
        </span>
      ))}
      <Button appearance="subtle" spacing="compact" aria-label={label(words.removeShift)} onClick={remove}>
        {en.common.remove}
      </Button>
    </span>
  );
}

/** After the shift before it, as far as the day goes. */
function nextShift(shifts: readonly Shift[]): Shift {
  const last = shifts.at(-1)?.to ?? '08:00';
  const hour = Math.min(22, Number(last.slice(0, 2)) + 1);
  const text = (value: number) => `${String(value).padStart(2, '0')}:00`;
  return { from: text(hour), to: text(Math.min(24, hour + 4)) };
}
