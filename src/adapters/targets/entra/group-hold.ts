import { answered, failed, type Answer } from '../http/answer';
import { direct, indirect, none, unknown, type Membership } from '../reading/access-reading';
import type { AccountAsked } from './account-asked';
import { fullPage, named } from './graph-client';
import { rowOf, textOf, type Row } from './graph-row';
import { among, whole } from './listed';

/** The right without which Graph leaves the members of groups with hidden membership out, and says nothing about it. */
const seesHidden = 'Member.Read.Hidden';
/** How far the way to an inner group is looked for, to name it. That it is held is known before. */
const maxDepth = 5;
const maxCalls = 10;

/**
 * How a user is in a group. Graph is asked twice, for direct membership (`memberOf`) and for membership through any
 * number of groups (`checkMemberGroups`): absence takes both, and two answers that contradict each other are none.
 */
export async function groupHold(asked: AccountAsked, groupId: string): Promise<Membership> {
  const { client, record, accountId } = asked;
  const own = ['users', accountId];
  const said = await asked.ask({
    group: { path: ['groups', groupId], query: { $select: 'id,displayName,visibility' } },
    effective: { method: 'POST', path: [...own, 'checkMemberGroups'], body: { groupIds: [groupId] } },
    direct: { path: [...own, 'memberOf'], query: { $select: 'id', $top: fullPage } },
  });
  if (!said.ok) return unknown(said.failure);
  const { account, answers } = said.value;
  const group = answers.group.ok ? named(answers.group.value, groupId) : answers.group;
  if (!group.ok) return unknown(group.failure);
  if (account === 'gone') return holdOfGone(asked, group.value, groupId);
  const effective = answers.effective.ok ? checkedGroup(answers.effective.value, groupId) : answers.effective;
  if (!effective.ok) return unknown(inconclusive(effective.failure));
  const rows = await whole(client, answers.direct, record);
  if (!rows.ok) return unknown(inconclusive(rows.failure));
  const held = among(rows.value, groupId);
  if (!held.ok) return unknown(held.failure);
  if (held.value) return effective.value ? direct : unknown('incomplete');
  if (effective.value) return indirect(await wayIn(asked, groupId));
  return absence(asked, group.value);
}

/** A user that Graph denies: only the group itself can tell that it does not have them. */
async function holdOfGone(asked: AccountAsked, group: Row, groupId: string): Promise<Membership> {
  const { client, record, accountId } = asked;
  const query = { $select: 'id', $top: fullPage };
  const said = await client.batch(
    {
      members: { path: ['groups', groupId, 'members'], query },
      transitive: { path: ['groups', groupId, 'transitiveMembers'], query },
    },
    record,
  );
  if (!said.ok) return unknown(inconclusive(said.failure));
  for (const [answer, hold] of [
    [said.value.members, direct],
    [said.value.transitive, indirect([])],
  ] as const) {
    const rows = await whole(client, answer, record);
    if (!rows.ok) return unknown(inconclusive(rows.failure));
    const held = among(rows.value, accountId);
    if (!held.ok) return unknown(held.failure);
    if (held.value) return hold;
  }
  return absence(asked, group);
}

async function absence({ client, record }: AccountAsked, group: Row): Promise<Membership> {
  if (textOf(group, 'visibility') !== 'HiddenMembership') return none;
  const roles = await client.roles(record);
  return roles.ok && roles.value?.includes(seesHidden) ? none : unknown('incomplete');
}

/** Whether the one group that was asked for is in the answer, and nothing else. */
function checkedGroup(value: Parameters<typeof rowOf>[0], groupId: string): Answer<boolean> {
  const ids = rowOf(value)?.['value'];
  if (!Array.isArray(ids)) return failed('malformed');
  const list = ids as readonly unknown[];
  return list.every((id) => id === groupId) ? answered(list.length > 0) : failed('malformed');
}

/** A 404 on a list is no word about the group. */
function inconclusive<F extends string>(failure: F): Exclude<F, 'not-found'> | 'incomplete' {
  return failure === 'not-found' ? 'incomplete' : (failure as Exclude<F, 'not-found'>);
}

/** The names of the groups between, from the outer to the inner; empty when the way could not be found. */
async function wayIn({ client, record, accountId }: AccountAsked, groupId: string): Promise<readonly string[]> {
  const query = { $select: 'id,displayName', $top: fullPage };
  const own = ['users', accountId];
  const said = await client.batch(
    {
      all: { path: [...own, 'transitiveMemberOf'], query },
      direct: { path: [...own, 'memberOf'], query: { $select: 'id', $top: fullPage } },
    },
    record,
  );
  if (!said.ok) return [];
  const all = await whole(client, said.value.all, record);
  const ownGroups = await whole(client, said.value.direct, record);
  if (!all.ok || !ownGroups.ok) return [];
  const names = new Map(all.value.map((row) => [textOf(row, 'id') ?? '', textOf(row, 'displayName') ?? '']));
  const directly = new Set(ownGroups.value.map((row) => textOf(row, 'id')));
  const seen = new Set([groupId]);
  let level: ReadonlyArray<{ id: string; through: readonly string[] }> = [{ id: groupId, through: [] }];
  let calls = 0;
  for (let depth = 1; depth <= maxDepth && level.length > 0; depth += 1) {
    const next: Array<{ id: string; through: readonly string[] }> = [];
    for (const { id, through } of level) {
      if ((calls += 1) > maxCalls) return [];
      const path = ['groups', id, 'members', 'microsoft.graph.group'];
      const inner = await client.list(path, { $select: 'id', $top: fullPage }, record);
      if (!inner.ok) return [];
      for (const row of inner.value.rows) {
        const innerId = textOf(row, 'id') ?? '';
        const name = names.get(innerId);
        if (name === undefined || seen.has(innerId)) continue;
        seen.add(innerId);
        const way = [...through, name === '' ? innerId : name];
        if (directly.has(innerId)) return way;
        next.push({ id: innerId, through: way });
      }
    }
    level = next;
  }
  return [];
}
