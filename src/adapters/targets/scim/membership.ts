import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { direct, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import { textOf } from './attributes';
import type { ScimClient } from './client';
import { declaresShown } from './declared-schema';
import { equals } from './filter';
import { groupOf, type Group, type Member } from './group';
import { userOf, type User, type UserGroup } from './user';

/** How many groups inside groups are followed. What lies deeper makes a reading incomplete. */
const maxDepth = 5;

/** After these, another request would meet the same answer. */
const hopeless: ReadonlySet<ReadFailure> = new Set([
  'unreachable',
  'timeout',
  'not-approved',
  'refused-credentials',
  'forbidden',
  'rate-limited',
]);

/**
 * One reading of one account's memberships; resources are read at most once in it.
 *
 * What it cannot see: SCIM has no word for a membership that waits for somebody (so nothing is ever `pending`), and none
 * for a `members` list that a server cut short without saying so.
 */
export class MembershipReading implements AccessReading {
  private readonly groups = new Map<string, Promise<Answer<Group>>>();
  private own: Promise<Answer<User>> | undefined;
  private groupIds: Promise<Answer<ReadonlySet<string>>> | undefined;
  private silence: Promise<Answer<'nobody' | 'nothing'>> | undefined;

  constructor(
    private readonly client: ScimClient,
    private readonly record: AnswerRecord,
    private readonly accountId: string,
  ) {}

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
    const group = await this.group(groupId);
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
        const inner = await this.innerGroups(group);
        if (!inner.ok) return unknown(inner.failure);
        for (const id of inner.value) {
          if (seen.has(id)) continue;
          seen.add(id);
          if (depth > maxDepth) return unknown('incomplete');
          const read = await this.group(id);
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
              const silence = await this.silenceMeans();
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
      const silence = await this.silenceMeans();
      if (!silence.ok) return unknown(silence.failure);
      if (silence.value === 'nothing') return unknown('incomplete');
    }
    return none;
  }

  /**
   * What it means that neither a group shows members nor the account shows groups. `nobody` only where the server's own
   * schemas promise that both attributes are shown when there is something in them: two promises, because the silence
   * of one attribute alone is also what a server looks like that hides it.
   */
  private silenceMeans(): Promise<Answer<'nobody' | 'nothing'>> {
    return (this.silence ??= this.readSilence());
  }

  private async readSilence(): Promise<Answer<'nobody' | 'nothing'>> {
    const schemas = await this.client.page('Schemas', {}, 'as-the-server-likes', this.record);
    if (!schemas.ok) return hopeless.has(schemas.failure) ? schemas : answered('nothing');
    const { rows } = schemas.value;
    return answered(declaresShown(rows, 'groupMembers') && declaresShown(rows, 'userGroups') ? 'nobody' : 'nothing');
  }

  /** The groups in a group. Members of unsaid kind are groups when the target has a group of that id. */
  private async innerGroups(group: Group): Promise<Answer<readonly string[]>> {
    const members: readonly Member[] = group.members === 'absent' ? [] : group.members;
    const unsaid = members.some((member) => member.kind === 'unsaid');
    const known = unsaid ? await (this.groupIds ??= this.readGroupIds()) : answered(new Set<string>());
    if (!known.ok) return known;
    return answered(
      members
        .filter(({ id, kind }) => kind === 'group' || (kind === 'unsaid' && known.value.has(id)))
        .map(({ id }) => id),
    );
  }

  private group(id: string): Promise<Answer<Group>> {
    const known = this.groups.get(id);
    if (known) return known;
    const read = this.readGroup(id);
    this.groups.set(id, read);
    return read;
  }

  private async readGroup(id: string): Promise<Answer<Group>> {
    const plain = await this.groupAs(id);
    if (!plain.ok || plain.value.members !== 'absent') return plain;
    // Some servers show members only when asked by name. One that cannot do that has already answered.
    const asked = await this.groupAs(id, 'id,displayName,members');
    return asked.ok || hopeless.has(asked.failure) ? asked : plain;
  }

  private async groupAs(id: string, attributes?: string): Promise<Answer<Group>> {
    const resource = await this.client.get('Groups', id, this.record, attributes);
    if (!resource.ok) return resource;
    const group = groupOf(resource.value);
    return group ? answered(group) : failed('malformed');
  }

  private async readUser(): Promise<Answer<User>> {
    const resource = await this.client.get('Users', this.accountId, this.record);
    if (!resource.ok) return resource;
    const user = userOf(resource.value);
    return user ? answered(user) : failed('malformed');
  }

  private async readGroupIds(): Promise<Answer<ReadonlySet<string>>> {
    const listed = await this.client.list('Groups', { attributes: 'id' }, this.record);
    if (!listed.ok) return listed;
    if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
    return answered(new Set(listed.value.rows.map((row) => textOf(row, 'id') ?? '')));
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
