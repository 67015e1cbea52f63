import type { Assignment, AssignmentRequest, IdentityStore, StoreUser } from './identity-store';

export const storeId = 'd-90670a1b2c';
export const instanceArn = 'arn:aws:sso:::instance/ssoins-7223aa11bb22cc33';
export const permissionSets = [
  {
    Name: 'ReadOnlyAccess',
    PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-1111aaaa2222bbbb',
  },
  {
    Name: 'AdministratorAccess',
    PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-3333cccc4444dddd',
  },
] as const;
export const awsAccounts = ['111122223333', '444455556666'] as const;

export class AwsRefusal extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly more: Record<string, string> = {},
  ) {
    super(message);
  }
}

type Input = Record<string, unknown>;

export interface Behaviour {
  /** Assignments stay under way until the administrator lets them be made. */
  slowAssignments: boolean;
  /** Filters are not looked at. */
  ignoresFilters: boolean;
}

const writes = new Set([
  'CreateGroupMembership',
  'DeleteGroupMembership',
  'CreateAccountAssignment',
  'DeleteAccountAssignment',
]);

/** The operations of both services that have to do with access. */
export class Operations {
  readonly behaviour: Behaviour = { slowAssignments: false, ignoresFilters: false };

  constructor(private readonly store: IdentityStore) {}

  run(service: 'identitystore' | 'sso', operation: string, input: Input, mayWrite: boolean): object {
    const all = service === 'identitystore' ? this.storeOperations : this.adminOperations;
    const run = Object.hasOwn(all, operation) ? all[operation] : undefined;
    if (!run) throw new AwsRefusal('UnknownOperationException', '');
    if (writes.has(operation) && !mayWrite)
      throw new AwsRefusal('AccessDeniedException', `You are not authorized to perform ${service}:${operation}`);
    if (service === 'identitystore' && input['IdentityStoreId'] !== storeId) throw notThere('IDENTITY_STORE');
    if (service === 'sso' && input['InstanceArn'] !== instanceArn) throw notThere();
    return run(input);
  }

  /** What was under way is done. */
  finish(): void {
    for (const request of this.store.all(this.store.requests))
      if (request.Status === 'IN_PROGRESS') {
        const { RequestId: _id, Status: _status, ...assignment } = request;
        this.store.assign(assignment);
        this.store.requests.put(request.RequestId, { ...request, Status: 'SUCCEEDED' });
      }
  }

  private readonly storeOperations: Record<string, (input: Input) => object> = {
    ListUsers: (input) => {
      const [filter] = (input['Filters'] ?? []) as Array<{ AttributePath: string; AttributeValue: string }>;
      if (filter && filter.AttributePath !== 'UserName')
        throw new AwsRefusal('ValidationException', 'Unsupported filter');
      const found = this.store
        .all(this.store.users)
        .filter((user) => !filter || this.behaviour.ignoresFilters || same(user.UserName, filter.AttributeValue));
      return paged('Users', found.map(userView), input);
    },
    DescribeUser: (input) => userView(this.user(textIn(input, 'UserId'))),
    ListGroups: (input) =>
      paged(
        'Groups',
        this.store
          .all(this.store.groups)
          .map(({ members: _members, ...group }) => ({ ...group, IdentityStoreId: storeId })),
        input,
      ),
    DescribeGroup: (input) => {
      const { members: _members, ...group } = this.group(textIn(input, 'GroupId'));
      return { ...group, IdentityStoreId: storeId };
    },
    ListGroupMemberships: (input) => {
      const group = this.group(textIn(input, 'GroupId'));
      const rows = Object.entries(group.members).map(([userId, id]) => membership(id, group.GroupId, userId));
      return paged('GroupMemberships', rows, input);
    },
    ListGroupMembershipsForMember: (input) => {
      const { UserId } = this.user(memberIn(input));
      const rows = this.store
        .all(this.store.groups)
        .flatMap((group) =>
          group.members[UserId] === undefined ? [] : [membership(group.members[UserId], group.GroupId, UserId)],
        );
      return paged('GroupMemberships', rows, input);
    },
    IsMemberInGroups: (input) => {
      const { UserId } = this.user(memberIn(input));
      const groupIds = input['GroupIds'] as string[];
      const Results = groupIds.map((GroupId) => ({
        GroupId,
        MemberId: { UserId },
        MembershipExists: this.store.groups.get(GroupId)?.members[UserId] !== undefined,
      }));
      return { Results };
    },
    GetGroupMembershipId: (input) => {
      const MembershipId = this.group(textIn(input, 'GroupId')).members[memberIn(input)];
      if (MembershipId === undefined) throw notThere('GROUP_MEMBERSHIP');
      return { MembershipId, IdentityStoreId: storeId };
    },
    CreateGroupMembership: (input) => {
      const group = this.group(textIn(input, 'GroupId'));
      const { UserId } = this.user(memberIn(input));
      if (group.members[UserId] !== undefined) throw new AwsRefusal('ConflictException', 'Already a member');
      return { MembershipId: this.store.put(group.GroupId, UserId), IdentityStoreId: storeId };
    },
    DeleteGroupMembership: (input) => {
      const id = textIn(input, 'MembershipId');
      for (const group of this.store.all(this.store.groups))
        for (const [userId, membershipId] of Object.entries(group.members))
          if (membershipId === id) {
            this.store.take(group.GroupId, userId);
            return {};
          }
      throw notThere('GROUP_MEMBERSHIP');
    },
  };

