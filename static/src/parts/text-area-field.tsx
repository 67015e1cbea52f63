import TextArea from '@atlaskit/textarea';
import { useId } from 'react';
import { en } from '../texts/en';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  readonly optional?: boolean;
  readonly error?: string;
  readonly rows?: number;
  /** Shown as dots, and kept from spell checkers and from the browser's memory. */
  readonly secret?: boolean;
}

/** A labelled text of several lines. */
export function TextAreaField({
  label,
  hint,
  value,
  onChange,
  maxLength = 2000,
  optional,
  error,
  rows = 2,
  secret,
}: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="pg-field">
      <label htmlFor={id}>
        {label} {optional && <span className="pg-subtle pg-regular">({en.common.optional})</span>}
      </label>
      <TextArea
        id={id}
        value={value}
        minimumRows={rows}
        maxLength={maxLength}
        isInvalid={error !== undefined}
        className={secret ? 'pg-masked' : undefined}
        isMonospaced={secret === true}
        {...(secret ? { spellCheck: false, autoComplete: 'off' } : {})}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
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
