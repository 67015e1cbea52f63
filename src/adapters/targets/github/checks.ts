import type { Json } from '../../../domain/canonical';
import { displayText } from '../../../domain/text';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn } from '../http/json-fields';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { teamOf, teamPath, type GithubClient } from './github-client';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('github');
/** What an app's installation needs, each of them to read. */
const neededPermissions = ['members', 'metadata', 'administration'];
/** Show apps and seats. */
const usefulPermissions = ['organization_administration', 'organization_plan'];
/** A classic token: the members, and repositories, for which there is no scope that only reads. */
const neededScopes: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['read:org', ['read:org', 'write:org', 'admin:org']],
  ['repo', ['repo']],
];
const modestScopes: ReadonlySet<string> = new Set(['read:org', 'repo', 'read:user', 'user:email']);
const nobody = 'nobody-at-all-of-proofgate-00000000000';

/** What the live test looks at once signing in works. */
export function checksOf(client: GithubClient): readonly Check[] {
  return [
    { step: 'rights', run: (record) => rights(client, record) },
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsTeams(client, record) },
  ];
}

async function rights(client: GithubClient, record: AnswerRecord): Promise<Found> {
  const claims = await client.claims(record);
  if (!claims.ok) return { ok: false, text: `The rights cannot be read. ${advise(claims.failure)}` };
  const permissions = fieldsOf(claims.value?.['permissions'] as Json | undefined);
  if (permissions) return installationRights(new Map(Object.entries(permissions)));
  const scopes = await client.scopes(record);
  if (!scopes.ok) return { ok: false, text: `The rights cannot be read. ${advise(scopes.failure)}` };
  return scopes.value === undefined
    ? {
        ok: true,
        text: 'GitHub does not show what a fine-grained token may do: give it members, metadata and administration to read, and nothing else.',
      }
    : scopeRights(new Set(scopes.value));
}

function installationRights(permissions: ReadonlyMap<string, unknown>): Found {
  const missing = neededPermissions.filter((name) => !permissions.has(name));
  if (missing.length > 0)
    return { ok: false, text: `The app’s installation lacks permissions: ${missing.join(', ')} (read).` };
  const known: ReadonlySet<string> = new Set([...neededPermissions, ...usefulPermissions]);
  const excessive = [...permissions].filter(([name, level]) => !known.has(name) || level !== 'read');
  return excessive.length === 0
    ? { ok: true, text: 'The app’s installation has the permissions that reading needs, and no others.' }
    : {
        ok: false,
        text: `The app’s installation has permissions that reading does not need: ${shown(excessive.map(([name, level]) => `${name} (${String(level)})`))}.`,
      };
}

function scopeRights(scopes: ReadonlySet<string>): Found {
  const missing = neededScopes.filter(([, any]) => !any.some((scope) => scopes.has(scope))).map(([scope]) => scope);
  if (missing.length > 0) return { ok: false, text: `The token lacks scopes: ${missing.join(', ')}.` };
  const excessive = [...scopes].filter((scope) => !modestScopes.has(scope));
  return excessive.length === 0
    ? { ok: true, text: 'The token has the scopes that reading needs. An app’s installation could do with less.' }
    : { ok: false, text: `The token has scopes that reading does not need: ${shown(excessive)}. Take them away.` };
}

async function findsPeople(client: GithubClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['orgs', client.organization, 'members'], { per_page: '1' }, undefined, record);
  if (!people.ok) return { ok: false, text: `Members cannot be read. ${advise(people.failure)}` };
  return people.value.rows.length > 0
    ? { ok: true, text: 'Members of the organisation can be read.' }
    : { ok: false, text: 'GitHub shows no members. Give the secret the right to read members of this organisation.' };
}

/** A made-up login is nobody, neither on GitHub nor in the organisation; and somebody is found by number and by login. */
async function honoursLookUps(client: GithubClient, record: AnswerRecord): Promise<Found> {
  for (const path of [
    ['users', nobody],
    ['orgs', client.organization, 'memberships', nobody],
  ]) {
    const found = await client.get(path, record);
    if (found.ok) return { ok: false, text: 'A made-up login finds somebody. Look-ups of this server prove nothing.' };
    if (found.failure !== 'not-found') return { ok: false, text: `Look-ups cannot be tried. ${advise(found.failure)}` };
  }
  const people = await client.page(['orgs', client.organization, 'members'], { per_page: '1' }, undefined, record);
  const login = people.ok ? textIn(people.value.rows[0], 'login') : undefined;
  const byLogin = login === undefined ? undefined : await client.userByLogin(login, record);
  const byId = byLogin?.ok === true ? await client.userById(byLogin.value.id, record) : byLogin;
  if (byId === undefined) return { ok: false, text: 'Look-ups cannot be tried: nobody can be read.' };
  return byId.ok
    ? { ok: true, text: 'Look-ups find whom they are asked for, and nobody else.' }
    : { ok: false, text: `Somebody who is a member is not found by login and number. ${advise(byId.failure)}` };
}

async function readsTeams(client: GithubClient, record: AnswerRecord): Promise<Found> {
  const at = ['orgs', client.organization, 'teams'];
  const teams = await client.page(at, { per_page: '1' }, undefined, record);
  if (!teams.ok) return { ok: false, text: `Teams cannot be read. ${advise(teams.failure)}` };
  const [row] = teams.value.rows;
  if (row === undefined) return { ok: true, text: 'Teams can be read. There are none yet that the secret could see.' };
  const team = teamOf(row);
  const organizationId = await client.organizationId(record);
  if (!team || !organizationId.ok)
    return {
      ok: false,
      text: `A team cannot be read. ${advise(organizationId.ok ? 'malformed' : organizationId.failure)}`,
    };
  const path = teamPath({ organizationId: organizationId.value, teamId: team.id });
  const members = await client.page([...path, 'members'], { per_page: '1' }, undefined, record);
  return members.ok
    ? { ok: true, text: 'Teams and their members can be read.' }
    : { ok: false, text: `Teams are listed, but their members cannot be read. ${advise(members.failure)}` };
}

function shown(names: readonly string[]): string {
  return displayText(names.join(', '), 200);
}
