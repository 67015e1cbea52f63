import Button from '@atlaskit/button/new';
import { ChoiceField } from '../../../parts/choice-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import type { SourceInput } from './policy-draft';

type Kind = SourceInput['kind'];

const empty: Readonly<Record<Kind, SourceInput>> = {
  manager: { kind: 'manager' },
  'entitlement-owner': { kind: 'entitlement-owner' },
  person: { kind: 'person', accountId: '' },
  group: { kind: 'group', group: '' },
  field: { kind: 'field', fieldId: '' },
  'on-call': { kind: 'on-call', rota: '' },
};

/** Who is asked in a stage. */
export function SourceLine({
  source,
  rotas,
  change,
  remove,
  checked,
}: {
  source: SourceInput;
  rotas: Settings['view']['rotas'];
  change: (source: SourceInput) => void;
  remove: (() => void) | undefined;
  checked: boolean;
}) {
  const words = en.admin.policy;
  const value =
    source.kind === 'person'
      ? source.accountId
      : source.kind === 'group'
        ? source.group
        : source.kind === 'field'
          ? source.fieldId
          : undefined;
  const write = (text: string) => {
    if (source.kind === 'person') change({ kind: 'person', accountId: text.trim() });
    if (source.kind === 'group') change({ kind: 'group', group: text });
    if (source.kind === 'field') change({ kind: 'field', fieldId: text.trim() });
  };
  return (
    <div className="pg-part-line">
      <ChoiceField
        label={words.sources}
        value={source.kind}
        options={(Object.keys(empty) as Kind[]).map((kind) => ({ value: kind, label: words.source[kind] }))}
        onChange={(kind) => change(kind === 'on-call' ? { kind, rota: rotas[0]?.id ?? '' } : empty[kind])}
      />
      {(source.kind === 'person' || source.kind === 'group' || source.kind === 'field') && (
        <TextLineField
          label={words.sourceValue[source.kind]}
          maxLength={128}
          value={value ?? ''}
          onChange={write}
          error={checked && value === '' ? en.admin.required : undefined}
        />
      )}
      {source.kind === 'on-call' && (
        <ChoiceField
          label={words.sourceValue['on-call']}
          value={source.rota}
          options={rotaOptions(rotas, source.rota)}
          hint={rotas.length === 0 ? words.noRota : undefined}
          onChange={(rota) => change({ kind: 'on-call', rota })}
        />
      )}
      {remove && (
        <div className="pg-line-end">
          <Button onClick={remove}>{en.common.remove}</Button>
        </div>
      )}
    </div>
  );
}

/** The rotas there are; one that is named but gone stays in sight by its id. */
function rotaOptions(rotas: Settings['view']['rotas'], chosen: string) {
  const known = rotas.map(({ id, name }) => ({ value: id, label: name }));
  return known.some(({ value }) => value === chosen) ? known : [{ value: chosen, label: chosen }, ...known];
}
