import { createHash } from 'node:crypto';
import type { Store, Table } from '../../contracts';

export interface GraphUser {
  id: string;
  userPrincipalName: string;
  displayName: string;
  accountEnabled: boolean;
  department: string | null;
  jobTitle: string | null;
  employeeId: string | null;
  userType: string;
  onPremisesExtensionAttributes: Record<string, string | null>;
  managerId?: string;
}

export interface GraphGroup {
  id: string;
  displayName: string;
  groupTypes: string[];
  membershipRule: string | null;
  visibility: string | null;
  isAssignableToRole: boolean;
  onPremisesSyncEnabled: boolean | null;
  securityEnabled: boolean;
  members: string[];
}

interface Credential {
  keyId: string;
  displayName: string | null;
  startDateTime: string;
  endDateTime: string;
}

/** An application with its principal: for the company's own, credentials lie with the application. */
export interface GraphApplication {
  id: string;
  appId: string;
  displayName: string;
  accountEnabled: boolean;
  servicePrincipalType: 'Application' | 'ManagedIdentity';
  appRoles: Array<{
    id: string;
    displayName: string;
    value: string;
    description: string;
    isEnabled: boolean;
    allowedMemberTypes: string[];
  }>;
  /** With the principal. */
  keyCredentials: Array<Credential & { type: string; usage: string }>;
  /** With the application; absent: the application is another tenant's. */
  own?: {
    id: string;
    passwordCredentials: Credential[];
    keyCredentials: Array<Credential & { type: string; usage: string }>;
  };
}

export interface AppRoleAssignment {
  id: string;
  principalId: string;
  resourceId: string;
  appRoleId: string;
}

export interface RoleAssignment {
  id: string;
  principalId: string;
  roleDefinitionId: string;
  directoryScopeId: string;
}

export interface RoleDefinition {
  id: string;
  templateId: string;
  displayName: string;
  isBuiltIn: boolean;
}

/** The same id for the same name in every fresh sandbox. */
export function guidOf(kind: string, name: string): string {
  const hex = createHash('sha256').update(`entra.acme.test/${kind}/${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the tenant holds, and who is in what through what. */
export class GraphDirectory {
  readonly users: Table<GraphUser>;
  readonly groups: Table<GraphGroup>;
  readonly applications: Table<GraphApplication>;
  readonly appRoleAssignments: Table<AppRoleAssignment>;
  readonly roleDefinitions: Table<RoleDefinition>;
  readonly roleAssignments: Table<RoleAssignment>;
  private readonly counters: Table<number>;

  constructor(store: Store) {
    this.users = store.table('entra-users');
    this.groups = store.table('entra-groups');
    this.applications = store.table('entra-applications');
    this.appRoleAssignments = store.table('entra-app-role-assignments');
    this.roleDefinitions = store.table('entra-role-definitions');
    this.roleAssignments = store.table('entra-role-assignments');
    this.counters = store.table('entra-counters');
  }

  /** An id that is given out once. */
  nextId(kind: string): string {
    const n = (this.counters.get('ids') ?? 0) + 1;
    this.counters.put('ids', n);
    return guidOf(kind, `number ${n}`);
  }

  all<T>(table: Table<T>): T[] {
    return table.entries().map(([, row]) => row);
  }

  groupsWith(memberId: string): GraphGroup[] {
    return this.all(this.groups).filter((group) => group.members.includes(memberId));
  }

  /** The groups a member is in through any number of groups. */
  groupsAround(memberId: string): GraphGroup[] {
    const found = new Map<string, GraphGroup>();
    let level = [memberId];
    while (level.length > 0) {
      const outer = level.flatMap((id) => this.groupsWith(id)).filter(({ id }) => !found.has(id));
      for (const group of outer) found.set(group.id, group);
      level = [...new Set(outer.map(({ id }) => id))];
    }
    return [...found.values()];
  }

  /** Everybody in a group through any number of groups, and the groups between. */
  membersInside(groupId: string): string[] {
    const found = new Set<string>();
    let level = [groupId];
    while (level.length > 0) {
      const inner = level.flatMap((id) => this.groups.get(id)?.members ?? []).filter((id) => !found.has(id));
      for (const id of inner) found.add(id);
      level = [...new Set(inner)];
    }
    found.delete(groupId);
    return [...found];
  }

  /** Assigned to the user, or to a group the user is in directly. Groups in groups do not count. */
  appRolesOf(userId: string): AppRoleAssignment[] {
    const principals = new Set([userId, ...this.groupsWith(userId).map(({ id }) => id)]);
    return this.all(this.appRoleAssignments).filter(({ principalId }) => principals.has(principalId));
  }

  removeUser(id: string): void {
    this.users.remove(id);
    for (const group of this.groupsWith(id))
      this.groups.put(group.id, { ...group, members: group.members.filter((member) => member !== id) });
    for (const table of [this.appRoleAssignments, this.roleAssignments] as Array<
      Table<{ id: string; principalId: string }>
    >)
      for (const row of this.all(table)) if (row.principalId === id) table.remove(row.id);
  }
}
