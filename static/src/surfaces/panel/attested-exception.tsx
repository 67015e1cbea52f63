import Button from '@atlaskit/button/new';
import type { ExceptionView, RequestView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { ToneIcon } from '../../parts/tone-icon';
import { en, fill } from '../../texts/en';
import { Witness } from './attestation-notice';
import type { DialogName } from './dialogs/dialog-props';
import { renewalsInWords } from './renewals-in-words';

interface Props {
  readonly exception: ExceptionView;
  readonly may: RequestView['may'];
  readonly now: number;
  readonly open: (dialog: DialogName) => void;
}

/** Two people's word in force: who they are, what they saw, who answers for it and until when. Never told as a proof. */
export function AttestedException({ exception, may, now, open }: Props) {
  const words = en.attestation;
  const moments = useMoments();
  const left = Date.parse(exception.expiresAt) - now;
  return (
    <Notice
      tone="warning"
      title={words.title}
      actions={
        (may.attest || may.endException) && (
          <>
            {may.attest && <Button onClick={() => open('attest')}>{words.first.openAgain}</Button>}
            {may.endException && (
              <Button appearance="subtle" onClick={() => open('end-exception')}>
                {en.exception.end.open}
              </Button>
            )}
          </>
        )
      }
    >
      {(exception.attested ?? []).map((witness, index) => (
        <Witness
          key={`${witness.by.accountId} ${witness.at}`}
          label={index === 0 ? words.attested : words.confirmed}
          witness={witness}
        />
      ))}
      <dl className="pg-facts">
        <dt>{words.owner}</dt>
        <dd>
          <ForeignText strong>{exception.owner.name}</ForeignText>
          {exception.ownerMissing && (
            <p>
              <ToneIcon tone="danger" small /> {en.exception.ownerMissing}
            </p>
          )}
        </dd>
        <dt>{words.ends}</dt>
        <dd>
          {left > 0
            ? fill(en.exception.endsIn, { when: moments.dateTime(exception.expiresAt), span: moments.span(left) })
            : fill(en.exception.ended, { when: moments.dateTime(exception.expiresAt) })}
        </dd>
        <dt>{en.exception.renewals}</dt>
        <dd>{renewalsInWords(exception.renewals)}</dd>
      </dl>
      <p className="pg-hint">{words.after}</p>
    </Notice>
  );
}
