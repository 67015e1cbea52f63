import type { SecretView } from '../../../../../src/contract/settings-view';
import { useMoments } from '../../../parts/frame-context';
import { TextAreaField } from '../../../parts/text-area-field';
import { TextLineField } from '../../../parts/text-line-field';
import { en, fill } from '../../../texts/en';
import { isKey, type AuthKind } from './sign-in-ways';

interface Props {
  readonly label: string;
  readonly auth: AuthKind;
  /** The stored one, as long as it would be kept. */
  readonly stored: SecretView | undefined;
  readonly now: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly wrong?: boolean;
}

/** A secret that is written and never read again: a line, or a private key of several lines. */
export function SecretField({ label, auth, stored, now, value, onChange, hint, wrong }: Props) {
  const words = en.admin.connectors;
  const moments = useMoments();
  const kept =
    stored &&
    fill(words.secretKept, {
      fingerprint: stored.fingerprint,
      age: moments.span(now - Date.parse(stored.setAt)),
    });
  const shared = { label, value, onChange, optional: stored !== undefined, maxLength: 8192 };
  return isKey(auth) ? (
    <TextAreaField
      {...shared}
      rows={4}
      secret
      hint={[hint, kept ?? words.keyHint].filter(Boolean).join(' ')}
      error={wrong ? words.keyWrong : undefined}
    />
  ) : (
    <TextLineField {...shared} type="password" hint={[hint, kept ?? words.secretHint].filter(Boolean).join(' ')} />
  );
}
