import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { direct, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import { textOf } from './attributes';
import type { ScimClient } from './client';
import { equals } from './filter';
import { groupOf, type Group } from './group';
import { GroupReader, hopeless } from './group-reader';
import { userOf, type User, type UserGroup } from './user';

/** How many groups inside groups are followed. What lies deeper makes a reading incomplete. */
const maxDepth = 5;

/**
 * One reading of one account's memberships; resources are read at most once in it.
 *
 * What it cannot see: SCIM has no word for a membership that waits for somebody (so nothing is ever `pending`), and none
 * for a `members` list that a server cut short without saying so.
 */
export class MembershipReading implements AccessReading {
  private readonly groups: GroupReader;
  private own: Promise<Answer<User>> | undefined;

  constructor(
    private readonly client: ScimClient,
    private readonly record: AnswerRecord,
    private readonly accountId: string,
  ) {
    this.groups = new GroupReader(client, record);
  }

  /** The account's own resource; `not-found` when the server has none with this id. */
  user(): Promise<Answer<User>> {
    return (this.own ??= this.readUser());
  }

  async account(): Promise<Answer<User['account']>> {
    const user = await this.user();
    return user.ok ? answered(user.value.account) : user;
  }

  /**
   * How the account holds a group, looking for a direct membership first: one request when it is there, on servers that
   * can filter. The filter only finds; what counts is the row's own members.
   */
  async soughtIn(groupId: string): Promise<Membership> {
    const filter = `${equals('id', groupId)} and ${equals('members.value', this.accountId)}`;
    const page = await this.client.page('Groups', { filter }, 'as-the-server-likes', this.record);
    if (!page.ok) return hopeless.has(page.failure) ? unknown(page.failure) : this.holdOf(groupId);
    const [row, ...others] = page.value.rows;
    if (row && others.length === 0 && textOf(row, 'id') === groupId) {
      const group = groupOf(row);
      if (group && lists(group, this.accountId)) return direct;
    }
    // No row, or not this one: either the account is no member or the server filters otherwise than it should.
    return this.holdOf(groupId);
  }

  /** How the account holds a group, complete: by itself, through groups in it, or as its own resource says. */
  async holdOf(groupId: string): Promise<Membership> {
    const group = await this.groups.group(groupId);
    if (!group.ok) return unknown(group.failure);
    if (lists(group.value, this.accountId)) return direct;
    if (listsAlike(group.value, this.accountId)) return unknown('malformed');

    const user = await this.user();
    if (!user.ok && user.failure !== 'not-found') return unknown(user.failure);
    const own = user.ok ? user.value.groups : 'absent';

    const nested = await this.nestedHold(group.value, own);
    if (nested.hold !== 'none') return nested;
    return this.ownWord(group.value, own);
  }

  /** Breadth first, so that the shortest path is named. */
  private async nestedHold(start: Group, own: User['groups']): Promise<Membership> {
    const seen = new Set([start.id]);
    let level: ReadonlyArray<{ group: Group; through: readonly string[] }> = [{ group: start, through: [] }];
    let doubt: ReadFailure | undefined;
    for (let depth = 1; level.length > 0; depth += 1) {
      const next: Array<{ group: Group; through: readonly string[] }> = [];
      for (const { group, through } of level) {
        const inner = await this.groups.innerGroups(group);
        if (!inner.ok) return unknown(inner.failure);
        for (const id of inner.value) {
          if (seen.has(id)) continue;
          seen.add(id);
          if (depth > maxDepth) return unknown('incomplete');
          const read = await this.groups.group(id);
          if (!read.ok) {
            // Also a 404: a group that cannot be seen is not a group that gives nothing.
            if (hopeless.has(read.failure)) return unknown(read.failure);
            doubt ??= read.failure;
            continue;
          }
          const path = [...through, read.value.name];
          if (lists(read.value, this.accountId)) return { hold: 'indirect', through: path };
          if (listsAlike(read.value, this.accountId)) doubt ??= 'malformed';
          if (read.value.members === 'absent') {
            if (own !== 'absent' && own.some((entry) => entry.id === id)) return { hold: 'indirect', through: path };
            if (own === 'absent') {
              const silence = await this.groups.silenceMeans();
              if (!silence.ok) return unknown(silence.failure);
              if (silence.value === 'nothing') doubt ??= 'incomplete';
            }
          }
          next.push({ group: read.value, through: path });
        }
      }
      level = next;
    }
    return doubt === undefined ? none : unknown(doubt);
  }

  /** What the account's own resource adds when no group lists the account. */
  private async ownWord(group: Group, own: User['groups']): Promise<Membership> {
    const entry = own === 'absent' ? undefined : own.find(({ id }) => id === group.id);
    if (entry) return wordOf(entry.path, group.members !== 'absent');
    if (group.members === 'absent' && own === 'absent') {
      const silence = await this.groups.silenceMeans();
      if (!silence.ok) return unknown(silence.failure);
      if (silence.value === 'nothing') return unknown('incomplete');
    }
    return none;
  }

  private async readUser(): Promise<Answer<User>> {
    const resource = await this.client.get('Users', this.accountId, this.record);
    if (!resource.ok) return resource;
    const user = userOf(resource.value);
    return user ? answered(user) : failed('malformed');
  }
}

/** An account's own word that it is in a group; `denied` when the group shows its members and the account is not among them. */
function wordOf(path: UserGroup['path'], denied: boolean): Membership {
  // Two resources that contradict each other: one of them is out of date.
  if (path === 'direct') return denied ? unknown('incomplete') : direct;
  // Without a type, membership by rule cannot be told from direct membership unless the group has denied the latter.
  if (path === 'unsaid' && !denied) return unknown('incomplete');
  return { hold: 'indirect', through: [] };
}

function lists(group: Group, accountId: string): boolean {
  return group.members !== 'absent' && group.members.some((member) => member.id === accountId);
}

/**
 * A member that is the account but for case or encoding. Ids are compared exactly, so it does not count as held; and it
 * is too near to count as not held.
 */
function listsAlike(group: Group, accountId: string): boolean {
  const alike = folded(accountId);
  return group.members !== 'absent' && group.members.some((member) => folded(member.id) === alike);
}

function folded(id: string): string {
  let decoded = id;
  try {
    decoded = decodeURIComponent(id);
  } catch {
    // A percent sign that begins no escape stands for itself.
  }
  return decoded.normalize('NFKC').trim().toLowerCase();
}
