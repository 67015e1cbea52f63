import Button from '@atlaskit/button/new';
import type { RequestView, WitnessView } from '../../../../src/contract/request-view';
import { ForeignText } from '../../parts/foreign-text';
import { useMoments } from '../../parts/frame-context';
import { Notice } from '../../parts/notice';
import { Phrase } from '../../parts/phrase';
import { ToneIcon } from '../../parts/tone-icon';
import { en, fill } from '../../texts/en';
import { isAttestedOnly, isAttestedNow } from './attested';
import type { DialogName } from './dialogs/dialog-props';

interface Props {
  readonly request: RequestView;
  readonly now: number;
  readonly open: (dialog: DialogName) => void;
}

const shownIn: readonly string[] = ['approved', 'fulfilling', 'verifying', 'reopened', 'cancelling', 'excepted'];

/** That nothing can be read and people attest: what is done, what comes next, and what the first one said. */
export function AttestationNotice({ request, now, open }: Props) {
  const words = en.attestation;
  const moments = useMoments();
  const { attestation, may } = request;
  if (!isAttestedOnly(request) || !shownIn.includes(request.state)) return null;
  if (request.state === 'excepted' && attestation === undefined) return null;
  const target = request.items[0]?.entitlement.target ?? '';
  const actions = (may.attest || may.confirmAttestation) && (
    <>
      {may.attest && !isAttestedNow(request) && (
        <Button appearance="primary" onClick={() => open('attest')}>
          {request.state === 'cancelling' ? words.first.openCancel : words.first.open}
        </Button>
      )}
      {may.confirmAttestation && (
        <Button appearance="primary" onClick={() => open('confirm-attestation')}>
          {words.second.open}
        </Button>
      )}
    </>
  );
  if (attestation)
    return (
      <Notice tone="warning" title={words.waitingTitle} actions={actions}>
        <Witness label={words.attested} witness={attestation} />
        <dl className="pg-facts">
          <dt>{words.owner}</dt>
          <dd>
            <ForeignText strong>{attestation.owner.name}</ForeignText>
          </dd>
          <dt>{words.ends}</dt>
          <dd>{moments.dateTime(attestation.expiresAt)}</dd>
        </dl>
        <p className="pg-hint">{fill(words.waitingText, { when: moments.soon(attestation.waitsUntil, now) })}</p>
      </Notice>
    );
  if (isAttestedNow(request)) return null;
  const reported = request.fulfilmentReportedAt !== undefined || request.state === 'cancelling';
  const steps = [
    ...(request.state === 'cancelling'
      ? []
      : [{ text: words.steps.report, status: reported ? 'done' : 'now' } as const]),
    { text: words.steps.first, status: reported ? 'now' : 'later' } as const,
    { text: words.steps.second, status: 'later' } as const,
  ];
  return (
    <Notice
      tone="information"
      title={<ForeignText>{fill(words.unreadable, { target })}</ForeignText>}
      actions={actions}
    >
      <p>{words.unreadableText}</p>
      <ol className="pg-attest-steps">
        {steps.map(({ text, status }) => (
          <li key={text} aria-current={status === 'now' ? 'step' : undefined}>
            <ToneIcon tone={status === 'done' ? 'success' : status === 'now' ? 'information' : 'neutral'} small />
            <span className={status === 'now' ? 'pg-strong' : 'pg-subtle'}>
              {text} <span className="pg-hidden">{words.stepStatus[status]}</span>
            </span>
          </li>
        ))}
      </ol>
    </Notice>
  );
}

/** Who looked, when, and what the person saw. */
export function Witness({ label, witness }: { label: string; witness: WitnessView }) {
  const moments = useMoments();
  return (
    <div className="pg-witness">
      <p>
        {label}:{' '}
        <Phrase
          text={en.attestation.said}
          values={{ who: <ForeignText strong>{witness.by.name}</ForeignText>, when: moments.dateTime(witness.at) }}
        />
      </p>
      <p className="pg-said pg-foreign">{witness.statement}</p>
    </div>
  );
}
