import type { PortalRequestView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Phrase } from '../../parts/phrase';
import { RiskMark } from '../../parts/risk-mark';
import { en, fill } from '../../texts/en';

/** What an approver is asked: the change, how risky it is, when it ends and which policy asks. */
export function AskedFacts({ request }: { request: PortalRequestView }) {
  const moments = useMoments();
  const { what } = request;
  if (!what) return null;
  return (
    <dl className="pg-facts">
      <dt>{en.changes[what.change]}</dt>
      <dd>
        <Phrase
          text={en.decide[what.change]}
          values={{
            who: <ForeignText strong>{what.identity}</ForeignText>,
            what: <ForeignText strong>{what.entitlement}</ForeignText>,
            target: <ForeignText>{what.target}</ForeignText>,
          }}
        />
      </dd>
      <dt>{en.decide.risk}</dt>
      <dd>
        <RiskMark risk={what.risk} />
      </dd>
      <dt>{en.decide.ends}</dt>
      <dd>
        {request.endsAt
          ? moments.dateTime(request.endsAt)
          : request.duration
            ? fill(en.decide.forDuration, { duration: moments.duration(request.duration) })
            : en.decide.never}
      </dd>
      {what.reasons.length > 0 && (
        <>
          <dt>{en.decide.reasons}</dt>
          <dd className="pg-foreign">{what.reasons.join('; ')}</dd>
        </>
      )}
    </dl>
  );
}
