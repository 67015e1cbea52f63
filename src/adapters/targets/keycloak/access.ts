import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn, type Fields } from '../http/json-fields';
import { spelled } from '../http/same-id';
import { direct, indirect, none, unknown, type AccessReading, type Membership } from '../reading/access-reading';
import { entitlementOf, isRole, type RoleEntitlement, type RoleKind } from './entitlement-id';
import { brief, type KeycloakClient } from './keycloak-client';
import { accountOf } from './keycloak-user';
import { readRole, type Role } from './role';

/**
 * One reading of one user; each thing is read at most once in it.
 *
 * Whoever is in a group is in the groups above it as well: Keycloak hands their roles down and takes the user for a
 * member (`UserModel.isMemberOf`). Roles are read as they take effect: through groups, the groups above, and roles that
 * bring others along. Lists leave out, without a word, what the secret may not see; so a list is held against its count,
 * and nothing is gone that cannot itself be seen.
 */
export class KeycloakReading implements AccessReading {
  private ownUser: Promise<Answer<Fields>> | undefined;
  private ownGroups: Promise<Answer<readonly Fields[]>> | undefined;
  private ownCount: Promise<Answer<Fields>> | undefined;
  private ownMappings: Promise<Answer<Fields>> | undefined;
  /** It was found that nothing is held. Then it makes no difference what becomes of the account: one call less. */
  private nothingHeld = false;

  constructor(
    private readonly client: KeycloakClient,
    private readonly record: AnswerRecord,
    private readonly userId: string,
  ) {}

  async account(): Promise<Answer<'active' | 'inactive' | 'unknown'>> {
    if (this.nothingHeld && !this.ownUser) return answered('unknown');
    const user = await this.user();
    return user.ok ? accountOf(user.value) : user;
  }

  /** A role that is the user's own stands in one list with all others, so that one is looked at first. */
  async soughtIn(entitlementId: string): Promise<Membership> {
    const entitlement = entitlementOf(entitlementId);
    if (entitlement && isRole(entitlement)) {
      const own = await this.mapped(entitlement);
      if (own.ok && own.value === 'exactly') return direct;
    }
    const membership = await this.holdOf(entitlementId);
    this.nothingHeld = false;
    return membership;
  }

  async holdOf(entitlementId: string): Promise<Membership> {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return unknown('not-found');
    return isRole(entitlement) ? this.withRole(entitlement) : this.inGroup(entitlement.id);
  }

  private async inGroup(groupId: string): Promise<Membership> {
    const groups = await this.groups();
    if (!groups.ok)
      return groups.failure === 'not-found'
        ? this.withoutUser(['groups', groupId, 'members'])
        : unknown(groups.failure);
    const named = spelled(idsOf(groups.value), groupId);
    if (named !== 'no') return named === 'exactly' ? direct : unknown('malformed');
    const counted = await (this.ownCount ??= this.client.object(
      ['users', this.userId, 'groups', 'count'],
      this.record,
    ));
    if (!counted.ok) return unknown(counted.failure);
    if (counted.value['count'] !== groups.value.length) return unknown('incomplete');
    const group = await this.client.one('groups', groupId, this.record);
    if (!group.ok) return unknown(group.failure);
    const path = textIn(group.value, 'path');
    if (path === undefined || groups.value.some((row) => textIn(row, 'path') === undefined))
      return unknown('malformed');
    const inside = groups.value.find((row) => textIn(row, 'parentId') === groupId || isUnder(path, row));
    if (inside) return indirect(namesBelow(path, inside));
    return this.nothing();
  }

  private async withRole(entitlement: RoleEntitlement): Promise<Membership> {
    const role = await readRole(this.client, entitlement, this.record);
    if (!role.ok) return unknown(role.failure);
    const path = ['users', this.userId, 'role-mappings', ...role.value.mappings, 'composite'];
    const effective = await this.client.rows(path, brief, this.record);
    if (!effective.ok)
      return effective.failure === 'not-found'
        ? this.withoutUser([...role.value.path, 'users'])
        : unknown(effective.failure);
    const held = spelled(idsOf(effective.value), entitlement.id);
    if (held !== 'exactly') return held === 'no' ? this.nothing() : unknown('malformed');
    const own = await this.mapped(entitlement);
    if (!own.ok) return unknown(own.failure);
    return own.value === 'exactly' ? direct : indirect(await this.through(role.value));
  }

