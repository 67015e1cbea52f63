import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessWriter } from '../reading/apply-change';
import { entitlementOf, isGuid } from './entitlement-id';
import { fullPage, type GraphClient } from './graph-client';
import { textOf, type Row } from './graph-row';
import { equals } from './odata';

/** Gives one user groups, app roles and directory roles, and takes them away. */
export function accessWriter(client: GraphClient, accountId: string, record: AnswerRecord): AccessWriter {
  const change = (entitlementId: string, how: 'give' | 'take'): Promise<Answer<unknown>> => {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement || !isGuid(accountId)) return Promise.resolve(failed('not-found'));
    switch (entitlement.kind) {
      case 'group':
        return changeGroup(entitlement.groupId, how);
      case 'app-role':
        return changeAppRole(entitlement.resourceId, entitlement.appRoleId, how);
      case 'directory-role':
        return changeDirectoryRole(entitlement.roleId, how);
    }
  };

  const changeGroup = async (groupId: string, how: 'give' | 'take'): Promise<Answer<unknown>> => {
    const query = { $select: 'id,groupTypes,onPremisesSyncEnabled' };
    const group = await client.get(['groups', groupId], groupId, query, record);
    if (!group.ok) return group;
    // A rule or the directory on premises decides who is in: what is written here would be refused or undone.
    if (!isWritable(group.value)) return failed('bad-request');
    const members = ['groups', groupId, 'members'];
    return how === 'give'
      ? client.change(
          'POST',
          [...members, '$ref'],
          { '@odata.id': `${client.baseUrl}/directoryObjects/${accountId}` },
          record,
        )
      : // Without `$ref` the address is that of the user, and deleting it would delete the user.
        client.change('DELETE', [...members, accountId, '$ref'], undefined, record);
  };

  const changeAppRole = async (
    resourceId: string,
    appRoleId: string,
    how: 'give' | 'take',
  ): Promise<Answer<unknown>> => {
    const path = ['users', accountId, 'appRoleAssignments'];
    if (how === 'give') return client.change('POST', path, { principalId: accountId, resourceId, appRoleId }, record);
    const query = { $filter: `resourceId eq ${resourceId}`, $top: fullPage };
    const is = (row: Row): boolean =>
      row['principalId'] === accountId && row['resourceId'] === resourceId && row['appRoleId'] === appRoleId;
    return takeRow(path, query, is);
  };

  const changeDirectoryRole = (roleId: string, how: 'give' | 'take'): Promise<Answer<unknown>> => {
    const path = ['roleManagement', 'directory', 'roleAssignments'];
    if (how === 'give') {
      const assignment = { principalId: accountId, roleDefinitionId: roleId, directoryScopeId: '/' };
      return client.change('POST', path, assignment, record);
    }
    const query = { $filter: `${equals('roleDefinitionId', roleId)} and ${equals('principalId', accountId)}` };
    const is = (row: Row): boolean =>
      row['principalId'] === accountId && row['roleDefinitionId'] === roleId && row['directoryScopeId'] === '/';
    return takeRow(path, query, is);
  };

  const takeRow = async (
    path: readonly string[],
    query: Readonly<Record<string, string>>,
    is: (row: Row) => boolean,
  ): Promise<Answer<unknown>> => {
    const listed = await client.list(path, query, record);
    if (!listed.ok) return listed;
    const id = textOf(listed.value.rows.find(is), 'id');
    return id === undefined ? failed('incomplete') : client.change('DELETE', [...path, id], undefined, record);
  };

  return {
    give: (entitlementId) => change(entitlementId, 'give'),
    take: (entitlementId) => change(entitlementId, 'take'),
  };
}

function isWritable(group: Row): boolean {
  const types = group['groupTypes'];
  return Array.isArray(types) && !types.includes('DynamicMembership') && group['onPremisesSyncEnabled'] !== true;
}
