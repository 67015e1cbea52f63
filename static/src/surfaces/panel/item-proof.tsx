import type { ItemView } from '../../../../src/contract/request-view';
import { Disclosure } from '../../parts/disclosure';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { ToneIcon } from '../../parts/tone-icon';
import { en, fill } from '../../texts/en';
import { latestReading } from './gate-answer';
import { toneOfVerdict } from './verdict-tone';

/** What was expected of the target and what it showed, why that is no proof, and what to do about it. */
export function ItemProof({ item, now, titled }: { item: ItemView; now: number; titled: boolean }) {
  const moments = useMoments();
  const reading = latestReading(item);
  const proven = reading?.verdict === 'confirmed';
  // A change that was given over to a person is shown with its instructions already.
  const told = item.direct?.state === 'handed-over';
  return (
    <div className="pg-proof">
      {titled && (
        <h3 className="pg-h4">
          <ForeignText>{item.entitlement.name}</ForeignText>
        </h3>
      )}
      {reading && !proven && reading.because && (
        <p className="pg-foreign">
          <strong>{reading.because}</strong>
        </p>
      )}
      {reading && !proven && reading.todo && (
        <p className="pg-foreign">
          {en.gate.todo} {reading.todo}
        </p>
      )}
      {reading ? (
        <>
          <table className="pg-compare" aria-label={en.gate.tableLabel}>
            <tbody>
              <tr>
                <th scope="row">{en.gate.expected}</th>
                <td className="pg-foreign">{reading.expected}</td>
                <td />
              </tr>
              <tr>
                <th scope="row">{en.gate.observed}</th>
                <td className="pg-foreign">{reading.observed}</td>
                <td className="pg-compare-sign">
                  <ToneIcon tone={toneOfVerdict(reading.verdict)} small />
                  <span>
                    {proven ? en.gate.matches : reading.verdict === 'unreadable' ? en.gate.unreadable : en.gate.differs}
                  </span>
                </td>
              </tr>
            </tbody>
          </table>
          <p className="pg-hint">
            {fill(en.gate.checked, {
              time: moments.clock(reading.at, now),
              ago: moments.span(Math.max(0, now - Date.parse(reading.at))),
            })}
            <span className="pg-dot" aria-hidden="true" />
            <span className="pg-code">{fill(en.gate.fingerprint, { hash: reading.fingerprint })}</span>
          </p>
        </>
      ) : (
        <p className="pg-foreign">
          {fill(item.entitlement.attested ? en.attestation.unreadableLine : en.gate.checkedNever, {
            target: item.entitlement.target,
          })}
        </p>
      )}
      {!proven && !told && item.entitlement.instructions && !reading?.todo.includes(item.entitlement.instructions) && (
        <Disclosure
          summary={en.gate.instructions}
          label={fill(en.gate.instructionsFor, { what: item.entitlement.name })}
        >
          <p className="pg-lines pg-foreign">{item.entitlement.instructions}</p>
        </Disclosure>
      )}
    </div>
  );
}
