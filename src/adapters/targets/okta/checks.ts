import { displayText } from '../../../domain/text';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn } from '../http/json-fields';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { equals, type OktaClient } from './okta-client';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('okta');
/** `okta.x.manage` holds everything that `okta.x.read` does. */
const needed = ['okta.users', 'okta.groups', 'okta.apps'];
/** The one standard role that reads and nothing else. */
const readingRole = 'READ_ONLY_ADMIN';
const nobody = 'nobody.at.all@proofgate.invalid';

/** What the live test looks at once signing in works. */
export function checksOf(client: OktaClient): readonly Check[] {
  return [
    { step: 'rights', run: (record) => rights(client, record) },
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

async function rights(client: OktaClient, record: AnswerRecord): Promise<Found> {
  const claims = await client.claims(record);
  if (!claims.ok) return { ok: false, text: `The rights cannot be read. ${advise(claims.failure)}` };
  const scopes = claims.value?.['scp'];
  return Array.isArray(scopes)
    ? scopeRights(new Set(scopes.filter((scope) => typeof scope === 'string')))
    : tokenRights(client, record);
}

function scopeRights(scopes: ReadonlySet<string>): Found {
  const missing = needed.filter((area) => !scopes.has(`${area}.read`) && !scopes.has(`${area}.manage`));
  const excessive = [...scopes].filter((scope) => !needed.some((area) => scope === `${area}.read`));
  if (missing.length > 0)
    return { ok: false, text: `Scopes are missing: ${missing.map((area) => `${area}.read`).join(', ')}.` };
  return excessive.length === 0
    ? { ok: true, text: 'The token has the scopes that reading needs, and no others.' }
    : { ok: false, text: `The token has scopes that reading does not need: ${shown(excessive)}. Take them away.` };
}

/** An API token has the rights of whoever made it. */
async function tokenRights(client: OktaClient, record: AnswerRecord): Promise<Found> {
  const self = await client.self(record);
  const id = self.ok ? textIn(self.value, 'id') : undefined;
  const roles = id === undefined ? undefined : await client.list(['users', id, 'roles'], {}, record);
  if (!roles?.ok)
    return {
      ok: true,
      text: 'Okta does not show what this API token may do: make sure that a read-only administrator made it. Scopes of an OAuth service app can be checked here.',
    };
  const types = roles.value.rows.map((row) => textIn(row, 'type') ?? 'CUSTOM');
  const excessive = types.filter((type) => type !== readingRole && type !== 'CUSTOM');
  if (excessive.length > 0)
    return {
      ok: false,
      text: `The API token has the rights of its maker, who is more than a read-only administrator: ${shown(excessive)}. Use a token of a read-only administrator.`,
    };
  return { ok: true, text: 'The API token was made by an administrator who may only read.' };
}

async function findsPeople(client: OktaClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['users'], { limit: '1' }, undefined, record);
  if (!people.ok) return { ok: false, text: `People cannot be read. ${advise(people.failure)}` };
  return people.value.rows.some((row) => textIn(row, 'id') !== undefined)
    ? { ok: true, text: 'People can be read.' }
    : { ok: false, text: 'Okta shows no people. Give the secret the right to read users.' };
}

/** Nobody is found by a made-up login, and somebody by the own one: with `filter`, and with `search` as well. */
async function honoursLookUps(client: OktaClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['users'], { limit: '1' }, undefined, record);
  const [first] = people.ok ? people.value.rows : [];
  const login = textIn(fieldsOf(first?.['profile']), 'login');
  if (!people.ok || first === undefined || login === undefined)
    return { ok: false, text: 'Look-ups cannot be tried: nobody can be read.' };
  for (const [way, property, sought, expected] of [
    ['filter', 'profile.login', nobody, 0],
    ['search', 'profile.login', nobody, 0],
    ['filter', 'profile.login', login, 1],
    ['search', 'profile.login', login, 1],
  ] as const) {
    const found = await client.page(['users'], { [way]: equals(property, sought), limit: '2' }, undefined, record);
    if (!found.ok) return { ok: false, text: `People cannot be looked up with “${way}”. ${advise(found.failure)}` };
    if (found.value.rows.length !== expected)
      return {
        ok: false,
        text:
          expected === 0
            ? `The server ignores what it is asked with “${way}”: a made-up login finds somebody. Its look-ups prove nothing.`
            : `The server does not find with “${way}” whom it shows otherwise: people will be missing.`,
      };
  }
  return { ok: true, text: 'Look-ups find whom they are asked for, and nobody else.' };
}

async function readsGroups(client: OktaClient, record: AnswerRecord): Promise<Found> {
  const groups = await client.page(['groups'], { limit: '1' }, undefined, record);
  if (!groups.ok) return { ok: false, text: `Groups cannot be read. ${advise(groups.failure)}` };
  const id = textIn(groups.value.rows[0], 'id');
  if (id === undefined) return { ok: false, text: 'Okta shows no groups. Give the secret the right to read groups.' };
  const members = await client.page(['groups', id, 'users'], { limit: '1' }, undefined, record);
  if (!members.ok)
    return { ok: false, text: `Groups are listed, but their members cannot be read. ${advise(members.failure)}` };
  const apps = await client.page(['apps'], { limit: '1' }, undefined, record);
  return apps.ok
    ? { ok: true, text: 'Groups, their members and apps can be read.' }
    : { ok: false, text: `Groups can be read, but apps cannot. ${advise(apps.failure)}` };
}

function shown(names: readonly string[]): string {
  return displayText(names.join(', '), 200);
}
