import type { HeldEntitlement, Holder, Page, PageWanted } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { textOf, type DirectoryClient } from './directory-client';
import { groupIdOf, isUserId } from './entitlement-id';

/** A walk over groups that can be taken up again: where it is, what it still has to visit and what it has seen. */
interface Walk {
  readonly at: string;
  readonly through: readonly string[];
  readonly token?: string;
  readonly queue: ReadonlyArray<{ readonly id: string; readonly through: readonly string[] }>;
  readonly seen: readonly string[];
}

const largestPage = 200;

/**
 * Who is in a group: its own members first, then those of the groups in it. One page is one page of Google's, so it may
 * be short; who is in two of the groups is named twice. Members from outside the company have no account to name.
 */
export async function membersOf(
  client: DirectoryClient,
  entitlementId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const groupId = groupIdOf(entitlementId);
  if (groupId === undefined) return { failure: 'not-found' };
  const walk = walkOf(after, groupId);
  if (!walk) return { failure: 'bad-request' };
  const path = ['groups', walk.at, 'members'];
  const page = await client.page(path, 'members', { maxResults: pageSize(limit) }, record, walk.token);
  if (!page.ok) return { failure: page.failure };
  const rows: Holder[] = [];
  const queue = [...walk.queue];
  const seen = [...walk.seen];
  for (const row of page.value.rows) {
    const id = textOf(row, 'id');
    if (id === undefined) continue;
    if (row['type'] === 'GROUP') {
      if (!seen.includes(id)) queue.push({ id, through: [] });
      seen.push(id);
    } else if (row['type'] === 'USER') {
      const login = textOf(row, 'email');
      rows.push({ id, ...(login === undefined ? {} : { login }), hold: walk.at === groupId ? 'direct' : 'indirect' });
    }
  }
  return onward(rows, { ...walk, queue, seen }, page.value.next);
}

/** What a user is in: the groups of their own first, then the groups around those. */
export async function heldByUser(
  client: DirectoryClient,
  accountId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  if (!isUserId(accountId)) return { failure: 'no-account' };
  const walk = walkOf(after, accountId);
  if (!walk) return { failure: 'bad-request' };
  const query = { userKey: walk.at, maxResults: pageSize(limit) };
  const page = await client.page(['groups'], 'groups', query, record, walk.token);
  if (!page.ok) return { failure: page.failure === 'not-found' ? 'no-account' : page.failure };
  const rows: HeldEntitlement[] = [];
  const queue = [...walk.queue];
  const seen = [...walk.seen];
  for (const row of page.value.rows) {
    const id = textOf(row, 'id');
    if (id === undefined) return { failure: 'malformed' };
    if (seen.includes(id)) continue;
    seen.push(id);
    const name = textOf(row, 'name') ?? id;
    queue.push({ id, through: [name, ...walk.through] });
    rows.push({
      entitlement: { id: `group:${id}`, name, label: 'Group' },
      hold: walk.at === accountId ? 'direct' : 'indirect',
      through: walk.through,
    });
  }
  return onward(rows, { ...walk, queue, seen }, page.value.next);
}

function pageSize(limit: number): string {
  return String(Math.max(1, Math.min(largestPage, limit)));
}

function onward<T>(rows: readonly T[], walk: Walk, token: string | undefined): Page<T> {
  if (token !== undefined) return { rows, next: JSON.stringify({ ...walk, token }) };
  const [first, ...queue] = walk.queue;
  if (!first) return { rows };
  return {
    rows,
    next: JSON.stringify({ at: first.id, through: first.through, queue, seen: walk.seen } satisfies Walk),
  };
}

/** Only the app's own `next` comes back here; anything of another form is refused. */
function walkOf(after: string | undefined, start: string): Walk | undefined {
  if (after === undefined) return { at: start, through: [], queue: [], seen: [start] };
  try {
    const walk = JSON.parse(after) as Walk;
    return typeof walk.at === 'string' && [walk.through, walk.queue, walk.seen].every(Array.isArray) ? walk : undefined;
  } catch {
    return undefined;
  }
}