  private nothing(): Membership {
    this.nothingHeld = true;
    return none;
  }

  /** The other side has a word too when a user is said not to be there. */
  private async withoutUser(holders: readonly string[]): Promise<Membership> {
    const user = await this.user();
    if (user.ok || user.failure !== 'not-found') return unknown(user.ok ? 'malformed' : user.failure);
    const listed = await this.client.list(holders, {}, this.record);
    if (!listed.ok) return unknown(listed.failure);
    const { rows, complete, failure } = listed.value;
    const named = spelled(idsOf(rows), this.userId);
    if (named !== 'no') return named === 'exactly' ? direct : unknown('malformed');
    return complete ? none : unknown(failure ?? 'incomplete');
  }

  /** Whether a role is among those that were given to the user and to nobody else. */
  private async mapped({ kind, id }: RoleEntitlement): Promise<Answer<ReturnType<typeof spelled>>> {
    const mappings = await this.mappings();
    if (!mappings.ok) return mappings;
    const rows = mappedRoles(mappings.value)?.[kind];
    return rows ? answered(spelled(idsOf(rows), id)) : failed('malformed');
  }

  /** Names of the user's groups that have the role, or else of the user's role that brings it along, as far as they can be seen. */
  private async through(role: Role): Promise<readonly string[]> {
    const [own, giving] = [await this.groups(), await this.client.list([...role.path, 'groups'], brief, this.record)];
    if (own.ok && giving.ok) {
      const group = giving.value.rows.find((row) => {
        const path = textIn(row, 'path') ?? '/';
        return own.value.some((mine) => textIn(mine, 'id') === textIn(row, 'id') || isUnder(path, mine));
      });
      if (group) return [textIn(group, 'name') ?? ''];
    }
    const mappings = await this.mappings();
    const roles = mappings.ok ? mappedRoles(mappings.value) : undefined;
    for (const row of [...(roles?.['realm-role'] ?? []), ...(roles?.['client-role'] ?? [])]) {
      if (row['composite'] !== true) continue;
      const inside = await this.client.rows(['roles-by-id', textIn(row, 'id') ?? '', 'composites'], {}, this.record);
      if (!inside.ok) break;
      if (idsOf(inside.value).includes(role.id)) return [textIn(row, 'name') ?? ''];
    }
    return [];
  }

  private user(): Promise<Answer<Fields>> {
    return (this.ownUser ??= this.client.one('users', this.userId, this.record));
  }

  private groups(): Promise<Answer<readonly Fields[]>> {
    return (this.ownGroups ??= this.client.rows(['users', this.userId, 'groups'], brief, this.record));
  }

  private mappings(): Promise<Answer<Fields>> {
    return (this.ownMappings ??= this.client.object(['users', this.userId, 'role-mappings'], this.record));
  }
}

/** The roles of a MappingsRepresentation, which leaves out what is empty; undefined when it is malformed. */
export function mappedRoles(mappings: Fields): Readonly<Record<RoleKind, readonly Fields[]>> | undefined {
  const ofClients = fieldsOf(mappings['clientMappings'] ?? {});
  const lists = Object.values(ofClients ?? {}).map((of) => rowsOf(fieldsOf(of)?.['mappings'] ?? []));
  const ofRealm = rowsOf(mappings['realmMappings'] ?? []);
  const known = lists.filter((list) => list !== undefined);
  if (!ofClients || !ofRealm || known.length < lists.length) return undefined;
  return { 'realm-role': ofRealm, 'client-role': known.flat() };
}

function isUnder(path: string, group: Fields): boolean {
  return textIn(group, 'path')?.startsWith(`${path}/`) === true;
}

/** Names of the groups below a path, from the outer to the inner. */
function namesBelow(path: string, group: Fields): readonly string[] {
  const own = textIn(group, 'path') ?? '';
  return own.startsWith(`${path}/`) ? own.slice(path.length + 1).split('/') : [textIn(group, 'name') ?? ''];
}

export function idsOf(rows: readonly Fields[]): ReadonlyArray<string | undefined> {
  return rows.map((row) => textIn(row, 'id'));
}
