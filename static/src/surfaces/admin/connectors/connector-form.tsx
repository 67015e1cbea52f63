import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { ConnectorKindView, ConnectorView } from '../../../../../src/contract/settings-view';
import { adminCalls } from '../../../bridge';
import { ChoiceField } from '../../../parts/choice-field';
import { Notice } from '../../../parts/notice';
import { TextLineField } from '../../../parts/text-line-field';
import { ToggleField } from '../../../parts/toggle-field';
import { useAppNow } from '../../../parts/use-app-now';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { AddressField } from './address-field';
import type { Approvals } from './approve-address';
import {
  addressesOf,
  connectorOf,
  draftOf,
  isRebound,
  newDraft,
  originOf,
  problemsOf,
  secretsOf,
  writerOf,
  type ConnectorDraft,
} from './connector-draft';
import { KindPicker } from './kind-picker';
import { ProbeResult } from './probe-result';
import { SecretField } from './secret-field';
import { SignInFields } from './sign-in-fields';
import { needsSecret } from './sign-in-ways';
import { useProbe } from './use-probe';

interface Props {
  readonly connector: ConnectorView | undefined;
  readonly settings: Settings;
  readonly approvals: Approvals;
  readonly close: () => void;
}

const words = en.admin.connectors;

/** Adds or edits a connector: its kind first, because everything else follows from it. */
export function ConnectorForm({ connector, settings, approvals, close }: Props) {
  const kinds = settings.view.connectorKinds;
  const [draft, setDraft] = useState<ConnectorDraft | undefined>(() => connector && draftOf(connector));
  const [picking, setPicking] = useState(connector === undefined);
  const rule = draft && kinds.find(({ kind }) => kind === draft.kind);
  const title = connector ? fill(words.editTitle, { name: connector.name }) : words.newTitle;
  if (picking || !draft || !rule)
    return (
      <section className="pg-card pg-form" aria-labelledby="pg-connector-kind">
        <div>
          <h3 id="pg-connector-kind" className="pg-h3">
            {words.newTitle}
          </h3>
          <p className="pg-subtle">{words.kind}</p>
        </div>
        <KindPicker
          kinds={kinds}
          chosen={draft?.kind}
          choose={(chosen) => {
            setDraft((before) => (before?.kind === chosen.kind ? before : newDraft(chosen, before)));
            setPicking(false);
          }}
        />
        <div className="pg-actions">
          <Button appearance="subtle" onClick={close}>
            {en.common.cancel}
          </Button>
        </div>
      </section>
    );
  return (
    <Details
      title={title}
      connector={connector}
      settings={settings}
      approvals={approvals}
      close={close}
      draft={draft}
      rule={rule}
      set={(change) => setDraft({ ...draft, ...change })}
      pickAgain={connector ? undefined : () => setPicking(true)}
    />
  );
}

interface DetailsProps extends Props {
  readonly title: string;
  readonly draft: ConnectorDraft;
  readonly rule: ConnectorKindView;
  readonly set: (change: Partial<ConnectorDraft>) => void;
  readonly pickAgain: (() => void) | undefined;
}

