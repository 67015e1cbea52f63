import { createHash } from 'node:crypto';
import type { Store, Table } from '../../contracts';

export interface StoreUser {
  UserId: string;
  UserName: string;
  DisplayName: string;
  Title?: string;
  UserType?: string;
  UserStatus: 'ENABLED' | 'DISABLED';
  ExternalIds?: Array<{ Issuer: string; Id: string }>;
}

export interface StoreGroup {
  GroupId: string;
  DisplayName: string;
  /** Membership ids by user id. */
  members: Record<string, string>;
}

export interface Assignment {
  AccountId: string;
  PermissionSetArn: string;
  PrincipalType: 'USER' | 'GROUP';
  PrincipalId: string;
}

export interface AssignmentRequest extends Assignment {
  RequestId: string;
  Status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
}

/** What the identity store and the instance hold. */
export class IdentityStore {
  readonly users: Table<StoreUser>;
  readonly groups: Table<StoreGroup>;
  readonly assignments: Table<Assignment>;
  readonly requests: Table<AssignmentRequest>;
  private readonly counters: Table<number>;

  constructor(store: Store) {
    this.users = store.table('aws-users');
    this.groups = store.table('aws-groups');
    this.assignments = store.table('aws-assignments');
    this.requests = store.table('aws-assignment-requests');
    this.counters = store.table('aws-counters');
  }

  nextId(kind: string): string {
    const n = (this.counters.get('ids') ?? 0) + 1;
    this.counters.put('ids', n);
    const hex = createHash('sha256').update(`aws.acme.test/${kind}/${n}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  addUser(UserName: string, facts: Partial<StoreUser> = {}): StoreUser {
    const user: StoreUser = {
      UserId: this.nextId('user'),
      UserName,
      DisplayName: UserName,
      UserStatus: 'ENABLED',
      ...facts,
    };
    this.users.put(user.UserId, user);
    return user;
  }

  addGroup(DisplayName: string): StoreGroup {
    const group: StoreGroup = { GroupId: this.nextId('group'), DisplayName, members: {} };
    this.groups.put(group.GroupId, group);
    return group;
  }

  put(groupId: string, userId: string): string {
    const group = this.groups.get(groupId);
    const id = this.nextId('membership');
    if (group) this.groups.put(groupId, { ...group, members: { ...group.members, [userId]: id } });
    return id;
  }

  take(groupId: string, userId: string): void {
    const group = this.groups.get(groupId);
    if (!group) return;
    const { [userId]: _gone, ...members } = group.members;
    this.groups.put(groupId, { ...group, members });
  }

  removeUser(userId: string): void {
    this.users.remove(userId);
    for (const [groupId] of this.groups.entries()) this.take(groupId, userId);
  }

  assign(assignment: Assignment): void {
    this.assignments.put(keyOf(assignment), assignment);
  }

  unassign(assignment: Assignment): boolean {
    return this.assignments.remove(keyOf(assignment));
  }

  all<T>(table: Table<T>): T[] {
    return table.entries().map(([, row]) => row);
  }
}

function keyOf({ AccountId, PermissionSetArn, PrincipalType, PrincipalId }: Assignment): string {
  return [AccountId, PermissionSetArn, PrincipalType, PrincipalId].join('|');
}
