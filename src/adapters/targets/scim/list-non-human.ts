import type { NonHumanIdentity, Page, PageWanted } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import type { ScimClient } from './client';
import { identityOf } from './identity';
import { walkList } from './walk-list';

/**
 * Service accounts and workloads: Users whose `userType` says so. Every user is looked at, because a filter that finds
 * nobody proves nothing, so a page may be short or empty and still have a next one. SCIM does not tell what they sign in
 * with.
 */
export async function listNonHuman(
  client: ScimClient,
  page: PageWanted,
  record: AnswerRecord,
): Promise<Page<NonHumanIdentity>> {
  const step = await walkList(client, 'Users', {}, page, record);
  if (!step.ok) return { failure: step.failure };
  const rows: NonHumanIdentity[] = [];
  for (const user of step.value.rows) {
    const identity = identityOf(user);
    if (!identity) return { failure: 'malformed' };
    const { id, login, name, kind, active } = identity;
    if (kind !== 'person') rows.push({ id, login, name, kind, active, credentials: [] });
  }
  return { rows, ...(step.value.next === undefined ? {} : { next: step.value.next }) };
}
