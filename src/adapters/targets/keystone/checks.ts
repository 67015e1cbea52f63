import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn } from '../http/json-fields';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import type { KeystoneClient } from './client';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('keystone');

/** Nobody has this name: a server that answers with somebody does not look for what it is asked. */
const nobody = 'nobody-has-this-name-7f3a';

/** What the live test looks at once signing in works. */
export function checksOf(client: KeystoneClient): readonly Check[] {
  return [
    { step: 'rights', run: (record) => checkRights(client, record) },
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

/** The token says which roles it carries and where. */
async function checkRights(client: KeystoneClient, record: AnswerRecord): Promise<Found> {
  const answer = await client.plain(['auth', 'tokens'], { nocatalog: 'true' }, record);
  if (!answer.ok) return { ok: false, text: `What the secret may do cannot be read. ${advise(answer.failure)}` };
  const token = fieldsOf(answer.value['token']);
  const roles = rowsOf(token?.['roles'])?.map((role) => textIn(role, 'name') ?? '');
  if (!token || !roles) return { ok: false, text: `What the secret may do cannot be read. ${advise('malformed')}` };
  const onSystem = fieldsOf(token['system'])?.['all'] === true;
  const mayChange = roles.filter((name) => name !== 'reader');
  if (onSystem && roles.includes('reader'))
    return mayChange.length === 0
      ? { ok: true, text: 'The secret may read everything and change nothing.' }
      : {
          ok: false,
          text: `The secret may do more than read (${mayChange.join(', ')}). Give its user the role reader on the system and no other.`,
        };
  if (roles.includes('admin'))
    return {
      ok: false,
      text: 'The secret carries the role admin in a project: it reads everything and may change everything. Use a user with the role reader on the system instead.',
    };
  return {
    ok: false,
    text: 'The secret does not carry the role reader on the system: what it does not see would look as if it were not there. Give its user that role.',
  };
}

async function findsPeople(client: KeystoneClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['users'], 'users', { limit: '1' }, record);
  if (!people.ok) return { ok: false, text: `People cannot be read. ${advise(people.failure)}` };
  return people.value.rows.some((row) => textIn(row, 'id') !== undefined)
    ? { ok: true, text: 'People can be read.' }
    : { ok: false, text: 'The server shows no people. Give the secret the right to read users.' };
}

async function honoursLookUps(client: KeystoneClient, record: AnswerRecord): Promise<Found> {
  const found = await client.page(['users'], 'users', { name: nobody }, record);
  if (!found.ok) return { ok: false, text: `Looking for somebody does not work. ${advise(found.failure)}` };
  return found.value.rows.length === 0
    ? { ok: true, text: 'The server looks for the one it is asked about.' }
    : {
        ok: false,
        text: 'The server answers with people it was not asked about. Check what stands between it and the app.',
      };
}

async function readsGroups(client: KeystoneClient, record: AnswerRecord): Promise<Found> {
  const groups = await client.page(['groups'], 'groups', { limit: '1' }, record);
  if (!groups.ok) return { ok: false, text: `Groups cannot be read. ${advise(groups.failure)}` };
  const assignments = await client.page(['role_assignments'], 'role_assignments', { 'scope.system': 'all' }, record);
  if (!assignments.ok) return { ok: false, text: `Roles cannot be read. ${advise(assignments.failure)}` };
  const id = groups.value.rows.map((row) => textIn(row, 'id')).find((each) => each !== undefined);
  if (id === undefined) return { ok: true, text: 'Roles can be read. There is no group yet.' };
  const members = await client.page(['groups', id, 'users'], 'users', { limit: '1' }, record);
  return members.ok
    ? { ok: true, text: 'Groups, their members and roles can be read.' }
    : { ok: false, text: `Groups are listed, but their members cannot be read. ${advise(members.failure)}` };
}
