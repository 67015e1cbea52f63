/** The seeded company acme.test: who works there, what the project is called, what the directory holds. Facts only. */

export interface SeedPerson {
  /** The part before `@`; people are keyed by it everywhere in the sandbox. */
  key: string;
  email: string;
  accountId: string;
  displayName: string;
  /** Has a Jira Service Management agent licence. */
  licensed: boolean;
  /** Project roles besides being a customer of the portal. */
  roles: Array<'agent' | 'jira-admin' | 'governance-owner' | 'privileged-owner' | 'entitlement-owner'>;
  /** The e-mail address is hidden from everyone else by the profile's settings. */
  emailHidden?: boolean;
  timeZone: string;
  directory: {
    department: string;
    title: string;
    employeeNumber: string;
    manager?: string;
    userType: 'Employee' | 'Contractor';
  };
}

const person = (
  key: string,
  displayName: string,
  id: string,
  licensed: boolean,
  roles: SeedPerson['roles'],
  directory: SeedPerson['directory'],
  extra: Partial<SeedPerson> = {},
): SeedPerson => ({
  key,
  email: `${key}@acme.test`,
  accountId: `712020:${id}`,
  displayName,
  licensed,
  roles,
  timeZone: 'Europe/Berlin',
  directory,
  ...extra,
});

export const people: readonly SeedPerson[] = [
  person('rita', 'Rita Rees', '1f6a0c52-7d3e-4b18-9a60-2f1c5be0a101', false, [], {
    department: 'finance',
    title: 'Accountant',
    employeeNumber: '1001',
    manager: 'mark',
    userType: 'Employee',
  }),
  person(
    'mark',
    'Mark Moss',
    '2a7b1d63-8e4f-4c29-8b71-3a2d6cf1b202',
    false,
    [],
    {
      department: 'finance',
      title: 'Head of Accounting',
      employeeNumber: '1002',
      manager: 'olga',
      userType: 'Employee',
    },
    { emailHidden: true },
  ),
  person('olga', 'Olga Orlova', '3b8c2e74-9f50-4d3a-9c82-4b3e7d02c303', true, ['entitlement-owner'], {
    department: 'finance',
    title: 'Chief Financial Officer',
    employeeNumber: '1003',
    userType: 'Employee',
  }),
  person('amir', 'Amir Aziz', '4c9d3f85-a061-4e4b-8d93-5c4f8e13d404', true, ['agent'], {
    department: 'it',
    title: 'Service desk agent',
    employeeNumber: '1004',
    manager: 'adele',
    userType: 'Employee',
  }),
  person('ana', 'Ana Alvarez', '5dae4096-b172-4f5c-9ea4-6d509f24e505', true, ['agent'], {
    department: 'it',
    title: 'Service desk agent',
    employeeNumber: '1005',
    manager: 'adele',
    userType: 'Employee',
  }),
  person('adele', 'Adele Adler', '6ebf51a7-c283-406d-8fb5-7e61a035f606', true, ['agent', 'jira-admin'], {
    department: 'it',
    title: 'Jira administrator',
    employeeNumber: '1006',
    manager: 'pam',
    userType: 'Employee',
  }),
  person('gus', 'Gus Gruber', '7fc062b8-d394-417e-90c6-8f72b1460707', true, ['agent', 'governance-owner'], {
    department: 'risk',
    title: 'Head of access governance',
    employeeNumber: '1007',
    userType: 'Employee',
  }),
  person('pam', 'Pam Park', '80d173c9-e4a5-428f-81d7-9083c2571808', true, ['agent', 'privileged-owner'], {
    department: 'it',
    title: 'Head of infrastructure',
    employeeNumber: '1008',
    userType: 'Employee',
  }),
];

/** Accounts of the directory that are no people. `owner` is a person's key. */
export const machineAccounts = [
  {
    userName: 'svc-ledger-export',
    displayName: 'Ledger export',
    userType: 'Service',
    owner: 'olga',
    employeeNumber: 'S-0001',
  },
  {
    userName: 'wl-payroll-batch',
    displayName: 'Payroll batch',
    userType: 'Workload',
    owner: 'pam',
    employeeNumber: 'W-0001',
  },
] as const;

export const directoryGroups = [
  { displayName: 'Finance Readers', members: [] as string[] },
  { displayName: 'Finance Approvers', members: [] as string[] },
  { displayName: 'Production Admins', members: [] as string[] },
];

export const project = {
  key: 'ACC',
  name: 'Access desk',
  serviceDeskName: 'Access desk',
} as const;

export const scim = {
  name: 'SCIM directory',
  host: 'scim.acme.test',
} as const;
