import { failed, answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { PageWanted } from '../../../usecases/ports';
import { textOf, type Attributes } from './attributes';
import type { ListQuery, ResourceType, ScimClient } from './client';

/** Servers answer with at most some hundred rows; asking for more wins nothing and costs memory. */
const maxRows = 100;

export interface Step {
  readonly rows: readonly Attributes[];
  /** How many rows there are in all, as the server says. */
  readonly total: number;
  readonly next?: string;
}

/**
 * One page of a server's list, so that any other invocation can read on. Every page but the first begins with the last
 * row of the page before it: when another one stands there, the list has shifted meanwhile, rows may have been passed
 * over, and the answer is `incomplete`. So is a page without rows before the server's own total is reached.
 */
export async function walkList(
  client: ScimClient,
  type: ResourceType,
  query: ListQuery,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Answer<Step>> {
  const from = placeOf(after);
  if (!from) return failed('bad-request');
  const overlap = from.lastId === undefined ? 0 : 1;
  const startIndex = from.read + 1 - overlap;
  const page = await client.page(
    type,
    query,
    { startIndex, count: Math.max(1, Math.min(limit, maxRows)) + overlap },
    record,
  );
  if (!page.ok) return page;
  const { rows, total } = page.value;
  if (rows.some((row) => textOf(row, 'id') === undefined)) return failed('malformed');
  if (overlap === 1 && textOf(rows[0] ?? new Map(), 'id') !== from.lastId) return failed('incomplete');
  const fresh = rows.slice(overlap);
  const read = from.read + fresh.length;
  if (read >= total) return answered({ rows: fresh, total });
  const last = fresh.at(-1);
  if (last === undefined) return failed('incomplete');
  return answered({ rows: fresh, total, next: `${read}:${textOf(last, 'id') ?? ''}` });
}

function placeOf(after: string | undefined): { readonly read: number; readonly lastId?: string } | undefined {
  if (after === undefined) return { read: 0 };
  const [, read, lastId] = /^([1-9]\d{0,8}):(.+)$/su.exec(after) ?? [];
  return read === undefined || lastId === undefined ? undefined : { read: Number(read), lastId };
}
