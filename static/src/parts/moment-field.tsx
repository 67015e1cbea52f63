import { useId, useState } from 'react';
import { useMoments } from './frame-context';

interface Props {
  readonly label: string;
  /** ISO-8601 in UTC; undefined while nothing usable is entered. */
  readonly value: string | undefined;
  readonly onChange: (iso: string | undefined) => void;
  readonly hint?: string;
  readonly error?: string;
}

/** A date and a time in the person's own time zone, in the browser's own picker. */
export function MomentField({ label, value, onChange, hint, error }: Props) {
  const id = useId();
  const moments = useMoments();
  const [text, setText] = useState(value ? moments.wall(value) : '');
  const described = [`${id}-zone`, hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="pg-field">
      <label htmlFor={id}>
        {label}{' '}
        <span id={`${id}-zone`} className="pg-subtle pg-regular">
          ({moments.zone.replaceAll('_', ' ')})
        </span>
      </label>
      <input
        id={id}
        type="datetime-local"
        className="pg-select pg-moment"
        value={text}
        aria-invalid={error !== undefined}
        aria-describedby={described}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onChange(moments.instant(event.currentTarget.value));
        }}
      />
      {hint && (
        <p id={`${id}-hint`} className="pg-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="pg-field-error">
          {error}
        </p>
      )}
    </div>
  );
}
