import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { en, fill } from '../../../texts/en';
import type { Settings } from '../settings';
import { days, type StoredCalendar } from './calendar-draft';
import { CalendarForm } from './calendar-form';
import { DayStrip } from './day-strip';
import { PartHead } from '../part-head';

/** The working calendars, each as a week. */
export function Calendars({ settings }: { settings: Settings }) {
  const words = en.admin.clocks.calendars;
  const [editing, setEditing] = useState<string>();
  const close = () => setEditing(undefined);
  const { calendars } = settings.view;
  return (
    <section className="pg-clock-part" aria-labelledby="pg-calendars">
      <PartHead
        id="pg-calendars"
        title={words.title}
        lead={words.lead}
        action={editing === undefined && <Button onClick={() => setEditing('new')}>{words.add}</Button>}
      />
      {editing === 'new' && <CalendarForm calendar={undefined} settings={settings} close={close} />}
      {calendars.length === 0 && editing === undefined && <p className="pg-subtle">{words.none}</p>}
      <ul className="pg-cards">
        {calendars.map((calendar) => (
          <li key={calendar.id}>
            {editing === calendar.id ? (
              <CalendarForm calendar={calendar} settings={settings} close={close} />
            ) : (
              <CalendarCard
                calendar={calendar}
                edit={editing === undefined ? () => setEditing(calendar.id) : undefined}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function CalendarCard({ calendar, edit }: { calendar: StoredCalendar; edit: (() => void) | undefined }) {
  const words = en.admin.clocks.calendars;
  const holidays = calendar.holidays.length;
  return (
    <div className="pg-card">
      <div className="pg-card-head">
        <div>
          <h4 className="pg-h3 pg-foreign">{calendar.name}</h4>
          <p className="pg-hint">
            {calendar.timeZone.replaceAll('_', ' ')}
            <span className="pg-dot" aria-hidden="true" />
            {holidays === 1 ? words.holidayOne : fill(words.holidayCount, { n: holidays })}
            <span className="pg-dot" aria-hidden="true" />
            {fill(words.version, { version: calendar.version })}
          </p>
        </div>
        <Button
          appearance="subtle"
          spacing="compact"
          isDisabled={!edit}
          aria-label={fill(en.admin.clocks.edit, { name: calendar.name })}
          onClick={edit}
        >
          {en.common.edit}
        </Button>
      </div>
      <ul className="pg-week" aria-label={words.hoursOf}>
        {days.map((day) => (
          <li key={day} className="pg-week-day pg-week-day-shown">
            <span>{words.days[day]}</span>
            <DayStrip shifts={calendar.week[day]} />
            <span className="pg-subtle">
              {calendar.week[day].length === 0
                ? words.off
                : calendar.week[day].map(({ from, to }) => `${from}–${to}`).join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
