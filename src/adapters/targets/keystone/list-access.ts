import type { HeldEntitlement, Holder, Page, PageWanted, TargetEntitlement } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textIn, type Fields } from '../http/json-fields';
import { slice } from '../reading/slice';
import type { EntitlementList } from '../reading/target-system';
import { assignmentOf, type Assignment } from './assignment';
import type { KeystoneClient } from './client';
import { parseEntitlement } from './entitlement-id';
import { readImpliedRoles } from './implied-roles';

const labels = {
  group: 'Group',
  project: 'Role in a project',
  domain: 'Role in a domain',
  system: 'Role on the system',
};

/** Groups first, then every role on every project, domain and the system, until the limit. */
export async function listEntitlements(
  client: KeystoneClient,
  limit: number,
  record: AnswerRecord,
): Promise<Answer<EntitlementList>> {
  const groups = await client.list(['groups'], 'groups', {}, record, limit + 1);
  if (!groups.ok) return groups;
  const entitlements: TargetEntitlement[] = groups.value.rows.map((row) => {
    const id = textIn(row, 'id') ?? '';
    return { id: `group:${id}`, name: textIn(row, 'name') ?? id, label: labels.group };
  });
  if (entitlements.length > limit) return answered({ entitlements, complete: false });
  let complete = groups.value.complete;
  const lists: Fields[][] = [];
  for (const type of ['roles', 'projects', 'domains']) {
    const listed = await client.list([type], type, {}, record);
    if (!listed.ok) return listed;
    complete &&= listed.value.complete;
    lists.push([...listed.value.rows]);
  }
  const [roles = [], projects = [], domains = []] = lists;
  const places = [
    ...projects.map((row) => placeOf('project', row)),
    ...domains.map((row) => placeOf('domain', row)),
    { kind: 'system' as const, id: 'all', name: 'the system' },
  ];
  for (const { kind, id, name } of places)
    for (const role of roles) {
      const roleId = textIn(role, 'id') ?? '';
      // One more than asked for shows that these are not all.
      if (entitlements.length > limit) return answered({ entitlements, complete: false });
      entitlements.push(roleEntitlement(kind, id, roleId, textIn(role, 'name') ?? roleId, name));
    }
  return answered({ entitlements, complete });
}

function placeOf<K extends 'project' | 'domain'>(kind: K, row: Fields): { kind: K; id: string; name: string } {
  const id = textIn(row, 'id') ?? '';
  return { kind, id, name: textIn(row, 'name') ?? id };
}

function roleEntitlement(
  kind: 'project' | 'domain' | 'system',
  scopeId: string,
  roleId: string,
  roleName: string,
  scopeName: string,
): TargetEntitlement {
  return {
    id: `${kind}:${scopeId}:${roleId}`,
    name: `${roleName} ${kind === 'system' ? 'on' : 'in'} ${scopeName}`,
    label: labels[kind],
  };
}

/** Who is in a group, or holds a role by whatever path. */
export async function listHolders(
  client: KeystoneClient,
  entitlementId: string,
  wanted: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const entitlement = parseEntitlement(entitlementId);
  if (!entitlement) return { failure: 'not-found' };
  if (entitlement.kind === 'group') return listMembers(client, entitlement.groupId, wanted, record);
  const { kind, scopeId, roleId } = entitlement;
  const holders = new Map<string, Holder>();
  const add = (id: string, login: string | undefined, hold: 'direct' | 'indirect'): void => {
    if (holders.get(id)?.hold !== 'direct') holders.set(id, { id, ...(login === undefined ? {} : { login }), hold });
  };
  const query = kind === 'system' ? { 'scope.system': 'all' } : { [`scope.${kind}.id`]: scopeId, effective: 'true' };
  const rows = await assignments(client, query, record);
  if (!rows.ok) return rows;
  const here = rows.value.filter((row) => row.scope === kind && row.scopeId === scopeId);
  if (kind !== 'system')
    for (const row of here)
      if (row.userId !== undefined && row.roleId === roleId)
        add(row.userId, row.userName, row.direct ? 'direct' : 'indirect');
  if (kind === 'system') {
    const implied = await readImpliedRoles(client, record);
    if (!implied.ok) return implied;
    for (const row of here.filter((made) => implied.value.broughtBy(made.roleId).has(roleId))) {
      if (row.userId !== undefined) add(row.userId, row.userName, row.roleId === roleId ? 'direct' : 'indirect');
      if (row.groupId === undefined) continue;
      const members = await client.list(['groups', row.groupId, 'users'], 'users', {}, record);
      if (!members.ok) return members;
      if (!members.value.complete) return { failure: members.value.failure ?? 'incomplete' };
      for (const member of members.value.rows) add(textIn(member, 'id') ?? '', textIn(member, 'name'), 'indirect');
    }
  }
  return slice([...holders.values()], ({ id }) => id, wanted);
}

