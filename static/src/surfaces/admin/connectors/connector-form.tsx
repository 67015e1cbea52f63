import Button from '@atlaskit/button/new';
import { useState, type FormEvent } from 'react';
import type { ConnectorView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { ChoiceField } from '../../../parts/choice-field';
import { useMoments } from '../../../parts/frame-context';
import { Notice } from '../../../parts/notice';
import { TextLineField } from '../../../parts/text-line-field';
import { ToggleField } from '../../../parts/toggle-field';
import { useAppNow } from '../../../parts/use-app-now';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { connectorOf, draftOf, originOf, problemsOf, type ConnectorDraft } from './connector-draft';
import { ProbeResult } from './probe-result';
import { useProbe } from './use-probe';

/** Adds or edits a SCIM connector. The secret is written only; what is stored is named by its fingerprint. */
export function ConnectorForm({
  connector,
  settings,
  close,
}: {
  connector: ConnectorView | undefined;
  settings: Settings;
  close: () => void;
}) {
  const words = en.admin.connectors;
  const moments = useMoments();
  const now = useAppNow(settings.view.now, settings.at);
  const [draft, setDraft] = useState(() => draftOf(connector));
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const probe = useProbe();
  const set = (change: Partial<ConnectorDraft>) => setDraft((before) => ({ ...before, ...change }));
  const problems = problemsOf(draft);
  const missing = (field: keyof ConnectorDraft) => (checked && problems[field] ? en.admin.required : undefined);
  const taken = settings.view.connectors.map(({ id }) => id);
  const stored = connector?.secret;
  const moved =
    stored !== undefined && originOf(draft.baseUrl) !== undefined && originOf(draft.baseUrl) !== stored.origin;
  const complete = () => {
    setChecked(true);
    return Object.keys(problems).length === 0;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete()) return;
    const error = await save.run('save', async () => {
      await adminCalls.saveConnector({
        connector: connectorOf(draft, taken),
        expectedRev: connector?.rev ?? 0,
        ...(draft.secret ? { secret: draft.secret } : {}),
      });
      await settings.reload();
      return en.common.saved;
    });
    if (!error) close();
  };
  const loadTheirs = () => {
    void settings.reload();
    close();
  };

  const addresses = [draft.baseUrl, ...(draft.auth === 'oauth2' ? [draft.tokenUrl] : [])];
  return (
    <form
      className="pg-card pg-form"
      noValidate
      onSubmit={(event) => void submit(event)}
      aria-labelledby="pg-connector-form"
    >
      <h3 id="pg-connector-form" className="pg-h3 pg-foreign">
        {connector ? fill(words.editTitle, { name: connector.name }) : words.newTitle}
      </h3>
      <div className="pg-form-grid">
        <TextLineField
          label={words.name}
          hint={words.nameHint}
          value={draft.name}
          onChange={(name) => set({ name })}
          error={missing('name')}
        />
        <TextLineField
          label={words.baseUrl}
          hint={words.baseUrlHint}
          type="url"
          maxLength={500}
          value={draft.baseUrl}
          onChange={(baseUrl) => set({ baseUrl })}
          error={missing('baseUrl')}
        />
        <ChoiceField
          label={words.auth}
          value={draft.auth}
          onChange={(auth) => set({ auth })}
          options={[
            { value: 'bearer', label: words.bearer },
            { value: 'oauth2', label: words.oauth2 },
          ]}
        />
        {draft.auth === 'oauth2' && (
          <>
            <TextLineField
              label={words.tokenUrl}
              type="url"
              maxLength={500}
              value={draft.tokenUrl}
              onChange={(tokenUrl) => set({ tokenUrl })}
              error={missing('tokenUrl')}
            />
            <TextLineField
              label={words.clientId}
              value={draft.clientId}
              onChange={(clientId) => set({ clientId })}
              error={missing('clientId')}
            />
            <TextLineField label={words.scope} optional value={draft.scope} onChange={(scope) => set({ scope })} />
          </>
        )}
        <TextLineField
          label={draft.auth === 'bearer' ? words.token : words.clientSecret}
          type="password"
          maxLength={8192}
          value={draft.secret}
          onChange={(secret) => set({ secret })}
          optional={stored !== undefined && !moved}
          hint={
            stored && !moved
              ? fill(words.secretKept, {
                  fingerprint: stored.fingerprint,
                  age: moments.span(now - Date.parse(stored.setAt)),
                })
              : words.secretHint
          }
        />
      </div>
      {moved && (
        <Notice tone="warning">
          <p>{words.secretMoved}</p>
        </Notice>
      )}
      <ToggleField
        label={words.directory}
        hint={words.directoryHint}
        on={draft.directory}
        onChange={(directory) => set({ directory })}
      />
      <ToggleField label={words.write} hint={words.writeHint} on={draft.write} onChange={(write) => set({ write })} />
      <ProbeResult probe={probe} name={draft.name} id={connectorOf(draft, taken).id} addresses={addresses} />
      <SaveOutcome command={save} loadTheirs={loadTheirs} />
      {checked && Object.keys(problems).length > 0 && (
        <p className="pg-field-error" role="alert">
          {en.admin.checkFields}
        </p>
      )}
      <div className="pg-form-foot">
        <FormFoot saving={save.busy !== undefined} cancel={close} />
        <Button
          onClick={() => complete() && void probe.run(connectorOf(draft, taken), draft.secret || undefined)}
          isLoading={probe.command.busy !== undefined}
        >
          {words.testUnsaved}
        </Button>
      </div>
    </form>
  );
}
