import type { TargetEntitlement } from '../../../usecases/ports';
import { answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { EntitlementList } from '../reading/target-system';
import type { GraphClient } from './graph-client';
import { rowsOf, textOf, type Row } from './graph-row';

/** Groups, then the roles of applications, then directory roles, up to a limit. */
export async function entitlementsOf(
  client: GraphClient,
  limit: number,
  record: AnswerRecord,
): Promise<Answer<EntitlementList>> {
  const entitlements: TargetEntitlement[] = [];
  let complete = true;
  for (const { path, query, of } of sources) {
    const left = limit - entitlements.length;
    if (left <= 0) return answered({ entitlements, complete: false });
    const listed = await client.list(path, query(left), record, left + 1);
    if (!listed.ok) return entitlements.length === 0 ? listed : answered({ entitlements, complete: false });
    entitlements.push(...listed.value.rows.flatMap(of));
    complete &&= listed.value.complete;
  }
  return answered({ entitlements, complete });
}

const named = (row: Row, prefix: string, label: string): TargetEntitlement[] => {
  const id = textOf(row, 'id');
  return id === undefined ? [] : [{ id: `${prefix}:${id}`, name: textOf(row, 'displayName') ?? id, label }];
};

const sources: ReadonlyArray<{
  readonly path: readonly string[];
  readonly query: (left: number) => Readonly<Record<string, string>>;
  readonly of: (row: Row) => TargetEntitlement[];
}> = [
  {
    path: ['groups'],
    query: (left) => ({ $select: 'id,displayName', $top: String(Math.min(999, left)), $count: 'true' }),
    of: (row) => named(row, 'group', 'Group'),
  },
  {
    path: ['servicePrincipals'],
    query: (left) => ({ $select: 'id,displayName,appRoles', $top: String(Math.min(999, left)), $count: 'true' }),
    of: appRolesOf,
  },
  {
    path: ['roleManagement', 'directory', 'roleDefinitions'],
    query: () => ({ $select: 'id,displayName' }),
    of: (row) => named(row, 'directory-role', 'Directory role'),
  },
];

/** The roles that users and groups can have; others are for applications alone. */
function appRolesOf(row: Row): TargetEntitlement[] {
  const id = textOf(row, 'id');
  const application = textOf(row, 'displayName') ?? id;
  if (id === undefined || application === undefined) return [];
  return (rowsOf(row, 'appRoles') ?? []).flatMap((role) => {
    const roleId = textOf(role, 'id');
    const types = role['allowedMemberTypes'];
    if (roleId === undefined || !Array.isArray(types) || !types.includes('User')) return [];
    const name = `${application}: ${textOf(role, 'displayName') ?? roleId}`;
    return [{ id: `app-role:${id}:${roleId}`, name, label: 'App role' }];
  });
}
