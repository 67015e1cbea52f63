import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Clock, Store, Table } from '../../contracts';
import type { Organisation } from './organisation';

/** API tokens that never end: one of a read-only administrator, one of somebody who may do everything. */
export const READER_TOKEN = 'sandbox-okta-reader-token';
export const ADMIN_TOKEN = 'sandbox-okta-admin-token';

const TOKEN_SECONDS = 3600;

/** Whoever makes a call. */
export interface Caller {
  /** Scopes of an OAuth token; absent for an API token, which has the rights of its maker. */
  readonly scopes?: readonly string[];
  readonly userId?: string;
  readonly writes: boolean;
}

interface Issued {
  clientId: string;
  scopes: string[];
  expiresAt: number;
}

/** The token endpoint of the organisation's own authorisation server, and who a presented token belongs to. */
export class Credentials {
  private readonly issued: Table<Issued>;

  constructor(
    private readonly organisation: Organisation,
    store: Store,
    private readonly clock: Clock,
    private readonly makers: { readonly reader: string; readonly admin: string },
  ) {
    this.issued = store.table('okta-tokens');
  }

  callerOf(authorization: string | undefined): Caller | undefined {
    const [, scheme, token = ''] = /^(SSWS|Bearer) (\S+)$/.exec(authorization ?? '') ?? [];
    if (scheme === 'SSWS') {
      if (token === READER_TOKEN) return { userId: this.makers.reader, writes: false };
      return token === ADMIN_TOKEN ? { userId: this.makers.admin, writes: true } : undefined;
    }
    const issued = this.issued.get(keyOf(token));
    if (scheme !== 'Bearer' || !issued || issued.expiresAt <= this.clock.now()) return undefined;
    return { scopes: issued.scopes, writes: true };
  }

  /** Client credentials with a signed assertion (RFC 7523 2.2), the only grant that service apps have. */
  async token(form: URLSearchParams, audience: string): Promise<{ status: number; body: object }> {
    const refused = (error: string, status = 400) => ({ status, body: { error, error_description: error } });
    if (form.get('grant_type') !== 'client_credentials') return refused('unsupported_grant_type');
    const app = this.organisation.apps.get(form.get('client_id') ?? '');
    if (app?.type !== 'service') return refused('invalid_client', 401);
    try {
      const { payload } = await jwtVerify(
        form.get('client_assertion') ?? '',
        createLocalJWKSet({ keys: app.keys } as unknown as JSONWebKeySet),
        { audience, issuer: app.id, subject: app.id, algorithms: ['RS256'], currentDate: new Date(this.clock.now()) },
      );
      if (payload.exp === undefined) return refused('invalid_client', 401);
    } catch {
      return refused('invalid_client', 401);
    }
    const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    if (scopes.length === 0 || !scopes.every((scope) => app.scopes.includes(scope))) return refused('invalid_scope');
    const seconds = Math.floor(this.clock.now() / 1000);
    const claims = { iss: audience, cid: app.id, sub: app.id, scp: scopes, iat: seconds, exp: seconds + TOKEN_SECONDS };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const token = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${payload}.${keyOf(payload)}`;
    this.issued.put(keyOf(token), { clientId: app.id, scopes, expiresAt: (seconds + TOKEN_SECONDS) * 1000 });
    return {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') },
    };
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
