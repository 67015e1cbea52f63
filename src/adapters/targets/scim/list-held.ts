import type { HeldEntitlement, Page, PageWanted } from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { textOf } from './attributes';
import type { ScimClient } from './client';
import { groupOf, type Group } from './group';
import { GroupReader } from './group-reader';
import { pageById } from './page-by-id';
import { userOf, type UserGroup } from './user';

interface Held extends HeldEntitlement {
  readonly id: string;
}

/**
 * The groups that an account is in, in pages: as its own resource says (RFC 7643 4.1.2 has nested and computed ones in
 * it), or, where the server does not show that, as all groups say together.
 */
export async function listHeld(
  client: ScimClient,
  accountId: string,
  page: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  const resource = await client.get('Users', accountId, record);
  if (!resource.ok) return { failure: resource.failure === 'not-found' ? 'no-account' : resource.failure };
  const user = userOf(resource.value);
  if (!user) return { failure: 'malformed' };
  const held =
    user.groups === 'absent' ? await heldByGroups(client, accountId, record) : answered(user.groups.map(own));
  if (!held.ok) return { failure: held.failure };
  const { rows, next } = pageById(held.value, page);
  return {
    rows: rows.map(({ entitlement, hold, through }) => ({ entitlement, hold, through })),
    ...(next === undefined ? {} : { next }),
  };
}

function own({ id, name, path }: UserGroup): Held {
  // Servers that leave the type out show what is assigned.
  return { id, entitlement: { id, name: name ?? id }, hold: path === 'indirect' ? 'indirect' : 'direct', through: [] };
}

async function heldByGroups(
  client: ScimClient,
  accountId: string,
  record: AnswerRecord,
): Promise<Answer<readonly Held[]>> {
  const groups = await allGroups(client, record);
  if (!groups.ok) return groups;
  const held = new Map<string, Held>();
  // Outwards from the account: whoever has a group has the groups that it is in.
  let level: ReadonlyArray<{ readonly memberId: string; readonly through: readonly string[] }> = [
    { memberId: accountId, through: [] },
  ];
  while (level.length > 0) {
    const outer: Array<{ memberId: string; through: readonly string[] }> = [];
    for (const { memberId, through } of level)
      for (const { id, name, members } of groups.value) {
        if (held.has(id) || members === 'absent' || !members.some((member) => member.id === memberId)) continue;
        const hold = memberId === accountId ? 'direct' : 'indirect';
        held.set(id, { id, entitlement: { id, name }, hold, through });
        outer.push({ memberId: id, through: [name, ...through] });
      }
    level = outer;
  }
  return answered([...held.values()]);
}

/** All groups with their members; `incomplete` when one of them is silent about its members and that may mean anything. */
async function allGroups(client: ScimClient, record: AnswerRecord): Promise<Answer<readonly Group[]>> {
  const listed = await client.list('Groups', { attributes: 'id,displayName,members' }, record);
  if (!listed.ok) return listed;
  if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
  const groups: Group[] = [];
  for (const row of listed.value.rows) {
    const group = textOf(row, 'id') === undefined ? undefined : groupOf(row);
    if (!group) return failed('malformed');
    groups.push(group);
  }
  if (groups.every(({ members }) => members !== 'absent')) return answered(groups);
  const silence = await new GroupReader(client, record).silenceMeans();
  if (!silence.ok) return silence;
  return silence.value === 'nobody' ? answered(groups) : failed('incomplete');
}
