import type { Person } from './session';

const WORDS: Record<string, string> = {
  rita: 'Asks for access. Customer of the portal, no licence',
  mark: 'Rita’s manager. Approves in the portal, no licence',
  olga: 'Owns the finance entitlements. Second approver of long access',
  amir: 'Service desk agent. Does the work and resolves',
  ana: 'Service desk agent',
  adele: 'Jira administrator. Connectors, catalogue, policies',
  gus: 'Governance owner. Exceptions and calling off removals',
  pam: 'Owns privileged access. Approves production rights',
};

export const roleWords = (person: Person): string => WORDS[person.key] ?? person.title;

export const isAgent = (person: Person): boolean => person.roles.includes('agent');
export const isAdmin = (person: Person): boolean => person.roles.includes('jira-admin');

/** Where a person's day begins. */
export function homeOf(person: Person): string {
  if (isAdmin(person)) return '/admin';
  return isAgent(person) ? '/agent' : '/portal';
}
