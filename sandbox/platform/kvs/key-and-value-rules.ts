/** Which keys and values the storage takes. */
import { badRequest, Refusal } from './refusal';

const KEY = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
const MAX_KEY_LENGTH = 500;
const MAX_VALUE_BYTES = 240 * 1024;
const MAX_SECRET_BYTES = 128 * 1024;
const MAX_DEPTH = 31;
const YEAR_SECONDS = 365 * 24 * 3600;

export function checkKey(key: unknown): string {
  if (typeof key !== 'string') throw badRequest('key must be a string');
  if (key.length === 0) throw new Refusal(400, 'KEY_TOO_SHORT', 'Key must have at least 1 character');
  if (key.length > MAX_KEY_LENGTH) throw new Refusal(400, 'KEY_TOO_LONG', 'Key must have at most 500 characters');
  if (!KEY.test(key)) throw new Refusal(400, 'INVALID_KEY', `Key does not match ${String(KEY)}`);
  return key;
}

/** Answers the value's size in bytes. */
export function checkValue(value: unknown, kind: 'plain' | 'secret' | 'entity'): number {
  if (value === undefined) throw badRequest('value is missing');
  const bytes = Buffer.byteLength(JSON.stringify(value));
  const most = kind === 'secret' ? MAX_SECRET_BYTES : MAX_VALUE_BYTES;
  if (bytes > most) throw new Refusal(400, 'MAX_SIZE', `Value has ${bytes} bytes, at most ${most} are allowed`);
  if (depthOf(value, 0) > MAX_DEPTH) throw new Refusal(400, 'MAX_DEPTH', `Value is nested deeper than ${MAX_DEPTH}`);
  return bytes;
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return depth;
  let deepest = depth + 1;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, depth + 1));
  return deepest;
}

const UNIT_SECONDS: Record<string, number> = { SECONDS: 1, MINUTES: 60, HOURS: 3600, DAYS: 86400 };

/** The instant at which a row with this TTL expires. */
export function expiryOf(ttl: unknown, now: number): number | undefined {
  if (ttl === undefined) return undefined;
  const { value, unit } = ttl as { value?: unknown; unit?: unknown };
  const seconds = UNIT_SECONDS[String(unit)];
  if (seconds === undefined || !Number.isInteger(value) || (value as number) <= 0)
    throw badRequest('ttl must have a positive whole value and a unit of SECONDS, MINUTES, HOURS or DAYS');
  if ((value as number) * seconds > YEAR_SECONDS) throw badRequest('ttl must be at most one year');
  return now + (value as number) * seconds * 1000;
}
