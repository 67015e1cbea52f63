import type { ConnectorAuth } from '../../../domain/connector';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { BudgetedHttp } from '../http/budgeted-http';
import { requestUrl } from '../http/request-url';
import { canonicalTarget } from '../http/url-policy';
import { attributesOf, textOf } from './attributes';

/** Gives the Authorization header for the next request, or the class of failure. */
export type SignIn = (record: AnswerRecord) => Promise<Answer<string>>;

// What RFC 6750 and common sense let a token be. Line breaks would write further headers.
const tokenText = /^[\x21-\x7e]+$/;

/** A fixed bearer token. */
export function bearer(token: string): SignIn {
  const header = tokenText.test(token) ? answered(`Bearer ${token}`) : failed('refused-credentials');
  return () => Promise.resolve(header);
}

/** How a connector signs in with its secret. What it obtains lives as long as the returned function and no longer. */
export function signInFor(auth: ConnectorAuth, secret: string, http: BudgetedHttp): SignIn {
  switch (auth.kind) {
    case 'bearer':
      return bearer(secret);
    case 'oauth2': {
      let token: Promise<Answer<string>> | undefined;
      return (record) => (token ??= clientCredentials(auth, secret, http, record));
    }
  }
}

/** OAuth 2.0 client credentials (RFC 6749 4.4) with client_secret_basic. */
async function clientCredentials(
  auth: Extract<ConnectorAuth, { kind: 'oauth2' }>,
  secret: string,
  http: BudgetedHttp,
  record: AnswerRecord,
): Promise<Answer<string>> {
  const endpoint = canonicalTarget(auth.tokenUrl);
  if (!endpoint.ok) return failed('not-approved');
  const path = endpoint.url.slice(endpoint.origin.length).split('/').slice(1);
  const url = path.length === 0 ? new URL(endpoint.url).href : requestUrl(endpoint.origin, path);
  if (url === undefined) return failed('not-approved');
  const answer = await http.ask(
    {
      method: 'POST',
      url,
      headers: {
        authorization: `Basic ${Buffer.from(`${formEncoded(auth.clientId)}:${formEncoded(secret)}`).toString('base64')}`,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        ...(auth.scope === undefined ? {} : { scope: auth.scope }),
      }).toString(),
      expects: 'json',
      secretAnswer: true,
    },
    record,
  );
  // RFC 6749 5.2: a token endpoint says 400 for wrong client credentials as well as 401.
  if (!answer.ok) return answer.failure === 'bad-request' ? failed('refused-credentials') : answer;
  const token = attributesOf(answer.value);
  const accessToken = textOf(token, 'access_token');
  const type = textOf(token, 'token_type');
  if (accessToken === undefined || type?.toLowerCase() !== 'bearer' || !tokenText.test(accessToken))
    return failed('malformed');
  return answered(`Bearer ${accessToken}`);
}

/** RFC 6749 2.3.1 encodes both halves as form values before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice('v='.length);
}