const markerMark = 'marker:';
const idMark = 'id:';

/** Newer servers page; older ones answer with everybody, who are then shown in slices. */
async function listMembers(
  client: KeystoneClient,
  groupId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const marker = after?.startsWith(markerMark) ? after.slice(markerMark.length) : undefined;
  const page = await client.page(
    ['groups', groupId, 'users'],
    'users',
    { limit: String(limit), ...(marker === undefined ? {} : { marker }) },
    record,
  );
  if (!page.ok) return page;
  if (page.value.failure !== undefined) return { failure: page.value.failure };
  const holders: Holder[] = [];
  for (const row of page.value.rows) {
    const id = textIn(row, 'id');
    if (id === undefined) return { failure: 'malformed' };
    const login = textIn(row, 'name');
    holders.push({ id, ...(login === undefined ? {} : { login }), hold: 'direct' });
  }
  if (page.value.marker !== undefined) return { rows: holders, next: `${markerMark}${page.value.marker}` };
  if (marker !== undefined) return { rows: holders };
  return slice(holders, ({ id }) => `${idMark}${id}`, after === undefined ? { limit } : { limit, after });
}

/** Everything a user holds: groups, roles in projects and domains as they take effect, roles on the system. */
export async function listHeld(
  client: KeystoneClient,
  userId: string,
  wanted: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  const groups = await client.list(['users', userId, 'groups'], 'groups', {}, record);
  if (!groups.ok) return groups;
  if (!groups.value.complete) return { failure: groups.value.failure ?? 'incomplete' };
  const effective = await assignments(client, { 'user.id': userId, effective: 'true' }, record);
  if (!effective.ok) return effective;
  const onSystem = await assignments(client, { 'scope.system': 'all' }, record);
  if (!onSystem.ok) return onSystem;
  const implied = await readImpliedRoles(client, record);
  if (!implied.ok) return implied;
  const groupNames = new Map(groups.value.rows.map((row) => [textIn(row, 'id') ?? '', textIn(row, 'name') ?? '']));
  const held = new Map<string, HeldEntitlement>();
  const add = (entitlement: TargetEntitlement, hold: 'direct' | 'indirect', through: readonly string[]): void => {
    if (held.get(entitlement.id)?.hold !== 'direct') held.set(entitlement.id, { entitlement, hold, through });
  };
  for (const [id, name] of groupNames) add({ id: `group:${id}`, name, label: labels.group }, 'direct', []);
  for (const row of effective.value.filter((each) => each.userId === userId)) {
    const { groupId, inheritedFrom } = row.origin;
    const through = [inheritedFrom, groupId === undefined ? undefined : (groupNames.get(groupId) ?? groupId)];
    add(
      roleEntitlement(row.scope, row.scopeId, row.roleId, row.roleName, row.scopeName),
      row.direct ? 'direct' : 'indirect',
      through.filter((name) => name !== undefined),
    );
  }
  for (const row of onSystem.value.filter((each) => each.scope === 'system')) {
    const mine = row.userId === userId || (row.groupId !== undefined && groupNames.has(row.groupId));
    if (!mine) continue;
    const group = row.groupName === undefined ? [] : [row.groupName];
    for (const roleId of implied.value.broughtBy(row.roleId)) {
      const own = roleId === row.roleId;
      const name = own ? row.roleName : implied.value.nameOf(roleId);
      add(
        roleEntitlement('system', 'all', roleId, name, 'the system'),
        own && row.userId !== undefined ? 'direct' : 'indirect',
        own ? group : [row.roleName, ...group],
      );
    }
  }
  return slice([...held.values()], ({ entitlement }) => entitlement.id, wanted);
}

/** All rows of a list of assignments, with names; anything less than all of them is a failure. */
async function assignments(
  client: KeystoneClient,
  query: Readonly<Record<string, string>>,
  record: AnswerRecord,
): Promise<Answer<readonly Assignment[]>> {
  const listed = await client.list(
    ['role_assignments'],
    'role_assignments',
    { ...query, include_names: 'true' },
    record,
  );
  if (!listed.ok) return listed;
  if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
  const rows = listed.value.rows.map(assignmentOf).filter((row) => row !== undefined);
  return rows.length === listed.value.rows.length ? answered(rows) : failed('malformed');
}