/** Everything but the kind. Secrets are written only; what is stored is named by fingerprint and age. */
function Details({ title, connector, settings, approvals, close, draft, rule, set, pickAgain }: DetailsProps) {
  const now = useAppNow(settings.view.now, settings.at);
  const [checked, setChecked] = useState(false);
  const arrival = useRef<HTMLHeadingElement>(null);
  // The card that was pressed is gone: whoever does not see the page goes on here.
  useEffect(() => arrival.current?.focus(), []);
  const save = useCommand();
  const probe = useProbe();
  const problems = problemsOf(draft, rule);
  const says = (field: string, hint = ''): string | undefined =>
    !checked || !problems[field]
      ? undefined
      : problems[field] === 'missing'
        ? en.admin.required
        : fill(words.settingWrong, { hint });
  const taken = settings.view.connectors.map(({ id }) => id);
  const input = connectorOf(draft, rule, taken);
  const had = connector?.secret ?? connector?.writeSecret;
  const moved = had !== undefined && rule.address.kind !== 'none' && originOf(draft.baseUrl) !== had.origin;
  const rebound = connector?.secret !== undefined && !moved && isRebound(connector, input);
  const stored = moved || rebound ? undefined : connector?.secret;
  const storedWrite = moved || (rebound && !draft.ownWriteAuth) ? undefined : connector?.writeSecret;
  const complete = () => {
    setChecked(true);
    return Object.keys(problems).length === 0;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!complete()) return;
    const error = await save.run('save', async () => {
      await adminCalls.saveConnector({ connector: input, expectedRev: connector?.rev ?? 0, ...secretsOf(draft) });
      await settings.reload();
      return en.common.saved;
    });
    if (!error) close();
  };

  return (
    <form
      className="pg-card pg-form"
      noValidate
      onSubmit={(event) => void submit(event)}
      aria-labelledby="pg-connector-form"
    >
      <div className="pg-card-head">
        <div>
          <h3 id="pg-connector-form" className="pg-h3 pg-foreign pg-arrival" tabIndex={-1} ref={arrival}>
            {title}
          </h3>
          <p className="pg-subtle">
            {rule.label}: {words.kinds[rule.kind]} {connector && words.kindFixed}
          </p>
        </div>
        {pickAgain && (
          <Button appearance="subtle" onClick={pickAgain}>
            {words.change}
          </Button>
        )}
      </div>
      <Part title={words.target}>
        <div className="pg-form-grid">
          <TextLineField
            label={words.name}
            hint={words.nameHint}
            value={draft.name}
            onChange={(name) => set({ name })}
            error={says('name')}
          />
          <AddressField
            rule={rule}
            value={draft.baseUrl}
            onChange={(baseUrl) => set({ baseUrl })}
            problem={checked ? problems['baseUrl'] : undefined}
          />
          {rule.settings.map(({ name, label, hint }) => (
            <TextLineField
              key={name}
              label={label}
              hint={hint}
              value={draft.settings[name] ?? ''}
              onChange={(value) => set({ settings: { ...draft.settings, [name]: value } })}
              error={says(`settings.${name}`, hint)}
            />
          ))}
        </div>
      </Part>
      {needsSecret(draft.auth.kind) && (
        <Part title={words.signIn} lead={rule.address.kind === 'none' ? undefined : words.signInLead}>
          <div className="pg-form-grid">
            <SignInFields
              rule={rule}
              auth={draft.auth}
              onChange={(auth) => set({ auth })}
              problem={(field) => says(`auth.${field}`)}
            />
            <SecretField
              label={words.secrets[draft.auth.kind]}
              auth={draft.auth.kind}
              stored={stored}
              now={now}
              value={draft.secret}
              onChange={(secret) => set({ secret })}
              wrong={checked && problems['secret'] === 'wrong'}
            />
          </div>
          {moved && had && (
            <Notice tone="warning">
              <p className="pg-foreign">{fill(words.secretMoved, { origin: had.origin })}</p>
            </Notice>
          )}
          {rebound && (
            <Notice tone="warning">
              <p>{words.secretRebound}</p>
            </Notice>
          )}
        </Part>
      )}
      <Part title={words.people}>
        {rule.address.kind !== 'none' && (
          <ToggleField
            label={words.directory}
            hint={words.directoryHint}
            on={draft.directory}
            onChange={(directory) => set({ directory })}
          />
        )}
        {!draft.directory && (
          <div className="pg-form-grid">
            <ChoiceField
              label={words.accountMatch}
              hint={`${words.accountMatchHints[draft.accountMatch]} ${words.accountMatchMore}`}
              value={draft.accountMatch}
              options={(['login', 'local-part', 'employee-number'] as const)
                .filter((value) => value !== 'employee-number' || rule.capabilities.employeeNumber)
                .map((value) => ({ value, label: words.accountMatches[value] }))}
              onChange={(accountMatch) => set({ accountMatch })}
            />
          </div>
        )}
      </Part>
      <Part title={words.changes}>
        {rule.capabilities.write ? (
          <ToggleField
            label={words.write}
            hint={words.writeHint}
            on={draft.write}
            onChange={(write) => set({ write })}
          />
        ) : (
          <p className="pg-subtle">{fill(words.writeNever, { kind: rule.label })}</p>
        )}
        {rule.capabilities.write && draft.write && (
          <>
            {needsOwnClient(draft) && (
              <ToggleField
                label={words.writeAuth}
                hint={words.writeAuthHint}
                on={draft.ownWriteAuth}
                onChange={(ownWriteAuth) => set({ ownWriteAuth })}
              />
            )}
            <div className="pg-form-grid">
              {draft.ownWriteAuth && (
                <SignInFields
                  rule={rule}
                  auth={draft.writeAuth}
                  onChange={(writeAuth) => set({ writeAuth })}
                  problem={(field) => says(`writeAuth.${field}`)}
                />
              )}
              <SecretField
                label={fill(words.writeSecret, { secret: words.secrets[writerOf(draft).kind] })}
                auth={writerOf(draft).kind}
                stored={storedWrite}
                now={now}
                value={draft.writeSecret}
                onChange={(writeSecret) => set({ writeSecret })}
                hint={words.writeSecretHint}
                wrong={checked && problems['writeSecret'] === 'wrong'}
              />
            </div>
          </>
        )}
      </Part>
      <ProbeResult
        probe={probe}
        name={draft.name}
        id={input.id}
        addresses={addressesOf(input)}
        approved={() => void approvals.reload()}
      />
      <SaveOutcome
        command={save}
        loadTheirs={() => {
          void settings.reload();
          close();
        }}
      />
      {checked && Object.keys(problems).length > 0 && (
        <p className="pg-field-error" role="alert">
          {en.admin.checkFields}
        </p>
      )}
      <div className="pg-form-foot">
        <FormFoot saving={save.busy !== undefined} cancel={close} />
        {rule.address.kind !== 'none' && (
          <Button
            onClick={() => complete() && void probe.run(input, secretsOf(draft))}
            isLoading={probe.command.busy !== undefined}
          >
            {words.testUnsaved}
          </Button>
        )}
      </div>
    </form>
  );
}

/** A way to sign in with nothing but a secret has no client that could be another one. */
function needsOwnClient(draft: ConnectorDraft): boolean {
  return draft.auth.kind !== 'bearer' && draft.auth.kind !== 'okta-token';
}

function Part({ title, lead, children }: { title: string; lead?: string | undefined; children: ReactNode }) {
  return (
    <section className="pg-form-part" aria-label={title}>
      <div>
        <h4 className="pg-h4">{title}</h4>
        {lead && <p className="pg-hint">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
