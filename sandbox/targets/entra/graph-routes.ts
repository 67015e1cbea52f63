import type { AppRoleAssignment, GraphApplication, GraphDirectory, GraphUser, RoleAssignment } from './graph-directory';
import { GraphRefusal, listed, selected, type GraphObject } from './odata-query';

export interface GraphRequest {
  readonly method: string;
  /** Under the version, with a leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly eventual: boolean;
  readonly body?: unknown;
  readonly roles: readonly string[];
  /** Public address of the version. */
  readonly base: string;
}

export interface GraphAnswer {
  readonly status: number;
  readonly body?: unknown;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Any one of these application permissions is enough. */
  readonly rights: readonly string[];
  run(request: GraphRequest, ...ids: string[]): GraphObject | readonly GraphObject[] | undefined;
}

const id = '([^/]+)';
const readsGroups = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const readsUsers = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const readsApps = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const readsRoles = [
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** The part of Graph v1.0 that has to do with access. */
export class GraphRoutes {
  constructor(
    private readonly directory: GraphDirectory,
    private readonly pageSize: number,
  ) {}

  answer(request: GraphRequest): GraphAnswer {
    try {
      if (request.path === '/$batch') return this.batch(request);
      for (const route of this.routes) {
        const match = route.method === request.method ? route.path.exec(request.path) : null;
        if (!match) continue;
        if (!route.rights.some((right) => request.roles.includes(right)))
          throw new GraphRefusal(
            403,
            'Authorization_RequestDenied',
            'Insufficient privileges to complete the operation.',
          );
        const result = route.run(request, ...match.slice(1).map(decodeURIComponent));
        if (result === undefined) return { status: 204 };
        if (!isList(result))
          return {
            status: request.method === 'POST' && !request.path.endsWith('checkMemberGroups') ? 201 : 200,
            body: result,
          };
        return { status: 200, body: listed({ ...request, rows: result, pageSize: this.pageSize }) };
      }
      throw new GraphRefusal(400, 'BadRequest', 'Resource not found for the segment.');
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      return refusal(error);
    }
  }

  /** JSON batching: at most twenty requests, each answered for itself. */
  private batch(request: GraphRequest): GraphAnswer {
    const { requests } = (request.body ?? {}) as {
      requests?: Array<{ id: string; method: string; url: string; headers?: Record<string, string>; body?: unknown }>;
    };
    if (request.method !== 'POST' || !Array.isArray(requests) || requests.length > 20)
      throw new GraphRefusal(400, 'BadRequest', 'Invalid batch payload format.');
    const responses = requests.map((part) => {
      const url = new URL(part.url, 'https://batch.invalid');
      const headers = Object.fromEntries(
        Object.entries(part.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const { status, body } = this.answer({
        method: part.method,
        path: url.pathname,
        query: url.searchParams,
        eventual: headers['consistencylevel'] === 'eventual',
        body: part.body,
        roles: request.roles,
        base: request.base,
      });
      return {
        id: part.id,
        status,
        headers: { 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      };
    });
    return { status: 200, body: { responses } };
  }

  private readonly routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/users$/,
      rights: readsUsers,
      run: () => this.directory.all(this.directory.users).map((user) => this.userView(user)),
    },
    {
      method: 'GET',
      path: new RegExp(`^/users/${id}$`),
      rights: readsUsers,
      run: ({ query }, userId = '') => {
        const user = this.user(userId);
        const manager =
          query.get('$expand')?.startsWith('manager') && user.managerId !== undefined
            ? { manager: { '@odata.type': '#microsoft.graph.user', id: user.managerId } }
            : {};
        return { ...selected(this.userView(user), query.get('$select')), ...manager };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`^/users/${id}/memberOf$`),
      rights: readsGroups,
      run: ({ roles }, userId = '') => this.visibleGroups(this.directory.groupsWith(this.user(userId).id), roles),
    },
    {
      method: 'GET',
      path: new RegExp(`^/users/${id}/transitiveMemberOf$`),
      rights: readsGroups,
      run: ({ roles }, userId = '') => this.visibleGroups(this.directory.groupsAround(this.user(userId).id), roles),
    },
    {
      method: 'POST',
      path: new RegExp(`^/users/${id}/checkMemberGroups$`),
      rights: readsGroups,
      run: ({ body, roles, base }, userId = '') => {
        const { groupIds } = (body ?? {}) as { groupIds?: string[] };
        if (!Array.isArray(groupIds) || groupIds.length > 20)
          throw new GraphRefusal(400, 'Request_BadRequest', 'groupIds takes 1 to 20 ids.');
        const around = this.visibleGroups(this.directory.groupsAround(this.user(userId).id), roles).map(
          (group) => group['id'],
        );
        return {
          '@odata.context': `${base}/$metadata#Collection(Edm.String)`,
          value: groupIds.filter((each) => around.includes(each)),
        };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`^/users/${id}/appRoleAssignments$`),
      rights: [...readsApps.slice(2), 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
      run: (_request, userId = '') =>
        this.directory.appRolesOf(this.user(userId).id).map((row) => this.appRoleView(row)),
    },
    {
      method: 'POST',
      path: new RegExp(`^/users/${id}/appRoleAssignments$`),
      rights: ['AppRoleAssignment.ReadWrite.All'],
      run: ({ body }, userId = '') => {
        const { principalId = '', resourceId = '', appRoleId = '' } = (body ?? {}) as Partial<AppRoleAssignment>;
        const roles = this.application(resourceId).appRoles;
        if (principalId !== this.user(userId).id || !roles.some((role) => role.id === appRoleId))
          throw new GraphRefusal(400, 'Request_BadRequest', 'Permission being assigned was not found on application.');
        return this.appRoleView(this.assignAppRole(principalId, resourceId, appRoleId));
      },
    },
    {
      method: 'DELETE',
      path: new RegExp(`^/users/${id}/appRoleAssignments/${id}$`),
      rights: ['AppRoleAssignment.ReadWrite.All'],
      run: (_request, userId = '', assignmentId = '') => {
        const row = this.directory.appRoleAssignments.get(assignmentId);
        if (!row || row.principalId !== userId) throw notThere(assignmentId);
        this.directory.appRoleAssignments.remove(assignmentId);
        return undefined;
      },
    },
    {
      method: 'GET',
      path: /^\/groups$/,
      rights: readsGroups,
      run: () => this.directory.all(this.directory.groups).map((group) => groupView(group)),
    },
    {
      method: 'GET',
      path: new RegExp(`^/groups/${id}$`),
      rights: readsGroups,
      run: ({ query }, groupId = '') => selected(groupView(this.group(groupId)), query.get('$select')),
    },
    {
      method: 'GET',
      path: new RegExp(`^/groups/${id}/(members|transitiveMembers)(/microsoft\\.graph\\.group)?$`),
      rights: readsGroups,
      run: ({ roles }, groupId = '', which = '', cast) => {
        const group = this.group(groupId);
        if (group.visibility === 'HiddenMembership' && !roles.includes('Member.Read.Hidden')) return [];
        const ids = which === 'members' ? group.members : this.directory.membersInside(group.id);
        const views = ids.map((each) => this.principalView(each)).filter((view) => view !== undefined);
        return cast === undefined || cast === 'undefined'
          ? views
          : views.filter((view) => view['@odata.type'] === '#microsoft.graph.group');
      },
    },
    {
      method: 'POST',
      path: new RegExp(`^/groups/${id}/members/\\$ref$`),
      rights: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
      run: ({ body, base }, groupId = '') => {
        const group = this.writableGroup(groupId);
        const reference = (body as Record<string, unknown> | undefined)?.['@odata.id'];
        const prefix = `${base}/directoryObjects/`;
        const memberId =
          typeof reference === 'string' && reference.startsWith(prefix) ? reference.slice(prefix.length) : '';
        if (!this.principalView(memberId)) throw notThere(memberId);
        if (group.members.includes(memberId))
          throw new GraphRefusal(400, 'Request_BadRequest', 'One or more added object references already exist.');
        this.directory.groups.put(group.id, { ...group, members: [...group.members, memberId] });
        return undefined;
      },
    },
    {
      method: 'DELETE',
      path: new RegExp(`^/groups/${id}/members/${id}/\\$ref$`),
      rights: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
      run: (_request, groupId = '', memberId = '') => {
        const group = this.writableGroup(groupId);
        if (!group.members.includes(memberId)) throw notThere(memberId);
        this.directory.groups.put(group.id, { ...group, members: group.members.filter((each) => each !== memberId) });
        return undefined;
      },
    },
    {
      method: 'GET',
      path: /^\/servicePrincipals$/,
      rights: readsApps,
      run: () => this.directory.all(this.directory.applications).map((app) => principalOf(app)),
    },
    {
      method: 'GET',
      path: new RegExp(`^/servicePrincipals/${id}$`),
      rights: readsApps,
      run: ({ query }, appId = '') => selected(principalOf(this.application(appId)), query.get('$select')),
    },
    {
      method: 'GET',
      path: new RegExp(`^/servicePrincipals/${id}/appRoleAssignedTo$`),
      rights: readsApps,
      run: (_request, resourceId = '') => {
        const app = this.application(resourceId);
        const rows = this.directory.all(this.directory.appRoleAssignments);
        return rows.filter((row) => row.resourceId === app.id).map((row) => this.appRoleView(row));
      },
    },
    {
      method: 'GET',
      path: /^\/applications$/,
      rights: readsApps,
      run: () =>
        this.directory
          .all(this.directory.applications)
          .flatMap(({ appId, displayName, own }) => (own ? [{ appId, displayName, ...own }] : [])),
    },
    {
      method: 'GET',
      path: /^\/roleManagement\/directory\/roleDefinitions$/,
      rights: readsRoles,
      run: () => this.directory.all(this.directory.roleDefinitions).map((role) => ({ ...role })),
    },
    {
      method: 'GET',
      path: new RegExp(`^/roleManagement/directory/roleDefinitions/${id}$`),
      rights: readsRoles,
      run: ({ query }, roleId = '') => {
        const role = this.directory.roleDefinitions.get(roleId);
        if (!role) throw notThere(roleId);
        return selected({ ...role }, query.get('$select'));
      },
    },
    {
      method: 'GET',
      path: /^\/roleManagement\/directory\/roleAssignments$/,
      rights: readsRoles,
      run: ({ query }) => {
        if (!query.has('$filter')) throw new GraphRefusal(400, 'Request_BadRequest', 'A filter is needed.');
        return this.directory.all(this.directory.roleAssignments).map((row) => ({
          ...row,
          ...(query.get('$expand') === 'principal' ? { principal: this.principalView(row.principalId) ?? null } : {}),
          ...(query.get('$expand') === 'roleDefinition'
            ? { roleDefinition: { ...this.directory.roleDefinitions.get(row.roleDefinitionId) } }
            : {}),
        }));
      },
    },
    {
      method: 'POST',
      path: /^\/roleManagement\/directory\/roleAssignments$/,
      rights: ['RoleManagement.ReadWrite.Directory'],
      run: ({ body }) => {
        const {
          principalId = '',
          roleDefinitionId = '',
          directoryScopeId = '',
        } = (body ?? {}) as Partial<RoleAssignment>;
        if (!this.principalView(principalId)) throw notThere(principalId);
        if (!this.directory.roleDefinitions.get(roleDefinitionId)) throw notThere(roleDefinitionId);
        return { ...this.assignRole(principalId, roleDefinitionId, directoryScopeId) };
      },
    },
    {
      method: 'DELETE',
      path: new RegExp(`^/roleManagement/directory/roleAssignments/${id}$`),
      rights: ['RoleManagement.ReadWrite.Directory'],
      run: (_request, assignmentId = '') => {
        if (!this.directory.roleAssignments.remove(assignmentId)) throw notThere(assignmentId);
        return undefined;
      },
    },
  ];

  assignAppRole(principalId: string, resourceId: string, appRoleId: string): AppRoleAssignment {
    const row = { id: this.directory.nextId('appRoleAssignment'), principalId, resourceId, appRoleId };
    this.directory.appRoleAssignments.put(row.id, row);
    return row;
  }

  assignRole(principalId: string, roleDefinitionId: string, directoryScopeId: string): RoleAssignment {
    const row = { id: this.directory.nextId('roleAssignment'), principalId, roleDefinitionId, directoryScopeId };
    this.directory.roleAssignments.put(row.id, row);
    return row;
  }

  private user(userId: string): GraphUser {
    const user = this.directory.users.get(userId);
    if (!user) throw notThere(userId);
    return user;
  }

  private group(groupId: string) {
    const group = this.directory.groups.get(groupId);
    if (!group) throw notThere(groupId);
    return group;
  }

  private writableGroup(groupId: string) {
    const group = this.group(groupId);
    if (group.groupTypes.includes('DynamicMembership'))
      throw new GraphRefusal(403, 'Authorization_RequestDenied', 'Members of dynamic groups cannot be changed.');
    if (group.onPremisesSyncEnabled === true)
      throw new GraphRefusal(
        400,
        'Request_BadRequest',
        'Unable to update the specified properties for on-premises mastered objects.',
      );
    return group;
  }

  private application(appId: string): GraphApplication {
    const app = this.directory.applications.get(appId);
    if (!app) throw notThere(appId);
    return app;
  }

  private visibleGroups(groups: ReturnType<GraphDirectory['groupsWith']>, roles: readonly string[]): GraphObject[] {
    return groups
      .filter((group) => group.visibility !== 'HiddenMembership' || roles.includes('Member.Read.Hidden'))
      .map((group) => ({ '@odata.type': '#microsoft.graph.group', ...groupView(group) }));
  }

  private userView({ managerId: _managerId, ...user }: GraphUser): GraphObject {
    return { ...user };
  }

  private principalView(principalId: string): GraphObject | undefined {
    const user = this.directory.users.get(principalId);
    if (user) return { '@odata.type': '#microsoft.graph.user', ...this.userView(user) };
    const group = this.directory.groups.get(principalId);
    if (group) return { '@odata.type': '#microsoft.graph.group', ...groupView(group) };
    const app = this.directory.applications.get(principalId);
    return app && { '@odata.type': '#microsoft.graph.servicePrincipal', ...principalOf(app) };
  }

  private appRoleView(row: AppRoleAssignment): GraphObject {
    const principal = this.principalView(row.principalId);
    const types: Record<string, string> = {
      '#microsoft.graph.user': 'User',
      '#microsoft.graph.group': 'Group',
      '#microsoft.graph.servicePrincipal': 'ServicePrincipal',
    };
    return {
      ...row,
      deletedDateTime: null,
      createdDateTime: '2026-01-01T00:00:00Z',
      principalDisplayName: principal?.['displayName'] ?? null,
      principalType: types[String(principal?.['@odata.type'])] ?? null,
      resourceDisplayName: this.directory.applications.get(row.resourceId)?.displayName ?? null,
    };
  }
}

function isList(result: GraphObject | readonly GraphObject[]): result is readonly GraphObject[] {
  return Array.isArray(result);
}

function groupView({ members: _members, ...group }: ReturnType<GraphDirectory['groupsWith']>[number]): GraphObject {
  return { ...group };
}

function principalOf({ own: _own, ...app }: GraphApplication): GraphObject {
  return { ...app, passwordCredentials: [] };
}

function notThere(what: string): GraphRefusal {
  return new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** The envelope of every refusal. */
export function refusal({ status, code, message }: GraphRefusal): GraphAnswer {
  const innerError = { date: '2026-11-23T09:00:00', 'request-id': '00000000-0000-4000-8000-000000000000' };
  return { status, body: { error: { code, message, innerError } } };
}
