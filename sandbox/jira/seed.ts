import { people as company, type SeedPerson } from '../seed/company';
import { project } from './access-desk';
import { appAccountId } from './people/people';
import { agentPermissions, permissions } from './people/permissions';
import type { PersonRecord, RoleRecord } from './records';
import { row, type Site } from './site-state';
import { accessWorkflow, appRole } from './workflow/definition';

/** Fills empty tables with the company; a site that has people already is left alone. */
export function seedCompany(site: Site): void {
  if (site.tables.people.entries({ limit: 1 }).length > 0) return;
  site.store.transaction(() => {
    for (const person of company) site.tables.people.put(person.accountId, account(person));
    site.tables.people.put(appAccountId, appAccount);
    for (const role of roles()) site.tables.roles.put(row(role.id), role);
    site.tables.workflows.put(project.key, accessWorkflow);
  });
}

const appAccount: PersonRecord = {
  accountId: appAccountId,
  key: 'proofgate-app',
  email: 'proofgate-app@connect.atlassian.test',
  displayName: 'Proofgate',
  accountType: 'app',
  active: true,
  licensed: true,
  emailHidden: true,
  timeZone: 'Etc/UTC',
  groups: [],
};

function account(person: SeedPerson): PersonRecord {
  return {
    accountId: person.accountId,
    key: person.key,
    email: person.email,
    displayName: person.displayName,
    accountType: 'atlassian',
    active: true,
    licensed: person.licensed,
    emailHidden: person.emailHidden ?? false,
    timeZone: person.timeZone,
    groups: [
      ...(person.licensed ? ['jira-servicemanagement-users-acme'] : ['jira-servicemanagement-customers-acme']),
      ...(person.roles.includes('jira-admin') ? ['jira-administrators'] : []),
    ],
  };
}

function roles(): RoleRecord[] {
  const withRole = (role: SeedPerson['roles'][number]): string[] =>
    company.filter((person) => person.roles.includes(role)).map((person) => person.accountId);
  return [
    {
      id: '10002',
      name: 'Administrators',
      description: 'A project role that represents administrators in a project',
      actors: withRole('jira-admin'),
      permissions: [...agentPermissions, 'ADMINISTER_PROJECTS', 'DELETE_ISSUES'],
    },
    {
      id: '10101',
      name: 'Service Desk Team',
      description: 'Agents who work on the requests',
      actors: withRole('agent'),
      permissions: agentPermissions,
    },
    {
      id: '10100',
      name: 'Service Desk Customers',
      description: 'Customers of the portal',
      actors: company.map((person) => person.accountId),
      // Customers see requests through the portal only; Browse Projects would open the whole project to them.
      permissions: [],
    },
    {
      id: '10102',
      name: 'Entitlement Owners',
      description: 'Licensed people who own entitlements: they see requests and comment on them',
      actors: withRole('entitlement-owner'),
      permissions: ['BROWSE_PROJECTS', 'ADD_COMMENTS'],
    },
    {
      id: '10003',
      name: appRole,
      description: 'A project role that represents Connect and Forge add-ons declaring a scope',
      actors: [appAccountId],
      permissions: permissions.filter((known) => known.type === 'PROJECT').map((known) => known.key),
    },
  ];
}
