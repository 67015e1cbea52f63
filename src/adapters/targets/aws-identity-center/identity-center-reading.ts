import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import {
  direct,
  indirect,
  none,
  unknown,
  waiting,
  type AccessReading,
  type Membership,
} from '../reading/access-reading';
import { entitlementOf, isResourceId } from './entitlement-id';
import { rowOf, rowsOf, textOf, type IdentityCenterClient, type Row } from './identity-center-client';

type Account = Awaited<ReturnType<AccessReading['account']>>;
type Inside = Answer<ReadonlySet<string>>;

/** The most groups that one question may name. */
const groupsAsked = 100;
/** Creations that run at one time are few; more than this are not looked through. */
const mostRunning = 5;

/**
 * What one user holds. Groups hold no groups here, so membership is direct or none, and AWS says either in so many words
 * (`IsMemberInGroups`). Assignments come to the user directly or through one group.
 */
export class IdentityCenterReading implements AccessReading {
  private readonly holds = new Map<string, Promise<Membership>>();
  private user: Promise<Account> | undefined;

  constructor(
    private readonly client: IdentityCenterClient,
    private readonly userId: string,
    private readonly record: AnswerRecord,
  ) {}

  holdOf(entitlementId: string): Promise<Membership> {
    const known = this.holds.get(entitlementId) ?? this.read(entitlementId);
    this.holds.set(entitlementId, known);
    return known;
  }

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.holdOf(entitlementId);
  }

  account(): Promise<Account> {
    return (this.user ??= this.readAccount());
  }

  private async readAccount(): Promise<Account> {
    if (!isResourceId(this.userId)) return failed('not-found');
    const user = await this.client.store('DescribeUser', { UserId: this.userId }, this.record);
    if (!user.ok) return user;
    if (textOf(user.value, 'UserId') !== this.userId) return failed('malformed');
    const { UserStatus: status } = user.value;
    return answered(status === 'ENABLED' ? 'active' : status === 'DISABLED' ? 'inactive' : 'unknown');
  }

  private async read(entitlementId: string): Promise<Membership> {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return unknown('not-found');
    if (!isResourceId(this.userId)) return unknown('no-account');
    return entitlement.kind === 'group'
      ? this.groupHold(entitlement.groupId)
      : this.assignmentHold(entitlement.accountId, entitlement.permissionSetArn);
  }

  private async groupHold(groupId: string): Promise<Membership> {
    const inside = await this.membershipIn([groupId]);
    if (inside.ok && inside.value.has(groupId)) return direct;
    if (!inside.ok && inside.failure !== 'not-found') return unknown(inside.failure);
    // "Not a member" of a group that is not there would be true as well.
    const group = await this.client.store('DescribeGroup', { GroupId: groupId }, this.record);
    if (!group.ok) return unknown(group.failure);
    if (textOf(group.value, 'GroupId') !== groupId) return unknown('malformed');
    if (inside.ok) return none;
    const listed = await this.listedIn([groupId]);
    if (!listed.ok) return unknown(inconclusive(listed.failure));
    return listed.value.has(groupId) ? direct : none;
  }

  private async assignmentHold(accountId: string, permissionSetArn: string): Promise<Membership> {
    const input = { AccountId: accountId, PermissionSetArn: permissionSetArn };
    const assigned = await this.client.list(
      'admin',
      'ListAccountAssignments',
      'AccountAssignments',
      { ...input, MaxResults: 100 },
      this.record,
    );
    if (!assigned.ok) return unknown(assigned.failure);
    if (!assigned.value.complete) return unknown(assigned.value.failure ?? 'incomplete');
    const { rows } = assigned.value;
    if (rows.some((row) => row['AccountId'] !== accountId || row['PermissionSetArn'] !== permissionSetArn))
      return unknown('malformed');
    const principals = (type: string): string[] =>
      rows.filter((row) => row['PrincipalType'] === type).map((row) => textOf(row, 'PrincipalId') ?? '');
    if (principals('USER').includes(this.userId)) return direct;
    if (principals('USER').some((id) => id.toLowerCase() === this.userId.toLowerCase())) return unknown('malformed');
    const groups = [...new Set(principals('GROUP'))];
    if (groups.some((id) => !isResourceId(id))) return unknown('malformed');
    for (let from = 0; from < groups.length; from += groupsAsked) {
      const some = groups.slice(from, from + groupsAsked);
      const asked = await this.membershipIn(some);
      const inside = !asked.ok && asked.failure === 'not-found' ? await this.listedIn(some) : asked;
      if (!inside.ok) return unknown(inconclusive(inside.failure));
      const [through] = inside.value;
      if (through !== undefined) return indirect([await this.nameOf(through)]);
    }
    return this.underWay(accountId, permissionSetArn);
  }

  /** An assignment that AWS is still making is not there yet, and is not absent either. */
  private async underWay(accountId: string, permissionSetArn: string): Promise<Membership> {
    const running = await this.client.list(
      'admin',
      'ListAccountAssignmentCreationStatus',
      'AccountAssignmentsCreationStatus',
      { Filter: { Status: 'IN_PROGRESS' }, MaxResults: 100 },
      this.record,
    );
    if (!running.ok) return unknown(inconclusive(running.failure));
    if (!running.value.complete || running.value.rows.length > mostRunning)
      return unknown(running.value.failure ?? 'incomplete');
    for (const row of running.value.rows) {
      const id = textOf(row, 'RequestId');
      if (id === undefined) return unknown('malformed');
      const input = { AccountAssignmentCreationRequestId: id };
      const said = await this.client.admin('DescribeAccountAssignmentCreationStatus', input, this.record);
      if (!said.ok) return unknown(inconclusive(said.failure));
      const status = rowOf(said.value['AccountAssignmentCreationStatus']);
      if (
        status?.['TargetId'] === accountId &&
        status['PermissionSetArn'] === permissionSetArn &&
        status['PrincipalId'] === this.userId &&
        status['Status'] !== 'FAILED'
      )
        return waiting;
    }
    return none;
  }

  /** Which of the groups the user is in: one answer for each group, by its very id, or none at all. */
  private async membershipIn(groupIds: readonly string[]): Promise<Inside> {
    const input = { MemberId: { UserId: this.userId }, GroupIds: groupIds };
    const said = await this.client.store('IsMemberInGroups', input, this.record);
    if (!said.ok) return said;
    const results = rowsOf(said.value, 'Results');
    if (!results || results.some((row) => this.isForSomebodyElse(row, groupIds))) return failed('malformed');
    const inside = new Set<string>();
    for (const groupId of groupIds) {
      const [result, twice] = results.filter((row) => row['GroupId'] === groupId);
      if (!result || twice || typeof result['MembershipExists'] !== 'boolean') return failed('incomplete');
      if (result['MembershipExists']) inside.add(groupId);
    }
    return answered(inside);
  }

  private isForSomebodyElse(row: Row, groupIds: readonly string[]): boolean {
    const groupId = textOf(row, 'GroupId');
    const member = rowOf(row['MemberId']);
    return groupId === undefined || !groupIds.includes(groupId) || textOf(member, 'UserId') !== this.userId;
  }

  /** The same for a user whom AWS denies: from the groups' own lists, whole. */
  private async listedIn(groupIds: readonly string[]): Promise<Inside> {
    const inside = new Set<string>();
    for (const groupId of groupIds) {
      const input = { GroupId: groupId, MaxResults: 100 };
      const listed = await this.client.list('store', 'ListGroupMemberships', 'GroupMemberships', input, this.record);
      if (!listed.ok) return listed;
      if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
      const ids = listed.value.rows.map((row) => textOf(rowOf(row['MemberId']), 'UserId'));
      if (ids.some((id) => id === undefined)) return failed('malformed');
      if (ids.includes(this.userId)) inside.add(groupId);
    }
    return answered(inside);
  }

  private async nameOf(groupId: string): Promise<string> {
    const group = await this.client.store('DescribeGroup', { GroupId: groupId }, this.record);
    return (group.ok ? textOf(group.value, 'DisplayName') : undefined) ?? groupId;
  }
}

/** A 404 on a list is no word about its object. */
function inconclusive(failure: ReadFailure): ReadFailure {
  return failure === 'not-found' ? 'incomplete' : failure;
}
