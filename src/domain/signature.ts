import { createHmac, timingSafeEqual } from 'node:crypto';
import { epochMs, later, parseInstant, type Instant } from './instant';

/** What comes with the body of a signed message, in the form that a signature can have. Nothing of it is believed yet. */
export interface Signed {
  readonly keyId: string;
  /** When it was signed, exactly as it was sent: the signature covers this text. */
  readonly timestamp: string;
  /** Made anew for each message, so that a message counts once. */
  readonly nonce: string;
  /** HMAC-SHA256, 64 hexadecimal digits. */
  readonly signature: string;
}

/** How far the sender's clock may be away. */
const toleranceMs = 300_000;

const forms: Readonly<Record<keyof Signed, RegExp>> = {
  keyId: /^[A-Za-z0-9._-]{1,100}$/,
  timestamp: /^[0-9T:.+Z-]{17,35}$/,
  nonce: /^[A-Za-z0-9_-]{16,128}$/,
  signature: /^[0-9a-f]{64}$/i,
};

/** The four values, when each of them has the form it must have; undefined otherwise. */
export function signedOf(values: { readonly [K in keyof Signed]: string | undefined }): Signed | undefined {
  const names = Object.keys(forms) as Array<keyof Signed>;
  return names.every((name) => forms[name].test(values[name] ?? '')) ? (values as Signed) : undefined;
}

/** Whether a message was signed at most five minutes before or after `now`. */
export function isTimely(timestamp: string, now: Instant): boolean {
  const at = parseInstant(timestamp);
  return at !== undefined && Math.abs(epochMs(at) - epochMs(now)) <= toleranceMs;
}

/**
 * Until when a nonce that is seen at `now` must be remembered: longer than any timestamp that is timely now, so that the
 * same message is never timely and forgotten at once.
 */
export function nonceExpiry(now: Instant): Instant {
  return later(now, 2 * toleranceMs + 60_000);
}

/** The text that is signed: timestamp and nonce on a line each, then the body as it is sent, byte for byte. */
export function signedText(signed: Pick<Signed, 'timestamp' | 'nonce'>, body: string): string {
  return `${signed.timestamp}\n${signed.nonce}\n${body}`;
}

/** The signature of a message under a secret, in lower-case hexadecimal. */
export function sign(secret: string, signed: Pick<Signed, 'timestamp' | 'nonce'>, body: string): string {
  return createHmac('sha256', secret).update(signedText(signed, body), 'utf8').digest('hex');
}

/**
 * Whether the signature is that of the body under this secret, compared in constant time. Without a secret it is computed
 * all the same, so that an unknown key takes as long as a wrong signature.
 */
export function signatureFits(secret: string | undefined, signed: Signed, body: string): boolean {
  const expected = Buffer.from(sign(secret ?? 'no such key', signed, body), 'hex');
  const given = Buffer.from(signed.signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected) && secret !== undefined;
}
