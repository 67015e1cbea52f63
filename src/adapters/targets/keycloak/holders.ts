import type { Holder, Page, PageWanted } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { textIn } from '../http/json-fields';
import { idsOf } from './access';
import { entitlementOf } from './entitlement-id';
import { rolesBringing } from './every-role';
import { groupsBelow } from './groups';
import { brief, type KeycloakClient } from './keycloak-client';
import { readRole, roleOf } from './role';

/** A place where holders are listed. */
interface Place {
  readonly at: 'group' | 'role';
  readonly id: string;
}

/** A walk over such places that can be taken up again. */
interface Walk {
  readonly todo: readonly Place[];
  readonly seen: readonly string[];
  /** Where in the list of the first place. */
  readonly first?: string;
}

/**
 * Who holds an entitlement. A group: its members, then those of the groups below it. A role: those who have it by
 * themselves, then members of the groups that have it and of the groups below, then the same of every role that brings it
 * along. One page is one page of Keycloak's, so it may be short or empty; who holds it in two ways is named twice. Whoever
 * comes or goes while the pages are read may be missed until the next reading.
 */
export async function listHolders(
  client: KeycloakClient,
  entitlementId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const entitlement = entitlementOf(entitlementId);
  if (!entitlement) return { failure: 'not-found' };
  const walk = after === undefined ? await start(client, entitlement, record) : walkOf(after);
  if ('failure' in walk) return walk;
  const [place, ...todo] = walk.todo;
  if (!place) return { failure: 'bad-request' };
  const role = place.at === 'role' ? await client.one('roles-by-id', place.id, record) : undefined;
  if (role && !role.ok) return role;
  const known = role && roleOf(role.value);
  if (role && !known) return { failure: 'malformed' };
  const path = known ? [...known.path, 'users'] : ['groups', place.id, 'members'];
  const max = Math.max(1, Math.min(limit, 500));
  const page = await client.page(path, known ? {} : brief, walk.first, max, record);
  if (!page.ok) return page;
  const rows = page.value.rows.map((row): Holder => {
    const login = textIn(row, 'username');
    const hold = place.id === entitlement.id ? 'direct' : 'indirect';
    return { id: textIn(row, 'id') ?? '', ...(login === undefined ? {} : { login }), hold };
  });
  if (page.value.next !== undefined) return onward(rows, { ...walk, first: page.value.next });
  const groups = known
    ? await client.list([...known.path, 'groups'], brief, record)
    : await below(client, place.id, record);
  if (!groups.ok) return groups;
  if (!groups.value.complete) return { failure: groups.value.failure ?? 'incomplete' };
  const fresh = idsOf(groups.value.rows).filter((id) => id !== undefined && !walk.seen.includes(id)) as string[];
  const further = fresh.map((id): Place => ({ at: 'group', id }));
  return onward(rows, { todo: [...further, ...todo], seen: [...walk.seen, ...fresh] });
}

async function start(
  client: KeycloakClient,
  entitlement: NonNullable<ReturnType<typeof entitlementOf>>,
  record: AnswerRecord,
): Promise<Walk | Extract<Page<never>, { failure: unknown }>> {
  const { kind, id } = entitlement;
  if (kind === 'group') return { todo: [{ at: 'group', id }], seen: [id] };
  const role = await readRole(client, entitlement, record);
  if (!role.ok) return role;
  const roles = await rolesBringing(client, id, record);
  if (!roles.ok) return roles;
  return { todo: roles.value.map((each) => ({ at: 'role', id: each })), seen: [] };
}

async function below(client: KeycloakClient, groupId: string, record: AnswerRecord): ReturnType<typeof groupsBelow> {
  const group = await client.one('groups', groupId, record);
  return group.ok ? groupsBelow(client, group.value, record) : group;
}

function onward(rows: readonly Holder[], walk: Walk): Page<Holder> {
  return walk.todo.length === 0 ? { rows } : { rows, next: JSON.stringify(walk) };
}

/** Only the app's own `next` comes back here; anything of another form is refused. */
function walkOf(after: string): Walk | { readonly failure: 'bad-request' } {
  try {
    const walk = JSON.parse(after) as Walk;
    return Array.isArray(walk.todo) && Array.isArray(walk.seen) ? walk : { failure: 'bad-request' };
  } catch {
    return { failure: 'bad-request' };
  }
}
