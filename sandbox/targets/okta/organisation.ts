import { createHash } from 'node:crypto';
import type { Clock, Store, Table } from '../../contracts';

export type UserStatus = 'STAGED' | 'PROVISIONED' | 'ACTIVE' | 'SUSPENDED' | 'DEPROVISIONED';

export interface User {
  id: string;
  status: UserStatus;
  created: string;
  /** Administrator roles, as the Management API calls them. */
  roles: string[];
  profile: Record<string, string>;
}

export interface Group {
  id: string;
  type: 'OKTA_GROUP' | 'BUILT_IN';
  name: string;
  created: string;
}

export interface App {
  id: string;
  label: string;
  created: string;
  type: 'web' | 'service';
  /** Public keys of a service app (RFC 7517). */
  keys: object[];
  /** Scopes that an administrator granted to a service app. */
  scopes: string[];
}

/** An app given to one user. */
export interface Given {
  status: string;
  at: string;
}

export interface Assignment extends Given {
  scope: 'USER' | 'GROUP';
}

/** Users, groups and apps of one Okta organisation. Groups hold users and no groups; everybody is in "Everyone". */
export class Organisation {
  readonly users: Table<User>;
  readonly groups: Table<Group>;
  readonly apps: Table<App>;
  private readonly members: Table<boolean>;
  private readonly given: Table<Given>;
  private readonly givenToGroups: Table<boolean>;
  private readonly counter: Table<number>;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.users = store.table('okta-users');
    this.groups = store.table('okta-groups');
    this.apps = store.table('okta-apps');
    this.members = store.table('okta-members');
    this.given = store.table('okta-given');
    this.givenToGroups = store.table('okta-given-to-groups');
    this.counter = store.table('okta-counter');
  }

  createUser(profile: Record<string, string>, status: UserStatus = 'ACTIVE', roles: string[] = []): User {
    const user: User = { id: this.newId('00u'), status, created: this.now(), roles, profile };
    this.users.put(user.id, user);
    const [, everyone] = this.groups.entries().find(([, { type }]) => type === 'BUILT_IN') ?? [];
    if (everyone) this.join(everyone.id, user.id);
    return user;
  }

  createGroup(name: string, type: Group['type'] = 'OKTA_GROUP'): Group {
    const group: Group = { id: this.newId('00g'), type, name, created: this.now() };
    this.groups.put(group.id, group);
    return group;
  }

  createApp(label: string, more: Partial<Pick<App, 'type' | 'keys' | 'scopes'>> = {}): App {
    const app: App = {
      id: this.newId('0oa'),
      label,
      created: this.now(),
      type: 'web',
      keys: [],
      scopes: [],
      ...more,
    };
    this.apps.put(app.id, app);
    return app;
  }

  setStatus(userId: string, status: UserStatus): void {
    const user = this.users.get(userId);
    if (user) this.users.put(userId, { ...user, status });
  }

  removeUser(userId: string): void {
    this.users.remove(userId);
    for (const table of [this.members, this.given])
      for (const [key] of table.entries()) if (key.endsWith(`/${userId}`)) table.remove(key);
  }

  join(groupId: string, userId: string): void {
    this.members.put(`${groupId}/${userId}`, true);
  }

  leave(groupId: string, userId: string): void {
    this.members.remove(`${groupId}/${userId}`);
  }

  membersOf(groupId: string): User[] {
    return this.members
      .entries({ prefix: `${groupId}/` })
      .map(([key]) => this.users.get(key.slice(groupId.length + 1)))
      .filter((user) => user !== undefined);
  }

  groupsOf(userId: string): Group[] {
    return this.groups
      .entries()
      .map(([, group]) => group)
      .filter(({ id }) => this.members.get(`${id}/${userId}`) === true);
  }

  give(appId: string, userId: string, status = 'ACTIVE'): void {
    this.given.put(`${appId}/${userId}`, { status, at: this.now() });
  }

  /** False when the user has the app through a group only, which cannot be taken from one user. */
  takeBack(appId: string, userId: string): boolean {
    return this.given.remove(`${appId}/${userId}`);
  }

  giveToGroup(appId: string, groupId: string): void {
    this.givenToGroups.put(`${appId}/${groupId}`, true);
  }

  takeFromGroup(appId: string, groupId: string): void {
    this.givenToGroups.remove(`${appId}/${groupId}`);
  }

  groupsOfApp(appId: string): Group[] {
    return this.givenToGroups
      .entries({ prefix: `${appId}/` })
      .map(([key]) => this.groups.get(key.slice(appId.length + 1)))
      .filter((group) => group !== undefined);
  }

  /** How a user has an app; the user's own assignment hides that of a group. */
  assignment(appId: string, userId: string): Assignment | undefined {
    const own = this.given.get(`${appId}/${userId}`);
    if (own) return { ...own, scope: 'USER' };
    const through = this.groupsOfApp(appId).find(({ id }) => this.members.get(`${id}/${userId}`) === true);
    return through && { scope: 'GROUP', status: 'ACTIVE', at: through.created };
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  /** Twenty characters, as Okta's; repeatable on purpose. */
  private newId(prefix: string): string {
    return this.store.transaction(() => {
      const n = (this.counter.get('ids') ?? 0) + 1;
      this.counter.put('ids', n);
      return prefix + createHash('sha256').update(`acme.okta.com/${n}`).digest('hex').slice(0, 17);
    });
  }
}
