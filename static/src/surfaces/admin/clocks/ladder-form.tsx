import Button from '@atlaskit/button/new';
import { useId, useState, type FormEvent } from 'react';
import { adminCalls } from '../../../bridge';
import { ChoiceField } from '../../../parts/choice-field';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { slug } from '../slug';
import { LadderAxis } from './ladder-axis';
import { stepProblem, type LadderInput, type StepInput } from './ladder-draft';
import { StepLine } from './step-line';

type Target = keyof typeof en.admin.clocks.ladders.previews;

/** Adds or edits a ladder, with the axis it makes drawn while it is edited. */
export function LadderForm({
  ladder,
  rev,
  settings,
  close,
}: {
  ladder: LadderInput;
  /** 0 for a new one. */
  rev: number;
  settings: Settings;
  close: () => void;
}) {
  const words = en.admin.clocks.ladders;
  const titleId = useId();
  const [draft, setDraft] = useState(ladder);
  const [cap, setCap] = useState(String(ladder.remindersAtMost));
  const [target, setTarget] = useState<Target>('P1D');
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const noName = draft.name.trim() === '';
  const badCap = !/^\d{1,2}$|^100$/.test(cap.trim());
  const bad = noName || badCap || draft.steps.length === 0 || draft.steps.some(stepProblem);
  const setSteps = (steps: StepInput[]) => setDraft({ ...draft, steps });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (bad) return;
    const error = await save.run('save', async () => {
      const name = draft.name.trim();
      const id =
        rev > 0
          ? draft.id
          : slug(
              name,
              [...settings.view.ladders, ...settings.view.defaultLadders].map((known) => known.id),
            );
      await adminCalls.saveLadder({
        ladder: { ...draft, id, name, remindersAtMost: Number(cap) },
        expectedRev: rev,
      });
      await settings.reload();
      return en.common.saved;
    });
    if (!error) close();
  };

  return (
    <form className="pg-card pg-form" noValidate onSubmit={(event) => void submit(event)} aria-labelledby={titleId}>
      <h4 id={titleId} className="pg-h3 pg-foreign">
        {rev > 0 ? fill(en.admin.clocks.edit, { name: ladder.name }) : words.newTitle}
      </h4>
      <div className="pg-form-grid">
        <TextLineField
          label={words.name}
          value={draft.name}
          onChange={(name) => setDraft({ ...draft, name })}
          error={checked && noName ? en.admin.required : undefined}
        />
        <TextLineField
          label={words.cap}
          hint={words.capHint}
          type="number"
          value={cap}
          onChange={setCap}
          error={checked && badCap ? en.admin.required : undefined}
        />
      </div>
      <section aria-label={words.preview} className="pg-part">
        <ChoiceField
          label={words.previewFor}
          value={target}
          options={(Object.keys(words.previews) as Target[]).map((value) => ({ value, label: words.previews[value] }))}
          onChange={setTarget}
        />
        <LadderAxis ladder={draft} target={target} />
      </section>
      <section aria-label={words.steps} className="pg-clock-part">
        <ol className="pg-cards">
          {draft.steps.map((step, index) => (
            <StepLine
              key={step.id}
              step={step}
              number={index + 1}
              rotas={settings.view.rotas}
              checked={checked}
              change={(changed) => setSteps(draft.steps.map((known, at) => (at === index ? changed : known)))}
              remove={() => setSteps(draft.steps.filter((_known, at) => at !== index))}
            />
          ))}
        </ol>
        <div>
          <Button
            spacing="compact"
            onClick={() =>
              setSteps([
                ...draft.steps,
                {
                  id: slug(
                    'step',
                    draft.steps.map(({ id }) => id),
                  ),
                  clock: draft.steps.at(-1)?.clock ?? 'fulfilment',
                  at: { share: 0.5 },
                  action: { do: 'remind', to: ['assignee'] },
                },
              ])
            }
          >
            {words.addStep}
          </Button>
        </div>
      </section>
      {checked && bad && (
        <p className="pg-field-error" role="alert">
          {en.admin.checkFields}
        </p>
      )}
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
