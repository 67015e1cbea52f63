import type { ConnectorAuth } from '../../../../domain/connector';
import { failed } from '../answer';
import type { BudgetedHttp } from '../budgeted-http';
import { jwtBearer, privateKeyJwt, type Surroundings } from './assertion';
import { clientCredentials } from './client-credentials';
import { fixedToken, type SignIn } from './sign-in';

/**
 * How a connector signs in with its secret, for the ways that more than one target knows. What it obtains lives as long
 * as the returned function and no longer. Ways that belong to one target stand with that target.
 */
export function signInFor(auth: ConnectorAuth, secret: string, http: BudgetedHttp, surroundings: Surroundings): SignIn {
  switch (auth.kind) {
    case 'bearer':
      return fixedToken('Bearer', secret);
    case 'okta-token':
      return fixedToken('SSWS', secret);
    case 'oauth2':
      return clientCredentials(auth, secret, http);
    case 'private-key-jwt':
      return privateKeyJwt(auth, secret, http, surroundings);
    case 'jwt-bearer':
      return jwtBearer(auth, secret, http, surroundings);
    default:
      return () => Promise.resolve(failed('refused-credentials'));
  }
}
