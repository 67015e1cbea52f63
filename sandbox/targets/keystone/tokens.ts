import { createHash } from 'node:crypto';
import type { Clock, Store, Table } from '../../contracts';
import { ACCOUNTS, ADMIN_TOKEN, CREDENTIAL, DOMAIN, keystoneId, type Cloud } from './cloud';

/** Of whom a token is, what it may do, and where. */
export interface Token {
  userId: string;
  userName: string;
  roles: string[];
  place: { system: { all: true } } | { project: { id: string; name: string; domain: typeof DOMAIN } };
  issuedAt: number;
  expiresAt: number;
}

const VALID_MS = 60 * 60_000;

/** Gives out tokens for passwords and application credentials, and knows them again until they expire. */
export class Tokens {
  private readonly issued: Table<Token>;
  private readonly counter: Table<number>;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly cloud: Cloud,
  ) {
    this.issued = store.table('keystone-tokens');
    this.counter = store.table('keystone-token-counter');
  }

  /** The body of `POST auth/tokens`; undefined when what it carries is wrong. */
  signIn(body: unknown): { id: string; token: Token } | undefined {
    const identity = at(at(body, 'auth'), 'identity');
    const credential = at(identity, 'application_credential');
    const project = { id: keystoneId('project', 'production'), name: 'production', domain: DOMAIN };
    if (at(credential, 'id') === CREDENTIAL.id)
      return at(credential, 'secret') === CREDENTIAL.secret
        ? this.issue(ACCOUNTS.writer.name, ['admin', 'member', 'reader'], { project })
        : undefined;
    const user = at(at(identity, 'password'), 'user');
    const name = at(user, 'name');
    const known = this.cloud.users.entries().find(([, each]) => each.name === name)?.[1];
    const scoped = at(at(at(at(body, 'auth'), 'scope'), 'system'), 'all') === true;
    if (!known?.enabled || !scoped || this.cloud.passwordOf(known.id) !== at(user, 'password')) return undefined;
    const roles = name === ACCOUNTS.reader.name ? ['reader'] : ['admin', 'member', 'reader'];
    return this.issue(known.name, roles, { system: { all: true } });
  }

  /** The token behind an id; undefined when it is unknown or has expired. */
  find(id: string | undefined): Token | undefined {
    if (id === ADMIN_TOKEN) return this.tokenOf(ACCOUNTS.writer.name, ['admin'], { system: { all: true } });
    const token = id === undefined || id.length > 128 ? undefined : this.issued.get(id);
    return token && token.expiresAt > this.clock.now() ? token : undefined;
  }

  private issue(name: string, roles: string[], place: Token['place']): { id: string; token: Token } {
    return this.store.transaction(() => {
      const n = (this.counter.get('issued') ?? 0) + 1;
      this.counter.put('issued', n);
      // Repeatable on purpose: a sandbox run with the same steps has the same tokens.
      const id = `gAAAAAB${createHash('sha256').update(`${ACCOUNTS.writer.password}/${n}`).digest('base64url')}`;
      const token = this.tokenOf(name, roles, place);
      this.issued.put(id, token);
      return { id, token };
    });
  }

  private tokenOf(userName: string, roles: string[], place: Token['place']): Token {
    const issuedAt = this.clock.now();
    return { userId: keystoneId('user', userName), userName, roles, place, issuedAt, expiresAt: issuedAt + VALID_MS };
  }
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
