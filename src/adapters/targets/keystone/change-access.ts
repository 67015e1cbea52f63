import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessWriter } from '../reading/apply-change';
import type { KeystoneClient } from './client';
import { parseEntitlement, type KeystoneEntitlement } from './entitlement-id';

/** Puts one user into groups and gives it roles, and takes both away: PUT and DELETE on the very object. */
export function accessWriter(client: KeystoneClient, userId: string, record: AnswerRecord): AccessWriter {
  const change = (method: 'PUT' | 'DELETE', entitlementId: string): Promise<Answer<unknown>> => {
    const entitlement = parseEntitlement(entitlementId);
    return entitlement
      ? client.change(method, pathOf(entitlement, userId), record)
      : Promise.resolve(failed('not-found'));
  };
  return {
    give: (entitlementId) => change('PUT', entitlementId),
    take: (entitlementId) => change('DELETE', entitlementId),
  };
}

function pathOf(entitlement: KeystoneEntitlement, userId: string): readonly string[] {
  if (entitlement.kind === 'group') return ['groups', entitlement.groupId, 'users', userId];
  const { kind, scopeId, roleId } = entitlement;
  return [...(kind === 'system' ? ['system'] : [`${kind}s`, scopeId]), 'users', userId, 'roles', roleId];
}
