import { useMoments } from '../../../parts/frame-context';
import { en } from '../../../texts/en';
import { actionInWords, clocks, momentInWords, placeOf, type ShownLadder, type StepInput } from './ladder-draft';

const furthest = 2;

/** Each clock of a ladder as an axis from its start over the due instant, with the steps on it and their words below. */
export function LadderAxis({ ladder, target }: { ladder: ShownLadder; target: string }) {
  const steps = ladder.steps as readonly StepInput[];
  return (
    <div className="pg-axes">
      {clocks
        .map((clock) => ({ clock, steps: steps.filter((step) => step.clock === clock) }))
        .filter((one) => one.steps.length > 0)
        .map((one) => (
          <Axis key={one.clock} title={en.clocks.kinds[one.clock]} steps={one.steps} target={target} />
        ))}
    </div>
  );
}

function Axis({ title, steps, target }: { title: string; steps: readonly StepInput[]; target: string }) {
  const words = en.admin.clocks.ladders;
  const moments = useMoments();
  const placed = steps
    .map((step) => ({ step, place: Math.min(furthest, placeOf(step.at, target)) }))
    .sort((a, b) => a.place - b.place);
  const end = Math.max(1.1, ...placed.map(({ place }) => place)) * 1.03;
  const percent = (place: number) => `${((place / end) * 100).toFixed(2)}%`;
  const instants = [...new Set(placed.map(({ place }) => place))];
  return (
    <section className="pg-axis" aria-label={title}>
      <h5 className="pg-h4">{title}</h5>
      <div className="pg-axis-line" aria-hidden="true">
        <span className="pg-axis-run" style={{ inlineSize: percent(1) }} />
        <span className="pg-axis-due" style={{ insetInlineStart: percent(1) }} />
        {instants.map((place, index) => (
          <span
            key={place}
            className={place > 1 ? 'pg-axis-step pg-axis-step-late' : 'pg-axis-step'}
            style={{ insetInlineStart: percent(place) }}
          >
            {index + 1}
          </span>
        ))}
        <span className="pg-axis-word">{words.start}</span>
        <span className="pg-axis-word pg-axis-word-due" style={{ insetInlineStart: percent(1) }}>
          {words.due}
        </span>
      </div>
      <ol className="pg-axis-list">
        {placed.map(({ step, place }) => (
          <li key={step.id}>
            <span className="pg-axis-number" aria-hidden="true">
              {instants.indexOf(place) + 1}
            </span>
            <span className="pg-subtle">{momentInWords(step.at, moments)}</span>
            <span className="pg-foreign">{actionInWords(step.action)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
