/** Who sits in front of this browser: a cookie that only the sandbox knows. No password is asked, it is one machine. */
import { randomBytes } from 'node:crypto';
import type { Actor } from '../contracts';
import { people, type SeedPerson } from '../seed/company';
import type { HttpRequest } from './router';

export interface WebSessions {
  person(request: HttpRequest): SeedPerson | undefined;
  /** Who acts in a REST call without Basic auth. */
  actor(request: HttpRequest): Actor | undefined;
  /** The cookie of a new session; undefined when nobody has this e-mail. */
  open(email: string): string | undefined;
  /** Ends the session; answers the cookie that removes it. */
  end(request: HttpRequest): string;
}

/** Cookies know no ports: sandboxes side by side need names of their own. */
export function createWebSessions(port: number): WebSessions {
  const name = `sandbox-session-${port}`;
  const sessions = new Map<string, SeedPerson>();
  const attributes = 'Path=/; HttpOnly; SameSite=Strict';

  const tokenOf = (request: HttpRequest): string | undefined =>
    (request.headers['cookie'] ?? [])
      .flatMap((line) => line.split(/;\s*/))
      .map((pair) => pair.split('='))
      .find(([key]) => key === name)?.[1];

  const person = (request: HttpRequest): SeedPerson | undefined => {
    // A cookie that comes along with another site's request is not this person's will.
    const site = request.headers['sec-fetch-site']?.[0];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return undefined;
    return sessions.get(tokenOf(request) ?? '');
  };

  return {
    person,
    actor: (request) => {
      const found = person(request);
      return found && { kind: 'user', accountId: found.accountId };
    },
    open: (email) => {
      const found = people.find((candidate) => candidate.email === email);
      if (!found) return undefined;
      const token = randomBytes(32).toString('base64url');
      sessions.set(token, found);
      return `${name}=${token}; ${attributes}`;
    },
    end: (request) => {
      sessions.delete(tokenOf(request) ?? '');
      return `${name}=; ${attributes}; Max-Age=0`;
    },
  };
}
