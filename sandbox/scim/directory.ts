import SCIMMY from 'scimmy';
import type { Clock, Store, Table } from '../contracts';
import { Memberships, type Member } from './memberships';
import { stableId } from './stable-id';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export interface UserData {
  userName: string;
  externalId?: string;
  displayName?: string;
  active?: boolean;
  [ENTERPRISE]?: { manager?: { value?: string }; [attribute: string]: unknown };
  [attribute: string]: unknown;
}

export interface GroupData {
  displayName: string;
  externalId?: string;
}

/** What is kept of a resource: the client's own data and the two instants; locations are made per request. */
export interface Entry<D> {
  id: string;
  created: string;
  lastModified: string;
  data: D;
}

/** Logins and ids are also keys of the store, and those are bounded. */
const MAX_NAME = 256;

/** People, machine accounts, groups and who is in which, in the sandbox's store. Changes run in one transaction each. */
export class Directory {
  readonly memberships: Memberships;
  private readonly userTable: Table<Entry<UserData>>;
  private readonly groupTable: Table<Entry<GroupData>>;
  private readonly logins: Table<string>;
  private readonly sequence: Table<number>;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.memberships = new Memberships(store);
    this.userTable = store.table('scim-users');
    this.groupTable = store.table('scim-groups');
    this.logins = store.table('scim-logins');
    this.sequence = store.table('scim-sequence');
  }

  users(): Array<Entry<UserData>> {
    return this.userTable.entries().map(([, entry]) => entry);
  }

  groups(): Array<Entry<GroupData>> {
    return this.groupTable.entries().map(([, entry]) => entry);
  }

  user(id: string): Entry<UserData> | undefined {
    return id.length > MAX_NAME ? undefined : this.userTable.get(id);
  }

  group(id: string): Entry<GroupData> | undefined {
    return id.length > MAX_NAME ? undefined : this.groupTable.get(id);
  }

  createUser(data: UserData, id?: string): Entry<UserData> {
    return this.store.transaction(() => {
      this.claimLogin(data.userName);
      const entry = this.stamp(id ?? this.nextId('User', data.userName), { ...data, active: data.active ?? true });
      this.logins.put(loginKey(data.userName), entry.id);
      this.userTable.put(entry.id, entry);
      return entry;
    });
  }

  /** Replaces a user's data; an `active` that is left out stays what it was. */
  replaceUser(id: string, data: UserData): Entry<UserData> {
    return this.store.transaction(() => {
      const before = this.user(id) ?? refuseUnknown(id);
      this.claimLogin(data.userName, id);
      this.logins.remove(loginKey(before.data.userName));
      this.logins.put(loginKey(data.userName), id);
      const entry = this.stamp(id, { ...data, active: data.active ?? before.data.active ?? true }, before);
      this.userTable.put(id, entry);
      return entry;
    });
  }

  removeUser(id: string): void {
    this.store.transaction(() => {
      const before = this.user(id) ?? refuseUnknown(id);
      this.logins.remove(loginKey(before.data.userName));
      this.userTable.remove(id);
      this.touch(this.memberships.dropMember(id));
    });
  }

  createGroup(data: GroupData, memberIds: readonly string[], id?: string): Entry<GroupData> {
    return this.store.transaction(() => {
      checkName('displayName', data.displayName);
      const entry = this.stamp(id ?? this.nextId('Group', data.displayName), data);
      this.groupTable.put(entry.id, entry);
      this.memberships.replace(entry.id, this.resolve(memberIds));
      return entry;
    });
  }

  replaceGroup(id: string, data: GroupData, memberIds: readonly string[]): Entry<GroupData> {
    return this.store.transaction(() => {
      const before = this.group(id) ?? refuseUnknown(id);
      checkName('displayName', data.displayName);
      const entry = this.stamp(id, data, before);
      this.groupTable.put(id, entry);
      this.memberships.replace(id, this.resolve(memberIds));
      return entry;
    });
  }

  removeGroup(id: string): void {
    this.store.transaction(() => {
      if (!this.group(id)) refuseUnknown(id);
      this.groupTable.remove(id);
      this.memberships.dropGroup(id);
      this.touch(this.memberships.dropMember(id));
    });
  }

  private resolve(memberIds: readonly string[]): Member[] {
    return [...new Set(memberIds)].map((value) => {
      if (this.user(value)) return { value, type: 'User' };
      if (this.group(value)) return { value, type: 'Group' };
      throw new SCIMMY.Types.Error(400, 'invalidValue', `No user or group has the id '${value}' given as a member`);
    });
  }

  private touch(groupIds: readonly string[]): void {
    for (const id of groupIds) {
      const before = this.group(id);
      if (before) this.groupTable.put(id, this.stamp(id, before.data, before));
    }
  }

  private claimLogin(userName: string, by?: string): void {
    checkName('userName', userName);
    const owner = this.logins.get(loginKey(userName));
    if (owner !== undefined && owner !== by) {
      throw new SCIMMY.Types.Error(409, 'uniqueness', `The userName '${userName}' is already in use`);
    }
  }

  private nextId(kind: 'User' | 'Group', name: string): string {
    const generation = (this.sequence.get('generation') ?? 0) + 1;
    this.sequence.put('generation', generation);
    return stableId(kind, name, generation);
  }

  private stamp<D>(id: string, data: D, before?: Entry<D>): Entry<D> {
    const now = new Date(this.clock.now()).toISOString();
    return { id, created: before?.created ?? now, lastModified: now, data };
  }
}

/** RFC 7643, 4.1.1: userName is not case-exact. */
const loginKey = (userName: string) => userName.toLowerCase();

function checkName(attribute: string, value: string): void {
  if (value.length > 0 && value.length <= MAX_NAME) return;
  throw new SCIMMY.Types.Error(400, 'invalidValue', `Attribute '${attribute}' must have 1 to ${MAX_NAME} characters`);
}

export function refuseUnknown(id: string): never {
  throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
}
