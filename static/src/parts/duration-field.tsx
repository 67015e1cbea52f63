import { useId } from 'react';
import Textfield from '@atlaskit/textfield';
import { en } from '../texts/en';
import { readDuration, writeDuration, type DurationUnit } from '../texts/moments';

interface Props {
  readonly label: string;
  /** ISO-8601; undefined when nothing is demanded. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly hint?: string;
  readonly required?: boolean;
  readonly error?: string;
}

const units: readonly DurationUnit[] = ['minute', 'hour', 'day'];

/** A duration as an amount and a unit. Empty means none. */
export function DurationField({ label, value, onChange, hint, required, error }: Props) {
  const id = useId();
  const read = value === undefined ? undefined : readDuration(value);
  const unit = read?.unit ?? 'day';
  const change = (text: string, into: DurationUnit) => {
    const amount = Math.floor(Number(text));
    onChange(
      text.trim() === '' || !Number.isFinite(amount) || amount <= 0
        ? undefined
        : writeDuration(Math.min(amount, 99_999), into),
    );
  };
  return (
    <fieldset className="pg-field pg-fieldset">
      <legend>
        {label} {!required && <span className="pg-subtle pg-regular">({en.common.optional})</span>}
      </legend>
      <div className="pg-duration">
        <Textfield
          id={id}
          type="number"
          min={0}
          aria-label={label}
          isInvalid={error !== undefined}
          aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined}
          value={read ? String(read.amount) : ''}
          onChange={(event) => change(event.currentTarget.value, unit)}
        />
        <select
          className="pg-select"
          aria-label={`${label}: ${en.admin.policy.durationUnits[unit]}`}
          value={unit}
          onChange={(event) => change(read ? String(read.amount) : '1', event.currentTarget.value as DurationUnit)}
        >
          {units.map((known) => (
            <option key={known} value={known}>
              {en.admin.policy.durationUnits[known]}
            </option>
          ))}
        </select>
      </div>
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
    </fieldset>
  );
}
