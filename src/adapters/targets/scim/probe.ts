import { displayText } from '../../../domain/text';
import type { AnswerRecord } from '../http/answer-record';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { textOf } from './attributes';
import type { ScimClient } from './client';
import { declaresShown } from './declared-schema';
import { groupOf } from './group';

type Found = Awaited<ReturnType<Check['run']>>;

/** How many groups are looked at for visible members; empty groups are left out by some servers' rules. */
const groupsLookedAt = 3;

const advise = failureAdvice('scim');

/** What the live test looks at once signing in works: people, and groups with their members. */
export function checksOf(client: ScimClient): readonly Check[] {
  return [
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

async function findsPeople(client: ScimClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page('Users', {}, { startIndex: 1, count: 1 }, record);
  if (!people.ok) return { ok: false, text: `People cannot be read. ${advise(people.failure)}` };
  return people.value.rows.some((row) => textOf(row, 'id') !== undefined)
    ? { ok: true, text: 'People can be read.' }
    : {
        ok: false,
        text: 'The server shows no people. Give the secret the right to read users, or assign people to the app in the target.',
      };
}

async function readsGroups(client: ScimClient, record: AnswerRecord): Promise<Found> {
  const groups = await client.page(
    'Groups',
    { attributes: 'id,displayName' },
    { startIndex: 1, count: groupsLookedAt },
    record,
  );
  if (!groups.ok) return { ok: false, text: `Groups cannot be read. ${advise(groups.failure)}` };
  const ids = groups.value.rows.map((row) => textOf(row, 'id')).filter((id) => id !== undefined);
  if (ids.length === 0) {
    return {
      ok: false,
      text: 'The server shows no groups. Give the secret the right to read groups, or create the first group.',
    };
  }
  let name = '';
  for (const id of ids.slice(0, groupsLookedAt)) {
    for (const attributes of [undefined, 'id,displayName,members']) {
      const resource = await client.get('Groups', id, record, attributes);
      if (!resource.ok)
        return {
          ok: false,
          text: `Groups are listed, but one of them cannot be read. ${advise(resource.failure)}`,
        };
      const group = groupOf(resource.value);
      if (!group)
        return {
          ok: false,
          text: `Groups are listed, but one of them cannot be understood. ${advise('malformed')}`,
        };
      if (group.members !== 'absent') return { ok: true, text: 'Groups and their members can be read.' };
      name = displayText(group.name, 80);
    }
  }
  const schemas = await client.page('Schemas', {}, 'as-the-server-likes', record);
  if (schemas.ok && declaresShown(schemas.value.rows, 'groupMembers')) {
    return {
      ok: true,
      text: 'Groups can be read. The first ones are empty; the server says that it shows members where there are some.',
    };
  }
  return {
    ok: false,
    text: `The server does not show who is a member of “${name}”. Let the secret read group members, or put somebody into a group and test again: without members, removals can be proven only where users show their groups.`,
  };
}
