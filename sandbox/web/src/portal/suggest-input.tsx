/** A text field that proposes: type anything, or take one of the list with mouse or arrow keys. */
import Textfield from '@atlaskit/textfield';
import { type KeyboardEvent, useId, useState } from 'react';

export interface Option {
  value: string;
  detail: string;
}

interface Props {
  id: string;
  label: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
  required: boolean;
}

export function SuggestInput({ id, label, value, options, onChange, required }: Props) {
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const listId = useId();
  const exact = options.some((option) => option.value === value);
  const found = exact ? options : options.filter((option) => option.value.toLowerCase().includes(value.toLowerCase()));
  const visible = open && found.length > 0;

  const take = (option: Option | undefined) => {
    if (option) onChange(option.value);
    setOpen(false);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((before) => (before + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && visible && at >= 0) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === 'Escape' && visible) {
      event.preventDefault();
      take(undefined);
    }
  };

  return (
    <div className="suggest">
      <Textfield
        id={id}
        role="combobox"
        aria-expanded={visible}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={visible && at >= 0 ? `${listId}-${at}` : undefined}
        autoComplete="off"
        isRequired={required}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setOpen(true);
          setAt(-1);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => take(undefined)}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label={`Proposals for ${label}`} className="suggest__list" hidden={!visible}>
        {found.map((option, index) => (
          <li
            key={option.value}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={index === at ? 'suggest__option suggest__option--at' : 'suggest__option'}
            // Before the field loses its focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take(option);
            }}
          >
            <span>{option.value}</span>
            <span className="subtle">{option.detail}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
