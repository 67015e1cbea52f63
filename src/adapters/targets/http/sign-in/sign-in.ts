import type { Answer } from '../answer';
import type { AnswerRecord } from '../answer-record';
import { answered, failed } from '../answer';
import type { TokenClaims } from './token-claims';

/** What a request is signed over. */
export interface ToSign {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Gives the headers that sign the next request in, or the class of failure. */
export interface SignIn {
  (record: AnswerRecord, request: ToSign): Promise<Answer<Readonly<Record<string, string>>>>;
  /** What the target said of the token when it gave it, where the token itself says nothing. */
  readonly told?: () => TokenClaims | undefined;
}

// What RFC 6750 and common sense let a token be. Line breaks would write further headers.
const tokenText = /^[\x21-\x7e]+$/;

/** Whether a text can be sent as a token. */
export function isToken(text: string | undefined): text is string {
  return text !== undefined && tokenText.test(text);
}

/** A fixed token under a scheme: `Bearer`, `SSWS`. */
export function fixedToken(scheme: string, token: string): SignIn {
  const headers = isToken(token) ? answered({ authorization: `${scheme} ${token}` }) : failed('refused-credentials');
  return () => Promise.resolve(headers);
}

/** A token that is obtained at the first request and lives as long as the returned function: never longer than one invocation. */
export function obtained(
  headers: (token: string) => Readonly<Record<string, string>>,
  obtain: (record: AnswerRecord) => Promise<Answer<string>>,
): SignIn {
  let token: Promise<Answer<string>> | undefined;
  return async (record) => {
    const answer = await (token ??= obtain(record));
    return answer.ok ? answered(headers(answer.value)) : answer;
  };
}

/** The header that carries a bearer token (RFC 6750 2.1). */
export function bearerHeader(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}
