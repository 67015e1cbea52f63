/** One field of the form: label, input, hint, and what is missing. */
import { FieldInput } from '../agent/field-input';
import type { FieldKind } from '../agent/field-value';
import { localOf, zoneName } from '../site/instants';
import type { RequestField } from '../site/jira';
import { SuggestInput } from './suggest-input';
import { SUGGESTED, type Suggestions } from './suggestions';

const HINTS: Record<string, string> = {
  Entitlement: 'Start to type, or choose from what the directory has.',
  Beneficiary: 'Who is to hold it. Empty means you.',
  'Service account': 'When the holder is no person: its login in the directory.',
  'Access duration': 'Instead of an end: counted from the moment the access is proven.',
  Justification: 'Approvers read this.',
};

const DAY = 86_400_000;
const ENDS = [
  { name: '8 hours', ms: DAY / 3 },
  { name: '30 days', ms: 30 * DAY },
  { name: '90 days', ms: 90 * DAY },
];

interface Props {
  field: RequestField;
  kind: FieldKind;
  value: string;
  onChange: (value: string) => void;
  suggestions: Suggestions | undefined;
  missing: boolean;
  optionalSummary: string;
}

export function CreateField({ field, kind, value, onChange, suggestions, missing, optionalSummary }: Props) {
  const id = `field-${field.fieldId}`;
  // Known before the proposals are there: an input must not be exchanged under the hands of who types.
  const options = SUGGESTED.includes(field.name) ? (suggestions?.byField[field.name] ?? []) : undefined;
  const required = field.required && field.fieldId !== 'summary';
  const hint =
    field.fieldId === 'summary'
      ? `Left empty it becomes “Access to ${optionalSummary || '…'}”.`
      : field.name === 'Access end'
        ? `In your time zone, ${zoneName()}.`
        : HINTS[field.name];
  return (
    <div className="create__field">
      <label htmlFor={id}>
        {field.name}
        {required && (
          <span className="create__required" aria-hidden="true">
            {' '}
            *
          </span>
        )}
      </label>
      {options ? (
        <SuggestInput
          id={id}
          value={value}
          onChange={onChange}
          options={options}
          label={field.name}
          required={required}
        />
      ) : (
        <FieldInput
          id={id}
          kind={kind}
          label={field.name}
          value={value}
          onChange={(next) => onChange(next as string)}
          isRequired={required}
        />
      )}
      {field.name === 'Access end' && (
        <div className="create__presets">
          {ENDS.map(({ name, ms }) => (
            <button
              key={name}
              type="button"
              className="chip"
              onClick={() => onChange(localOf((suggestions?.now ?? Date.now()) + ms))}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {missing ? (
        <p className="create__missing" role="alert">
          {field.name} is needed.
        </p>
      ) : (
        hint !== undefined && <p className="create__hint">{hint}</p>
      )}
    </div>
  );
}
