import type { HeldEntitlement, Page, PageWanted } from '../../../usecases/ports';
import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { isGuid } from './entitlement-id';
import { fullPage, indexed, type GraphClient, type Part } from './graph-client';
import { rowOf, textOf, type Row } from './graph-row';
import { whole } from './listed';
import { equals } from './odata';

/**
 * Everything one user holds, with names. Graph lists it by user, so all of it is read at once and cut into pages; `next`
 * is the number of rows before.
 */
export async function heldByUser(
  client: GraphClient,
  accountId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  const start = Number(after ?? '0');
  if (!isGuid(accountId)) return { failure: 'no-account' };
  if (!Number.isInteger(start) || start < 0) return { failure: 'bad-request' };
  const all = await everything(client, accountId, record);
  if (!all.ok) return { failure: all.failure === 'not-found' ? 'no-account' : all.failure };
  const rows = all.value.slice(start, start + limit);
  return start + limit < all.value.length ? { rows, next: String(start + limit) } : { rows };
}

async function everything(
  client: GraphClient,
  accountId: string,
  record: AnswerRecord,
): Promise<Answer<readonly HeldEntitlement[]>> {
  const own = ['users', accountId];
  const said = await client.batch(
    {
      transitive: {
        path: [...own, 'transitiveMemberOf'],
        query: { $select: 'id,displayName,isAssignableToRole', $top: fullPage },
      },
      direct: { path: [...own, 'memberOf'], query: { $select: 'id', $top: fullPage } },
      apps: {
        path: [...own, 'appRoleAssignments'],
        query: { $count: 'true', $top: fullPage },
        headers: indexed,
      },
      roles: rolesOf(accountId),
    },
    record,
  );
  if (!said.ok) return said;
  const transitive = await whole(client, said.value.transitive, record);
  if (!transitive.ok) return transitive;
  const direct = await whole(client, said.value.direct, record);
  if (!direct.ok) return direct;
  const apps = await whole(client, said.value.apps, record, indexed);
  if (!apps.ok) return apps;
  const roles = await whole(client, said.value.roles, record);
  if (!roles.ok) return roles;

  const held: HeldEntitlement[] = [];
  const directly = new Set(direct.value.map((row) => textOf(row, 'id')));
  const groups = transitive.value.filter((row) => row['@odata.type'] === '#microsoft.graph.group');
  for (const row of groups) {
    const id = textOf(row, 'id');
    if (id === undefined) return failed('malformed');
    const entitlement = { id: `group:${id}`, name: textOf(row, 'displayName') ?? id, label: 'Group' };
    held.push({ entitlement, hold: directly.has(id) ? 'direct' : 'indirect', through: [] });
  }
  for (const row of apps.value) {
    const [resourceId, roleId] = [textOf(row, 'resourceId'), textOf(row, 'appRoleId')];
    if (resourceId === undefined || roleId === undefined) return failed('malformed');
    const name = textOf(row, 'resourceDisplayName') ?? resourceId;
    const entitlement = { id: `app-role:${resourceId}:${roleId}`, name, label: 'App role' };
    const through = row['principalId'] === accountId ? [] : [textOf(row, 'principalDisplayName') ?? ''];
    held.push({ entitlement, hold: through.length === 0 ? 'direct' : 'indirect', through });
  }
  const assignable = groups.filter((row) => row['isAssignableToRole'] === true);
  const throughGroups = await rolesThrough(client, assignable, record);
  if (!throughGroups.ok) return throughGroups;
  held.push(...roles.value.map((row) => roleHeld(row, [])), ...throughGroups.value);
  return { ok: true, value: held };
}

function rolesOf(principalId: string): Part {
  return {
    path: ['roleManagement', 'directory', 'roleAssignments'],
    query: { $filter: equals('principalId', principalId), $expand: 'roleDefinition' },
  };
}

/** Roles that come through role-assignable groups, the only ones that can carry them; twenty groups a call. */
async function rolesThrough(
  client: GraphClient,
  groups: readonly Row[],
  record: AnswerRecord,
): Promise<Answer<readonly HeldEntitlement[]>> {
  const held: HeldEntitlement[] = [];
  for (let from = 0; from < groups.length; from += 20) {
    const some = groups.slice(from, from + 20);
    const parts = Object.fromEntries(some.map((row, at) => [String(at), rolesOf(textOf(row, 'id') ?? '')]));
    const said = await client.batch(parts, record);
    if (!said.ok) return said;
    for (const [at, row] of some.entries()) {
      const roles = await whole(client, said.value[String(at)] ?? failed('incomplete'), record);
      if (!roles.ok) return roles;
      held.push(...roles.value.map((role) => roleHeld(role, [textOf(row, 'displayName') ?? ''])));
    }
  }
  return { ok: true, value: held };
}

function roleHeld(row: Row, through: readonly string[]): HeldEntitlement {
  const id = textOf(row, 'roleDefinitionId') ?? '';
  const name = textOf(rowOf(row['roleDefinition']), 'displayName') ?? id;
  const whole = row['directoryScopeId'] === '/';
  const way = whole ? through : [...through, `for ${textOf(row, 'directoryScopeId') ?? 'a part'}`];
  return {
    entitlement: { id: `directory-role:${id}`, name, label: 'Directory role' },
    hold: way.length === 0 ? 'direct' : 'indirect',
    through: way,
  };
}
