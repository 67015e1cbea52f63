import { createHash } from 'node:crypto';
import type { Store, Table } from '../../contracts';

export interface WorkspaceUser {
  id: string;
  primaryEmail: string;
  name: { fullName: string };
  suspended: boolean;
  archived: boolean;
  aliases?: string[];
  externalIds?: Array<{ value: string; type: string; customType?: string }>;
  organizations?: Array<{ department: string; title: string; description: string; primary: boolean }>;
  relations?: Array<{ value: string; type: string }>;
}

export interface WorkspaceGroup {
  id: string;
  name: string;
  email: string;
  members: Array<{ id: string; role: string }>;
}

/** Users and groups, and who is in what through what. */
export class WorkspaceDirectory {
  readonly users: Table<WorkspaceUser>;
  readonly groups: Table<WorkspaceGroup>;
  private readonly counters: Table<number>;

  constructor(store: Store) {
    this.users = store.table('google-users');
    this.groups = store.table('google-groups');
    this.counters = store.table('google-counters');
  }

  addUser(primaryEmail: string, facts: Partial<WorkspaceUser> = {}): WorkspaceUser {
    const hex = createHash('sha256').update(`user ${this.next()}`).digest('hex').slice(0, 16);
    const id = `1${BigInt(`0x${hex}`).toString().padStart(20, '0')}`;
    const user = { id, primaryEmail, name: { fullName: primaryEmail }, suspended: false, archived: false, ...facts };
    this.users.put(user.id, user);
    return user;
  }

  addGroup(name: string, facts: Partial<WorkspaceGroup> = {}): WorkspaceGroup {
    const n = this.next();
    const id = `0${createHash('sha256').update(`group ${n}`).digest('hex').slice(0, 14)}`;
    const group = { id, name, email: `group-${n}@acme.test`, members: [], ...facts };
    this.groups.put(group.id, group);
    return group;
  }

  put(groupId: string, memberId: string, role = 'MEMBER'): void {
    const group = this.groups.get(groupId);
    if (group) this.groups.put(groupId, { ...group, members: [...group.members, { id: memberId, role }] });
  }

  take(groupId: string, memberId: string): void {
    const group = this.groups.get(groupId);
    if (group) this.groups.put(groupId, { ...group, members: group.members.filter(({ id }) => id !== memberId) });
  }

  removeUser(id: string): void {
    this.users.remove(id);
    for (const group of this.allGroups()) this.take(group.id, id);
  }

  allUsers(): WorkspaceUser[] {
    return this.users.entries().map(([, user]) => user);
  }

  allGroups(): WorkspaceGroup[] {
    return this.groups.entries().map(([, group]) => group);
  }

  /** By id, address or alias. */
  user(key: string): WorkspaceUser | undefined {
    const lower = key.toLowerCase();
    return (
      this.users.get(key) ??
      this.allUsers().find(
        (user) =>
          user.primaryEmail.toLowerCase() === lower || user.aliases?.some((alias) => alias.toLowerCase() === lower),
      )
    );
  }

  group(key: string): WorkspaceGroup | undefined {
    return this.groups.get(key) ?? this.allGroups().find((group) => group.email === key.toLowerCase());
  }

  /** Everybody inside through any number of groups, without the groups between. */
  inside(groupId: string): Array<{ id: string; role: string }> {
    const found = new Map<string, { id: string; role: string }>();
    const seen = new Set<string>();
    const visit = (id: string): void => {
      if (seen.has(id)) return;
      seen.add(id);
      for (const member of this.groups.get(id)?.members ?? [])
        if (this.groups.get(member.id)) visit(member.id);
        else found.set(member.id, found.get(member.id) ?? member);
    };
    visit(groupId);
    return [...found.values()];
  }

  private next(): number {
    const n = (this.counters.get('ids') ?? 0) + 1;
    this.counters.put('ids', n);
    return n;
  }
}
