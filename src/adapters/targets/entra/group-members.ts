import type { AnswerRecord } from '../http/answer-record';
import { indirect, none, unknown, type Membership } from '../reading/access-reading';
import { fullPage, type GraphClient } from './graph-client';
import { among } from './listed';

/** Whether an account that its own side denies still stands in one of the groups, at any depth. */
export async function membersOfAny(
  client: GraphClient,
  groupIds: readonly string[],
  accountId: string,
  record: AnswerRecord,
): Promise<Membership> {
  for (const groupId of groupIds) {
    const path = ['groups', groupId, 'transitiveMembers'];
    const listed = await client.list(path, { $select: 'id', $top: fullPage }, record);
    if (!listed.ok) return unknown(listed.failure === 'not-found' ? 'incomplete' : listed.failure);
    if (!listed.value.complete) return unknown(listed.value.failure ?? 'incomplete');
    const held = among(listed.value.rows, accountId);
    if (!held.ok) return unknown(held.failure);
    if (held.value) return indirect([groupId]);
  }
  return none;
}
