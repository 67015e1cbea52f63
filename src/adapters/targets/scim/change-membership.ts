import type { Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { AccessWriter } from '../reading/apply-change';
import type { ScimClient } from './client';
import { equals } from './filter';

/** Puts one account into groups and takes it out of them, with PATCH (RFC 7644 3.5.2). */
export function membershipWriter(client: ScimClient, accountId: string, record: AnswerRecord): AccessWriter {
  const patch = (groupId: string, operation: Parameters<ScimClient['patch']>[2][number]): Promise<Answer<unknown>> =>
    client.patch('Groups', groupId, [operation], record);
  return {
    give: (groupId) => patch(groupId, { op: 'add', path: 'members', value: [{ value: accountId }] }),
    // The path selects one value. `remove` on `members` with a value would empty the group on servers that go by the RFC.
    take: (groupId) => patch(groupId, { op: 'remove', path: `members[${equals('value', accountId)}]` }),
  };
}
