import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textIn, type Fields } from '../http/json-fields';
import { spelled } from '../http/same-id';
import { direct, indirect, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import { assignmentOf, concerns, type Assignment } from './assignment';
import type { KeystoneClient, Rows } from './client';
import { parseEntitlement } from './entitlement-id';
import { readImpliedRoles } from './implied-roles';

type RoleOn = { readonly kind: 'project' | 'domain'; readonly scopeId: string; readonly roleId: string };

/**
 * One reading of one user. Roles on projects and domains come from the list of *effective* assignments, which shows what
 * comes through groups, from above and through other roles. That list leaves out everything on the system (measured on
 * Keystone 22), so the system is read from the assignments as they were made, the user's groups and the roles that bring
 * others along. Roles that belong to a domain never stand in the effective list: nothing is concluded about them.
 */
export class KeystoneReading implements AccessReading {
  private ownUser: Promise<Answer<Fields>> | undefined;
  private ownGroups: Promise<Answer<Rows>> | undefined;

  constructor(
    private readonly client: KeystoneClient,
    private readonly record: AnswerRecord,
    private readonly userId: string,
  ) {}

  async account(): Promise<Answer<'active' | 'inactive' | 'unknown'>> {
    const user = await this.user();
    if (!user.ok) return user;
    const enabled = user.value['enabled'];
    return typeof enabled === 'boolean' ? answered(enabled ? 'active' : 'inactive') : failed('malformed');
  }

  soughtIn(entitlementId: string): Promise<Membership> {
    return this.holdOf(entitlementId);
  }

  holdOf(entitlementId: string): Promise<Membership> {
    const entitlement = parseEntitlement(entitlementId);
    if (!entitlement) return Promise.resolve(unknown('not-found'));
    switch (entitlement.kind) {
      case 'group':
        return this.inGroup(entitlement.groupId);
      case 'system':
        return this.onSystem(entitlement.roleId);
      case 'project':
      case 'domain':
        return this.on({ kind: entitlement.kind, scopeId: entitlement.scopeId, roleId: entitlement.roleId });
    }
  }

  private async inGroup(groupId: string): Promise<Membership> {
    const listed = await this.groups();
    if (listed.ok) {
      const ids = listed.value.rows.map((row) => textIn(row, 'id'));
      const named = spelled(ids, groupId);
      if (named === 'exactly') return direct;
      if (named === 'nearly' || ids.includes(undefined)) return unknown('malformed');
      if (!listed.value.complete) return unknown(listed.value.failure ?? 'incomplete');
    } else {
      if (listed.failure !== 'not-found') return unknown(listed.failure);
      // Of a user that is not there, the group has the last word.
      const member = await this.client.exists(['groups', groupId, 'users', this.userId], this.record);
      if (member.ok) return direct;
      if (member.failure !== 'not-found') return unknown(member.failure);
    }
    const group = await this.client.one('groups', groupId, this.record);
    return group.ok ? none : unknown(group.failure);
  }

  private async on({ kind, scopeId, roleId }: RoleOn): Promise<Membership> {
    const query = {
      'user.id': this.userId,
      [`scope.${kind}.id`]: scopeId,
      effective: 'true',
      include_names: 'true',
    };
    const listed = await this.assignments(query);
    if (!listed.ok) {
      if (listed.failure !== 'not-found') return unknown(listed.failure);
      const user = await this.user();
      // The user is there, so it is the project or domain that is not.
      if (user.ok || user.failure !== 'not-found') return unknown(user.ok ? 'not-found' : user.failure);
    } else {
      const { rows, complete, failure } = listed.value;
      const hold = await this.heldBy(rows, scopeId, roleId);
      if (hold) return hold;
      if (!complete) return unknown(failure ?? 'incomplete');
    }
    const role = await this.client.one('roles', roleId, this.record);
    if (!role.ok) return unknown(role.failure);
    if (role.value['domain_id'] !== null && role.value['domain_id'] !== undefined) return unknown('incomplete');
    // An unknown project is refused with the list; an unknown domain gives an empty one.
    if (kind === 'project' && listed.ok) return none;
    const scope = await this.client.one(`${kind}s`, scopeId, this.record);
    return scope.ok ? none : unknown(scope.failure);
  }

  /** What the rows come to; undefined when none of them is about this role. */
  private async heldBy(rows: readonly Assignment[], scopeId: string, roleId: string): Promise<Membership | undefined> {
    const words = rows.map((row) => ({ row, word: concerns(row, this.userId, scopeId, roleId) }));
    const held = words.filter(({ word }) => word === 'yes').map(({ row }) => row);
    if (held.some((row) => row.direct)) return direct;
    const [first] = held;
    if (first) return indirect(await this.pathOf(first, rows));
    return words.some(({ word }) => word === 'nearly') ? unknown('malformed') : undefined;
  }

  /** From the outer to the inner: the role that brings it along, the place above, the group. */
  private async pathOf(row: Assignment, rows: readonly Assignment[]): Promise<readonly string[]> {
    const { priorRoleId, inheritedFrom, groupId } = row.origin;
    const path: string[] = [];
    if (priorRoleId !== undefined)
      path.push(rows.find((other) => other.roleId === priorRoleId)?.roleName ?? priorRoleId);
    if (inheritedFrom !== undefined) path.push(inheritedFrom);
    if (groupId !== undefined) path.push(await this.groupName(groupId));
    return path;
  }

  private async groupName(groupId: string): Promise<string> {
    const groups = await this.groups();
    const group = groups.ok ? groups.value.rows.find((row) => textIn(row, 'id') === groupId) : undefined;
    return textIn(group, 'name') ?? groupId;
  }

  private async onSystem(roleId: string): Promise<Membership> {
    const listed = await this.assignments({ 'scope.system': 'all', include_names: 'true' });
    if (!listed.ok) return unknown(listed.failure);
    const rows = listed.value.rows.filter(({ scope }) => scope === 'system');
    const own = await this.heldBy(rows, 'all', roleId);
    if (own) return own;
    const implied = await readImpliedRoles(this.client, this.record);
    if (!implied.ok) return unknown(implied.failure);
    const groups = await this.groups();
    // A user that is not there is in no group; whether that is so, the reading of the account says.
    if (!groups.ok && groups.failure !== 'not-found') return unknown(groups.failure);
    const groupIds = new Set(groups.ok ? groups.value.rows.map((row) => textIn(row, 'id') ?? '') : []);
    for (const row of rows) {
      const mine = row.userId === this.userId || (row.groupId !== undefined && groupIds.has(row.groupId));
      if (!mine || !implied.value.broughtBy(row.roleId).has(roleId)) continue;
      return indirect([
        ...(row.roleId === roleId ? [] : [row.roleName]),
        ...(row.groupName === undefined ? [] : [row.groupName]),
      ]);
    }
    const incomplete = [listed, ...(groups.ok ? [groups] : [])].find(({ value }) => !value.complete);
    if (incomplete) return unknown(incomplete.value.failure ?? 'incomplete');
    const role = await this.client.one('roles', roleId, this.record);
    return role.ok ? none : unknown(role.failure);
  }

  private async assignments(
    query: Readonly<Record<string, string>>,
  ): Promise<Answer<Omit<Rows, 'rows'> & { readonly rows: readonly Assignment[] }>> {
    const listed = await this.client.list(['role_assignments'], 'role_assignments', query, this.record);
    if (!listed.ok) return listed;
    const rows = listed.value.rows.map(assignmentOf);
    return rows.includes(undefined)
      ? failed('malformed')
      : answered({ ...listed.value, rows: rows.filter((row) => row !== undefined) });
  }

  private user(): Promise<Answer<Fields>> {
    return (this.ownUser ??= this.client.one('users', this.userId, this.record));
  }

  private groups(): Promise<Answer<Rows>> {
    return (this.ownGroups ??= this.client.list(['users', this.userId, 'groups'], 'groups', {}, this.record));
  }
}
