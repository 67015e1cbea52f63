import { displayText } from '../../../domain/text';
import type { AnswerRecord } from '../http/answer-record';
import { textIn } from '../http/json-fields';
import { failureAdvice } from '../reading/failure-advice';
import type { Check } from '../reading/target-system';
import { named, withAttribute } from './find-person';
import { brief, type KeycloakClient } from './keycloak-client';
import { accountIdAttribute } from './keycloak-user';

type Found = Awaited<ReturnType<Check['run']>>;

const advise = failureAdvice('keycloak');
const nobody = 'nobody-has-this-name-7f3a';
const needed = ['view-users', 'view-realm', 'view-clients'];
/** Come along with those that are needed. */
const harmless: ReadonlySet<string> = new Set([...needed, 'query-users', 'query-groups', 'query-clients']);

/** What the live test looks at once signing in works. */
export function checksOf(client: KeycloakClient): readonly Check[] {
  return [
    { step: 'rights', run: (record) => rights(client, record) },
    { step: 'find-people', run: (record) => findsPeople(client, record) },
    { step: 'look-ups-honoured', run: (record) => honoursLookUps(client, record) },
    { step: 'read-groups', run: (record) => readsGroups(client, record) },
  ];
}

/** Rights are roles of a client that Keycloak keeps for the administration of a realm, and the token names them. */
async function rights(client: KeycloakClient, record: AnswerRecord): Promise<Found> {
  const claims = await client.claims(record);
  if (!claims.ok) return { ok: false, text: `The rights cannot be read. ${advise(claims.failure)}` };
  const access = claims.value?.['resource_access'];
  if (!isObject(access))
    return {
      ok: false,
      text: `The token does not show its rights. Give its client the roles ${needed.join(', ')} of realm-management, and switch off lightweight access tokens.`,
    };
  const issuer = claims.value?.['iss'];
  const from = typeof issuer === 'string' ? issuer.split('/').at(-1) : undefined;
  // An administrator of the realm master has the rights in a realm as roles of a client that is called after it.
  const keeper = from === client.realm && from !== 'master' ? 'realm-management' : `${client.realm}-realm`;
  const roles = rolesIn(access[keeper]);
  const missing = needed.filter((role) => !roles.includes(role));
  if (missing.length > 0) return { ok: false, text: `Roles of ${keeper} are missing: ${missing.join(', ')}.` };
  const excessive = [
    ...roles.filter((role) => !harmless.has(role)),
    ...(from === 'master' ? rolesIn(claims.value?.['realm_access']).filter((role) => role === 'admin') : []),
  ];
  return excessive.length === 0
    ? { ok: true, text: 'The token has the roles that reading needs, and no others.' }
    : {
        ok: false,
        text: `The token has roles that reading does not need: ${displayText(excessive.join(', '), 200)}. Take them away.`,
      };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function rolesIn(of: unknown): readonly string[] {
  const roles = isObject(of) ? of['roles'] : undefined;
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
}

async function findsPeople(client: KeycloakClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['users'], brief, undefined, 1, record);
  if (!people.ok) return { ok: false, text: `People cannot be read. ${advise(people.failure)}` };
  return people.value.rows.length > 0
    ? { ok: true, text: 'People can be read.' }
    : { ok: false, text: 'Keycloak shows no people. Give the secret the role view-users.' };
}

/** Nobody is found by a made-up name or account id, and somebody by the own name. */
async function honoursLookUps(client: KeycloakClient, record: AnswerRecord): Promise<Found> {
  const people = await client.page(['users'], brief, undefined, 1, record);
  const login = people.ok ? textIn(people.value.rows[0], 'username') : undefined;
  if (login === undefined) return { ok: false, text: 'Look-ups cannot be tried: nobody can be read.' };
  for (const [what, query, expected] of [
    ['name', named(nobody), 0],
    ['account id', withAttribute(accountIdAttribute, nobody), 0],
    ['name', named(login), 1],
  ] as const) {
    const found = await client.page(['users'], query, undefined, 2, record);
    if (!found.ok) return { ok: false, text: `People cannot be looked up by ${what}. ${advise(found.failure)}` };
    if (found.value.rows.length !== expected)
      return {
        ok: false,
        text:
          expected === 0
            ? `The server ignores what it is asked for: a made-up ${what} finds somebody. Its look-ups prove nothing.`
            : 'The server does not find by name whom it shows otherwise: people will be missing.',
      };
  }
  return { ok: true, text: 'Look-ups find whom they are asked for, and nobody else.' };
}

async function readsGroups(client: KeycloakClient, record: AnswerRecord): Promise<Found> {
  const groups = await client.page(['groups'], brief, undefined, 1, record);
  if (!groups.ok) return { ok: false, text: `Groups cannot be read. ${advise(groups.failure)}` };
  const id = textIn(groups.value.rows[0], 'id');
  for (const [what, path] of [
    ['roles', ['roles']],
    ['clients', ['clients']],
    ...(id === undefined ? [] : [['members of groups', ['groups', id, 'members']] as const]),
  ] as const) {
    const read = await client.page(path, {}, undefined, 1, record);
    if (!read.ok) return { ok: false, text: `Groups can be read, but ${what} cannot. ${advise(read.failure)}` };
  }
  return { ok: true, text: 'Groups, roles and clients can be read.' };
}
