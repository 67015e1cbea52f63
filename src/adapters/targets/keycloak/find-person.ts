import type { Identity } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { textIn, type Fields } from '../http/json-fields';
import type { KeycloakClient } from './keycloak-client';
import { accountIdAttribute, attributeOf, identityOf } from './keycloak-user';

/** Asks for the one user of exactly this name. */
export function named(login: string): Readonly<Record<string, string>> {
  return { username: login, exact: 'true' };
}

/** Asks for users with exactly this value of an attribute; quotation marks keep it in its place. */
export function withAttribute(name: string, value: string): Readonly<Record<string, string>> {
  return { q: `${name}:${JSON.stringify(value)}` };
}

/** The one user with this name; Keycloak keeps names in lower case. */
export function findByLogin(client: KeycloakClient, login: string, record: AnswerRecord): Promise<Lookup<Identity>> {
  const lower = login.toLowerCase();
  return find(client, named(login), (user) => textIn(user, 'username')?.toLowerCase() === lower, record);
}

/** The one user whose attribute holds exactly this Atlassian account id. */
export function findByAccountId(
  client: KeycloakClient,
  accountId: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const query = withAttribute(accountIdAttribute, accountId);
  return find(client, query, (user) => attributeOf(user, accountIdAttribute) === accountId, record);
}

/** The user with this id. */
export async function findById(client: KeycloakClient, id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
  const user = await client.one('users', id, record);
  if (!user.ok)
    return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
  return one(user.value);
}

/** Looks at every row that comes: older servers look for parts of names, and a filter may be ignored. */
async function find(
  client: KeycloakClient,
  query: Readonly<Record<string, string>>,
  matches: (user: Fields) => boolean,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const listed = await client.list(['users'], query, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const { rows, complete, failure } = listed.value;
  const matching = new Map(rows.filter(matches).map((row) => [textIn(row, 'id'), row]));
  if (matching.size > 1) return { found: 'many' };
  if (!complete) return { found: 'unreadable', failure: failure ?? 'incomplete' };
  const [only] = matching.values();
  return only ? one(only) : { found: 'none' };
}

function one(user: Fields): Lookup<Identity> {
  const identity = identityOf(user);
  return identity ? { found: 'one', value: identity } : { found: 'unreadable', failure: 'malformed' };
}
