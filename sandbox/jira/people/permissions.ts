import type { RoleRecord } from '../records';
import { allProjects } from '../projects';
import { childrenOf, type Site } from '../site-state';
import { knownPerson } from './people';

export interface PermissionDefinition {
  id: string;
  key: string;
  name: string;
  type: 'GLOBAL' | 'PROJECT';
  description: string;
}

const permission = (
  id: string,
  key: string,
  name: string,
  type: PermissionDefinition['type'],
  description: string,
): PermissionDefinition => ({ id, key, name, type, description });

/** The permissions the site knows; asking about another is refused, as Jira does. */
export const permissions: readonly PermissionDefinition[] = [
  permission('0', 'ADMINISTER', 'Administer Jira', 'GLOBAL', 'Ability to perform most administration functions.'),
  permission('27', 'USER_PICKER', 'Browse users and groups', 'GLOBAL', 'View and select users or groups.'),
  permission('33', 'BULK_CHANGE', 'Make bulk changes', 'GLOBAL', 'Modify collections of issues at once.'),
  permission('23', 'ADMINISTER_PROJECTS', 'Administer projects', 'PROJECT', 'Ability to administer a project.'),
  permission('10', 'BROWSE_PROJECTS', 'Browse projects', 'PROJECT', 'Ability to browse projects and their issues.'),
  permission('11', 'CREATE_ISSUES', 'Create issues', 'PROJECT', 'Ability to create issues.'),
  permission('12', 'EDIT_ISSUES', 'Edit issues', 'PROJECT', 'Ability to edit issues.'),
  permission('13', 'ASSIGN_ISSUES', 'Assign issues', 'PROJECT', 'Ability to assign issues to other people.'),
  permission('17', 'ASSIGNABLE_USER', 'Assignable user', 'PROJECT', 'Users may be assigned to issues.'),
  permission('46', 'TRANSITION_ISSUES', 'Transition issues', 'PROJECT', 'Ability to transition issues.'),
  permission('14', 'RESOLVE_ISSUES', 'Resolve issues', 'PROJECT', 'Ability to resolve and reopen issues.'),
  permission('15', 'ADD_COMMENTS', 'Add comments', 'PROJECT', 'Ability to comment on issues.'),
  permission('16', 'DELETE_ISSUES', 'Delete issues', 'PROJECT', 'Ability to delete issues.'),
  permission('21', 'LINK_ISSUES', 'Link issues', 'PROJECT', 'Ability to link issues together.'),
  permission('30', 'MODIFY_REPORTER', 'Modify reporter', 'PROJECT', 'Ability to modify the reporter.'),
  permission('-1', 'SERVICEDESK_AGENT', 'Service desk agent', 'PROJECT', 'Ability to work as an agent of the desk.'),
];

export const agentPermissions = [
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'ASSIGN_ISSUES',
  'ASSIGNABLE_USER',
  'TRANSITION_ISSUES',
  'RESOLVE_ISSUES',
  'ADD_COMMENTS',
  'LINK_ISSUES',
  'MODIFY_REPORTER',
  'SERVICEDESK_AGENT',
];

/** The rights of people who work on issues of a business project: an agent's without the desk. */
export const workerPermissions = agentPermissions.filter((key) => key !== 'SERVICEDESK_AGENT');

export function rolesOf(site: Site, accountId: string, projectId: string): RoleRecord[] {
  return childrenOf(site.tables.roles, projectId).filter((role) => role.actors.includes(accountId));
}

export function inRole(site: Site, accountId: string, projectId: string, roleName: string): boolean {
  return rolesOf(site, accountId, projectId).some((role) => role.name === roleName);
}

/** Project permissions hang on the roles of that project. A deactivated account and a deleted project hold none. */
export function mayDo(site: Site, accountId: string, projectId: string, key: string): boolean {
  const person = knownPerson(site, accountId);
  // A portal customer in an agent's role has no agent's power without the licence.
  if (!person.active || (!person.licensed && person.accountType !== 'app')) return false;
  return rolesOf(site, accountId, projectId).some((role) => role.permissions.includes(key));
}

/** Global permissions hang on groups and licences. */
export function mayGlobally(site: Site, accountId: string, key: string): boolean {
  const person = knownPerson(site, accountId);
  if (!person.active) return false;
  return key === 'ADMINISTER' ? person.groups.includes('jira-administrators') : person.licensed;
}

/** Jira's answer when no project is named: whether the permission is held in any. */
export function mayAnywhere(site: Site, accountId: string, key: string): boolean {
  return allProjects(site).some((project) => mayDo(site, accountId, project.id, key));
}

export const isAgent = (site: Site, accountId: string, projectId: string): boolean =>
  mayDo(site, accountId, projectId, 'SERVICEDESK_AGENT');
