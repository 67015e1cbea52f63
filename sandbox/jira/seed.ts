import { people as company, type SeedPerson } from '../seed/company';
import { accessDesk } from './access-desk';
import { governance } from './governance-project';
import { appAccountId } from './people/people';
import { agentPermissions, permissions, workerPermissions } from './people/permissions';
import { seededProjects } from './projects';
import type { PersonRecord, RoleRecord } from './records';
import { childRow, row, type Site } from './site-state';
import { accessWorkflow, appRole } from './workflow/definition';
import { governanceWorkflow } from './workflow/governance-workflow';

/** Fills empty tables with the company; a site that has people already is left alone. */
export function seedCompany(site: Site): void {
  if (site.tables.people.entries({ limit: 1 }).length > 0) return;
  site.store.transaction(() => {
    for (const person of company) site.tables.people.put(person.accountId, account(person));
    site.tables.people.put(appAccountId, appAccount);
    for (const project of seededProjects) site.tables.projects.put(row(project.id), project);
    for (const role of [...deskRoles(), ...governanceRoles()]) {
      site.tables.roles.put(childRow(role.projectId, role.id), role);
    }
    site.tables.workflows.put(accessDesk.id, accessWorkflow);
    site.tables.workflows.put(governance.id, governanceWorkflow);
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

const withRole = (...wanted: Array<SeedPerson['roles'][number]>): string[] =>
  company.filter((person) => person.roles.some((role) => wanted.includes(role))).map((person) => person.accountId);

const administrators = (projectId: string, extra: readonly string[]): RoleRecord => ({
  id: '10002',
  projectId,
  name: 'Administrators',
  description: 'A project role that represents administrators in a project',
  actors: withRole('jira-admin'),
  permissions: [...extra, 'ADMINISTER_PROJECTS', 'DELETE_ISSUES'],
});

/** Jira puts every app into this role of every project; it holds every project permission. */
const apps = (projectId: string): RoleRecord => ({
  id: '10003',
  projectId,
  name: appRole,
  description: 'A project role that represents Connect and Forge add-ons declaring a scope',
  actors: [appAccountId],
  permissions: permissions.filter((known) => known.type === 'PROJECT').map((known) => known.key),
});

function deskRoles(): RoleRecord[] {
  const projectId = accessDesk.id;
  return [
    administrators(projectId, agentPermissions),
    {
      id: '10101',
      projectId,
      name: 'Service Desk Team',
      description: 'Agents who work on the requests',
      actors: withRole('agent'),
      permissions: agentPermissions,
    },
    {
      id: '10100',
      projectId,
      name: 'Service Desk Customers',
      description: 'Customers of the portal',
      actors: company.map((person) => person.accountId),
      // Customers see requests through the portal only; Browse Projects would open the whole project to them.
      permissions: [],
    },
    {
      id: '10102',
      projectId,
      name: 'Entitlement Owners',
      description: 'Licensed people who own entitlements: they see requests and comment on them',
      actors: withRole('entitlement-owner'),
      permissions: ['BROWSE_PROJECTS', 'ADD_COMMENTS'],
    },
    apps(projectId),
  ];
}

/** What governance looks into may be about an agent: agents do not see this project. */
function governanceRoles(): RoleRecord[] {
  const projectId = governance.id;
  return [
    administrators(projectId, workerPermissions),
    {
      id: '10110',
      projectId,
      name: 'Governance Team',
      description: 'People who own governance and privileged access',
      actors: withRole('governance-owner', 'privileged-owner'),
      permissions: workerPermissions,
    },
    apps(projectId),
  ];
}
