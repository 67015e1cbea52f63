import Button from '@atlaskit/button/new';
import type { RequestView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { Phrase } from '../../parts/phrase';
import { ToneIcon } from '../../parts/tone-icon';
import { en, fill } from '../../texts/en';
import { AttestedException } from './attested-exception';
import type { DialogName } from './dialogs/dialog-props';
import { renewalsInWords } from './renewals-in-words';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly open: (dialog: DialogName) => void;
}

/** The override in force with its owner and its end; once it is over, one line of it. */
export function ExceptionNotice({ request, now, open }: Props) {
  const words = en.exception;
  const moments = useMoments();
  const { exception, may } = request;
  if (!exception) return null;
  const attested = exception.kind === 'manual-attestation';
  if (exception.ended) {
    const over = attested ? en.attestation.over : words.over;
    return (
      <p className="pg-line">
        <ToneIcon tone={exception.ended.how === 'proven' ? 'success' : 'neutral'} small />
        <span>{fill(over[exception.ended.how], { when: moments.soon(exception.ended.at, now) })}</span>
      </p>
    );
  }
  if (attested) return <AttestedException exception={exception} may={may} now={now} open={open} />;
  const left = Date.parse(exception.expiresAt) - now;
  return (
    <Notice
      tone="warning"
      title={fill(words.title, { gate: words.gates[exception.gate] })}
      actions={
        (may.except || may.endException) && (
          <>
            {may.except && <Button onClick={() => open('renew-exception')}>{words.renew.open}</Button>}
            {may.endException && (
              <Button appearance="subtle" onClick={() => open('end-exception')}>
                {words.end.open}
              </Button>
            )}
          </>
        )
      }
    >
      <dl className="pg-facts">
        <dt>{words.reason}</dt>
        <dd className="pg-foreign pg-lines">{exception.reason}</dd>
        <dt>{words.owner}</dt>
        <dd>
          <ForeignText strong>{exception.owner.name}</ForeignText>
          {exception.ownerMissing && (
            <p>
              <ToneIcon tone="danger" small /> {words.ownerMissing}
            </p>
          )}
        </dd>
        <dt>{words.ends}</dt>
        <dd>
          {left > 0
            ? fill(words.endsIn, { when: moments.dateTime(exception.expiresAt), span: moments.span(left) })
            : fill(words.ended, { when: moments.dateTime(exception.expiresAt) })}
        </dd>
        <dt>{words.grantedBy}</dt>
        <dd>
          <Phrase
            text={words.grantedAt}
            values={{
              who: <ForeignText>{exception.grantedBy.name}</ForeignText>,
              when: moments.dateTime(exception.grantedAt),
            }}
          />
        </dd>
        <dt>{words.renewals}</dt>
        <dd>{renewalsInWords(exception.renewals)}</dd>
      </dl>
      <p className="pg-hint">{words.after}</p>
    </Notice>
  );
}
