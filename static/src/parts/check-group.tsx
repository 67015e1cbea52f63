import { useId } from 'react';

interface Props<T extends string> {
  readonly label: string;
  readonly options: ReadonlyArray<{ readonly value: T; readonly label: string }>;
  readonly chosen: readonly T[];
  readonly onChange: (chosen: T[]) => void;
}

/** Any of a few. */
export function CheckGroup<T extends string>({ label, options, chosen, onChange }: Props<T>) {
  const id = useId();
  return (
    <fieldset className="pg-field pg-fieldset">
      <legend>{label}</legend>
      <div className="pg-checks">
        {options.map((option) => (
          <span key={option.value} className="pg-check">
            <input
              type="checkbox"
              id={`${id}-${option.value}`}
              checked={chosen.includes(option.value)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, option.value]
                    : chosen.filter((value) => value !== option.value),
                )
              }
            />
            <label htmlFor={`${id}-${option.value}`} className="pg-foreign">
              {option.label}
            </label>
          </span>
        ))}
      </div>
    </fieldset>
  );
}
