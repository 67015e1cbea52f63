import './context.css';
import Button from '@atlaskit/button/new';
import { panelCalls } from '../../bridge';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Skeleton } from '../../parts/skeleton';
import { stateInWords } from '../../parts/request-state';
import { StateMark } from '../../parts/state-mark';
import { useAppNow } from '../../parts/use-app-now';
import { useFreshness } from '../../parts/use-freshness';
import { useLoaded, type Loaded } from '../../parts/use-loaded';
import { en, fill } from '../../texts/en';
import type { RequestView } from '../../../../src/contract/request-view';
import { ToneIcon } from '../../parts/tone-icon';
import { nextActor } from './next-actor';
import { standing } from './standing';
import { timeWord } from './time-word';

/** The right column: state, what it is about, who is next and how long is left. */
export default function ContextSurface() {
  const { state, reload } = useLoaded(panelCalls.getRequest);
  useFreshness(reload, state.kind === 'ready' ? state.at : undefined);
  if (state.kind === 'loading') return <Skeleton kind="context" />;
  if (state.kind === 'failed') {
    const calm = state.error.code === 'not-governed';
    return (
      <div className="pg-context">
        <p className="pg-subtle">{calm ? en.context.none : en.failures[state.error.code]}</p>
        {!calm && (
          <Button spacing="compact" onClick={() => void reload()}>
            {en.common.retry}
          </Button>
        )}
      </div>
    );
  }
  return <Brief shown={state} />;
}

function Brief({ shown }: { shown: Extract<Loaded<RequestView>, { kind: 'ready' }> }) {
  const moments = useMoments();
  const { value: request } = shown;
  const now = useAppNow(request.now, shown.at);
  const item = request.items[0];
  const { word, tone } = stateInWords({
    state: request.state,
    hasProblems: request.problems.length > 0,
    proven: request.items.length > 0 && request.items.every((i) => i.outcome === 'proven'),
  });
  const time = timeWord(request, now, moments);
  return (
    <div className="pg-context">
      <h1 className="pg-hidden">{en.panel.label}</h1>
      <p className="pg-context-line">
        <StateMark tone={tone}>{word}</StateMark>
        {time && (
          <span className={time.late ? 'pg-text-danger pg-strong pg-nowrap' : 'pg-subtle pg-nowrap'}>{time.text}</span>
        )}
      </p>
      <p className="pg-context-what">
        {item ? (
          <>
            {en.changes[item.change]} <span className="pg-dot" aria-hidden="true" />{' '}
            <ForeignText strong>{item.entitlement.name}</ForeignText> <span className="pg-dot" aria-hidden="true" />{' '}
            <ForeignText>{item.identity.name}</ForeignText>
            {item.endsAt && (
              <span className="pg-nowrap">
                <span className="pg-dot" aria-hidden="true" />{' '}
                {fill(en.context.until, { end: moments.date(item.endsAt) })}
              </span>
            )}
          </>
        ) : (
          en.headline.noItems
        )}
      </p>
      {standing(request, now, moments).map(({ text, tone: of }) => (
        <p key={text} className="pg-context-standing pg-foreign">
          <ToneIcon tone={of} small />
          <span>{text}</span>
        </p>
      ))}
      <p className="pg-hint pg-foreign">{nextActor(request, moments)}</p>
      <p className="pg-hint">{en.context.details}</p>
    </div>
  );
}
