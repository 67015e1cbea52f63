import { decodeJwt } from 'jose';

/** The claims of an access token, by name. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** The claims of the JWT in an Authorization header, unverified; undefined when there is none. */
export function claimsOf(authorization: string): TokenClaims | undefined {
  try {
    return decodeJwt(authorization.replace(/^Bearer /, ''));
  } catch {
    return undefined;
  }
}
