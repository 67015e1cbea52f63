import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textIn, type Fields } from '../http/json-fields';
import { direct, indirect, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import type { DirectoryClient } from './directory-client';
import { groupIdOf, isUserId } from './entitlement-id';
import { lookInside } from './look-inside';

type Account = Awaited<ReturnType<AccessReading['account']>>;

/** How far up the way is looked for, to name it. That the group is held is known before. */
const maxDepth = 5;
const maxCalls = 12;

const everybody = 'Everybody in the company';

/**
 * What one user holds. `members.get` names a direct member, `hasMember` tells membership through any number of groups;
 * neither is documented to know a group whose member is everybody in the company, so absence takes `hasMember` and the
 * lists of the group and of all groups in it. Owners, managers and members are all in the group.
 */
export class WorkspaceReading implements AccessReading {
  private readonly holds = new Map<string, Promise<Membership>>();
  private user: Promise<Account> | undefined;

  constructor(
    private readonly client: DirectoryClient,
    private readonly accountId: string,
    private readonly record: AnswerRecord,
  ) {}

  /** Begins with every path there is: no to that is no to the direct one too. */
  holdOf(entitlementId: string): Promise<Membership> {
    return this.once(entitlementId, (groupId) => this.insideOf(groupId, () => this.directIn(groupId)));
  }

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.once(entitlementId, async (groupId) => {
      const own = await this.directIn(groupId);
      return own.hold === 'none' ? this.insideOf(groupId, () => Promise.resolve(own)) : own;
    });
  }

  account(): Promise<Account> {
    return (this.user ??= this.readAccount());
  }

  private async readAccount(): Promise<Account> {
    if (!isUserId(this.accountId)) return failed('not-found');
    const user = await this.client.get(['users', this.accountId], this.record);
    if (!user.ok) return user;
    return textIn(user.value, 'id') === this.accountId ? answered(stateOf(user.value)) : failed('malformed');
  }

  private once(entitlementId: string, read: (groupId: string) => Promise<Membership>): Promise<Membership> {
    const groupId = groupIdOf(entitlementId);
    if (groupId === undefined) return Promise.resolve(unknown('not-found'));
    if (!isUserId(this.accountId)) return Promise.resolve(unknown('no-account'));
    const known = this.holds.get(groupId) ?? read(groupId);
    this.holds.set(groupId, known);
    return known;
  }

  private async directIn(groupId: string): Promise<Membership> {
    const member = await this.client.get(['groups', groupId, 'members', this.accountId], this.record);
    if (member.ok) return textIn(member.value, 'id') === this.accountId ? direct : unknown('malformed');
    return member.failure === 'not-found' ? none : unknown(member.failure);
  }

  private async insideOf(groupId: string, own: () => Promise<Membership>): Promise<Membership> {
    const inside = await this.client.get(['groups', groupId, 'hasMember', this.accountId], this.record);
    if (!inside.ok) return inside.failure === 'not-found' ? this.unknownTo(groupId) : or(await own(), inside.failure);
    const { isMember } = inside.value;
    if (isMember === false) return this.listedIn(groupId, true);
    if (isMember !== true) return or(await own(), isMember === undefined ? 'incomplete' : 'malformed');
    const held = await own();
    return held.hold === 'none' ? indirect(await this.wayTo(groupId)) : held;
  }

  /** Google knows the group not, or the user not: only the group's own lists can then tell that the user is not in it. */
  private async unknownTo(groupId: string): Promise<Membership> {
    const group = await this.client.get(['groups', groupId], this.record);
    if (!group.ok) return unknown(group.failure);
    return textIn(group.value, 'id') === groupId ? this.listedIn(groupId, false) : unknown('malformed');
  }

  private async listedIn(groupId: string, denied: boolean): Promise<Membership> {
    const seen = await lookInside(this.client, groupId, this.accountId, this.record);
    if (!seen.ok) return unknown(seen.failure);
    const { user, all, nameless } = seen.value;
    if (user) return user.length === 0 ? direct : indirect(await this.namesOf(user));
    // Members from outside the company may come without an id; who asks for one by id cannot tell them apart.
    if (nameless && !denied) return unknown('incomplete');
    if (!all) return none;
    const account = await this.account();
    // Nobody else is in the company than the accounts it has.
    if (!account.ok) return account.failure === 'not-found' ? none : unknown(account.failure);
    return indirect([...(await this.namesOf(all)), everybody]);
  }

  private async namesOf(groupIds: readonly string[]): Promise<readonly string[]> {
    const names: string[] = [];
    for (const id of groupIds) {
      const group = await this.client.get(['groups', id], this.record, { fields: 'id,name' });
      names.push((group.ok ? textIn(group.value, 'name') : undefined) ?? id);
    }
    return names;
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
          const id = textIn(group, 'id') ?? '';
          if (id === groupId) return through;
          if (seen.has(id)) continue;
          seen.add(id);
          next.push({ key: id, through: [textIn(group, 'name') ?? id, ...through] });
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
): Promise<Answer<readonly Fields[]>> {
  const listed = await client.list(['groups'], 'groups', { userKey: key, maxResults: '200' }, record);
  return listed.ok ? answered(listed.value.rows) : listed;
}

function stateOf(user: Fields): 'active' | 'inactive' | 'unknown' {
  const { suspended, archived } = user;
  if (suspended === true || archived === true) return 'inactive';
  return suspended === false && (archived === false || archived === undefined) ? 'active' : 'unknown';
}

/** What was read directly, unless that is no: the other paths are then in doubt. */
function or(own: Membership, doubt: ReadFailure): Membership {
  return own.hold === 'none' ? unknown(doubt) : own;
}
