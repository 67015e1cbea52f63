import type { RequestView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Phrase } from '../../parts/phrase';
import { stateInWords } from '../../parts/request-state';
import Button from '@atlaskit/button/new';
import { StateMark } from '../../parts/state-mark';
import { en, fill } from '../../texts/en';
import { Headline } from './headline';

/** The request in one sentence, why, by whom and under which policy. */
export function PanelHead({
  request,
  now,
  more,
}: {
  request: RequestView;
  now: number;
  /** Opens and closes what is seldom needed; undefined when there is nothing of it. */
  more: { readonly shown: boolean; readonly toggle: () => void } | undefined;
}) {
  const moments = useMoments();
  const { word, tone } = stateInWords({
    state: request.state,
    hasProblems: request.problems.length > 0,
    proven: request.items.length > 0 && request.items.every((item) => item.outcome === 'proven'),
  });
  const reasons = request.policy.reasons;
  return (
    <header className="pg-head">
      <div className="pg-head-top">
        <h1 className="pg-h2 pg-head-lines">
          {request.items.length === 0 && en.headline.noItems}
          {request.items.map((item) => (
            <Headline key={item.id} item={item} />
          ))}
        </h1>
        <div className="pg-head-end">
          <StateMark tone={tone}>{word}</StateMark>
          {more && (
            <Button
              appearance="subtle"
              spacing="compact"
              aria-expanded={more.shown}
              aria-controls="pg-more"
              onClick={more.toggle}
            >
              {en.more.open}
            </Button>
          )}
        </div>
      </div>
      {request.justification ? (
        <blockquote className="pg-quote pg-foreign">{request.justification}</blockquote>
      ) : (
        <p className="pg-subtle">{en.panel.noJustification}</p>
      )}
      <p className="pg-meta">
        <span>
          <Phrase
            text={en.panel.asked}
            values={{
              when: moments.soon(request.submittedAt, now),
              who: <ForeignText>{request.requester.name}</ForeignText>,
            }}
          />
        </span>
        <span className="pg-foreign">
          {request.policy.version === 0
            ? en.panel.noPolicy
            : fill(reasons.length > 0 ? en.panel.policyBecause : en.panel.policy, {
                version: request.policy.version,
                reasons: reasons.join('; '),
              })}
        </span>
      </p>
    </header>
  );
}
