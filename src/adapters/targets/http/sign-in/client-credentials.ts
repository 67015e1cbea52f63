import type { ConnectorAuth } from '../../../../domain/connector';
import type { BudgetedHttp } from '../budgeted-http';
import { askForToken } from './oauth';
import { bearerHeader, obtained, type SignIn } from './sign-in';

/** OAuth 2.0 client credentials (RFC 6749 4.4) with client_secret_basic. */
export function clientCredentials(
  auth: Extract<ConnectorAuth, { kind: 'oauth2' }>,
  secret: string,
  http: BudgetedHttp,
): SignIn {
  const basic = Buffer.from(`${formEncoded(auth.clientId)}:${formEncoded(secret)}`).toString('base64');
  const form = { grant_type: 'client_credentials', ...(auth.scope === undefined ? {} : { scope: auth.scope }) };
  return obtained(bearerHeader, (record) =>
    askForToken(http, auth.tokenUrl, form, { authorization: `Basic ${basic}` }, record),
  );
}

/** RFC 6749 2.3.1 encodes both halves as form values before they are joined. */
function formEncoded(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice('v='.length);
}
