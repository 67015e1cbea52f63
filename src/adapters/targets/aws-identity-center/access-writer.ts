import { failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessWriter } from '../reading/apply-change';
import { entitlementOf, isResourceId } from './entitlement-id';
import { rowOf, textOf, type IdentityCenterClient } from './identity-center-client';

/** Puts one user into groups and gives them assignments, and takes both away. Assignments are made some time after the answer. */
export function accessWriter(client: IdentityCenterClient, userId: string, record: AnswerRecord): AccessWriter {
  const change = async (entitlementId: string, how: 'give' | 'take'): Promise<Answer<unknown>> => {
    const entitlement = entitlementOf(entitlementId);
    if (!entitlement || !isResourceId(userId)) return failed('not-found');
    if (entitlement.kind === 'group') {
      const membership = { GroupId: entitlement.groupId, MemberId: { UserId: userId } };
      if (how === 'give') return client.change('store', 'CreateGroupMembership', membership, record);
      const known = await client.store('GetGroupMembershipId', membership, record);
      if (!known.ok) return known;
      const id = textOf(known.value, 'MembershipId');
      return id === undefined
        ? failed('malformed')
        : client.change('store', 'DeleteGroupMembership', { MembershipId: id }, record);
    }
    const assignment = {
      TargetId: entitlement.accountId,
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn: entitlement.permissionSetArn,
      PrincipalType: 'USER',
      PrincipalId: userId,
    };
    const word = how === 'give' ? 'Creation' : 'Deletion';
    const operation = how === 'give' ? 'CreateAccountAssignment' : 'DeleteAccountAssignment';
    const said = await client.change('admin', operation, assignment, record);
    if (!said.ok) return said;
    const status = rowOf(said.value[`AccountAssignment${word}Status`]);
    return status?.['Status'] === 'FAILED' ? failed('bad-request') : said;
  };
  return {
    give: (entitlementId) => change(entitlementId, 'give'),
    take: (entitlementId) => change(entitlementId, 'take'),
  };
}
