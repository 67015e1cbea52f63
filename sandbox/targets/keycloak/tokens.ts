import { importSPKI, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../contracts';
import { REALM, RIGHTS_KEEPER, type Client, type Realm, type User } from './realm';

const SECONDS = 300;
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const LOCAL_HOST = 'https://keycloak.acme.test';
const ISSUER = `${LOCAL_HOST}/realms/${REALM}`;

export const TOKEN_PATH = `/realms/${REALM}/protocol/openid-connect/token`;

/** The token endpoint of the realm for clients that sign in by themselves, and what a presented token may do. */
export class Tokens {
  /** Real tokens are signed with the realm's RSA key; nobody but this server looks at these. */
  private readonly key = new TextEncoder().encode('the sandbox signs its own tokens with this');

  constructor(
    private readonly realm: Realm,
    private readonly clock: Clock,
  ) {}

  async token(form: URLSearchParams, authorization: string | undefined): Promise<{ status: number; body: object }> {
    if (form.get('grant_type') !== 'client_credentials')
      return refused(400, 'unsupported_grant_type', 'Unsupported grant_type');
    const client = await this.clientOf(form, authorization);
    if (!client?.enabled) return refused(401, 'unauthorized_client', 'Invalid client or Invalid client credentials');
    const user = this.accountOf(client);
    if (!client.serviceAccountsEnabled || !user)
      return refused(401, 'unauthorized_client', 'Client not enabled to retrieve service account');
    const claims = {
      iss: ISSUER,
      azp: client.clientId,
      sub: user.id,
      typ: 'Bearer',
      resource_access: { [RIGHTS_KEEPER]: { roles: this.rightsOf(user) } },
      scope: 'profile email',
    };
    const now = Math.floor(this.clock.now() / 1000);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(now)
      .setExpirationTime(now + SECONDS)
      .sign(this.key);
    return {
      status: 200,
      body: {
        access_token: token,
        expires_in: SECONDS,
        refresh_expires_in: 0,
        token_type: 'Bearer',
        'not-before-policy': 0,
        scope: 'profile email',
      },
    };
  }

  /** The rights of whoever presents a token; undefined for a token that is none. */
  async rights(authorization: string | undefined): Promise<ReadonlySet<string> | undefined> {
    const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
    try {
      const { payload } = await jwtVerify(token, this.key, { issuer: ISSUER, currentDate: new Date(this.clock.now()) });
      const user = this.realm.users.get(payload.sub ?? '');
      return user && new Set(this.rightsOf(user));
    } catch {
      return undefined;
    }
  }

  private rightsOf(user: User): string[] {
    const keeper = this.realm.all(this.realm.clients).find(({ clientId }) => clientId === RIGHTS_KEEPER);
    return this.realm
      .effective(user)
      .filter(({ clientId }) => clientId === keeper?.id)
      .map(({ name }) => name);
  }

  private accountOf(client: Client): User | undefined {
    return this.realm.all(this.realm.users).find(({ serviceAccountOf }) => serviceAccountOf === client.id);
  }

  /** By name and secret (RFC 6749 2.3.1), or by an assertion that its key signed (RFC 7523 2.2). */
  private async clientOf(form: URLSearchParams, authorization: string | undefined): Promise<Client | undefined> {
    const known = (name: string | null): Client | undefined =>
      this.realm.all(this.realm.clients).find(({ clientId }) => clientId === name);
    if (form.get('client_assertion_type') === ASSERTION) {
      const client = known(form.get('client_id'));
      if (client?.clientAuthenticatorType !== 'client-jwt' || client.publicKey === undefined) return undefined;
      try {
        await jwtVerify(form.get('client_assertion') ?? '', await importSPKI(client.publicKey, 'RS256'), {
          audience: [ISSUER, `${LOCAL_HOST}${TOKEN_PATH}`],
          issuer: client.clientId,
          subject: client.clientId,
          currentDate: new Date(this.clock.now()),
        });
        return client;
      } catch {
        return undefined;
      }
    }
    const [, basic = ''] = /^Basic (\S+)$/.exec(authorization ?? '') ?? [];
    const [name = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':').map(formDecoded);
    const client = known(name);
    return client?.clientAuthenticatorType === 'client-secret' && client.secret === secret ? client : undefined;
  }
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

function refused(status: number, error: string, description: string): { status: number; body: object } {
  return { status, body: { error, error_description: description } };
}
