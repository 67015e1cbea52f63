import { createHash, createPublicKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { Clock, Store, Table } from '../../contracts';

/** Classic tokens that never end: one of an owner who gave it what reading needs, one with everything. */
export const READER_TOKEN = 'sandbox-github-reader-token';
export const ADMIN_TOKEN = 'sandbox-github-admin-token';

export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** Whoever makes a call. */
export interface Caller {
  /** Scopes of a classic token; absent for an installation. */
  readonly scopes?: readonly string[];
  readonly permissions?: Permissions;
}

/** An app that is installed in the organisation. */
export interface Installation {
  readonly id: number;
  readonly appId: string;
  readonly slug: string;
  readonly publicKey: string;
  readonly permissions: Permissions;
}

interface Issued {
  permissions: Permissions;
  expiresAt: number;
}

/** Who a presented token belongs to, and how an app's installation gets one. */
export class Credentials {
  readonly installations: Table<Installation>;
  private readonly issued: Table<Issued>;

  constructor(
    store: Store,
    private readonly clock: Clock,
  ) {
    this.installations = store.table('github-installations');
    this.issued = store.table('github-tokens');
  }

  callerOf(authorization: string | undefined): Caller | undefined {
    const token = /^(?:Bearer|token) (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (token === READER_TOKEN) return { scopes: ['read:org', 'repo'] };
    if (token === ADMIN_TOKEN) return { scopes: ['admin:org', 'repo', 'delete_repo'] };
    const issued = this.issued.get(keyOf(token));
    return issued && issued.expiresAt > this.clock.now() ? { permissions: issued.permissions } : undefined;
  }

  /** Answers 401 for a JWT that the app's key did not sign or that is not in its time, 404 for somebody else's installation. */
  async installationToken(id: string, authorization: string | undefined): Promise<{ status: number; body?: object }> {
    const installation = this.installations.get(id);
    const jwt = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';
    if (!installation) return { status: 404 };
    try {
      const { payload } = await jwtVerify(jwt, createPublicKey(installation.publicKey), {
        algorithms: ['RS256'],
        currentDate: new Date(this.clock.now()),
      });
      const lives = (payload.exp ?? Infinity) - (payload.iat ?? 0);
      if (payload.iss !== installation.appId || lives > 600) return { status: 401 };
    } catch {
      return { status: 401 };
    }
    const token = `ghs_${keyOf(`${id}/${jwt}`)}`;
    const expiresAt = this.clock.now() + 3_600_000;
    this.issued.put(keyOf(token), { permissions: installation.permissions, expiresAt });
    const { permissions } = installation;
    return { status: 201, body: { token, expires_at: new Date(expiresAt).toISOString(), permissions } };
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
