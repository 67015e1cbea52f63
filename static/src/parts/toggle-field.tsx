import Toggle from '@atlaskit/toggle';
import { useId } from 'react';

/** A switch with its name and what it does. */
export function ToggleField({
  label,
  hint,
  on,
  onChange,
  disabled,
}: {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="pg-toggle-field">
      <Toggle
        id={id}
        isChecked={on}
        isDisabled={disabled}
        descriptionId={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className="pg-hint">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
