import { useId, useMemo } from 'react';
import { en } from '../../../texts/en';

/** A time zone by its name, with those that the browser knows as suggestions. */
export function ZoneField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (zone: string) => void;
  error?: string;
}) {
  const words = en.admin.clocks.calendars;
  const id = useId();
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  return (
    <div className="pg-field">
      <label htmlFor={id}>{words.zone}</label>
      <input
        id={id}
        className="pg-select"
        list={`${id}-zones`}
        value={value}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={`${id}-zones`}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <p id={`${id}-hint`} className="pg-hint">
        {words.zoneHint}
      </p>
      {error && (
        <p id={`${id}-error`} className="pg-field-error">
          {error}
        </p>
      )}
    </div>
  );
}
