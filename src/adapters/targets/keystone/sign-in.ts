import type { Json } from '../../../domain/canonical';
import type { ConnectorAuth } from '../../../domain/connector';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { BudgetedHttp } from '../http/budgeted-http';
import { fieldsOf } from '../http/json-fields';
import { requestUrl } from '../http/request-url';
import { isToken, type SignIn } from '../http/sign-in/sign-in';

/**
 * Signs in to the Identity API v3 (docs.openstack.org/api-ref/identity/v3, "Authentication and token management") with an
 * application credential, or with a password for a token of system scope. The token lives as long as the returned
 * function. It is also what `GET auth/tokens` asks about, so that the live test can see what the token may do.
 */
export function keystoneSignIn(auth: ConnectorAuth, secret: string, http: BudgetedHttp, baseUrl: string): SignIn {
  const body = authentication(auth, secret);
  let token: Promise<Answer<string>> | undefined;
  return async (record, request) => {
    if (body === undefined) return failed('refused-credentials');
    const answer = await (token ??= askForToken(body, http, baseUrl, record));
    return answer.ok ? answered(tokenHeaders(answer.value, request, baseUrl)) : answer;
  };
}

/** A made-up token, which Keystone has to refuse. */
export function madeUpToken(token: string): SignIn {
  return () => Promise.resolve(answered({ 'x-auth-token': token }));
}

function tokenHeaders(
  token: string,
  request: { readonly method: string; readonly url: string },
  baseUrl: string,
): Readonly<Record<string, string>> {
  const aboutItself = request.method === 'GET' && request.url.split('?')[0] === requestUrl(baseUrl, ['auth', 'tokens']);
  return { 'x-auth-token': token, ...(aboutItself ? { 'x-subject-token': token } : {}) };
}

async function askForToken(
  body: Json,
  http: BudgetedHttp,
  baseUrl: string,
  record: AnswerRecord,
): Promise<Answer<string>> {
  // The catalogue of services is of no use here and can be large.
  const url = requestUrl(baseUrl, ['auth', 'tokens'], { nocatalog: 'true' });
  if (url === undefined) return failed('not-approved');
  const answer = await http.exchange(
    {
      method: 'POST',
      url,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      expects: 'json',
      secretAnswer: true,
    },
    record,
  );
  if (!answer.ok) return answer;
  const token = answer.value.header('x-subject-token');
  const described = fieldsOf(fieldsOf(answer.value.json)?.['token']);
  return described && isToken(token) ? answered(token) : failed('malformed');
}

function authentication(auth: ConnectorAuth, secret: string): Json | undefined {
  switch (auth.kind) {
    case 'keystone-credential':
      return {
        auth: {
          identity: {
            methods: ['application_credential'],
            application_credential: { id: auth.credentialId, secret },
          },
        },
      };
    case 'keystone-password':
      return {
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: auth.userName, domain: { name: auth.userDomain }, password: secret } },
          },
          scope: { system: { all: true } },
        },
      };
    default:
      return undefined;
  }
}
