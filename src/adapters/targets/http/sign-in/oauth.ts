import { answered, failed, type Answer } from '../answer';
import type { AnswerRecord } from '../answer-record';
import type { BudgetedHttp } from '../budgeted-http';
import { fieldsOf, textIn } from '../json-fields';
import { requestUrl } from '../request-url';
import { canonicalTarget } from '../url-policy';
import { isToken } from './sign-in';

/**
 * Asks a token endpoint (RFC 6749 3.2) for an access token. The form carries the grant; `headers` may carry client
 * credentials. `refused-credentials` when the endpoint says no in either of the ways of RFC 6749 5.2.
 */
export async function askForToken(
  http: BudgetedHttp,
  tokenUrl: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  record: AnswerRecord,
): Promise<Answer<string>> {
  const url = endpointUrl(tokenUrl);
  if (url === undefined) return failed('not-approved');
  const answer = await http.ask(
    {
      method: 'POST',
      url,
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      expects: 'json',
      secretAnswer: true,
    },
    record,
  );
  if (!answer.ok) return answer.failure === 'bad-request' ? failed('refused-credentials') : answer;
  const said = fieldsOf(answer.value);
  const token = textIn(said, 'access_token');
  return isToken(token) && textIn(said, 'token_type')?.toLowerCase() === 'bearer'
    ? answered(token)
    : failed('malformed');
}

/** The URL of a stored endpoint, held against the policy on every use. */
export function endpointUrl(stored: string): string | undefined {
  const endpoint = canonicalTarget(stored);
  if (!endpoint.ok) return undefined;
  const path = endpoint.url.slice(endpoint.origin.length).split('/').slice(1);
  return path.length === 0 ? new URL(endpoint.url).href : requestUrl(endpoint.origin, path);
}
