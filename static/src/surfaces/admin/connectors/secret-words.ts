import { en, fill } from '../../../texts/en';
import type { Moments } from '../../../texts/moments';

const oldMs = 180 * 86_400_000;

/** What may be said about a stored secret: its fingerprint and its age. */
export function secretWords(
  { secret }: { readonly secret?: { readonly fingerprint: string; readonly setAt: string } },
  now: number,
  moments: Moments,
): { readonly text: string; readonly old: boolean } | undefined {
  if (!secret) return undefined;
  const age = now - Date.parse(secret.setAt);
  return {
    text: fill(en.admin.connectors.secretAge, { fingerprint: secret.fingerprint, age: moments.span(age) }),
    old: age > oldMs,
  };
}
