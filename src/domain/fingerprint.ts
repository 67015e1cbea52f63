import { timingSafeEqual } from 'node:crypto';
import { sha256 } from './canonical';

/** What a secret is recognised by without being told. A private key is the same however its lines are broken. */
export function fingerprintOf(secret: string): string {
  const text = secret.startsWith('-----BEGIN ') ? secret.replace(/\s+/g, '') : secret;
  return sha256(text).slice(0, 12);
}

/** Whether one of these fingerprints is this one. All are compared, each in the same time, so that nothing is told by how long it takes. */
export function isAmong(fingerprint: string, known: readonly string[]): boolean {
  const wanted = Buffer.from(sha256(fingerprint));
  return known.map((other) => timingSafeEqual(wanted, Buffer.from(sha256(other)))).includes(true);
}
