import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import { CheckGroup } from '../../../parts/check-group';
import { DurationField } from '../../../parts/duration-field';
import { TextLineField } from '../../../parts/text-line-field';
import { ToggleField } from '../../../parts/toggle-field';
import { en, fill } from '../../../texts/en';
import { AttributeTests } from './attribute-tests';
import { Demands } from './demands';
import { isEmptyTest, tidyTest, type RuleInput } from './policy-draft';
import { StagesEditor } from './stages-editor';

/** One rule: to what it applies and what it demands. */
export function RuleForm({
  rule,
  settings,
  keep,
  close,
}: {
  rule: RuleInput;
  settings: SettingsView;
  keep: (rule: RuleInput) => void;
  close: () => void;
}) {
  const words = en.admin.policy;
  const [draft, setDraft] = useState(rule);
  const [checked, setChecked] = useState(false);
  const when = (change: Partial<RuleInput['when']>) =>
    setDraft((before) => ({ ...before, when: { ...before.when, ...change } }));
  const then = (change: Partial<RuleInput['then']>) =>
    setDraft((before) => ({ ...before, then: { ...before.then, ...change } }));
  const some = <T,>(chosen: T[]) => (chosen.length > 0 ? chosen : undefined);
  const noName = draft.name.trim() === '';
  const badStage = (draft.then.stages ?? []).some(
    (stage) => stage.name.trim() === '' || stage.sources.length === 0 || stage.sources.some(isEmptySource),
  );
  const badTest = [...(draft.when.requester ?? []), ...(draft.when.beneficiary ?? [])].some(isEmptyTest);
  const submit = () => {
    setChecked(true);
    if (noName || badStage || badTest) return;
    const { requester, beneficiary } = draft.when;
    keep({
      ...draft,
      name: draft.name.trim(),
      when: { ...draft.when, requester: requester?.map(tidyTest), beneficiary: beneficiary?.map(tidyTest) },
    });
  };
  return (
    <section className="pg-card pg-form" aria-label={rule.name || words.newRule}>
      <TextLineField
        label={words.name}
        hint={words.nameHint}
        value={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
        error={checked && noName ? en.admin.required : undefined}
      />
      <div className="pg-part">
        <h3 className="pg-h3">{words.whenTitle}</h3>
        <p className="pg-hint">{words.whenHint}</p>
        <div className="pg-form-grid">
          <CheckGroup
            label={words.changes}
            options={(['grant', 'modify', 'revoke'] as const).map((value) => ({ value, label: en.changes[value] }))}
            chosen={draft.when.changeKinds ?? []}
            onChange={(chosen) => when({ changeKinds: some(chosen) })}
          />
          <CheckGroup
            label={words.risks}
            options={(['standard', 'sensitive', 'privileged'] as const).map((value) => ({
              value,
              label: en.risks[value] ?? value,
            }))}
            chosen={draft.when.risks ?? []}
            onChange={(chosen) => when({ risks: some(chosen) })}
          />
          <CheckGroup
            label={words.identities}
            options={(['person', 'service-account', 'workload'] as const).map((value) => ({
              value,
              label: words.identity[value],
            }))}
            chosen={draft.when.identityKinds ?? []}
            onChange={(chosen) => when({ identityKinds: some(chosen) })}
          />
          {settings.connectors.length > 0 && (
            <CheckGroup
              label={words.targets}
              options={settings.connectors.map(({ id, name }) => ({ value: id, label: name }))}
              chosen={draft.when.connectors ?? []}
              onChange={(chosen) => when({ connectors: some(chosen) })}
            />
          )}
          {settings.catalogue.length > 0 && (
            <CheckGroup
              label={words.entitlements}
              options={settings.catalogue.map(({ entitlementId, name }) => ({ value: entitlementId, label: name }))}
              chosen={draft.when.entitlements ?? []}
              onChange={(chosen) => when({ entitlements: some(chosen) })}
            />
          )}
          <DurationField
            label={words.longerThan}
            value={draft.when.longerThan}
            onChange={(longerThan) => when({ longerThan })}
          />
        </div>
        <AttributeTests
          whom={words.beneficiary}
          label={fill(words.addTest, { whom: words.beneficiary.toLowerCase() })}
          tests={draft.when.beneficiary ?? []}
          change={(tests) => when({ beneficiary: some(tests) })}
          checked={checked}
        />
        <AttributeTests
          whom={words.requester}
          label={fill(words.addTest, { whom: words.requester.toLowerCase() })}
          tests={draft.when.requester ?? []}
          change={(tests) => when({ requester: some(tests) })}
          checked={checked}
        />
      </div>
      <div className="pg-part">
        <h3 className="pg-h3">{words.thenTitle}</h3>
        <StagesEditor
          stages={draft.then.stages ?? []}
          change={(stages) => then({ stages: some(stages) })}
          checked={checked}
          rotas={settings.rotas}
        />
        <div className="pg-form-grid">
          <DurationField
            label={words.maxDuration}
            value={draft.then.maxDuration}
            onChange={(maxDuration) => then({ maxDuration })}
          />
          <DurationField
            label={words.fulfilWithin}
            value={draft.then.fulfilWithin}
            onChange={(fulfilWithin) => then({ fulfilWithin })}
          />
          <DurationField
            label={words.evidenceMaxAge}
            value={draft.then.evidenceMaxAge}
            onChange={(evidenceMaxAge) => then({ evidenceMaxAge })}
          />
          <DurationField label={words.grace} value={draft.then.grace} onChange={(grace) => then({ grace })} />
          <DurationField
            label={words.approvalExpiresAfter}
            value={draft.then.approvalExpiresAfter}
            onChange={(approvalExpiresAfter) => then({ approvalExpiresAfter })}
          />
          <ToggleField
            label={words.endRequired}
            on={draft.then.endRequired ?? false}
            onChange={(on) => then({ endRequired: on ? true : undefined })}
          />
        </div>
        <Demands then={draft.then} change={then} settings={settings} />
      </div>
      {checked && (noName || badStage || badTest) && (
        <p className="pg-field-error" role="alert">
          {en.admin.checkFields}
        </p>
      )}
      <div className="pg-actions">
        <Button appearance="primary" onClick={submit}>
          {words.applyRule}
        </Button>
        <Button appearance="subtle" onClick={close}>
          {en.common.cancel}
        </Button>
      </div>
    </section>
  );
}

function isEmptySource(source: NonNullable<RuleInput['then']['stages']>[number]['sources'][number]): boolean {
  return (
    (source.kind === 'person' && source.accountId === '') ||
    (source.kind === 'group' && source.group === '') ||
    (source.kind === 'field' && source.fieldId === '') ||
    (source.kind === 'on-call' && source.rota === '')
  );
}
