import Select from '@atlaskit/select';
import TextArea from '@atlaskit/textarea';
import Textfield from '@atlaskit/textfield';
import { useSession } from '../session/session';
import type { FieldKind } from './field-value';

interface Props {
  kind: FieldKind;
  label: string;
  value: string | string[];
  onChange: (value: string | string[]) => void;
  id?: string;
  autoFocus?: boolean;
  isRequired?: boolean;
}

export function FieldInput({ kind, label, value, onChange, id, autoFocus = false, isRequired = false }: Props) {
  const { people } = useSession();
  const named = id === undefined ? { 'aria-label': label } : { id };
  if (kind === 'user' || kind === 'users') {
    const options = people.map((person) => ({ value: person.accountId, label: person.displayName }));
    const chosen = options.filter((option) =>
      Array.isArray(value) ? value.includes(option.value) : value === option.value,
    );
    const common = {
      options,
      inputId: id ?? label,
      'aria-label': label,
      autoFocus,
      menuPosition: 'fixed' as const,
      isClearable: true,
      placeholder: 'Choose a person',
    };
    return kind === 'users' ? (
      <Select {...common} isMulti value={chosen} onChange={(next) => onChange(next.map((option) => option.value))} />
    ) : (
      <Select
        {...common}
        value={chosen[0] ?? null}
        onChange={(next) => onChange((next as { value: string } | null)?.value ?? '')}
      />
    );
  }
  const text = Array.isArray(value) ? '' : value;
  if (kind === 'paragraph')
    return (
      <TextArea
        {...named}
        value={text}
        autoFocus={autoFocus}
        minimumRows={3}
        resize="smart"
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <Textfield
      {...named}
      type={kind === 'date-time' ? 'datetime-local' : 'text'}
      value={text}
      autoFocus={autoFocus}
      isRequired={isRequired}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
