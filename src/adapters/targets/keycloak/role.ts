import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textIn, type Fields } from '../http/json-fields';
import type { KeycloakEntitlement, RoleKind } from './entitlement-id';
import type { KeycloakClient } from './keycloak-client';

/** A role, and where it stands. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly kind: RoleKind;
  /** The part of a user's role mappings that it belongs to. */
  readonly mappings: readonly string[];
  /** Its own address, by name: only there are its holders listed. */
  readonly path: readonly string[];
}

/** A RoleRepresentation; undefined when it is malformed. */
export function roleOf(row: Fields): Role | undefined {
  const [id, name, container] = [textIn(row, 'id'), textIn(row, 'name'), textIn(row, 'containerId')];
  const ofClient = row['clientRole'];
  if (id === undefined || name === undefined || container === undefined || typeof ofClient !== 'boolean')
    return undefined;
  const place = ofClient ? ['clients', container] : [];
  return {
    id,
    name,
    kind: ofClient ? 'client-role' : 'realm-role',
    mappings: ofClient ? place : ['realm'],
    path: [...place, 'roles', name],
  };
}

/** The role of an entitlement. One of the other kind is none of this entitlement's: `not-found`. */
export async function readRole(
  client: KeycloakClient,
  { kind, id }: KeycloakEntitlement,
  record: AnswerRecord,
): Promise<Answer<Role>> {
  const row = await client.one('roles-by-id', id, record);
  if (!row.ok) return row;
  const role = roleOf(row.value);
  if (!role) return failed('malformed');
  return role.kind === kind ? { ok: true, value: role } : failed('not-found');
}
