import type { Identity } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { textOf, type Attributes } from './attributes';
import type { ScimClient } from './client';
import { equals } from './filter';
import { employeeNumberOf, enterpriseExtension, identityOf } from './identity';

/** The one User whose externalId is exactly this. */
export function findByExternalId(
  client: ScimClient,
  externalId: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  return find(client, equals('externalId', externalId), (user) => textOf(user, 'externalId') === externalId, record);
}

/** The one User with this user name; upper and lower case are the same name (RFC 7643 4.1.1). */
export async function findByUserName(
  client: ScimClient,
  userName: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const lower = userName.toLowerCase();
  const matches = (user: Attributes): boolean => textOf(user, 'userName')?.toLowerCase() === lower;
  const first = await find(client, equals('userName', userName), matches, record);
  // Some servers compare case after all; nearly all of them store lower case.
  return first.found === 'none' && lower !== userName
    ? find(client, equals('userName', lower), matches, record)
    : first;
}

/** The one User whose employee number is exactly this (RFC 7643 4.3). */
export function findByEmployeeNumber(
  client: ScimClient,
  employeeNumber: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const matches = (user: Attributes): boolean => employeeNumberOf(user) === employeeNumber;
  return find(client, equals(`${enterpriseExtension}:employeeNumber`, employeeNumber), matches, record);
}

/** The User with this id. */
export async function findById(client: ScimClient, id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
  const user = await client.get('Users', id, record);
  if (!user.ok)
    return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
  return one(user.value);
}

/**
 * Looks through every row the server sends, because the filter may have been ignored: rows that do not match are
 * dropped, and nothing is concluded before all rows that the server speaks of were seen.
 */
async function find(
  client: ScimClient,
  filter: string,
  matches: (user: Attributes) => boolean,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const listed = await client.list('Users', { filter }, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const { rows, complete, failure } = listed.value;
  const matching = rows.filter(matches);
  if (matching.length > 1) return { found: 'many' };
  if (!complete) return { found: 'unreadable', failure: failure ?? 'incomplete' };
  return matching[0] ? one(matching[0]) : { found: 'none' };
}

function one(user: Attributes): Lookup<Identity> {
  const identity = identityOf(user);
  return identity ? { found: 'one', value: identity } : { found: 'unreadable', failure: 'malformed' };
}
