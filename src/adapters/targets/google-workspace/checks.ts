import type { AnswerRecord } from '../http/answer-record';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { textOf, type DirectoryClient } from './directory-client';
import { searchFor } from './find-person';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('google-workspace');
const scopePrefix = 'https://www.googleapis.com/auth/';
const people = `${scopePrefix}admin.directory.user.readonly`;
const groups = `${scopePrefix}admin.directory.group.readonly`;
const nobody = 'nobody-by-this-number';

/** What the live test looks at once signing in works. `scope` is what the connector asks tokens for. */
export function checksOf(client: DirectoryClient, scope: string): readonly Check[] {
  return [
    { step: 'rights', run: () => Promise.resolve(judgeScopes(scope)) },
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

/** Google gives a token exactly the scopes it was asked for, or none at all. */
export function judgeScopes(scope: string): Found {
  const asked = scope.split(' ').filter((each) => each !== '');
  const missing = [people, groups].filter((each) => !asked.includes(each));
  const excessive = asked.filter((each) => each !== people && each !== groups);
  const problems = [
    ...(missing.length === 0 ? [] : [`Missing: ${missing.join(', ')}.`]),
    ...(excessive.length === 0 ? [] : [`Reading does not need ${excessive.join(', ')}: take it out of the scope.`]),
  ];
  return problems.length === 0
    ? { ok: true, text: 'The app asks for the scopes that reading needs and no others.' }
    : { ok: false, text: problems.join(' ') };
}

async function findsPeople(client: DirectoryClient, record: AnswerRecord): Promise<Found> {
  const query = { customer: client.customer, maxResults: '1' };
  const page = await client.page(['users'], 'users', query, record);
  if (!page.ok) return { ok: false, text: `People cannot be read. ${advise(page.failure)}` };
  return page.value.rows.length > 0
    ? { ok: true, text: 'People can be read.' }
    : { ok: false, text: 'The account shows no people. Let the administrator that the app reads as see all users.' };
}

async function honoursLookUps(client: DirectoryClient, record: AnswerRecord): Promise<Found> {
  const query = { customer: client.customer, query: searchFor('externalId', nobody), maxResults: '1' };
  const page = await client.page(['users'], 'users', query, record);
  if (!page.ok) return { ok: false, text: `Looking somebody up does not work. ${advise(page.failure)}` };
  return page.value.rows.length === 0
    ? { ok: true, text: 'A made-up number finds nobody.' }
    : {
        ok: false,
        text: 'The server answers a search for a made-up number with people, so its searches prove nothing.',
      };
}

async function readsGroups(client: DirectoryClient, record: AnswerRecord): Promise<Found> {
  const query = { customer: client.customer, maxResults: '1' };
  const page = await client.page(['groups'], 'groups', query, record);
  if (!page.ok) return { ok: false, text: `Groups cannot be read. ${advise(page.failure)}` };
  const id = textOf(page.value.rows[0], 'id');
  if (id === undefined) return { ok: false, text: 'There are no groups. Create the first one and test again.' };
  const members = await client.page(['groups', id, 'members'], 'members', { maxResults: '1' }, record);
  return members.ok
    ? { ok: true, text: 'Groups and their members can be read.' }
    : { ok: false, text: `Groups are listed, but their members cannot be read. ${advise(members.failure)}` };
}
