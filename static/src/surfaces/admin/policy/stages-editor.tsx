import Button from '@atlaskit/button/new';
import { ChoiceField } from '../../../parts/choice-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en } from '../../../texts/en';
import type { Settings } from '../settings';
import { slug } from '../slug';
import type { SourceInput, StageInput } from './policy-draft';
import { SourceLine } from './source-line';

interface Props {
  readonly stages: readonly StageInput[];
  readonly change: (stages: StageInput[]) => void;
  readonly checked: boolean;
  readonly rotas: Settings['view']['rotas'];
}

/** The approval stages that a rule demands, in their order. */
export function StagesEditor({ stages, change, checked, rotas }: Props) {
  const words = en.admin.policy;
  const set = (index: number, stage: StageInput) => change(stages.map((known, at) => (at === index ? stage : known)));
  const add = () => {
    const order = Math.max(0, ...stages.map((stage) => stage.order)) + 1;
    change([
      ...stages,
      {
        id: slug(
          `stage-${order}`,
          stages.map(({ id }) => id),
        ),
        name: '',
        order,
        quorum: 'all',
        sources: [{ kind: 'manager' }],
      },
    ]);
  };
  return (
    <section aria-label={words.stages} className="pg-stages-editor">
      {stages.length === 0 && <p className="pg-subtle">{words.noStages}</p>}
      {stages.map((stage, index) => (
        <div key={stage.id} className="pg-card" role="group" aria-label={stage.name || words.stageName}>
          <div className="pg-part-line">
            <TextLineField
              label={words.stageName}
              value={stage.name}
              onChange={(name) => set(index, { ...stage, name })}
              error={checked && stage.name.trim() === '' ? en.admin.required : undefined}
            />
            <TextLineField
              label={words.order}
              type="number"
              value={String(stage.order)}
              onChange={(text) => set(index, { ...stage, order: whole(text, 1, 20) })}
            />
            <ChoiceField
              label={words.quorum}
              value={stage.quorum === 'all' ? 'all' : 'some'}
              options={[
                { value: 'all', label: words.quorumAll },
                { value: 'some', label: words.quorumN },
              ]}
              onChange={(kind) => set(index, { ...stage, quorum: kind === 'all' ? 'all' : 1 })}
            />
            {stage.quorum !== 'all' && (
              <TextLineField
                label={words.quorumN}
                type="number"
                value={String(stage.quorum)}
                onChange={(text) => set(index, { ...stage, quorum: whole(text, 1, 50) })}
              />
            )}
            <div className="pg-line-end">
              <Button
                onClick={() => change(stages.filter((_known, at) => at !== index))}
                aria-label={`${en.common.remove} ${stage.name || words.stageName}`}
              >
                {en.common.remove}
              </Button>
            </div>
          </div>
          {stage.sources.map((source, at) => (
            <SourceLine
              key={at}
              source={source}
              rotas={rotas}
              checked={checked}
              change={(changed: SourceInput) =>
                set(index, { ...stage, sources: stage.sources.map((known, other) => (other === at ? changed : known)) })
              }
              remove={
                stage.sources.length > 1
                  ? () => set(index, { ...stage, sources: stage.sources.filter((_known, other) => other !== at) })
                  : undefined
              }
            />
          ))}
          <div>
            <Button
              spacing="compact"
              onClick={() => set(index, { ...stage, sources: [...stage.sources, { kind: 'entitlement-owner' }] })}
            >
              {words.addSource}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button spacing="compact" onClick={add}>
          {words.addStage}
        </Button>
      </div>
    </section>
  );
}

function whole(text: string, least: number, most: number): number {
  const value = Math.floor(Number(text));
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}
