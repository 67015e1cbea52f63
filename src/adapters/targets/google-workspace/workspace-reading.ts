import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { direct, indirect, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import { textOf, type DirectoryClient, type Row } from './directory-client';
import { groupIdOf, isUserId } from './entitlement-id';

type Account = Awaited<ReturnType<AccessReading['account']>>;

/** How far up the way is looked for, to name it. That the group is held is known before. */
const maxDepth = 5;
const maxCalls = 12;

/**
 * What one user holds. Google tells a direct member from `members.get` and membership through any number of groups from
 * `hasMember`; absence takes both. Owners, managers and members are all in the group.
 */
export class WorkspaceReading implements AccessReading {
  private readonly holds = new Map<string, Promise<Membership>>();
  private user: Promise<Account> | undefined;

  constructor(
    private readonly client: DirectoryClient,
    private readonly accountId: string,
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
    if (!isUserId(this.accountId)) return failed('not-found');
    const user = await this.client.get(['users', this.accountId], this.record);
    if (!user.ok) return user;
    return textOf(user.value, 'id') === this.accountId ? answered(stateOf(user.value)) : failed('malformed');
  }

  private async read(entitlementId: string): Promise<Membership> {
    const groupId = groupIdOf(entitlementId);
    if (groupId === undefined) return unknown('not-found');
    if (!isUserId(this.accountId)) return unknown('no-account');
    const member = await this.client.get(['groups', groupId, 'members', this.accountId], this.record);
    if (member.ok) return textOf(member.value, 'id') === this.accountId ? direct : unknown('malformed');
    if (member.failure !== 'not-found') return unknown(member.failure);
    const inside = await this.client.get(['groups', groupId, 'hasMember', this.accountId], this.record);
    if (!inside.ok) return inside.failure === 'not-found' ? this.holdInGroup(groupId) : unknown(inside.failure);
    const { isMember } = inside.value;
    if (isMember === true) return indirect(await this.wayTo(groupId));
    return isMember === false ? none : unknown(isMember === undefined ? 'incomplete' : 'malformed');
  }

  /** Google knows the group not, or the user not: only the group's own list can then tell that the user is not in it. */
  private async holdInGroup(groupId: string): Promise<Membership> {
    const group = await this.client.get(['groups', groupId], this.record);
    if (!group.ok) return unknown(group.failure);
    if (textOf(group.value, 'id') !== groupId) return unknown('malformed');
    const query = { includeDerivedMembership: 'true', maxResults: '200' };
    const listed = await this.client.list(['groups', groupId, 'members'], 'members', query, this.record);
    if (!listed.ok) return unknown(inconclusive(listed.failure));
    if (!listed.value.complete) return unknown(inconclusive(listed.value.failure ?? 'incomplete'));
    // Members from outside the company may come without an id; who asks for one by id cannot tell them apart.
    if (listed.value.rows.some((row) => textOf(row, 'id') === undefined && row['type'] !== 'CUSTOMER'))
      return unknown('incomplete');
    return listed.value.rows.some((row) => row['id'] === this.accountId) ? indirect([]) : none;
  }

  /** The names of the groups between, from the outer to the inner; empty when the way could not be found. */
  private async wayTo(groupId: string): Promise<readonly string[]> {
    const seen = new Set<string>();
    let calls = 0;
    let level: ReadonlyArray<{ key: string; through: readonly string[] }> = [{ key: this.accountId, through: [] }];
    for (let depth = 0; depth <= maxDepth && level.length > 0; depth += 1) {
      const next: Array<{ key: string; through: readonly string[] }> = [];
      for (const { key, through } of level) {
        if ((calls += 1) > maxCalls) return [];
        const around = await groupsAround(this.client, key, this.record);
        if (!around.ok) return [];
        for (const group of around.value) {
          const id = textOf(group, 'id') ?? '';
          if (id === groupId) return through;
          if (seen.has(id)) continue;
          seen.add(id);
          next.push({ key: id, through: [textOf(group, 'name') ?? id, ...through] });
        }
      }
      level = next;
    }
    return [];
  }
}

/** The groups that a user or group is in directly. */
async function groupsAround(
  client: DirectoryClient,
  key: string,
  record: AnswerRecord,
): Promise<Answer<readonly Row[]>> {
  const listed = await client.list(['groups'], 'groups', { userKey: key, maxResults: '200' }, record);
  return listed.ok ? answered(listed.value.rows) : listed;
}

function stateOf(user: Row): 'active' | 'inactive' | 'unknown' {
  const { suspended, archived } = user;
  if (suspended === true || archived === true) return 'inactive';
  return suspended === false && (archived === false || archived === undefined) ? 'active' : 'unknown';
}

/** A 404 on a list is no word about its object. */
function inconclusive(failure: ReadFailure): ReadFailure {
  return failure === 'not-found' ? 'incomplete' : failure;
}
