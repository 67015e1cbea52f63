import type { AnswerRecord } from '../http/answer-record';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { textOf, type IdentityCenterClient } from './identity-center-client';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('aws-identity-center');
const nobody = 'nobody-by-this-name@proofgate.invalid';

/** What the live test looks at once signing in works. AWS tells nobody what a key may do, so rights are not among it. */
export function checksOf(client: IdentityCenterClient): readonly Check[] {
  return [
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

async function findsPeople(client: IdentityCenterClient, record: AnswerRecord): Promise<Found> {
  const page = await client.page('store', 'ListUsers', 'Users', { MaxResults: 1 }, record);
  if (!page.ok) return { ok: false, text: `People cannot be read. ${advise(page.failure)}` };
  return page.value.rows.length > 0
    ? { ok: true, text: 'People can be read.' }
    : { ok: false, text: 'The identity store shows no people. Check that it is the right one.' };
}

async function honoursLookUps(client: IdentityCenterClient, record: AnswerRecord): Promise<Found> {
  const input = { Filters: [{ AttributePath: 'UserName', AttributeValue: nobody }], MaxResults: 1 };
  const page = await client.page('store', 'ListUsers', 'Users', input, record);
  if (!page.ok) return { ok: false, text: `Looking somebody up does not work. ${advise(page.failure)}` };
  return page.value.rows.length === 0
    ? { ok: true, text: 'A made-up name finds nobody.' }
    : { ok: false, text: 'The server answers a search for a made-up name with people, so its searches prove nothing.' };
}

async function readsGroups(client: IdentityCenterClient, record: AnswerRecord): Promise<Found> {
  const groups = await client.page('store', 'ListGroups', 'Groups', { MaxResults: 1 }, record);
  if (!groups.ok) return { ok: false, text: `Groups cannot be read. ${advise(groups.failure)}` };
  const id = textOf(groups.value.rows[0], 'GroupId');
  if (id === undefined) return { ok: false, text: 'There are no groups. Create the first one and test again.' };
  const input = { GroupId: id, MaxResults: 1 };
  const members = await client.page('store', 'ListGroupMemberships', 'GroupMemberships', input, record);
  if (!members.ok)
    return { ok: false, text: `Groups are listed, but their members cannot be read. ${advise(members.failure)}` };
  const sets = await client.admin('ListPermissionSets', { MaxResults: 1 }, record);
  return sets.ok
    ? { ok: true, text: 'Groups, their members and permission sets can be read.' }
    : { ok: false, text: `Groups can be read, but permission sets cannot. ${advise(sets.failure)}` };
}
