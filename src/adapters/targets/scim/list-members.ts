import type { Holder, Page, PageWanted } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { listOf, textOf, type Attributes } from './attributes';
import type { ScimClient } from './client';
import { equals } from './filter';
import type { Group } from './group';
import { GroupReader, hopeless } from './group-reader';
import { pageById } from './page-by-id';
import { walkList } from './walk-list';

/** What is read of one group before its members are listed the other way. Some two thousand members. */
const groupBytes = 256 * 1024;
/** Where a list that is read on was read from: the rest of `next` is that reader's own. */
const byMembers = 'members:';
const byUsers = 'users:';

/**
 * Who holds a group, in pages. The group's own `members` say it, with the groups in it. Where they are too many for one
 * answer, or are not shown, the users are asked for, filtered by `groups.value`: SCIM has no pages inside a group. Each
 * row then has to show the group itself, and nested access counts as far as the server's users show it.
 */
export async function listMembers(
  client: ScimClient,
  groupId: string,
  page: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const { limit, after } = page;
  if (after?.startsWith(byUsers) === true)
    return membersByUsers(client, groupId, { limit, after: after.slice(byUsers.length) }, record);
  if (after !== undefined && !after.startsWith(byMembers)) return { failure: 'bad-request' };
  const groups = new GroupReader(client, record, groupBytes);
  const holders = await holdersOf(groups, groupId);
  if (holders.ok) return holders.value === 'not-shown' ? silentGroup() : shown(holders.value);
  return holders.failure === 'too-large' && after === undefined
    ? membersByUsers(client, groupId, { limit }, record)
    : { failure: holders.failure };

  function shown(all: readonly Holder[]): Page<Holder> {
    const { rows, next } = pageById(all, {
      limit,
      ...(after === undefined ? {} : { after: after.slice(byMembers.length) }),
    });
    return { rows, ...(next === undefined ? {} : { next: `${byMembers}${next}` }) };
  }

  async function silentGroup(): Promise<Page<Holder>> {
    const silence = await groups.silenceMeans();
    if (!silence.ok) return { failure: silence.failure };
    return silence.value === 'nobody' ? { rows: [] } : membersByUsers(client, groupId, { limit }, record);
  }
}

/** Everybody in a group and in the groups in it, each once, direct before indirect. */
async function holdersOf(groups: GroupReader, groupId: string): Promise<Answer<readonly Holder[] | 'not-shown'>> {
  const holders = new Map<string, Holder>();
  const seen = new Set([groupId]);
  let waiting: readonly string[] = [groupId];
  while (waiting.length > 0) {
    const found: string[] = [];
    for (const id of waiting) {
      const group = await groups.group(id);
      if (!group.ok) return group;
      // One group in many that is silent makes the whole list doubtful.
      if (group.value.members === 'absent') {
        if (id === groupId) return answered('not-shown');
        const silence = await groups.silenceMeans();
        if (!silence.ok) return silence;
        if (silence.value === 'nothing') return failed('incomplete');
      }
      const inner = await groups.innerGroups(group.value);
      if (!inner.ok) return inner;
      for (const member of accountsIn(group.value, inner.value))
        if (!holders.has(member)) holders.set(member, { id: member, hold: id === groupId ? 'direct' : 'indirect' });
      for (const next of inner.value) {
        if (seen.has(next)) continue;
        seen.add(next);
        found.push(next);
      }
    }
    waiting = found;
  }
  return answered([...holders.values()]);
}

function accountsIn(group: Group, inner: readonly string[]): readonly string[] {
  const groups = new Set(inner);
  return group.members === 'absent' ? [] : group.members.map(({ id }) => id).filter((id) => !groups.has(id));
}

async function membersByUsers(
  client: ScimClient,
  groupId: string,
  page: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const query = { filter: equals('groups.value', groupId), attributes: 'id,userName,groups' };
  const step = await walkList(client, 'Users', query, page, record);
  // What the server does not know to look for cannot be listed in pages.
  if (!step.ok) return { failure: hopeless.has(step.failure) ? step.failure : notListed(step.failure) };
  // A group that is too large for one answer, or hides its members, is not proven empty by a filter that finds nobody.
  if (step.value.total === 0) return { failure: 'incomplete' };
  const rows: Holder[] = [];
  for (const user of step.value.rows) {
    const hold = holdShown(user, groupId);
    // The filter was ignored, or nobody can say whether it was.
    if (hold === undefined) return { failure: 'incomplete' };
    const login = textOf(user, 'userName');
    rows.push({ id: textOf(user, 'id') ?? '', hold, ...(login === undefined ? {} : { login }) });
  }
  return { rows, ...(step.value.next === undefined ? {} : { next: `${byUsers}${step.value.next}` }) };
}

function notListed(failure: Extract<Page<Holder>, { failure: unknown }>['failure']): typeof failure {
  return failure === 'bad-request' ? 'too-large' : failure;
}

function holdShown(user: Attributes, groupId: string): Holder['hold'] | undefined {
  const groups = listOf(user, 'groups');
  if (groups === undefined || groups === 'absent') return undefined;
  const entry = groups.find((group) => textOf(group, 'value') === groupId);
  if (!entry) return undefined;
  return textOf(entry, 'type')?.toLowerCase() === 'indirect' ? 'indirect' : 'direct';
}
