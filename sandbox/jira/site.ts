import type { Clock, Faults, JiraSite, Rng, SiteHooks, Store } from '../contracts';
import { describeSite } from './describe-site';
import { Router } from './http/router';
import { operations } from './operations';
import { appAccountId, personByEmail, personById } from './people/people';
import { people as company } from '../seed/company';
import { seedCompany } from './seed';
import { openTables, type Site } from './site-state';
import { moveIssue } from './workflow/move-issue';

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
    // Bulk changes are an administrator's tool; the history names one.
    moveIssue: (issueKey, statusName) => moveIssue(site, issueKey, statusName, administrator()),
    setActive(accountId, active) {
      const person = personById(site, accountId);
      if (person === undefined) throw new Error(`no account ${accountId}`);
      site.tables.people.put(accountId, { ...person, active });
    },
    describe: () => describeSite(site),
  };
}

function administrator(): string {
  const admin = company.find((person) => person.roles.includes('jira-admin'));
  if (admin === undefined) throw new Error('the company has no Jira administrator');
  return admin.accountId;
}
