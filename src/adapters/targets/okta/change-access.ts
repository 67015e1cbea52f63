import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessWriter } from '../reading/apply-change';
import { entitlementOf } from './entitlement-id';
import type { OktaClient } from './okta-client';

/** Puts one user into groups and apps and takes the user out of them. What comes through a group is left alone. */
export function accessWriter(client: OktaClient, accountId: string, record: AnswerRecord): AccessWriter {
  const change = async (entitlementId: string, how: 'give' | 'take'): Promise<Answer<unknown>> => {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement) return failed('not-found');
    const { kind, id } = entitlement;
    if (kind === 'group')
      return client.change(how === 'give' ? 'PUT' : 'DELETE', ['groups', id, 'users', accountId], record);
    return how === 'give'
      ? client.change('POST', ['apps', id, 'users'], record, { id: accountId, scope: 'USER' })
      : client.change('DELETE', ['apps', id, 'users', accountId], record);
  };
  return { give: (id) => change(id, 'give'), take: (id) => change(id, 'take') };
}
