import { createHash } from 'node:crypto';
import type { Store, Table } from '../../contracts';

export interface User {
  id: string;
  username: string;
  enabled: boolean;
  firstName?: string;
  lastName?: string;
  email?: string;
  attributes: Record<string, string[]>;
  groups: string[];
  /** Ids of roles that were given to this user. */
  roles: string[];
  /** The client whose service account this is. */
  serviceAccountOf?: string;
}

export interface Group {
  id: string;
  name: string;
  parentId?: string;
  roles: string[];
}

export interface Role {
  id: string;
  name: string;
  /** The client that it belongs to; absent: the realm. */
  clientId?: string;
  /** Ids of roles that it brings along. */
  composites: string[];
}

export interface Client {
  id: string;
  clientId: string;
  name?: string;
  enabled: boolean;
  secret: string;
  serviceAccountsEnabled: boolean;
  clientAuthenticatorType: string;
  attributes: Record<string, string>;
  /** Public key (SPKI, PEM) of a client that signs its assertions. */
  publicKey?: string;
}

export const REALM = 'acme';
/** What Keycloak calls the client whose roles are the rights in a realm. */
export const RIGHTS_KEEPER = 'realm-management';

/** Users, groups, roles and clients of one realm, and what comes through what. */
export class Realm {
  readonly users: Table<User>;
  readonly groups: Table<Group>;
  readonly roles: Table<Role>;
  readonly clients: Table<Client>;
  private readonly counters: Table<number>;
  /** Groups that fine-grained permissions hide from whoever asks. */
  readonly hidden = new Set<string>();

  constructor(store: Store) {
    this.users = store.table('keycloak-users');
    this.groups = store.table('keycloak-groups');
    this.roles = store.table('keycloak-roles');
    this.clients = store.table('keycloak-clients');
    this.counters = store.table('keycloak-counters');
  }

  addUser(username: string, facts: Partial<User> = {}): User {
    const user = { id: this.newId(), username, enabled: true, attributes: {}, groups: [], roles: [], ...facts };
    this.users.put(user.id, user);
    return user;
  }

  addGroup(name: string, parentId?: string): Group {
    const group = { id: this.newId(), name, roles: [], ...(parentId === undefined ? {} : { parentId }) };
    this.groups.put(group.id, group);
    return group;
  }

  addRole(name: string, clientId?: string, composites: string[] = []): Role {
    const role = { id: this.newId(), name, composites, ...(clientId === undefined ? {} : { clientId }) };
    this.roles.put(role.id, role);
    return role;
  }

  /** A client that may sign in by itself, with its service account, unless the facts say otherwise. */
  addClient(clientId: string, secret: string, facts: Partial<Client> = {}): Client {
    const client = {
      id: this.newId(),
      clientId,
      enabled: true,
      secret,
      serviceAccountsEnabled: true,
      clientAuthenticatorType: 'client-secret',
      attributes: {},
      ...facts,
    };
    this.clients.put(client.id, client);
    if (client.serviceAccountsEnabled)
      this.addUser(`service-account-${clientId.toLowerCase()}`, { serviceAccountOf: client.id });
    return client;
  }

  change<T extends { id: string }>(table: Table<T>, id: string, changes: Partial<T>): void {
    const row = table.get(id);
    if (row) table.put(id, { ...row, ...changes });
  }

  join(userId: string, groupId: string): void {
    const { groups = [] } = this.users.get(userId) ?? {};
    if (!groups.includes(groupId)) this.change(this.users, userId, { groups: [...groups, groupId] });
  }

  leave(userId: string, groupId: string): void {
    const { groups = [] } = this.users.get(userId) ?? {};
    this.change(this.users, userId, { groups: groups.filter((id) => id !== groupId) });
  }

  give(to: 'users' | 'groups', id: string, roleId: string): void {
    const { roles = [] } = this[to].get(id) ?? {};
    if (roles.includes(roleId)) return;
    if (to === 'users') this.change(this.users, id, { roles: [...roles, roleId] });
    else this.change(this.groups, id, { roles: [...roles, roleId] });
  }

  takeBack(userId: string, roleId: string): void {
    const { roles = [] } = this.users.get(userId) ?? {};
    this.change(this.users, userId, { roles: roles.filter((id) => id !== roleId) });
  }

  /** The group itself first, then the one it is in, and so on. */
  upwards(groupId: string): Group[] {
    const path: Group[] = [];
    for (let group = this.groups.get(groupId); group; group = this.groups.get(group.parentId ?? '')) path.push(group);
    return path;
  }

  /** Roles as they take effect for a user: own ones, those of groups and of the groups above, and all that these bring. */
  effective(user: User): Role[] {
    const all = new Set(user.roles);
    for (const groupId of user.groups)
      for (const group of this.upwards(groupId)) for (const roleId of group.roles) all.add(roleId);
    for (const roleId of all) for (const inner of this.roles.get(roleId)?.composites ?? []) all.add(inner);
    return [...all].map((id) => this.roles.get(id)).filter((role) => role !== undefined);
  }

  all<T>(table: Table<T>): T[] {
    return table.entries().map(([, row]) => row);
  }

  private newId(): string {
    const n = (this.counters.get('ids') ?? 0) + 1;
    this.counters.put('ids', n);
    const hex = createHash('sha256').update(`keycloak ${n}`).digest('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  }
}
