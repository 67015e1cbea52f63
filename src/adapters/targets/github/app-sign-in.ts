import { createPrivateKey } from 'node:crypto';
import type { ConnectorAuth } from '../../../domain/connector';
import { answered, failed, type Answer } from '../http/answer';
import type { BudgetedHttp } from '../http/budgeted-http';
import { fieldsOf, textIn } from '../http/json-fields';
import { requestUrl } from '../http/request-url';
import { signedAssertion, type Surroundings } from '../http/sign-in/assertion';
import { bearerHeader, isToken, obtained, type SignIn } from '../http/sign-in/sign-in';
import type { TokenClaims } from '../http/sign-in/token-claims';

const githubUrl = 'https://api.github.com';

/**
 * Signs in as the installation of a GitHub app (docs.github.com/apps, "Authenticating as a GitHub App installation"): a
 * JWT under the app's key buys a token of one hour. The key may be as GitHub hands it out (PKCS #1) or in PKCS #8.
 */
export function appInstallation(
  auth: Extract<ConnectorAuth, { kind: 'github-app' }>,
  privateKey: string,
  http: BudgetedHttp,
  surroundings: Surroundings,
): SignIn {
  let told: TokenClaims | undefined;
  const signIn = obtained(bearerHeader, async (record) => {
    const url = requestUrl(githubUrl, ['app', 'installations', auth.installationId, 'access_tokens']);
    const key = pkcs8(privateKey);
    if (url === undefined || !key.ok) return failed('refused-credentials');
    const assertion = await signedAssertion({ iss: auth.appId }, key.value, undefined, surroundings.now());
    if (!assertion.ok) return assertion;
    const answer = await http.ask(
      {
        method: 'POST',
        url,
        headers: { accept: 'application/vnd.github+json', ...bearerHeader(assertion.value) },
        expects: 'json',
        secretAnswer: true,
      },
      record,
    );
    // The address of an installation that is not there or not of this app.
    if (!answer.ok) return answer.failure === 'not-found' ? failed('refused-credentials') : answer;
    const given = fieldsOf(answer.value);
    const token = textIn(given, 'token');
    if (!isToken(token)) return failed('malformed');
    const permissions = given?.['permissions'];
    told = permissions === undefined ? undefined : { permissions };
    return answered(token);
  });
  return Object.assign(signIn, { told: () => told });
}

function pkcs8(pem: string): Answer<string> {
  try {
    return answered(createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString());
  } catch {
    return failed('refused-credentials');
  }
}
