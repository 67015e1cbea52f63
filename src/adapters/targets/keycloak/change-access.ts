import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessWriter } from '../reading/apply-change';
import { entitlementOf } from './entitlement-id';
import type { KeycloakClient } from './keycloak-client';
import { readRole } from './role';

/** Puts one user into groups and gives it roles, and takes both away. What comes through another path is left alone. */
export function accessWriter(client: KeycloakClient, userId: string, record: AnswerRecord): AccessWriter {
  const change = async (entitlementId: string, how: 'give' | 'take'): Promise<Answer<unknown>> => {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return failed('not-found');
    const user = ['users', userId];
    if (entitlement.kind === 'group')
      return client.change(how === 'give' ? 'PUT' : 'DELETE', [...user, 'groups', entitlement.id], record);
    // Keycloak finds a role by its name here, and refuses it when the id is another one.
    const role = await readRole(client, entitlement, record);
    if (!role.ok) return role;
    const { id, name, mappings } = role.value;
    return client.change(how === 'give' ? 'POST' : 'DELETE', [...user, 'role-mappings', ...mappings], record, [
      { id, name },
    ]);
  };
  return { give: (id) => change(id, 'give'), take: (id) => change(id, 'take') };
}
