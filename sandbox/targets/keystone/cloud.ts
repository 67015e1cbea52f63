import { createHash } from 'node:crypto';
import type { Store, Table } from '../../contracts';
import { people } from '../../seed/company';

export interface User {
  id: string;
  name: string;
  domain_id: string;
  enabled: boolean;
}

export interface Group {
  id: string;
  name: string;
  domain_id: string;
  description: string;
}

export interface Named {
  id: string;
  name: string;
  /** Of a role: null unless it belongs to a domain. */
  domain_id: string | null;
}

/** A role that was given to a user or a group, as it was given. */
export interface Grant {
  actor: 'user' | 'group';
  actorId: string;
  scope: 'project' | 'domain' | 'system';
  scopeId: string;
  roleId: string;
  /** Handed down to the projects below, and not valid on the domain itself. */
  inherited: boolean;
}

export const DOMAIN = { id: 'default', name: 'Default' } as const;

/** Who signs in to read, who to change, and the administrator's token that never expires. */
export const ACCOUNTS = {
  reader: { name: 'proofgate-reader', password: 'sandbox-keystone-reader' },
  writer: { name: 'proofgate-writer', password: 'sandbox-keystone-writer' },
} as const;
export const CREDENTIAL = { id: 'sandbox-credential', secret: 'sandbox-keystone-credential' } as const;
export const ADMIN_TOKEN = 'sandbox-keystone-token';

/** Role by name, with what it brings along. */
const ROLES: Readonly<Record<string, readonly string[]>> = { reader: [], member: ['reader'], admin: ['member'] };
const MARK = 'seeded';

/** The ids of Keystone are 32 hexadecimal digits; these are the same in every run. */
export function keystoneId(kind: string, name: string): string {
  return createHash('sha256').update(`keystone/${kind}/${name}`).digest('hex').slice(0, 32);
}

/** Users, groups, projects, roles and grants of one Keystone, in the sandbox's store. */
export class Cloud {
  readonly users: Table<User>;
  readonly groups: Table<Group>;
  readonly projects: Table<Named>;
  readonly roles: Table<Named>;
  readonly grants: Table<Grant>;
  private readonly memberships: Table<{ groupId: string; userId: string }>;
  private readonly passwords: Table<string>;
  private readonly marks: Table<number | boolean>;

  constructor(private readonly store: Store) {
    this.users = store.table('keystone-users');
    this.groups = store.table('keystone-groups');
    this.projects = store.table('keystone-projects');
    this.roles = store.table('keystone-roles');
    this.grants = store.table('keystone-grants');
    this.memberships = store.table('keystone-members');
    this.passwords = store.table('keystone-passwords');
    this.marks = store.table('keystone-marks');
    if (!this.marks.get(MARK)) store.transaction(() => this.seed());
  }

  /** A new id, never given out before in this store. */
  newId(kind: string): string {
    const n = Number(this.marks.get('ids') ?? 0) + 1;
    this.marks.put('ids', n);
    return keystoneId(kind, `#${n}`);
  }

  passwordOf(userId: string): string | undefined {
    return this.passwords.get(userId);
  }

  setPassword(userId: string, password: string): void {
    this.passwords.put(userId, password);
  }

  isMember(groupId: string, userId: string): boolean {
    return this.memberships.get(`${groupId}/${userId}`) !== undefined;
  }

  put(groupId: string, userId: string): void {
    this.memberships.put(`${groupId}/${userId}`, { groupId, userId });
  }

  take(groupId: string, userId: string): boolean {
    return this.memberships.remove(`${groupId}/${userId}`);
  }

  membersOf(groupId: string): User[] {
    const ids = this.memberships.entries({ prefix: `${groupId}/` }).map(([, { userId }]) => userId);
    return ids.map((id) => this.users.get(id)).filter((user) => user !== undefined);
  }

  groupsOf(userId: string): Group[] {
    const all = this.groups.entries().map(([, group]) => group);
    return all.filter(({ id }) => this.isMember(id, userId));
  }

  removeUser(userId: string): void {
    this.store.transaction(() => {
      for (const { id } of this.groupsOf(userId)) this.take(id, userId);
      for (const [key, grant] of this.grants.entries())
        if (grant.actor === 'user' && grant.actorId === userId) this.grants.remove(key);
      this.users.remove(userId);
    });
  }

  give(grant: Grant): void {
    this.grants.put(grantKey(grant), grant);
  }

  takeBack(grant: Grant): boolean {
    return this.grants.remove(grantKey(grant));
  }

  /** The roles that a role brings along at once. */
  impliedBy(roleId: string): Named[] {
    const name = this.roles.get(roleId)?.name ?? '';
    return (ROLES[name] ?? [])
      .map((implied) => this.roles.get(keystoneId('role', implied)))
      .filter((r) => r !== undefined);
  }

  private seed(): void {
    for (const name of Object.keys(ROLES)) {
      const id = keystoneId('role', name);
      this.roles.put(id, { id, name, domain_id: null });
    }
    for (const name of ['finance', 'production']) {
      const id = keystoneId('project', name);
      this.projects.put(id, { id, name, domain_id: DOMAIN.id });
    }
    const addUser = (name: string): string => {
      const id = keystoneId('user', name);
      this.users.put(id, { id, name, domain_id: DOMAIN.id, enabled: true });
      return id;
    };
    for (const person of people) addUser(person.email);
    for (const [kind, { name, password }] of Object.entries(ACCOUNTS)) {
      const id = addUser(name);
      this.setPassword(id, password);
      const role = kind === 'reader' ? 'reader' : 'admin';
      this.give({
        actor: 'user',
        actorId: id,
        scope: 'system',
        scopeId: 'all',
        roleId: keystoneId('role', role),
        inherited: false,
      });
    }
    const operators = keystoneId('group', 'Cloud Operators');
    this.groups.put(operators, { id: operators, name: 'Cloud Operators', domain_id: DOMAIN.id, description: '' });
    this.give({
      actor: 'group',
      actorId: operators,
      scope: 'project',
      scopeId: keystoneId('project', 'production'),
      roleId: keystoneId('role', 'member'),
      inherited: false,
    });
    this.marks.put(MARK, true);
  }
}

function grantKey({ actor, actorId, scope, scopeId, roleId, inherited }: Grant): string {
  return [scope, scopeId, actor, actorId, roleId, inherited ? 'inherited' : 'own'].join('/');
}
