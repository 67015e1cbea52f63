import type { RequestView } from '../../../../src/contract/request-view';
import { DecisionForm, type Decide } from '../../parts/decision-form';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Phrase } from '../../parts/phrase';
import { RiskMark } from '../../parts/risk-mark';
import type { Command } from '../../parts/use-command';
import { en, fill } from '../../texts/en';

/** What the approver is asked, against what is held now, with risk, end and the policy that asks. */
export function DecisionBox({
  request,
  now,
  command,
  decide,
}: {
  request: RequestView;
  now: number;
  command: Command;
  decide: Decide;
}) {
  const moments = useMoments();
  return (
    <DecisionForm command={command} decide={decide}>
      {request.items.map((item) => {
        const latest = item.evidence[0];
        return (
          <dl key={item.id} className="pg-facts">
            <dt>{en.changes[item.change]}</dt>
            <dd>
              <Phrase
                text={en.decide[item.change]}
                values={{
                  who: <ForeignText strong>{item.identity.name}</ForeignText>,
                  what: <ForeignText strong>{item.entitlement.name}</ForeignText>,
                  target: <ForeignText>{item.entitlement.target}</ForeignText>,
                }}
              />
            </dd>
            <dt>{en.decide.risk}</dt>
            <dd>
              <RiskMark risk={item.entitlement.risk} />
            </dd>
            <dt>{en.decide.ends}</dt>
            <dd>
              {item.endsAt
                ? moments.dateTime(item.endsAt)
                : item.duration
                  ? fill(en.decide.forDuration, { duration: moments.duration(item.duration) })
                  : en.decide.never}
            </dd>
            {latest && (
              <>
                <dt>{en.decide.holds}</dt>
                <dd>
                  <Phrase
                    text={en.decide.holdsAt}
                    values={{
                      observed: <ForeignText>{latest.observed}</ForeignText>,
                      when: moments.clock(latest.at, now),
                    }}
                  />
                </dd>
              </>
            )}
            {request.policy.reasons.length > 0 && (
              <>
                <dt>{en.decide.reasons}</dt>
                <dd className="pg-foreign">{request.policy.reasons.join('; ')}</dd>
              </>
            )}
          </dl>
        );
      })}
    </DecisionForm>
  );
}