  private readonly adminOperations: Record<string, (input: Input) => object> = {
    ListPermissionSets: (input) =>
      paged(
        'PermissionSets',
        permissionSets.map((set) => set.PermissionSetArn),
        input,
      ),
    DescribePermissionSet: (input) => ({ PermissionSet: this.permissionSet(input) }),
    ListAccountsForProvisionedPermissionSet: (input) => {
      this.permissionSet(input);
      return paged('AccountIds', [...awsAccounts], input);
    },
    ListAccountAssignments: (input) => {
      this.permissionSet(input);
      const rows = this.store
        .all(this.store.assignments)
        .filter((row) => row.AccountId === input['AccountId'] && row.PermissionSetArn === input['PermissionSetArn']);
      return paged('AccountAssignments', rows, input);
    },
    ListAccountAssignmentsForPrincipal: (input) => {
      const id = textIn(input, 'PrincipalId');
      const around = this.store.all(this.store.groups).filter((group) => group.members[id] !== undefined);
      const principals = new Set([id, ...around.map(({ GroupId }) => GroupId)]);
      return paged(
        'AccountAssignments',
        this.store.all(this.store.assignments).filter((row) => principals.has(row.PrincipalId)),
        input,
      );
    },
    ListAccountAssignmentCreationStatus: (input) => {
      const wanted = (input['Filter'] as { Status?: string } | undefined)?.Status;
      const rows = this.store
        .all(this.store.requests)
        .filter((request) => wanted === undefined || request.Status === wanted)
        .map(({ RequestId, Status }) => ({ RequestId, Status }));
      return paged('AccountAssignmentsCreationStatus', rows, input);
    },
    DescribeAccountAssignmentCreationStatus: (input) => {
      const request = this.store.requests.get(textIn(input, 'AccountAssignmentCreationRequestId'));
      if (!request) throw notThere();
      return { AccountAssignmentCreationStatus: statusView(request) };
    },
    CreateAccountAssignment: (input) => {
      const assignment = this.assignmentIn(input);
      const Status = this.behaviour.slowAssignments ? 'IN_PROGRESS' : 'SUCCEEDED';
      const request: AssignmentRequest = { ...assignment, RequestId: this.store.nextId('request'), Status };
      this.store.requests.put(request.RequestId, request);
      if (Status === 'SUCCEEDED') this.store.assign(assignment);
      // AWS answers every creation so, however quick it is.
      return { AccountAssignmentCreationStatus: statusView({ ...request, Status: 'IN_PROGRESS' }) };
    },
    DeleteAccountAssignment: (input) => {
      const assignment = this.assignmentIn(input);
      if (!this.store.unassign(assignment)) throw notThere();
      const request: AssignmentRequest = {
        ...assignment,
        RequestId: this.store.nextId('request'),
        Status: 'IN_PROGRESS',
      };
      return { AccountAssignmentDeletionStatus: statusView(request) };
    },
  };

  private assignmentIn(input: Input): Assignment {
    this.permissionSet(input);
    const PrincipalId = textIn(input, 'PrincipalId');
    if (input['TargetType'] !== 'AWS_ACCOUNT' || input['PrincipalType'] !== 'USER')
      throw new AwsRefusal('ValidationException', 'TargetType or PrincipalType');
    if (!this.store.users.get(PrincipalId)) throw notThere();
    return {
      AccountId: textIn(input, 'TargetId'),
      PermissionSetArn: textIn(input, 'PermissionSetArn'),
      PrincipalType: 'USER',
      PrincipalId,
    };
  }

  private permissionSet(input: Input) {
    const set = permissionSets.find(({ PermissionSetArn }) => PermissionSetArn === input['PermissionSetArn']);
    if (!set) throw notThere();
    return set;
  }

  private user(id: string): StoreUser {
    const user = this.store.users.get(id);
    if (!user) throw notThere('USER');
    return user;
  }

  private group(id: string) {
    const group = this.store.groups.get(id);
    if (!group) throw notThere('GROUP');
    return group;
  }
}

function notThere(ResourceType?: string): AwsRefusal {
  return new AwsRefusal('ResourceNotFoundException', 'Not found', ResourceType === undefined ? {} : { ResourceType });
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function textIn(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== 'string') throw new AwsRefusal('ValidationException', `${name} is missing`);
  return value;
}

function memberIn(input: Input): string {
  return textIn((input['MemberId'] ?? {}) as Input, 'UserId');
}

function membership(MembershipId: string, GroupId: string, UserId: string) {
  return { IdentityStoreId: storeId, MembershipId, GroupId, MemberId: { UserId } };
}

function userView(user: StoreUser) {
  return { ...user, IdentityStoreId: storeId };
}

function statusView({ AccountId, ...request }: AssignmentRequest) {
  return { ...request, TargetId: AccountId, TargetType: 'AWS_ACCOUNT' };
}

function paged(name: string, rows: readonly unknown[], input: Input): object {
  const start = Number(input['NextToken'] ?? '0');
  const size = Number(input['MaxResults'] ?? 100);
  if (size < 1 || size > 100) throw new AwsRefusal('ValidationException', 'MaxResults');
  return {
    [name]: rows.slice(start, start + size),
    ...(start + size < rows.length ? { NextToken: String(start + size) } : {}),
  };
}
