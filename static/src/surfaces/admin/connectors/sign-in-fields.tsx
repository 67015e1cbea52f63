import type { ConnectorKindView } from '../../../../../src/contract/settings-view';
import { ChoiceField } from '../../../parts/choice-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en, fill } from '../../../texts/en';
import type { AuthDraft } from './connector-draft';
import { fieldsOf, type AuthField } from './sign-in-ways';

interface Props {
  readonly rule: ConnectorKindView;
  readonly auth: AuthDraft;
  readonly onChange: (auth: AuthDraft) => void;
  readonly problem: (field: string) => string | undefined;
}

const words = en.admin.connectors;

/** How to sign in to a kind of target: one of its ways, with what that way asks for. */
export function SignInFields({ rule, auth, onChange, problem }: Props) {
  const set = (name: string, value: string) => onChange({ ...auth, fields: { ...auth.fields, [name]: value } });
  return (
    <>
      {rule.auths.length > 1 && (
        <ChoiceField
          label={words.auth}
          value={auth.kind}
          options={rule.auths.map((kind) => ({ value: kind, label: words.auths[kind] }))}
          onChange={(kind) => onChange({ ...auth, kind })}
        />
      )}
      {fieldsOf(auth.kind).map(({ name, optional }) => (
        <TextLineField
          key={name}
          label={words.authFields[name]}
          hint={hintOf(name, rule)}
          type={name === 'tokenUrl' ? 'url' : 'text'}
          maxLength={name === 'tokenUrl' ? 500 : name === 'scope' && auth.kind !== 'oauth2' ? 1000 : 255}
          optional={optional === true}
          value={auth.fields[name] ?? ''}
          onChange={(value) => set(name, value)}
          error={problem(name)}
        />
      ))}
    </>
  );
}

function hintOf(name: AuthField, rule: ConnectorKindView): string | undefined {
  const examples: Readonly<Partial<Record<ConnectorKindView['kind'], string>>> = words.tokenUrls;
  const example = examples[rule.kind];
  if (name === 'tokenUrl') return example === undefined ? undefined : fill(words.tokenUrlHint, { example });
  const hints: Readonly<Partial<Record<AuthField, string>>> = words.authHints;
  return hints[name];
}
