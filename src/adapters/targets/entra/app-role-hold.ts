import { direct, indirect, none, unknown, type Membership } from '../reading/access-reading';
import type { AccountAsked } from './account-asked';
import { fullPage, indexed, named } from './graph-client';
import { rowsOf, textOf, type Row } from './graph-row';
import { membersOfAny } from './group-members';
import { whole } from './listed';

/** The role of an application that has none of its own. */
const defaultAccess = '00000000-0000-0000-0000-000000000000';

/**
 * How a user has a role in an application: assigned to the user, or to a group that the user is in directly. Groups in
 * groups give nothing here. Graph lists both with the user, whole only when its index is asked
 * (learn.microsoft.com/graph/api/user-list-approleassignments).
 */
export async function appRoleHold(asked: AccountAsked, resourceId: string, appRoleId: string): Promise<Membership> {
  const { client, record, accountId } = asked;
  const application = { path: ['servicePrincipals', resourceId], query: { $select: 'id,displayName,appRoles' } };
  const said = await asked.ask({
    application,
    assignments: {
      path: ['users', accountId, 'appRoleAssignments'],
      query: { $filter: `resourceId eq ${resourceId}`, $count: 'true', $top: fullPage },
      headers: indexed,
    },
  });
  if (!said.ok) return unknown(said.failure);
  const { account, answers } = said.value;
  const resource = answers.application.ok ? named(answers.application.value, resourceId) : answers.application;
  if (!resource.ok) return unknown(resource.failure);
  const roles = rowsOf(resource.value, 'appRoles');
  if (!roles) return unknown('malformed');
  if (appRoleId !== defaultAccess && !roles.some((role) => role['id'] === appRoleId)) return unknown('not-found');
  const is = (row: Row): boolean => row['resourceId'] === resourceId && row['appRoleId'] === appRoleId;
  if (account === 'gone') return holdOfGone(asked, resourceId, is);
  const rows = await whole(client, answers.assignments, record, indexed);
  if (!rows.ok) return unknown(rows.failure === 'not-found' ? 'incomplete' : rows.failure);
  if (rows.value.some((row) => misread(row, accountId))) return unknown('malformed');
  return holdIn(rows.value.filter(is), accountId);
}

/** A row for another user, or one whose ids differ from what was asked for only in case. */
function misread(row: Row, accountId: string): boolean {
  const ids = ['id', 'principalId', 'resourceId', 'appRoleId'].map((name) => textOf(row, name));
  const [, principalId, ...lower] = ids;
  if (ids.some((id) => id === undefined)) return true;
  if (lower.some((id) => id !== id?.toLowerCase())) return true;
  return row['principalType'] === 'User' && principalId !== accountId;
}

function holdIn(rows: readonly Row[], accountId: string): Membership {
  if (rows.some((row) => row['principalId'] === accountId)) return direct;
  const [group] = rows;
  return group ? indirect([textOf(group, 'principalDisplayName') ?? textOf(group, 'principalId') ?? '']) : none;
}

/** A user that Graph denies: only the application's own list and the groups on it can tell. */
async function holdOfGone(
  { client, record, accountId }: AccountAsked,
  resourceId: string,
  is: (row: Row) => boolean,
): Promise<Membership> {
  const path = ['servicePrincipals', resourceId, 'appRoleAssignedTo'];
  const listed = await client.list(path, { $top: fullPage }, record);
  if (!listed.ok) return unknown(listed.failure === 'not-found' ? 'incomplete' : listed.failure);
  if (!listed.value.complete) return unknown(listed.value.failure ?? 'incomplete');
  const rows = listed.value.rows.filter(is);
  if (rows.some((row) => row['principalId'] === accountId)) return direct;
  const groups = rows.filter((row) => row['principalType'] === 'Group').map((row) => textOf(row, 'principalId') ?? '');
  return membersOfAny(client, groups, accountId, record);
}
