import { direct, indirect, none, unknown, type Membership } from '../reading/access-reading';
import type { AccountAsked } from './account-asked';
import { fullPage, named } from './graph-client';
import { rowOf, textOf, type Row } from './graph-row';
import { membersOfAny } from './group-members';
import { whole } from './listed';
import { equals } from './odata';

/**
 * How a user has a directory role: assigned to the user for the whole tenant, assigned for a part of it (an
 * administrative unit, an application), or assigned to a group the user is in. The last two count as indirect: they are
 * access, and not the one that is asked for. Roles that the user may activate but has not are no access yet.
 */
export async function directoryRoleHold(asked: AccountAsked, roleId: string): Promise<Membership> {
  const { client, record, accountId } = asked;
  const said = await asked.ask({
    role: {
      path: ['roleManagement', 'directory', 'roleDefinitions', roleId],
      query: { $select: 'id,displayName' },
    },
    assignments: {
      path: ['roleManagement', 'directory', 'roleAssignments'],
      query: { $filter: equals('roleDefinitionId', roleId), $expand: 'principal' },
    },
    groups: {
      path: ['users', accountId, 'transitiveMemberOf'],
      query: { $select: 'id,displayName', $top: fullPage },
    },
  });
  if (!said.ok) return unknown(said.failure);
  const { account, answers } = said.value;
  const role = answers.role.ok ? named(answers.role.value, roleId) : answers.role;
  if (!role.ok) return unknown(role.failure);
  const rows = await whole(client, answers.assignments, record);
  if (!rows.ok) return unknown(rows.failure === 'not-found' ? 'incomplete' : rows.failure);
  if (rows.value.some(unclear)) return unknown('malformed');
  const ofRole = rows.value.filter((row) => row['roleDefinitionId'] === roleId);
  const own = ofRole.filter((row) => row['principalId'] === accountId);
  if (own.some((row) => row['directoryScopeId'] === '/')) return direct;
  const [scoped] = own;
  if (scoped)
    return indirect([`for ${textOf(scoped, 'directoryScopeId') ?? textOf(scoped, 'appScopeId') ?? 'a part'}`]);
  const groupIds = ofRole.filter(isGroup).map((row) => textOf(row, 'principalId') ?? '');
  if (account === 'gone') return membersOfAny(client, groupIds, accountId, record);
  const groups = await whole(client, answers.groups, record);
  if (!groups.ok) return unknown(groups.failure === 'not-found' ? 'incomplete' : groups.failure);
  // Whatever Graph says that a principal is: an id that the user's groups hold gives the user the role.
  const held = groups.value.find((row) => ofRole.some((assigned) => assigned['principalId'] === row['id']));
  return held ? indirect([textOf(held, 'displayName') ?? textOf(held, 'id') ?? '']) : none;
}

function isGroup(row: Row): boolean {
  const type = rowOf(row['principal'])?.['@odata.type'];
  // A principal of unsaid kind may be a group.
  return type === undefined || type === '#microsoft.graph.group';
}

function unclear(row: Row): boolean {
  const ids = ['roleDefinitionId', 'principalId'].map((name) => textOf(row, name));
  return ids.some((id) => id === undefined || id !== id.toLowerCase());
}
