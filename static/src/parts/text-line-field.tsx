import Textfield from '@atlaskit/textfield';
import { useId } from 'react';
import { en } from '../texts/en';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'url' | 'number';
  readonly optional?: boolean;
  readonly error?: string;
  readonly disabled?: boolean;
  readonly maxLength?: number;
  readonly short?: boolean;
}

/** A labelled line of text. Secrets use type `password` and are never filled in by the browser. */
export function TextLineField({
  label,
  hint,
  value,
  onChange,
  type = 'text',
  optional,
  error,
  disabled,
  maxLength = 255,
  short,
}: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={short ? 'pg-field pg-field-short' : 'pg-field'}>
      <label htmlFor={id}>
        {label} {optional && <span className="pg-subtle pg-regular">({en.common.optional})</span>}
      </label>
      <Textfield
        id={id}
        type={type}
        value={value}
        maxLength={maxLength}
        isDisabled={disabled}
        isInvalid={error !== undefined}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className="pg-hint pg-foreign">
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
