import type { Identity } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { textIn, type Fields } from '../http/json-fields';
import type { KeystoneClient } from './client';

/** The user with this id. */
export async function findById(client: KeystoneClient, id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
  const user = await client.one('users', id, record);
  if (!user.ok)
    return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
  return one(user.value);
}

/**
 * The one user with this name in any case. Names are unique within a domain only, so two domains may know two people by
 * one name. The filters only find: every row is looked at.
 */
export async function findByName(
  client: KeystoneClient,
  name: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const exact = await find(client, { name }, name, record);
  // Some databases compare names exactly; this filter is documented to compare without case.
  return exact.found === 'none' ? find(client, { name__icontains: name }, name, record) : exact;
}

async function find(
  client: KeystoneClient,
  query: Readonly<Record<string, string>>,
  name: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const listed = await client.list(['users'], 'users', query, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const { rows, complete, failure } = listed.value;
  const lower = name.toLowerCase();
  const matching = rows.filter((row) => textIn(row, 'name')?.toLowerCase() === lower);
  if (matching.length > 1) return { found: 'many' };
  if (!complete) return { found: 'unreadable', failure: failure ?? 'incomplete' };
  return matching[0] ? one(matching[0]) : { found: 'none' };
}

function one(user: Fields): Lookup<Identity> {
  const identity = identityOf(user);
  return identity ? { found: 'one', value: identity } : { found: 'unreadable', failure: 'malformed' };
}

/** A user as an identity; undefined when id, name or `enabled` is missing, all of which the API promises. */
export function identityOf(user: Fields): Identity | undefined {
  const id = textIn(user, 'id');
  const login = textIn(user, 'name');
  const active = user['enabled'];
  if (id === undefined || login === undefined || typeof active !== 'boolean') return undefined;
  return { kind: 'person', id, name: login, login, active, attributes: {} };
}
