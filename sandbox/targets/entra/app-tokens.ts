import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import type { Clock } from '../../contracts';

/** An app registration: what it signs in with and which application permissions it was given. */
export interface AppRegistration {
  clientId: string;
  secret?: string;
  /** Public key in SPKI PEM with the SHA-256 thumbprint of its certificate. */
  certificate?: { publicKey: string; thumbprint: string };
  roles: readonly string[];
}

export const tenantId = '7a1f4c30-52b6-4d0e-9c51-0d3e6a2b8f11';

export const tokenPath = `/${tenantId}/oauth2/v2.0/token`;
const tokenUrl = `https://login.microsoftonline.com${tokenPath}`;
const graphScope = 'https://graph.microsoft.com/.default';

/** The tenant's token endpoint, and what its tokens are worth. */
export class AppTokens {
  private readonly key = randomBytes(32);

  constructor(
    private readonly apps: readonly AppRegistration[],
    private readonly clock: Clock,
  ) {}

  async answer(authorization: string | undefined, body: string): Promise<{ status: number; body: unknown }> {
    const form = new URLSearchParams(body);
    const refuse = (status: number, error: string, error_description: string) => ({
      status,
      body: { error, error_description },
    });
    if (form.get('grant_type') !== 'client_credentials') return refuse(400, 'unsupported_grant_type', 'AADSTS70003');
    if (form.get('scope') !== graphScope) return refuse(400, 'invalid_scope', 'AADSTS1002012');
    const app = await this.clientOf(authorization, form);
    if (!app) return refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: this.issue(app) },
    };
  }

  /** What the bearer may do; undefined when the token is not ours, was changed or has ended. */
  rolesOf(authorization: string | undefined): readonly string[] | undefined {
    const [head, claims, signature] = (/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '').split('.');
    if (head === undefined || claims === undefined || signature === undefined) return undefined;
    const own = Buffer.from(this.signature(`${head}.${claims}`));
    const given = Buffer.from(signature);
    if (own.length !== given.length || !timingSafeEqual(own, given)) return undefined;
    const { exp, roles } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number; roles?: string[] };
    return exp * 1000 > this.clock.now() ? (roles ?? []) : undefined;
  }

  private async clientOf(
    authorization: string | undefined,
    form: URLSearchParams,
  ): Promise<AppRegistration | undefined> {
    const assertion = form.get('client_assertion');
    if (assertion !== null) return this.clientOfAssertion(assertion, form);
    const [id, secret] = basic(authorization) ?? [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
    return this.apps.find((app) => app.clientId === id && app.secret !== undefined && app.secret === secret);
  }

  private async clientOfAssertion(assertion: string, form: URLSearchParams): Promise<AppRegistration | undefined> {
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return undefined;
    for (const app of this.apps) {
      if (!app.certificate || app.clientId !== form.get('client_id')) continue;
      const key = await importSPKI(app.certificate.publicKey, 'RS256');
      const options = {
        audience: tokenUrl,
        issuer: app.clientId,
        subject: app.clientId,
        currentDate: new Date(this.clock.now()),
      };
      const verified = await jwtVerify(assertion, key, options).catch(() => undefined);
      const header = verified?.protectedHeader as Record<string, unknown> | undefined;
      if (header?.['x5t#S256'] === app.certificate.thumbprint && verified?.payload.jti !== undefined) return app;
    }
    return undefined;
  }

  private issue(app: AppRegistration): string {
    const now = Math.floor(this.clock.now() / 1000);
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${tenantId}/`,
      tid: tenantId,
      appid: app.clientId,
      iat: now,
      exp: now + 3599,
      // An app without permissions has no such claim at all.
      ...(app.roles.length === 0 ? {} : { roles: app.roles }),
    };
    const text = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`;
    return `${text}.${this.signature(text)}`;
  }

  private signature(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

/** RFC 6749 2.3.1: both halves are form-encoded. */
function basic(authorization: string | undefined): [string, string] | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const decoded = (half: string): string => new URLSearchParams(`v=${half}`).get('v') ?? '';
  return [decoded(text.slice(0, colon)), decoded(text.slice(colon + 1))];
}
