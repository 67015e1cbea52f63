import CheckIcon from '@atlaskit/icon/core/check-mark';
import type { ClockView } from '../../../../src/contract/request-view';
import { Disclosure } from '../../parts/disclosure';
import { useMoments } from '../../parts/frame-context';
import { en, fill } from '../../texts/en';
import { placeSteps, type PlacedStep } from './clock-reading';

/** The escalation of a clock as a list: what was done, what is next, what comes later. */
export function ClockSteps({ clock, now }: { clock: ClockView; now: number }) {
  const words = en.clocks;
  const moments = useMoments();
  const placed = placeSteps(clock, now);
  if (placed.length === 0) return <p className="pg-hint">{words.stepsNone}</p>;
  const next = placed.find(({ status }) => status === 'next');
  const counts = { done: placed.filter(({ status }) => status === 'done').length, all: placed.length };
  return (
    <Disclosure
      summary={fill(next ? words.steps : words.stepsOver, {
        ...counts,
        when: next ? moments.soon(next.step.at, now) : '',
      })}
    >
      <ol className="pg-clock-list">
        {placed.map((one, index) => (
          <li key={index} className="pg-clock-line">
            <span className={`pg-clock-sign pg-clock-sign-${one.status}`} aria-hidden="true">
              {one.status === 'done' && <CheckIcon label="" size="small" />}
            </span>
            <span className={one.status === 'later' || one.status === 'missed' ? 'pg-subtle' : 'pg-strong'}>
              {stepInWords(one.step)}
            </span>
            <span className="pg-subtle pg-clock-when">
              {fill(words.status[one.status], { when: moments.soon(one.step.done ?? one.step.at, now) })}
            </span>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

function stepInWords(step: PlacedStep['step']): string {
  const whom = (step.to ?? []).map((audience) => en.clocks.audiences[audience] ?? audience);
  return fill(en.clocks.do[step.do] ?? step.do, {
    whom: whom.length > 0 ? new Intl.ListFormat('en', { type: 'conjunction' }).format(whom) : en.clocks.somebody,
  });
}
