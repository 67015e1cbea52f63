import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import { spelled } from '../http/same-id';
import {
  direct,
  indirect,
  none,
  unknown,
  waiting,
  type AccessReading,
  type Membership,
} from '../reading/access-reading';
import { assignmentOf } from './assignment';
import { entitlementOf } from './entitlement-id';
import { fullPage, type OktaClient } from './okta-client';
import { oktaUserOf, type OktaUser } from './okta-user';

/**
 * One reading of one user's groups and app assignments; each list is read at most once in it.
 *
 * Okta's groups hold users and no groups, and what group rules assign stands among the members like everybody else. What
 * cannot be seen: rights inside an app that it keeps to itself.
 */
export class OktaReading implements AccessReading {
  private own: Promise<Answer<OktaUser>> | undefined;
  private ownGroups: Promise<Answer<readonly Fields[]>> | undefined;
  /** An app account that is switched off, as good as an account that is. */
  private assignmentOff = false;
  /** It was found that nothing is held. Then it makes no difference what becomes of the account: one call less. */
  private nothingHeld = false;

  constructor(
    private readonly client: OktaClient,
    private readonly record: AnswerRecord,
    private readonly accountId: string,
  ) {}

  /** Held, with a user who has not taken up the account yet: that is access which waits. */
  async soughtIn(entitlementId: string): Promise<Membership> {
    const membership = await this.holdOf(entitlementId);
    this.nothingHeld = false;
    if (membership.hold !== 'direct') return membership;
    const user = await this.user();
    if (!user.ok) return user.failure === 'not-found' ? membership : unknown(user.failure);
    return user.value.waiting ? waiting : membership;
  }

  async holdOf(entitlementId: string): Promise<Membership> {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return unknown('not-found');
    return entitlement.kind === 'group' ? this.inGroup(entitlement.id) : this.inApp(entitlement.id);
  }

  async account(): Promise<Answer<'active' | 'inactive' | 'unknown'>> {
    if (this.nothingHeld && !this.own) return answered('unknown');
    const user = await this.user();
    if (user.ok) return answered(this.assignmentOff ? 'inactive' : user.value.account);
    return user;
  }

  private user(): Promise<Answer<OktaUser>> {
    return (this.own ??= this.readUser());
  }

  private async inGroup(groupId: string): Promise<Membership> {
    const groups = await this.groups();
    // A user that is not there, or in no group at all although Okta puts everybody into "Everyone": the group has the word.
    if (!groups.ok) return groups.failure === 'not-found' ? this.amongMembers(groupId) : unknown(groups.failure);
    if (groups.value.length === 0) return this.amongMembers(groupId);
    const named = spelled(idsOf(groups.value), groupId);
    if (named !== 'no') return named === 'exactly' ? direct : unknown('malformed');
    // Only of a group that can be seen does it mean something that it is not in the list.
    return this.notIn(['groups', groupId]);
  }

  private async amongMembers(groupId: string): Promise<Membership> {
    const members = await this.client.list(['groups', groupId, 'users'], fullPage, this.record);
    if (!members.ok) return unknown(members.failure);
    const { rows, complete, failure } = members.value;
    const named = spelled(idsOf(rows), this.accountId);
    if (named === 'exactly') return direct;
    if (named === 'nearly') return unknown('malformed');
    // Neither side names anybody: that is also what a secret sees that may see nothing.
    return complete && rows.length > 0 ? none : unknown(failure ?? 'incomplete');
  }

  private async inApp(appId: string): Promise<Membership> {
    const row = await this.client.get(['apps', appId, 'users', this.accountId], this.record);
    if (!row.ok) {
      if (row.failure !== 'not-found') return unknown(row.failure);
      // Documented for three things that are not there: the app, the user, the assignment. So the app is asked for.
      return this.notIn(['apps', appId]);
    }
    const assignment = assignmentOf(row.value);
    if (!assignment) return unknown('malformed');
    if (assignment.state === 'waiting') return waiting;
    this.assignmentOff ||= assignment.state === 'off';
    return assignment.scope === 'user' ? direct : indirect(await this.groupsBehind(appId));
  }

  private async notIn(path: readonly [string, string]): Promise<Membership> {
    const holder = await this.client.get(path, this.record);
    this.nothingHeld = holder.ok;
    return holder.ok ? none : unknown(holder.failure);
  }

  /** Names of the user's groups that the app is given to. Without them it is indirect all the same. */
  private async groupsBehind(appId: string): Promise<readonly string[]> {
    const groups = await this.groups();
    const given = await this.client.list(['apps', appId, 'groups'], fullPage, this.record);
    if (!groups.ok || !given.ok) return [];
    const ids = new Set(given.value.rows.map((row) => textIn(row, 'id')));
    return groups.value.filter((row) => ids.has(textIn(row, 'id'))).map(groupName);
  }

  private groups(): Promise<Answer<readonly Fields[]>> {
    return (this.ownGroups ??= this.readGroups());
  }

  private async readGroups(): Promise<Answer<readonly Fields[]>> {
    const listed = await this.client.list(['users', this.accountId, 'groups'], {}, this.record);
    if (!listed.ok) return listed;
    const { rows, complete, failure } = listed.value;
    if (rows.some((row) => textIn(row, 'id') === undefined)) return failed('malformed');
    return complete ? answered(rows) : failed(failure ?? 'incomplete');
  }

  private async readUser(): Promise<Answer<OktaUser>> {
    const row = await this.client.get(['users', this.accountId], this.record);
    if (!row.ok) return row;
    const user = oktaUserOf(row.value);
    return user ? answered(user) : failed('malformed');
  }
}

/** What a group is called. */
export function groupName(row: Fields): string {
  return textIn(fieldsOf(row['profile']), 'name') ?? textIn(row, 'id') ?? '';
}

function idsOf(rows: readonly Fields[]): ReadonlyArray<string | undefined> {
  return rows.map((row) => textIn(row, 'id'));
}
