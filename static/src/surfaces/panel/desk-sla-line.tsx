import type { DeskSla } from '../../bridge';
import { en, fill } from '../../texts/en';

/** What JSM's own SLA says, for comparison. Its line is kept free until it is known whether there is one to show. */
export function DeskSlaLine({ sla }: { sla: readonly DeskSla[] | undefined }) {
  const words = en.clocks.jsm;
  if (sla === undefined) return <div className="pg-desk-sla" aria-hidden="true" />;
  if (sla.length === 0) return null;
  return (
    <div className="pg-desk-sla" role="group" aria-label={words.title}>
      <span className="pg-strong">{words.title}</span>
      {sla.map((one) => (
        <span key={one.name} className="pg-foreign">
          {one.name}: {stateInWords(one)}
        </span>
      ))}
      <span>{words.hint}</span>
    </div>
  );
}

function stateInWords({ state, left }: DeskSla): string {
  const words = en.clocks.jsm;
  if (state === 'met' || state === 'missed') return words[state];
  const text = { running: words.left, paused: words.paused, over: words.over }[state];
  return fill(text, { time: left ?? '' });
}
