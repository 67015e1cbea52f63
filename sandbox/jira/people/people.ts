import type { PersonRecord } from '../records';
import type { Site } from '../site-state';

/** The app's own account, in the form Atlassian gives to apps. */
export const appAccountId = '557058:7b0c3f4e-2a55-4d18-9c41-0d6f5a1e8b27';

export function personById(site: Site, accountId: string): PersonRecord | undefined {
  return site.tables.people.get(accountId);
}

/** A person whose account certainly exists: stored records refer to it. */
export function knownPerson(site: Site, accountId: string): PersonRecord {
  const person = personById(site, accountId);
  if (person === undefined) throw new Error(`no account ${accountId}`);
  return person;
}

export function allPeople(site: Site): PersonRecord[] {
  return site.tables.people.entries().map(([, person]) => person);
}

export function personByEmail(site: Site, email: string): PersonRecord | undefined {
  return allPeople(site).find((person) => person.email === email.toLowerCase() && person.accountType === 'atlassian');
}

/** Profile settings hide an address from everyone but its owner. */
export function emailFor(person: PersonRecord, reader: string): string | undefined {
  return person.emailHidden && person.accountId !== reader ? undefined : person.email;
}
