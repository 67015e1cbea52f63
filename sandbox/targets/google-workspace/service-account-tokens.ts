import { randomBytes } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import type { Clock } from '../../contracts';

export const serviceAccount = 'proofgate@acme-sandbox.iam.gserviceaccount.com';
export const administrator = 'adele@acme.test';
export const scopes = {
  people: 'https://www.googleapis.com/auth/admin.directory.user.readonly',
  groups: 'https://www.googleapis.com/auth/admin.directory.group.readonly',
  members: 'https://www.googleapis.com/auth/admin.directory.group.member',
} as const;

/** What the domain's administrator has delegated to the service account. */
const delegated: ReadonlySet<string> = new Set(Object.values(scopes));

/** Tokens for assertions that the service account signed in the administrator's name. */
export class ServiceAccountTokens {
  private readonly issued = new Map<string, { scopes: readonly string[]; expiresAt: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly publicKey: string,
  ) {}

  async answer(body: string): Promise<{ status: number; body: unknown }> {
    const form = new URLSearchParams(body);
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    const claims = await this.claimsOf(form.get('assertion') ?? '');
    if (!claims) return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } };
    const asked = String(claims['scope'] ?? '').split(' ');
    if (claims['sub'] !== administrator || !asked.every((scope) => delegated.has(scope)))
      return { status: 401, body: { error: 'unauthorized_client' } };
    const token = `ya29.${randomBytes(24).toString('base64url')}`;
    this.issued.set(token, { scopes: asked, expiresAt: this.clock.now() + 3_600_000 });
    return { status: 200, body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } };
  }

  /** Undefined for a token that is not ours or has ended. */
  scopesOf(authorization: string | undefined): readonly string[] | undefined {
    const token = this.issued.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
    return token && token.expiresAt > this.clock.now() ? token.scopes : undefined;
  }

  private async claimsOf(assertion: string): Promise<Record<string, unknown> | undefined> {
    const key = await importSPKI(this.publicKey, 'RS256');
    const options = {
      audience: 'https://oauth2.googleapis.com/token',
      issuer: serviceAccount,
      currentDate: new Date(this.clock.now()),
    };
    const verified = await jwtVerify(assertion, key, options).catch(() => undefined);
    return verified?.payload;
  }
}
