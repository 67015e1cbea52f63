import type { SecretView } from '../../../../../src/contract/settings-view';
import { useMoments } from '../../../parts/frame-context';
import { StateMark } from '../../../parts/state-mark';
import { ToneIcon } from '../../../parts/tone-icon';
import { en, fill } from '../../../texts/en';

interface Props {
  readonly secret: SecretView | undefined;
  readonly purpose: 'read' | 'write';
  readonly now: number;
}

/** What may be said about a secret: its fingerprint, its age, and when it has to be renewed. */
export function SecretLine({ secret, purpose, now }: Props) {
  const words = en.admin.connectors;
  const moments = useMoments();
  const label = purpose === 'read' ? words.secretReads : words.secretWrites;
  if (!secret)
    return (
      <>
        <dt>{label}</dt>
        <dd>
          <ToneIcon tone="danger" small /> {purpose === 'read' ? words.secretMissing : words.secretMissingWrite}
        </dd>
      </>
    );
  const date = secret.endsAt ? moments.date(secret.endsAt) : '?';
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {fill(words.secretLine, {
          fingerprint: secret.fingerprint,
          age: moments.span(now - Date.parse(secret.setAt)),
        })}{' '}
        {secret.age === 'rotate-soon' && <StateMark tone="warning">{fill(words.secretSoon, { date })}</StateMark>}
        {secret.age === 'too-old' && <StateMark tone="danger">{fill(words.secretTooOld, { date })}</StateMark>}
      </dd>
    </>
  );
}
