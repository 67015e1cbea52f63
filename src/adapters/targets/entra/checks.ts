import { displayText } from '../../../domain/text';
import type { AnswerRecord } from '../http/answer-record';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { indexed, type GraphClient } from './graph-client';
import { textOf } from './graph-row';
import { equals } from './odata';
import { judgeRights } from './rights';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('entra');
/** A name that nobody can have: the domain is kept free for such uses (RFC 2606). */
const nobody = 'nobody-by-this-name@proofgate.invalid';

/** What the live test looks at once signing in works. */
export function checksOf(client: GraphClient): readonly Check[] {
  return [
    { step: 'rights', run: (record) => rights(client, record) },
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

async function rights(client: GraphClient, record: AnswerRecord): Promise<Found> {
  const roles = await client.roles(record);
  if (!roles.ok) return { ok: false, text: `What the app may do cannot be read. ${advise(roles.failure)}` };
  if (!roles.value)
    return {
      ok: false,
      text: 'The access token does not say what the app may do. Grant application permissions and give them consent.',
    };
  const { ok, text } = judgeRights(roles.value);
  return { ok, text: displayText(text, 400) };
}

async function findsPeople(client: GraphClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['users'], { $select: 'id,accountEnabled', $top: '1' }, record);
  if (!people.ok) return { ok: false, text: `People cannot be read. ${advise(people.failure)}` };
  const [first] = people.value.rows;
  if (textOf(first, 'id') === undefined) return { ok: false, text: 'The tenant shows no people.' };
  return typeof first?.['accountEnabled'] === 'boolean'
    ? { ok: true, text: 'People can be read.' }
    : { ok: false, text: 'People are listed, but not whether their accounts are switched on. Grant User.Read.All.' };
}

async function honoursLookUps(client: GraphClient, record: AnswerRecord): Promise<Found> {
  const query = { $filter: equals('userPrincipalName', nobody), $select: 'id', $count: 'true' };
  const rows = await client.page(['users'], query, record, { headers: indexed });
  if (!rows.ok) return { ok: false, text: `Looking somebody up does not work. ${advise(rows.failure)}` };
  return rows.value.rows.length === 0
    ? { ok: true, text: 'A made-up name finds nobody.' }
    : { ok: false, text: 'The server answers a search for a made-up name with people, so its searches prove nothing.' };
}

async function readsGroups(client: GraphClient, record: AnswerRecord): Promise<Found> {
  const groups = await client.page(['groups'], { $select: 'id,displayName', $top: '1' }, record);
  if (!groups.ok) return { ok: false, text: `Groups cannot be read. ${advise(groups.failure)}` };
  const id = textOf(groups.value.rows[0], 'id');
  if (id === undefined) return { ok: false, text: 'The tenant shows no groups. Create the first one and test again.' };
  const members = await client.page(['groups', id, 'members'], { $select: 'id', $top: '1' }, record);
  return members.ok
    ? { ok: true, text: 'Groups and their members can be read.' }
    : { ok: false, text: `Groups are listed, but their members cannot be read. ${advise(members.failure)}` };
}
