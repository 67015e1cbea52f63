import { directoryGroups, machineAccounts, people } from '../../seed/company';
import { guidOf, type GraphDirectory } from './graph-directory';

/** The templates of two built-in roles, the same in every tenant. */
export const builtInRoles = {
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Reports Reader': '4a5d8f65-41da-4de4-8968-e035b65339cf',
} as const;

/** The seeded company as a tenant. Does nothing when there is one. */
export function seedTenant(directory: GraphDirectory): void {
  if (directory.all(directory.users).length > 0) return;
  for (const { key, email, displayName, accountId, directory: facts } of people)
    directory.users.put(guidOf('user', key), {
      id: guidOf('user', key),
      userPrincipalName: email,
      displayName,
      accountEnabled: true,
      department: facts.department,
      jobTitle: facts.title,
      employeeId: facts.employeeNumber,
      userType: facts.userType === 'Employee' ? 'Member' : 'Guest',
      onPremisesExtensionAttributes: { extensionAttribute15: accountId },
      ...(facts.manager === undefined ? {} : { managerId: guidOf('user', facts.manager) }),
    });
  for (const { displayName } of directoryGroups)
    directory.groups.put(guidOf('group', displayName), {
      id: guidOf('group', displayName),
      displayName,
      groupTypes: [],
      membershipRule: null,
      visibility: null,
      isAssignableToRole: displayName === 'Production Admins',
      onPremisesSyncEnabled: null,
      securityEnabled: true,
      members: [],
    });
  for (const { userName, displayName, userType } of machineAccounts) {
    const id = guidOf('servicePrincipal', userName);
    const managed = userType === 'Workload';
    const life = { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' };
    directory.applications.put(id, {
      id,
      appId: guidOf('app', userName),
      displayName,
      accountEnabled: true,
      servicePrincipalType: managed ? 'ManagedIdentity' : 'Application',
      appRoles: managed
        ? []
        : [
            {
              id: guidOf('appRole', `${userName} reader`),
              displayName: 'Ledger reader',
              value: 'Ledger.Read',
              description: 'Reads the ledger',
              isEnabled: true,
              allowedMemberTypes: ['User'],
            },
          ],
      keyCredentials: managed
        ? [{ keyId: guidOf('key', userName), displayName: null, type: 'AsymmetricX509Cert', usage: 'Verify', ...life }]
        : [],
      ...(managed
        ? {}
        : {
            own: {
              id: guidOf('application', userName),
              passwordCredentials: [{ keyId: guidOf('secret', userName), displayName: 'nightly export', ...life }],
              keyCredentials: [],
            },
          }),
    });
  }
  for (const [displayName, id] of Object.entries(builtInRoles))
    directory.roleDefinitions.put(id, { id, templateId: id, displayName, isBuiltIn: true });
}
