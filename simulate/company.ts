import { machineAccounts, people as seedPeople } from '../sandbox/seed/company';
import type { ProjectMapping } from '../src/domain/request/project-mapping';
import type { Risk } from '../src/domain/catalogue/entitlement';

/** Facts of the simulated company: the sandbox's people and rules, with ids of the simulated desk and directory. */

export type PersonKey = 'rita' | 'mark' | 'olga' | 'amir' | 'ana' | 'adele' | 'gus' | 'pam';

const seeded = new Map(seedPeople.map((person) => [person.key, person]));

export const people: readonly PersonKey[] = ['rita', 'mark', 'olga', 'amir', 'ana', 'adele', 'gus', 'pam'];
export const agents: readonly PersonKey[] = ['amir', 'ana'];

/** The Atlassian account of a person. */
export function accountOf(person: PersonKey): string {
  const found = seeded.get(person);
  if (!found) throw new Error(`nobody is called ${person}`);
  return found.accountId;
}

const byAccount = new Map(people.map((person) => [accountOf(person), person]));
export const personOf = (accountId: string): PersonKey | undefined => byAccount.get(accountId);
export const displayNameOf = (accountId: string): string | undefined => {
  const person = personOf(accountId);
  return person && seeded.get(person)?.displayName;
};

export interface DirectoryPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly kind: 'person' | 'service-account' | 'workload';
  readonly accountId?: string;
  readonly managerId?: string;
  readonly department?: string;
}

const directoryId = (key: string): string => `u-${key}`;

/** Everybody in the directory. */
export const directoryPeople: readonly DirectoryPerson[] = [
  ...people.map((key): DirectoryPerson => {
    const { email, displayName, accountId, directory } = seeded.get(key) as (typeof seedPeople)[number];
    return {
      id: directoryId(key),
      login: email,
      name: displayName,
      kind: 'person',
      accountId,
      department: directory.department,
      ...(directory.manager ? { managerId: directoryId(directory.manager) } : {}),
    };
  }),
  ...machineAccounts.map(({ userName, displayName, userType, owner }): DirectoryPerson => ({
    id: directoryId(userName),
    login: userName,
    name: displayName,
    kind: userType === 'Service' ? 'service-account' : 'workload',
    managerId: directoryId(owner),
  })),
];

export interface Offered {
  readonly name: string;
  readonly groupId: string;
  readonly risk: Risk;
  readonly replaces: readonly string[];
  readonly evidenceMaxAgeMs: number;
}

const minutes = (n: number) => n * 60_000;

/** What the catalogue offers. The groups' ids are the target's own. */
export const offered: readonly Offered[] = [
  {
    name: 'Finance Readers',
    groupId: 'g-readers',
    risk: 'standard',
    replaces: ['g-approvers'],
    evidenceMaxAgeMs: minutes(15),
  },
  {
    name: 'Finance Approvers',
    groupId: 'g-approvers',
    risk: 'sensitive',
    replaces: ['g-readers'],
    evidenceMaxAgeMs: minutes(15),
  },
  { name: 'Production Admins', groupId: 'g-admins', risk: 'privileged', replaces: [], evidenceMaxAgeMs: minutes(5) },
];

/** A group that is in no catalogue; it is put into others to give access through another path. */
export const nestedGroupId = 'g-nested';
export const targetName = 'SCIM directory';
export const connectorId = 'scim-directory';
export const projectId = '10000';
export const projectKey = 'ACC';
/** Where governance requests go, and the issue that digests are anchored on. */
export const governanceKey = 'GOV';
export const anchorKey = 'GOV-1';
export const governanceOwners: readonly PersonKey[] = ['gus', 'olga'];

export const fields = {
  target: 'customfield_1',
  entitlement: 'customfield_2',
  beneficiary: 'customfield_3',
  serviceAccount: 'customfield_4',
  start: 'customfield_5',
  end: 'customfield_6',
  duration: 'customfield_7',
  justification: 'customfield_8',
  approvers: 'customfield_9',
} as const;

/** The field of the desk that holds the request type. */
export const requestTypeField = 'customfield_10';

export const requestTypes = { grant: '11', modify: '12', revoke: '13', ungoverned: '99' } as const;

export const statuses = {
  submitted: '1',
  waiting: '2',
  inProgress: '3',
  resolved: '4',
  canceled: '5',
  declined: '6',
} as const;
export const doneStatuses: readonly string[] = [statuses.resolved, statuses.canceled, statuses.declined];

/** How the project is governed. */
export const mapping: Omit<ProjectMapping, 'enforcement'> = {
  projectId,
  projectKey,
  requestTypes: { [requestTypes.grant]: 'grant', [requestTypes.modify]: 'modify', [requestTypes.revoke]: 'revoke' },
  fields,
  statuses: {
    [statuses.submitted]: 'submitted',
    [statuses.waiting]: 'waiting',
    [statuses.inProgress]: 'in-progress',
    [statuses.resolved]: 'resolved',
    [statuses.canceled]: 'cancelled',
    [statuses.declined]: 'declined',
  },
  transitions: {
    'ask-approval': 'Ask approval',
    start: 'Start',
    'ask-again': 'Ask again',
    resolve: 'Resolve',
    reopen: 'Reopen',
  },
  directoryConnectorId: connectorId,
};
