import type { Instant } from '../../../domain/instant';
import type { HeldEntitlement, NonHumanIdentity, Page, PageWanted, TargetEntitlement } from '../../../usecases/ports';
import { answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import type { EntitlementList } from '../reading/target-system';
import { idsOf, mappedRoles } from './access';
import type { RoleKind } from './entitlement-id';
import { everyRole } from './every-role';
import { named } from './find-person';
import { groupsBelow, groupTitle } from './groups';
import { brief, type KeycloakClient } from './keycloak-client';
import { serviceAccountPrefix } from './keycloak-user';

const labels = { group: 'Group', 'realm-role': 'Realm role', 'client-role': 'Client role' };
/** Each client costs a call of its own, so a page holds few of them. */
const clientsAPage = 5;

/** Groups at all places first, then roles of the realm, then roles of clients. */
export async function listEntitlements(
  client: KeycloakClient,
  limit: number,
  record: AnswerRecord,
): Promise<Answer<EntitlementList>> {
  const top = await client.list(['groups'], brief, record, limit + 1);
  if (!top.ok) return top;
  let complete = top.value.complete;
  const groups = [...top.value.rows];
  const entitlements: TargetEntitlement[] = [];
  // An array shows what is added while it is walked through.
  for (const group of groups) {
    entitlements.push(groupEntitlement(group));
    // One more than asked for shows that these are not all.
    if (entitlements.length > limit) return answered({ entitlements, complete: false });
    const inside = await groupsBelow(client, group, record);
    if (!inside.ok) return inside;
    groups.push(...inside.value.rows);
    complete &&= inside.value.complete;
  }
  const every = await everyRole(client, record, limit + 1 - entitlements.length);
  if (!every.ok) return every;
  for (const { kind, id, name, client: owner } of every.value.roles)
    entitlements.push(roleEntitlement(kind, id, name, owner));
  return answered({ entitlements, complete: complete && every.value.complete });
}

/** What a user holds by whatever path: groups and roles of the realm first, then roles of a few clients a page. */
export async function listHeld(
  client: KeycloakClient,
  userId: string,
  { after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  const mappings = await client.object(['users', userId, 'role-mappings'], record);
  if (!mappings.ok) return { failure: mappings.failure === 'not-found' ? 'no-account' : mappings.failure };
  const own = mappedRoles(mappings.value);
  if (!own) return { failure: 'malformed' };
  const ownIds = new Set(idsOf([...own['realm-role'], ...own['client-role']]));
  const effective = async (
    kind: RoleKind,
    place: readonly string[],
    owner?: string,
  ): Promise<Answer<readonly HeldEntitlement[]>> => {
    const rows = await client.rows(['users', userId, 'role-mappings', ...place, 'composite'], brief, record);
    if (!rows.ok) return rows;
    const held = rows.value.map((row): HeldEntitlement => {
      const id = textIn(row, 'id') ?? '';
      const entitlement = roleEntitlement(kind, id, textIn(row, 'name') ?? id, owner);
      return { entitlement, hold: ownIds.has(id) ? 'direct' : 'indirect', through: [] };
    });
    return answered(held);
  };
  if (after === undefined) {
    const groups = await groupsOf(client, userId, record);
    if (!groups.ok) return groups;
    const roles = await effective('realm-role', ['realm']);
    return roles.ok ? { rows: [...groups.value, ...roles.value], next: '0' } : roles;
  }
  const page = await client.page(['clients'], {}, after, clientsAPage, record);
  if (!page.ok) return page;
  const rows: HeldEntitlement[] = [];
  for (const row of page.value.rows) {
    const id = textIn(row, 'id') ?? '';
    const roles = await effective('client-role', ['clients', id], textIn(row, 'clientId') ?? id);
    if (!roles.ok) return roles;
    rows.push(...roles.value);
  }
  return page.value.next === undefined ? { rows } : { rows, next: page.value.next };
}

/** The groups that a user is in, and those above them. */
async function groupsOf(
  client: KeycloakClient,
  userId: string,
  record: AnswerRecord,
): Promise<Answer<readonly HeldEntitlement[]>> {
  const own = await client.rows(['users', userId, 'groups'], brief, record);
  if (!own.ok) return own;
  const held = new Map<string, HeldEntitlement>();
  const climb: Array<{ readonly group: Fields; readonly through: readonly string[] }> = [];
  for (const group of own.value) climb.push({ group, through: [] });
  for (const { group, through } of climb) {
    const entitlement = groupEntitlement(group);
    if (held.has(entitlement.id)) continue;
    held.set(entitlement.id, { entitlement, hold: through.length === 0 ? 'direct' : 'indirect', through });
    const above = textIn(group, 'parentId');
    // Before version 23 Keycloak does not say by id what a group is in.
    if (above === undefined && (textIn(group, 'path') ?? '').lastIndexOf('/') > 0)
      return { ok: false, failure: 'incomplete' };
    if (above === undefined) continue;
    const parent = await client.one('groups', above, record);
    if (!parent.ok) return parent;
    climb.push({ group: parent.value, through: [textIn(group, 'name') ?? '', ...through] });
  }
  return answered([...held.values()]);
}

/** Clients that sign in by themselves, by the users that Keycloak keeps for them, with what they sign in with. */
export async function listNonHuman(
  client: KeycloakClient,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<NonHumanIdentity>> {
  const page = await client.page(['clients'], {}, after, Math.max(1, Math.min(limit, clientsAPage)), record);
  if (!page.ok) return page;
  const rows: NonHumanIdentity[] = [];
  for (const row of page.value.rows) {
    const clientId = textIn(row, 'clientId');
    const signsIn = row['serviceAccountsEnabled'];
    // A secret that may only name clients does not see which of them sign in.
    if (clientId === undefined || typeof signsIn !== 'boolean') return { failure: 'forbidden' };
    if (!signsIn) continue;
    const login = `${serviceAccountPrefix}${clientId.toLowerCase()}`;
    const users = await client.rows(['users'], named(login), record);
    if (!users.ok) return users;
    const user = users.value.find((each) => textIn(each, 'username') === login);
    if (!user) return { failure: 'incomplete' };
    rows.push({
      id: textIn(user, 'id') ?? '',
      login,
      name: textIn(row, 'name') ?? clientId,
      kind: 'service-account',
      active: row['enabled'] === true && user['enabled'] === true,
      credentials: credentialsOf(row),
    });
  }
  return page.value.next === undefined ? { rows } : { rows, next: page.value.next };
}

const credentialKinds: ReadonlyMap<string, 'secret' | 'key' | 'certificate'> = new Map([
  ['client-secret', 'secret'],
  ['client-secret-jwt', 'secret'],
  ['client-jwt', 'key'],
  ['client-x509', 'certificate'],
]);

/** Keycloak tells when a secret was made, and its end where a policy rotates secrets; of keys and last uses it tells nothing. */
function credentialsOf(row: Fields): NonHumanIdentity['credentials'] {
  const kind = credentialKinds.get(textIn(row, 'clientAuthenticatorType') ?? '');
  if (kind === undefined) return [];
  if (kind !== 'secret') return [{ id: kind, kind }];
  const attributes = fieldsOf(row['attributes']);
  const secret = (id: string, which: string): NonHumanIdentity['credentials'][number] => {
    const createdAt = instantOf(textIn(attributes, `client.secret.${which}creation.time`));
    const expiresAt = instantOf(textIn(attributes, `client.secret.${which}expiration.time`));
    return { id, kind: 'secret', ...(createdAt ? { createdAt } : {}), ...(expiresAt ? { expiresAt } : {}) };
  };
  const before = secret('secret-before', 'rotated.');
  return [secret('secret', ''), ...(before.createdAt ? [before] : [])];
}

/** Keycloak writes seconds since 1970 as text, and 0 for never. */
function instantOf(seconds: string | undefined): Instant | undefined {
  return seconds !== undefined && /^[1-9]\d{0,10}$/.test(seconds)
    ? new Date(Number(seconds) * 1000).toISOString()
    : undefined;
}

function groupEntitlement(group: Fields): TargetEntitlement {
  return { id: `group:${textIn(group, 'id') ?? ''}`, name: groupTitle(group), label: labels.group };
}

function roleEntitlement(kind: RoleKind, id: string, name: string, owner: string | undefined): TargetEntitlement {
  return { id: `${kind}:${id}`, name: owner === undefined ? name : `${name} of ${owner}`, label: labels[kind] };
}
