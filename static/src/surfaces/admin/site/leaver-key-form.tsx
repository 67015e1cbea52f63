import { useId, useState, type FormEvent } from 'react';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';

const shortestSecret = 32;

interface Props {
  readonly leaverKey: SettingsView['leaverKeys'][number] | undefined;
  readonly settings: Settings;
  readonly close: () => void;
  readonly done: (text: string) => void;
}

/** Adds a key for lists of leavers, or renews the secret of one. The secret is written only. */
export function LeaverKeyForm({ leaverKey, settings, close, done }: Props) {
  const words = en.admin.leavers;
  const titleId = useId();
  const [typedId, setTypedId] = useState('');
  const [secret, setSecret] = useState('');
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const keyId = leaverKey?.keyId ?? typedId.trim();
  const idProblem = leaverKey ? undefined : problemOfId(keyId, settings.view.leaverKeys);
  const secretProblem =
    secret === ''
      ? en.admin.required
      : secret.length < shortestSecret
        ? fill(words.secretShort, { n: secret.length })
        : undefined;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (idProblem || secretProblem) return;
    const error = await save.run('save', async () => {
      await adminCalls.saveLeaverKey({ keyId, secret, expectedRev: leaverKey?.rev ?? 0 });
      await settings.reload();
      return undefined;
    });
    if (!error) done(fill(words.saved, { id: keyId }));
  };

  return (
    <form className="pg-card pg-form" noValidate onSubmit={(event) => void submit(event)} aria-labelledby={titleId}>
      <h5 id={titleId} className="pg-h3 pg-foreign">
        {leaverKey ? fill(words.renewTitle, { id: keyId }) : words.newTitle}
      </h5>
      <div className="pg-form-grid">
        {!leaverKey && (
          <TextLineField
            label={words.id}
            hint={words.idHint}
            maxLength={100}
            value={typedId}
            onChange={setTypedId}
            error={checked ? idProblem : undefined}
          />
        )}
        <TextLineField
          label={words.secret}
          hint={words.secretHint}
          type="password"
          maxLength={8192}
          value={secret}
          onChange={setSecret}
          error={checked ? secretProblem : undefined}
        />
      </div>
      {leaverKey && <p className="pg-hint">{words.renewHint}</p>}
      <SaveOutcome
        command={save}
        loadTheirs={() => {
          void settings.reload();
          close();
        }}
      />
      <FormFoot saving={save.busy !== undefined} cancel={close} label={words.save} />
    </form>
  );
}

function problemOfId(id: string, known: SettingsView['leaverKeys']): string | undefined {
  const words = en.admin.leavers;
  if (id === '') return en.admin.required;
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(id)) return words.idWrong;
  return known.some(({ keyId }) => keyId === id) ? words.idTaken : undefined;
}
