import type { Hold } from '../../src/domain/verification/judge';
import { directoryPeople, nestedGroupId, offered } from '../company';

/** Groups with their members: the truth about who holds what. */
export class Directory {
  private readonly members = new Map<string, Set<string>>();
  /** Groups inside groups: outer to inner. */
  private readonly inner = new Map<string, Set<string>>();
  private readonly invited = new Map<string, Set<string>>();
  private readonly inactive = new Set<string>();
  private readonly gone = new Set<string>();

  constructor() {
    for (const groupId of [...offered.map((entry) => entry.groupId), nestedGroupId]) {
      this.members.set(groupId, new Set());
      this.inner.set(groupId, new Set());
      this.invited.set(groupId, new Set());
    }
  }

  add(groupId: string, userId: string): void {
    this.members.get(groupId)?.add(userId);
    this.invited.get(groupId)?.delete(userId);
  }

  remove(groupId: string, userId: string): void {
    this.members.get(groupId)?.delete(userId);
    this.invited.get(groupId)?.delete(userId);
  }

  /** The member must accept before it holds anything. */
  invite(groupId: string, userId: string): void {
    if (!this.members.get(groupId)?.has(userId)) this.invited.get(groupId)?.add(userId);
  }

  nest(outer: string, inner: string, on: boolean): void {
    if (on) this.inner.get(outer)?.add(inner);
    else this.inner.get(outer)?.delete(inner);
  }

  setActive(userId: string, active: boolean): void {
    if (active) this.inactive.delete(userId);
    else this.inactive.add(userId);
  }

  /** The account is deleted, with all its memberships, or made again without any. */
  setGone(userId: string, gone: boolean): void {
    if (!gone) {
      this.gone.delete(userId);
      return;
    }
    this.gone.add(userId);
    for (const groupId of this.members.keys()) this.remove(groupId, userId);
  }

  hold(groupId: string, userId: string): Exclude<Hold, 'unknown'> {
    if (this.members.get(groupId)?.has(userId)) return 'direct';
    for (const inner of this.inner.get(groupId) ?? []) if (this.members.get(inner)?.has(userId)) return 'indirect';
    return this.invited.get(groupId)?.has(userId) ? 'pending' : 'none';
  }

  account(userId: string): 'active' | 'inactive' | 'gone' {
    if (this.gone.has(userId)) return 'gone';
    return this.inactive.has(userId) ? 'inactive' : 'active';
  }

  user(matches: (person: (typeof directoryPeople)[number]) => boolean): (typeof directoryPeople)[number] | undefined {
    const found = directoryPeople.find(matches);
    return found && !this.gone.has(found.id) ? found : undefined;
  }
}
