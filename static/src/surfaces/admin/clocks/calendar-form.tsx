import { useId, useMemo, useState, type FormEvent } from 'react';
import { adminCalls } from '../../../bridge';
import { useMoments } from '../../../parts/frame-context';
import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { slug } from '../slug';
import { calendarOf, days, holidayLines, isShift, readHolidays, type StoredCalendar } from './calendar-draft';
import { WeekGrid } from './week-grid';
import { ZoneField } from './zone-field';

/** Adds or edits a working calendar. What is wrong beyond the form is told by the answer, as a sentence. */
export function CalendarForm({
  calendar,
  settings,
  close,
}: {
  calendar: StoredCalendar | undefined;
  settings: Settings;
  close: () => void;
}) {
  const words = en.admin.clocks.calendars;
  const titleId = useId();
  const { zone } = useMoments();
  const [draft, setDraft] = useState(() => calendarOf(calendar, zone));
  const [lines, setLines] = useState(() => holidayLines(draft.holidays));
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const read = useMemo(() => readHolidays(lines), [lines]);
  const noName = draft.name.trim() === '';
  const noZone = draft.timeZone.trim() === '';
  const badShift = days.some((day) => !draft.week[day].every(isShift));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (noName || noZone || badShift || !('holidays' in read)) return;
    const error = await save.run('save', async () => {
      const name = draft.name.trim();
      await adminCalls.saveCalendar({
        calendar: {
          ...draft,
          name,
          id:
            calendar?.id ??
            slug(
              name,
              settings.view.calendars.map(({ id }) => id),
            ),
          timeZone: draft.timeZone.trim(),
          holidays: read.holidays,
        },
        expectedRev: calendar?.rev ?? 0,
      });
      await settings.reload();
      return en.common.saved;
    });
    if (!error) close();
  };

  return (
    <form className="pg-card pg-form" noValidate onSubmit={(event) => void submit(event)} aria-labelledby={titleId}>
      <h4 id={titleId} className="pg-h3 pg-foreign">
        {calendar ? fill(en.admin.clocks.edit, { name: calendar.name }) : words.newTitle}
      </h4>
      <div className="pg-form-grid">
        <TextLineField
          label={words.name}
          hint={words.nameHint}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          error={checked && noName ? en.admin.required : undefined}
        />
        <ZoneField
          value={draft.timeZone}
          onChange={(timeZone) => setDraft({ ...draft, timeZone })}
          error={checked && noZone ? en.admin.required : undefined}
        />
      </div>
      <WeekGrid week={draft.week} change={(week) => setDraft({ ...draft, week })} checked={checked} />
      <TextAreaField
        label={words.holidays}
        hint={words.holidaysHint}
        optional
        rows={4}
        maxLength={20_000}
        value={lines}
        onChange={setLines}
        error={checked && 'wrong' in read ? fill(words.holidayWrong, { line: read.wrong }) : undefined}
      />
      <SaveOutcome
        command={save}
        loadTheirs={() => {
          void settings.reload();
          close();
        }}
      />
      <FormFoot saving={save.busy !== undefined} cancel={close} />
    </form>
  );
}
