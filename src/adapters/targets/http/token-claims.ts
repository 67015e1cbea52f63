import { answered, type Answer } from './answer';
import type { AnswerRecord } from './answer-record';
import { parseHostileJson } from './hostile-json';
import { fieldsOf, type Fields } from './json-fields';
import type { SignIn } from './sign-in/sign-in';

/**
 * What an access token says of itself, where it is a JWT (RFC 7519); undefined where it is of another kind. Its signature
 * is not looked at: the target checks it with every request, and here it only tells an admin what the target was told.
 */
export async function tokenClaims(
  signIn: SignIn,
  url: string,
  record: AnswerRecord,
): Promise<Answer<Fields | undefined>> {
  const signed = await signIn(record, { method: 'GET', url, headers: {} });
  if (!signed.ok) return signed;
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(signed.value['authorization'] ?? '') ?? [];
  if (payload === undefined) return answered(undefined);
  const claims = parseHostileJson(Buffer.from(payload, 'base64url'));
  return answered(claims.ok ? fieldsOf(claims.value) : undefined);
}
