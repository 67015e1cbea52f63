import Button from '@atlaskit/button/new';
import { useId, useState, type FormEvent } from 'react';
import type { rotaInput } from '../../../../../src/contract/inputs';
import type { SettingsView } from '../../../../../src/contract/settings-view';
import { adminCalls, type Input } from '../../../bridge';
import { DurationField } from '../../../parts/duration-field';
import { MomentField } from '../../../parts/moment-field';
import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { useCommand } from '../../../parts/use-command';
import { en, fill } from '../../../texts/en';
import { FormFoot } from '../form-foot';
import { SaveOutcome } from '../save-outcome';
import type { Settings } from '../settings';
import { slug } from '../slug';

type RotaInput = Input<typeof rotaInput>;
type StandIn = Partial<RotaInput['overrides'][number]> & { readonly key: number };

/** Adds or edits a rota: who follows whom, how long a turn lasts, and who stands in when. */
export function RotaForm({
  rota,
  settings,
  close,
}: {
  rota: SettingsView['rotas'][number] | undefined;
  settings: Settings;
  close: () => void;
}) {
  const words = en.admin.clocks.rotas;
  const titleId = useId();
  const [name, setName] = useState(rota?.name ?? '');
  const [startsAt, setStartsAt] = useState<string | undefined>(rota?.startsAt);
  const [turn, setTurn] = useState<string | undefined>(rota?.turn ?? 'P7D');
  const [people, setPeople] = useState((rota?.people ?? []).join('\n'));
  const [standIns, setStandIns] = useState<readonly StandIn[]>(() =>
    (rota?.overrides ?? []).map((one, key) => ({ ...one, key })),
  );
  const [checked, setChecked] = useState(false);
  const save = useCommand();
  const ids = people
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const complete = standIns.map(readStandIn);
  const noName = name.trim() === '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const overrides = complete.filter((one) => one !== undefined);
    if (noName || ids.length === 0 || !startsAt || !turn || overrides.length < standIns.length) return;
    const error = await save.run('save', async () => {
      const id =
        rota?.id ??
        slug(
          name,
          settings.view.rotas.map((known) => known.id),
        );
      await adminCalls.saveRota({
        rota: { id, name: name.trim(), startsAt, turn, people: ids, overrides },
        expectedRev: rota?.rev ?? 0,
      });
      await settings.reload();
      return en.common.saved;
    });
    if (!error) close();
  };
  const set = (key: number, change: Partial<StandIn>) =>
    setStandIns(standIns.map((known) => (known.key === key ? { ...known, ...change } : known)));

  return (
    <form className="pg-card pg-form" noValidate onSubmit={(event) => void submit(event)} aria-labelledby={titleId}>
      <h4 id={titleId} className="pg-h3 pg-foreign">
        {rota ? fill(en.admin.clocks.edit, { name: rota.name }) : words.newTitle}
      </h4>
      <div className="pg-form-grid">
        <TextLineField
          label={words.name}
          value={name}
          onChange={setName}
          error={checked && noName ? en.admin.required : undefined}
        />
        <MomentField
          label={words.startsAt}
          value={startsAt}
          onChange={setStartsAt}
          error={checked && !startsAt ? words.startMissing : undefined}
        />
        <DurationField
          label={words.turn}
          required
          value={turn}
          onChange={setTurn}
          error={checked && !turn ? words.turnMissing : undefined}
        />
      </div>
      <TextAreaField
        label={words.people}
        hint={words.peopleHint}
        rows={3}
        maxLength={8000}
        value={people}
        onChange={setPeople}
        error={checked && ids.length === 0 ? en.admin.required : undefined}
      />
      <section className="pg-part" aria-label={words.overrides}>
        <h5 className="pg-h3">{words.overrides}</h5>
        <p className="pg-hint">{words.overridesHint}</p>
        {standIns.map((one, index) => (
          <div key={one.key} className="pg-part-line" role="group" aria-label={fill(words.override, { n: index + 1 })}>
            <TextLineField
              label={words.person}
              maxLength={128}
              value={one.accountId ?? ''}
              onChange={(accountId) => set(one.key, { accountId })}
              error={checked && complete[index] === undefined ? words.overrideWrong : undefined}
            />
            <MomentField label={words.from} value={one.from} onChange={(from) => set(one.key, { from })} />
            <MomentField label={words.to} value={one.to} onChange={(to) => set(one.key, { to })} />
            <div className="pg-line-end">
              <Button
                aria-label={fill(words.removeOverride, { n: index + 1 })}
                onClick={() => setStandIns(standIns.filter(({ key }) => key !== one.key))}
              >
                {en.common.remove}
              </Button>
            </div>
          </div>
        ))}
        <div>
          <Button
            spacing="compact"
            onClick={() => setStandIns([...standIns, { key: Math.max(-1, ...standIns.map(({ key }) => key)) + 1 }])}
          >
            {words.addOverride}
          </Button>
        </div>
      </section>
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

function readStandIn({ accountId, from, to }: StandIn): RotaInput['overrides'][number] | undefined {
  const id = accountId?.trim() ?? '';
  return id !== '' && from !== undefined && to !== undefined && from < to ? { accountId: id, from, to } : undefined;
}
