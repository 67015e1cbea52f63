import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textIn } from '../http/json-fields';
import { idsOf } from './access';
import { brief, type KeycloakClient } from './keycloak-client';
import { roleOf, type Role } from './role';

export interface KnownRole extends Role {
  /** What the client of a client role is called. */
  readonly client?: string;
  readonly composite: boolean;
}

interface Roles {
  readonly roles: readonly KnownRole[];
  readonly complete: boolean;
}

/**
 * The roles of the realm first, then those of client after client, until `enough` are there or the budget is used up. One
 * call a client: Keycloak has no list of them all.
 */
export async function everyRole(
  client: KeycloakClient,
  record: AnswerRecord,
  enough = Infinity,
): Promise<Answer<Roles>> {
  const clients = await client.list(['clients'], {}, record);
  if (!clients.ok) return clients;
  const roles: KnownRole[] = [];
  for (const owner of [undefined, ...clients.value.rows]) {
    if (roles.length >= enough) return answered({ roles, complete: false });
    const name = textIn(owner, 'clientId') ?? textIn(owner, 'id');
    const path = owner ? ['clients', textIn(owner, 'id') ?? '', 'roles'] : ['roles'];
    const rows = await client.rows(path, brief, record);
    if (!rows.ok) return rows.failure === 'incomplete' && owner ? answered({ roles, complete: false }) : rows;
    for (const row of rows.value) {
      const role = roleOf(row);
      if (!role) return failed('malformed');
      roles.push({ ...role, ...(name === undefined ? {} : { client: name }), composite: row['composite'] === true });
    }
  }
  return answered({ roles, complete: clients.value.complete });
}

/**
 * The role itself and every role that brings it along, over any number of steps. Keycloak tells only what is in a role
 * and not what it is in, so every composite role is looked into; less than all of them is a failure.
 */
export async function rolesBringing(
  client: KeycloakClient,
  roleId: string,
  record: AnswerRecord,
): Promise<Answer<readonly string[]>> {
  const every = await everyRole(client, record);
  if (!every.ok) return every;
  if (!every.value.complete) return failed('incomplete');
  const around = new Map<string, string[]>();
  for (const { id } of every.value.roles.filter(({ composite }) => composite)) {
    const inside = await client.rows(['roles-by-id', id, 'composites'], {}, record);
    if (!inside.ok) return inside;
    for (const inner of idsOf(inside.value)) around.set(inner ?? '', [...(around.get(inner ?? '') ?? []), id]);
  }
  const all = new Set([roleId]);
  // A set shows what is added while it is walked through.
  for (const id of all) for (const outer of around.get(id) ?? []) all.add(outer);
  return answered([...all]);
}
