import { useState, type FormEvent } from 'react';
import type { catalogueEntryInput } from '../../../../../src/contract/inputs';
import type { CatalogueEntryView } from '../../../../../src/contract/settings-view';
import { adminCalls, type Input } from '../../../bridge';
import { ChoiceField } from '../../../parts/choice-field';
import { DurationField } from '../../../parts/duration-field';
import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { FulfilmentField } from './fulfilment-field';
import { EntitlementPicker } from './entitlement-picker';

type Entry = Input<typeof catalogueEntryInput>;

/** Adds or edits one entry of the catalogue. */
export function CatalogueForm({
  entry,
  settings,
  close,
}: {
  entry: CatalogueEntryView | undefined;
  settings: Settings;
  close: () => void;
}) {
  const words = en.admin.catalogue;
  const { connectors } = settings.view;
  const [draft, setDraft] = useState<Entry>(() => draftOf(entry, connectors[0]?.id ?? ''));
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const set = (change: Partial<Entry>) => setDraft((before) => ({ ...before, ...change }));
  const connector = connectors.find(({ id }) => id === draft.connectorId);
  const direct = draft.fulfilment === 'direct';
  const noInstructions = draft.instructions.grant.trim() === '' || draft.instructions.revoke.trim() === '';
  const readable = connector?.kind !== 'manual';
  const noName = draft.name.trim() === '';
  const noEntitlement = draft.entitlementId.trim() === '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (noName || noEntitlement) return;
    const error = await save.run('save', async () => {
      await adminCalls.saveCatalogueEntry({ entry: withoutEmpty(draft), expectedRev: entry?.rev ?? 0 });
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
      aria-labelledby="pg-entry-form"
    >
      <h3 id="pg-entry-form" className="pg-h3 pg-foreign">
        {entry ? fill(words.editTitle, { name: entry.name }) : words.newTitle}
      </h3>
      <div className="pg-form-grid">
        <ChoiceField
          label={words.connector}
          value={draft.connectorId}
          disabled={entry !== undefined}
          options={connectors.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(connectorId) => set({ connectorId, entitlementId: '', replaces: [], fulfilment: 'ticketed' })}
        />
        {readable ? (
          <EntitlementPicker
            key={draft.connectorId}
            connectorId={draft.connectorId}
            target={connector?.name ?? ''}
            chosen={draft.entitlementId}
            chosenName={draft.name}
            replaces={draft.replaces}
            error={checked && noEntitlement ? en.admin.required : undefined}
            choose={({ id, name }) => set({ entitlementId: id, ...(noName ? { name } : {}) })}
            replace={(replaces) => set({ replaces })}
          />
        ) : (
          <TextLineField
            label={words.ownId}
            hint={words.ownIdHint}
            value={draft.entitlementId}
            onChange={(entitlementId) => set({ entitlementId })}
            error={checked && noEntitlement ? en.admin.required : undefined}
          />
        )}
        <TextLineField
          label={words.name}
          hint={entry ? words.nameFixed : words.nameHint}
          disabled={entry !== undefined}
          value={draft.name}
          onChange={(name) => set({ name })}
          error={checked && noName ? en.admin.required : undefined}
        />
        <ChoiceField
          label={words.risk}
          value={draft.risk}
          options={(['standard', 'sensitive', 'privileged'] as const).map((risk) => ({
            value: risk,
            label: en.risks[risk] ?? risk,
          }))}
          onChange={(risk) => set({ risk })}
        />
        <TextLineField
          label={words.owner}
          hint={en.admin.accountIdHint}
          optional
          maxLength={128}
          value={draft.ownerAccountId ?? ''}
          onChange={(ownerAccountId) => set({ ownerAccountId })}
        />
        <DurationField label={words.max} value={draft.maxDuration} onChange={(maxDuration) => set({ maxDuration })} />
        <TextLineField
          label={words.level}
          hint={words.levelHint}
          optional
          value={draft.level ?? ''}
          onChange={(level) => set({ level })}
        />
      </div>
      <TextAreaField
        label={words.description}
        optional
        value={draft.description}
        onChange={(description) => set({ description })}
      />
      <h4 className="pg-h4">{words.fulfilment.title}</h4>
      <FulfilmentField
        connector={connector}
        direct={direct}
        onChange={(on) => set({ fulfilment: on ? 'direct' : 'ticketed' })}
      />
      <TextAreaField
        label={words.grant}
        hint={direct ? words.instructionsFallback : words.instructionsHint}
        optional
        value={draft.instructions.grant}
        onChange={(grant) => set({ instructions: { ...draft.instructions, grant } })}
      />
      <TextAreaField
        label={words.revoke}
        optional
        value={draft.instructions.revoke}
        onChange={(revoke) => set({ instructions: { ...draft.instructions, revoke } })}
      />
      {direct && noInstructions && <p className="pg-hint">{words.instructionsMissing}</p>}
      <SaveOutcome
        command={save}
        loadTheirs={() => {
          void settings.reload();
          close();
        }}
      />
      <FormFoot saving={save.busy !== undefined} cancel={close} />
    </form>
  );
}

function draftOf(entry: CatalogueEntryView | undefined, connectorId: string): Entry {
  if (!entry)
    return {
      connectorId,
      name: '',
      description: '',
      entitlementId: '',
      replaces: [],
      risk: 'standard',
      instructions: { grant: '', revoke: '' },
    };
  const { rev: _rev, id: _id, ...rest } = entry;
  return { ...rest, replaces: rest.replaces.map(({ entitlementId, name }) => ({ entitlementId, name })) };
}

/** Empty lines are left out: to the backend, absent is the only way to be empty. */
function withoutEmpty({ level, ownerAccountId, maxDuration, ...rest }: Entry): Entry {
  return {
    ...rest,
    name: rest.name.trim(),
    entitlementId: rest.entitlementId.trim(),
    ...(level?.trim() ? { level: level.trim() } : {}),
    ...(ownerAccountId?.trim() ? { ownerAccountId: ownerAccountId.trim() } : {}),
    ...(maxDuration ? { maxDuration } : {}),
  };
}
