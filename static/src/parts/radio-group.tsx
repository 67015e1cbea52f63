import { useId } from 'react';

interface Props<T extends string> {
  readonly label: string;
  readonly options: ReadonlyArray<{ readonly value: T; readonly label: string }>;
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly error?: string;
}

/** Exactly one of a few, all of them in sight. */
export function RadioGroup<T extends string>({ label, options, value, onChange, error }: Props<T>) {
  const id = useId();
  return (
    <fieldset className="pg-field pg-fieldset" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{label}</legend>
      <div className="pg-radios">
        {options.map((option) => (
          <span key={option.value} className="pg-check">
            <input
              type="radio"
              id={`${id}-${option.value}`}
              name={id}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          </span>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="pg-field-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
