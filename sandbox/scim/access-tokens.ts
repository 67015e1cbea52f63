import { createHash } from 'node:crypto';
import type { Clock, Store, Table } from '../contracts';

export const ADMIN_TOKEN = 'sandbox-scim-admin-token';
export const READER_TOKEN = 'sandbox-scim-reader-token';
export const OAUTH_CLIENT = { id: 'proofgate', secret: 'sandbox-client-secret' } as const;

export const SCOPES = ['scim:read', 'scim:write'] as const;
export type Scope = (typeof SCOPES)[number];

export const TOKEN_SECONDS = 3600;

interface Issued {
  scopes: Scope[];
  expiresAt: number;
}

/** Two tokens that never end, and those of the token endpoint, which do and which survive a restart. */
export class AccessTokens {
  private readonly issued: Table<Issued>;
  private readonly counter: Table<number>;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.issued = store.table('scim-tokens');
    this.counter = store.table('scim-token-counter');
  }

  issue(scopes: Scope[]): string {
    return this.store.transaction(() => {
      for (const [token, { expiresAt }] of this.issued.entries()) {
        if (expiresAt <= this.clock.now()) this.issued.remove(token);
      }
      const n = (this.counter.get('issued') ?? 0) + 1;
      this.counter.put('issued', n);
      // Repeatable on purpose: a sandbox run with the same steps has the same tokens.
      const token = createHash('sha256').update(`${OAUTH_CLIENT.secret}/${n}`).digest('base64url');
      this.issued.put(token, { scopes, expiresAt: this.clock.now() + TOKEN_SECONDS * 1000 });
      return token;
    });
  }

  /** What the bearer of a token may do; undefined when the token is unknown or has expired. */
  scopesOf(token: string): readonly Scope[] | undefined {
    if (token === ADMIN_TOKEN) return SCOPES;
    if (token === READER_TOKEN) return ['scim:read'];
    const issued = token.length <= 128 ? this.issued.get(token) : undefined;
    return issued && issued.expiresAt > this.clock.now() ? issued.scopes : undefined;
  }
}
