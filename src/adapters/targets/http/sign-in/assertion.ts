import { importPKCS8, SignJWT } from 'jose';
import type { ConnectorAuth } from '../../../../domain/connector';
import { later, plus, type Instant } from '../../../../domain/instant';
import { answered, failed, type Answer } from '../answer';
import type { BudgetedHttp } from '../budgeted-http';
import { askForToken } from './oauth';
import { bearerHeader, obtained, type SignIn } from './sign-in';

/** What signing needs of the world around it. */
export interface Surroundings {
  readonly now: () => Instant;
  /** A new unique id, for assertions that may be used once. */
  readonly nextId: () => string;
}

/** How long an assertion holds. Every vendor takes five minutes; GitHub takes at most ten. */
const validFor = 'PT5M';
/** Clocks differ: some vendors refuse what is issued in the future of theirs. */
const issuedBeforeMs = 30_000;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Where an assertion names its key: by a key id or by the SHA-256 thumbprint of a certificate (RFC 7515 4.1.4, 4.1.8). */
export type KeyName = 'kid' | 'x5t#S256';

/** OAuth 2.0 client credentials with a signed assertion (RFC 7523 2.2). */
export function privateKeyJwt(
  auth: Extract<ConnectorAuth, { kind: 'private-key-jwt' }>,
  privateKey: string,
  http: BudgetedHttp,
  surroundings: Surroundings,
  keyName: KeyName = 'kid',
): SignIn {
  return obtained(bearerHeader, async (record) => {
    const claims = { iss: auth.clientId, sub: auth.clientId, aud: auth.tokenUrl, jti: surroundings.nextId() };
    const assertion = await signedAssertion(claims, privateKey, auth.keyId, surroundings.now(), keyName);
    if (!assertion.ok) return assertion;
    const form = {
      grant_type: 'client_credentials',
      client_id: auth.clientId,
      client_assertion_type: assertionType,
      client_assertion: assertion.value,
      ...(auth.scope === undefined ? {} : { scope: auth.scope }),
    };
    return askForToken(http, auth.tokenUrl, form, {}, record);
  });
}

/** OAuth 2.0 with a signed assertion as the grant (RFC 7523 2.1). Google wants the scope inside it. */
export function jwtBearer(
  auth: Extract<ConnectorAuth, { kind: 'jwt-bearer' }>,
  privateKey: string,
  http: BudgetedHttp,
  surroundings: Surroundings,
): SignIn {
  return obtained(bearerHeader, async (record) => {
    const claims = {
      iss: auth.issuer,
      aud: auth.tokenUrl,
      ...(auth.subject === undefined ? {} : { sub: auth.subject }),
      ...(auth.scope === undefined ? {} : { scope: auth.scope }),
    };
    const assertion = await signedAssertion(claims, privateKey, auth.keyId, surroundings.now());
    if (!assertion.ok) return assertion;
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion.value };
    return askForToken(http, auth.tokenUrl, form, {}, record);
  });
}

/**
 * A JWT (RFC 7519) over the claims, signed RS256 and good for five minutes. `refused-credentials` when the secret is no
 * private RSA key in PKCS #8 PEM (`-----BEGIN PRIVATE KEY-----`).
 */
export async function signedAssertion(
  claims: Readonly<Record<string, string>>,
  privateKey: string,
  keyId: string | undefined,
  now: Instant,
  keyName: KeyName = 'kid',
): Promise<Answer<string>> {
  try {
    const key = await importPKCS8(privateKey, 'RS256');
    const token = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { [keyName]: keyId }) })
      .setIssuedAt(secondsOf(later(now, -issuedBeforeMs)))
      .setExpirationTime(secondsOf(plus(now, validFor)))
      .sign(key);
    return answered(token);
  } catch {
    return failed('refused-credentials');
  }
}

function secondsOf(instant: Instant): number {
  return Math.floor(Date.parse(instant) / 1000);
}
