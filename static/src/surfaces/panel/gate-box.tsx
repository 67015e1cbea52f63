import type { RequestView } from '../../../../src/contract/request-view';
import { ToneIcon } from '../../parts/tone-icon';
import type { Command } from '../../parts/use-command';
import { FailedCall } from '../../parts/failed-call';
import { useMoments } from '../../parts/frame-context';
import { isOver, isWorkable } from '../../parts/request-state';
import { en, fill } from '../../texts/en';
import { furtherReasons, gateAnswer } from './gate-answer';
import { isAttestedNow } from './attested';
import { GateActions } from './gate-actions';
import { ItemProof } from './item-proof';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly command: Command;
  readonly put: (view: RequestView) => void;
}

function ProvenText({ request }: { request: RequestView }) {
  const moments = useMoments();
  return request.items.map((item) => {
    const proof = item.evidence.find((reading) => reading.counts && reading.verdict === 'confirmed');
    return (
      <p key={item.id} className="pg-foreign">
        {proof && fill(en.gate.provenText, { target: item.entitlement.target, when: moments.dateTime(proof.at) })}{' '}
        {item.change !== 'revoke' && item.endsAt && fill(en.gate.endsText, { when: moments.dateTime(item.endsAt) })}
      </p>
    );
  });
}

function closedText(request: RequestView): string {
  if (request.state !== 'excepted') return en.gate.closedText;
  return isAttestedNow(request) ? en.attestation.gateClosedText : en.gate.closedExceptedText;
}

/** Whether the request can be resolved, why not, what to do, and the proof itself. */
export function GateBox({ request, now, command, put }: Props) {
  const moments = useMoments();
  const answer = gateAnswer(request);
  const targets = [...new Set(request.items.map((item) => item.entitlement.target))].join(', ');
  const reading = isWorkable(request.state) || ['closed', 'excepted', 'cancelling'].includes(request.state);
  return (
    <section className={`pg-card pg-gate pg-gate-${answer.tone}`} aria-labelledby="pg-gate">
      <h2 id="pg-gate" className="pg-h3 pg-gate-title">
        <ToneIcon tone={answer.tone} />
        <span>{answer.title}</span>
      </h2>
      {answer.kind === 'open' && (
        <p className="pg-foreign">
          {request.gate.openUntil
            ? fill(en.gate.openUntil, { time: moments.clock(request.gate.openUntil, now), target: targets })
            : en.gate.openText}{' '}
          <strong>{en.gate.openNext}</strong>
        </p>
      )}
      {answer.kind === 'overridden' && (
        <p>
          {isAttestedNow(request) ? en.attestation.gateOpenText : en.gate.overriddenText}{' '}
          <strong>{en.gate.openNext}</strong>
        </p>
      )}
      {answer.kind === 'closed' && request.closedAt && (
        <p>
          {fill(closedText(request), {
            when: moments.dateTime(request.closedAt),
          })}
        </p>
      )}
      {answer.kind === 'ended' && <p>{en.gate.ended[request.state]}</p>}
      {answer.kind === 'waiting' && <p>{en.gate.waitingText}</p>}
      {answer.kind === 'proven' && <ProvenText request={request} />}
      {request.may.decide && <p>{en.gate.waitsForYou}</p>}
      {!isOver(request.state) &&
        !request.may.decide &&
        furtherReasons(request).map((reason, index) => (
          <p key={index} className="pg-foreign">
            {reason}
          </p>
        ))}
      {reading &&
        request.items.map((item) => (
          <ItemProof key={item.id} item={item} now={now} titled={request.items.length > 1} />
        ))}
      {command.failed && <FailedCall error={command.failed.error} at={command.failed.at} urgent />}
      {!isOver(request.state) && (
        <GateActions
          request={request}
          now={now}
          command={command}
          put={put}
          primary={!request.may.decide && answer.kind !== 'open' && answer.kind !== 'overridden'}
        />
      )}
    </section>
  );
}
