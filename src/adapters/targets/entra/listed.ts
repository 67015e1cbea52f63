import type { Json } from '../../../domain/canonical';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { pageOf, type GraphClient } from './graph-client';
import { textOf, type Row } from './graph-row';

/** All rows of a list whose first page came in a batch; a list that is not whole is a failure. */
export async function whole(
  client: GraphClient,
  first: Answer<Json>,
  record: AnswerRecord,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer<readonly Row[]>> {
  if (!first.ok) return first;
  const page = pageOf(first.value);
  if (!page.ok) return page;
  const all = await client.rest(page.value, record, headers ? { headers } : {});
  if (!all.ok) return all;
  return all.value.complete ? answered(all.value.rows) : failed(all.value.failure ?? 'incomplete');
}

/**
 * Whether an id is among the rows. `malformed` when one differs from it only in case: that does not count as held, and is
 * too near to count as not held.
 */
export function among(rows: readonly Row[], id: string, property = 'id'): Answer<boolean> {
  const ids = rows.map((row) => textOf(row, property));
  if (ids.some((each) => each === undefined)) return failed('malformed');
  if (ids.includes(id)) return answered(true);
  return ids.some((each) => each?.toLowerCase() === id) ? failed('malformed') : answered(false);
}
