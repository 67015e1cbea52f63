import type { Store, Table } from '../contracts';

export interface Member {
  value: string;
  type: 'User' | 'Group';
}

export interface HeldGroup {
  id: string;
  type: 'direct' | 'indirect';
}

/** Who is in which group, kept in both directions so that neither question scans the directory. */
export class Memberships {
  private readonly members: Table<Member['type']>;
  private readonly holders: Table<Member['type']>;

  constructor(store: Store) {
    this.members = store.table('scim-members');
    this.holders = store.table('scim-member-of');
  }

  of(groupId: string): Member[] {
    return this.members.entries({ prefix: `${groupId}/` }).map(([key, type]) => ({ value: second(key), type }));
  }

  /** The groups somebody is in: directly, and through groups that are themselves members. Direct wins; cycles end. */
  held(memberId: string): HeldGroup[] {
    const held = new Map<string, HeldGroup['type']>(this.directGroups(memberId).map((id) => [id, 'direct']));
    // A map's iterator also visits what is added while it runs.
    for (const [id] of held) {
      for (const outer of this.directGroups(id)) if (!held.has(outer)) held.set(outer, 'indirect');
    }
    return [...held].map(([id, type]) => ({ id, type }));
  }

  replace(groupId: string, members: readonly Member[]): void {
    const wanted = new Map(members.map((member) => [member.value, member.type]));
    for (const { value } of this.of(groupId)) if (!wanted.delete(value)) this.remove(groupId, value);
    for (const [value, type] of wanted) {
      this.members.put(`${groupId}/${value}`, type);
      this.holders.put(`${value}/${groupId}`, type);
    }
  }

  dropGroup(groupId: string): void {
    for (const { value } of this.of(groupId)) this.remove(groupId, value);
  }

  /** Takes a member out of every group and tells which those were. */
  dropMember(memberId: string): string[] {
    const groupIds = this.directGroups(memberId);
    for (const groupId of groupIds) this.remove(groupId, memberId);
    return groupIds;
  }

  private directGroups(memberId: string): string[] {
    return this.holders.entries({ prefix: `${memberId}/` }).map(([key]) => second(key));
  }

  private remove(groupId: string, memberId: string): void {
    this.members.remove(`${groupId}/${memberId}`);
    this.holders.remove(`${memberId}/${groupId}`);
  }
}

const second = (key: string) => key.slice(key.indexOf('/') + 1);
