import type { ReadFailure } from '../../../domain/verification/judge';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textIn } from '../http/json-fields';
import type { DirectoryClient } from './directory-client';

/** What the lists of a group and of all groups in it say. Paths are ids of the groups between, from outer to inner. */
interface Inside {
  readonly user?: readonly string[];
  /** The way to a member that is everybody in the company. */
  readonly all?: readonly string[];
  /** Whether somebody was listed without an id. */
  readonly nameless: boolean;
}

// Only what is compared: lists are long, and what is read is limited.
const query = { maxResults: '200', fields: 'kind,nextPageToken,members(id,type)' };

/**
 * Reads who is in a group, group by group, until `userId` is found. Google's own expansion of nested groups
 * (`includeDerivedMembership`) is known to leave members out, so it is not asked for. A group that cannot be read, as
 * those of other domains, and a member of a type that could be such a group fail: `incomplete`. So does a group with more
 * members than the budget of calls lets be read (200 a call).
 */
export async function lookInside(
  client: DirectoryClient,
  groupId: string,
  userId: string,
  record: AnswerRecord,
): Promise<Answer<Inside>> {
  const queue: Array<{ readonly id: string; readonly path: readonly string[] }> = [{ id: groupId, path: [] }];
  const seen = new Set([groupId]);
  let all: readonly string[] | undefined;
  let nameless = false;
  for (let group = queue.shift(); group; group = queue.shift()) {
    const listed = await client.list(['groups', group.id, 'members'], 'members', query, record);
    if (!listed.ok) return failed(inconclusive(listed.failure, group.id !== groupId));
    if (!listed.value.complete) return failed(inconclusive(listed.value.failure ?? 'incomplete', true));
    for (const row of listed.value.rows) {
      const [id, type] = [textIn(row, 'id'), row['type']];
      if (id === userId) return answered({ user: group.path, nameless });
      if (type === 'CUSTOMER') all ??= group.path;
      else if (type === 'USER') nameless ||= id === undefined;
      else if (type !== 'GROUP' || id === undefined) return failed('incomplete');
      else if (!seen.has(id)) {
        seen.add(id);
        queue.push({ id, path: [...group.path, id] });
      }
    }
  }
  return answered({ ...(all ? { all } : {}), nameless });
}

/** A 404 on a list is no word about its object, and a refusal to look into a group inside no word about the group outside. */
export function inconclusive(failure: ReadFailure, nested: boolean): ReadFailure {
  return failure === 'not-found' || (nested && (failure === 'forbidden' || failure === 'bad-request'))
    ? 'incomplete'
    : failure;
}
