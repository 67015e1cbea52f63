import type { Clock, Faults, JiraSite, Rng, SiteHooks, Store } from '../contracts';
import { siteAdministration } from './administration/administration';
import { describeSite } from './describe-site';
import { Router } from './http/router';
import { operations } from './operations';
import { appAccountId, personByEmail } from './people/people';
import { seedCompany } from './seed';
import { openTables, type Site } from './site-state';

export interface JiraSiteParts {
  store: Store;
  clock: Clock;
  rng: Rng;
  hooks: SiteHooks;
  faults: () => Faults;
  baseUrl: () => string;
}

/** Jira and Jira Service Management of the seeded company. Everything it knows is in the store's tables. */
export function createJiraSite(parts: JiraSiteParts): JiraSite {
  const site: Site = { ...parts, tables: openTables(parts.store) };
  const administration = siteAdministration(site);
  const router = new Router(operations);
  seedCompany(site);
  return {
    appAccountId,
    handle: (request) => router.handle(site, request),
    scopeRule: (method, path) => router.scopeRule(method, path),
    authenticate(email, password) {
      if (password !== 'sandbox') return undefined;
      const person = personByEmail(site, email);
      return person?.active === true ? { kind: 'user', accountId: person.accountId } : undefined;
    },
    moveIssue: administration.move,
    setActive: administration.setActive,
    administration,
    describe: () => describeSite(site),
  };
}
