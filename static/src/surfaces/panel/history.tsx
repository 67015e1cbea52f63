import './history.css';
import { useCallback } from 'react';
import type { HistoryEntryView } from '../../../../src/contract/request-view';
import { panelCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Phrase } from '../../parts/phrase';
import { ToneIcon } from '../../parts/tone-icon';
import type { Tone } from '../../parts/tone';
import { useLoaded } from '../../parts/use-loaded';
import { en, fill } from '../../texts/en';

/** What happened to the request, newest first, as its audit chain has it. */
export default function History({ madeAt, now }: { madeAt: string; now: number }) {
  // A newer view of the request means that the chain may have grown.
  const load = useCallback(
    () => panelCalls.getHistory({ limit: 100 }).then(({ entries }) => ({ madeAt, entries })),
    [madeAt],
  );
  const { state, reload } = useLoaded(load);
  return (
    <section className="pg-history" aria-labelledby="pg-history" aria-busy={state.kind === 'loading'}>
      <h2 id="pg-history" className="pg-h3">
        {en.history.title}
      </h2>
      {state.kind === 'loading' && <p className="pg-subtle">{en.history.loading}</p>}
      {state.kind === 'failed' && <FailedCall error={state.error} at={state.at} retry={() => void reload()} />}
      {state.kind === 'ready' && state.value.entries.length === 0 && <p className="pg-subtle">{en.history.empty}</p>}
      {state.kind === 'ready' && (
        <ol className="pg-entries" reversed>
          {[...state.value.entries].reverse().map((entry) => (
            <Entry key={entry.seq} entry={entry} now={now} />
          ))}
        </ol>
      )}
      <p className="pg-hint">{en.history.chain}</p>
    </section>
  );
}

function Entry({ entry, now }: { entry: HistoryEntryView; now: number }) {
  const moments = useMoments();
  const told = entry.facts.filter((fact) => fact.fact !== 'state');
  const tone: Tone = told.some(({ fact }) => en.history.alarming.includes(fact))
    ? 'warning'
    : told.some(({ fact }) => en.history.good.includes(fact))
      ? 'success'
      : 'neutral';
  const details = entry.facts.filter(({ detail }) => detail !== '');
  return (
    <li className="pg-entry">
      <ToneIcon tone={tone} small />
      <div className="pg-entry-body">
        {(told.length > 0 ? told : entry.facts).map((fact, index) => (
          <p key={index} className={index === 0 ? 'pg-strong' : ''}>
            <ForeignText>{factInWords(fact)}</ForeignText>
          </p>
        ))}
        <p className="pg-hint">
          {moments.clock(entry.at, now)}{' '}
          <Phrase
            text={en.history.by}
            values={{ who: <ForeignText>{en.history.actors[entry.actor] ?? entry.actor}</ForeignText> }}
          />
          <span className="pg-dot" aria-hidden="true" />
          <span className="pg-code">{fill(en.history.entry, { seq: entry.seq, hash: entry.hash.slice(0, 10) })}</span>
        </p>
        {details.length > 0 && (
          <details className="pg-entry-details">
            <summary>{en.history.details}</summary>
            <ul className="pg-list">
              {details.map((fact, index) => (
                <li key={index} className="pg-code pg-foreign">
                  {fact.fact}: {fact.detail}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

/** Known facts in plain words; others by their own name. A reading says what it found. */
function factInWords({ fact, detail }: { readonly fact: string; readonly detail: string }): string {
  if (fact === 'reading') {
    const part = (name: string) => new RegExp(`(?:^|, )${name}: ([a-z-]+)`).exec(detail)?.[1] ?? '';
    const verdict = part('verdict');
    const word =
      en.readings.reasons[part('reason')] ?? (en.readings.verdicts as Readonly<Record<string, string>>)[verdict];
    if (word) return fill(en.history.verdictOf, { word });
  }
  return en.history.facts[fact] ?? fact;
}
