import { DOMAIN, type Cloud, type Grant } from './cloud';

/** What a caller of `GET role_assignments` asks for. */
export interface AssignmentQuery {
  userId: string | undefined;
  groupId: string | undefined;
  roleId: string | undefined;
  projectId: string | undefined;
  domainId: string | undefined;
  onSystem: boolean;
  effective: boolean;
  names: boolean;
}

interface Row extends Grant {
  /** The grant this follows from. */
  made: Grant;
  priorRoleId?: string;
}

/**
 * The list of role assignments. As on the real server (22.0.2), the effective list shows users only, spreads what comes
 * through groups, from the domain and through other roles, and leaves out everything on the system.
 */
export function roleAssignments(cloud: Cloud, query: AssignmentQuery, base: string): unknown[] {
  const grants = cloud.grants.entries().map(([, grant]) => grant);
  const rows = query.effective
    ? grants.flatMap((grant) => spread(cloud, grant))
    : grants.map((g) => ({ ...g, made: g }));
  return rows
    .filter(
      (row) =>
        (query.userId === undefined || (row.actor === 'user' && row.actorId === query.userId)) &&
        (query.groupId === undefined || (row.actor === 'group' && row.actorId === query.groupId)) &&
        (query.roleId === undefined || row.roleId === query.roleId) &&
        (query.projectId === undefined || (row.scope === 'project' && row.scopeId === query.projectId)) &&
        (query.domainId === undefined || (row.scope === 'domain' && row.scopeId === query.domainId)) &&
        (query.effective || !query.onSystem || row.scope === 'system'),
    )
    .map((row) => shown(cloud, row, query.names, base));
}

function spread(cloud: Cloud, made: Grant): Row[] {
  if (made.scope === 'system') return [];
  const places =
    made.inherited && made.scope === 'domain'
      ? cloud.projects.entries().map(([, { id }]) => ({ scope: 'project' as const, scopeId: id }))
      : [{ scope: made.scope, scopeId: made.scopeId }];
  const actorIds = made.actor === 'user' ? [made.actorId] : cloud.membersOf(made.actorId).map(({ id }) => id);
  const rows: Row[] = [];
  for (const place of places)
    for (const actorId of actorIds) {
      const first: Row = { ...made, ...place, actor: 'user', actorId, made };
      for (const row of withImplied(cloud, first)) {
        // Roles of a domain are replaced by what they bring along.
        if (cloud.roles.get(row.roleId)?.domain_id === null) rows.push(row);
      }
    }
  return rows;
}

function withImplied(cloud: Cloud, row: Row): Row[] {
  const implied = cloud.impliedBy(row.roleId).map(({ id }) => ({ ...row, roleId: id, priorRoleId: row.roleId }));
  return [row, ...implied.flatMap((next) => withImplied(cloud, next))];
}

function shown(cloud: Cloud, row: Row, names: boolean, base: string): unknown {
  const { made } = row;
  const named = (id: string, name: string | undefined, inDomain = true) =>
    names ? { id, name: name ?? '', ...(inDomain ? { domain: DOMAIN } : {}) } : { id };
  const actorPath = made.actor === 'user' ? `users/${row.actorId}` : `groups/${made.actorId}`;
  const on = made.scope === 'system' ? 'system' : `${made.scope}s/${made.scopeId}`;
  const role = row.priorRoleId ?? row.roleId;
  const assignment = made.inherited
    ? `${base}/OS-INHERIT/${on}/${actorPath}/roles/${role}/inherited_to_projects`
    : `${base}/${on}/${actorPath}/roles/${role}`;
  const scope =
    row.scope === 'system'
      ? { system: { all: true } }
      : row.scope === 'project'
        ? { project: named(row.scopeId, cloud.projects.get(row.scopeId)?.name) }
        : { domain: named(row.scopeId, DOMAIN.name, false) };
  return {
    links: {
      assignment,
      ...(row.actor === 'user' && made.actor === 'group'
        ? { membership: `${base}/groups/${made.actorId}/users/${row.actorId}` }
        : {}),
      ...(row.priorRoleId === undefined
        ? {}
        : { prior_role: `${base}/prior_role/${row.roleId}/implies/${row.priorRoleId}` }),
    },
    scope: { ...scope, ...(made.inherited ? { 'OS-INHERIT:inherited_to': 'projects' } : {}) },
    [row.actor]: named(
      row.actorId,
      row.actor === 'user' ? cloud.users.get(row.actorId)?.name : cloud.groups.get(row.actorId)?.name,
    ),
    role: names ? { id: row.roleId, name: cloud.roles.get(row.roleId)?.name ?? '' } : { id: row.roleId },
  };
}
