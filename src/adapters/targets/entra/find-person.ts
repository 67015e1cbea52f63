import type { Identity } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { accountIdAttribute, accountIdOf, identityOf, identityProperties } from './entra-identity';
import { isGuid } from './entitlement-id';
import type { GraphClient } from './graph-client';
import { textOf, type Row } from './graph-row';
import { equals } from './odata';

type Found = Promise<Lookup<Identity>>;

/** The one user whose extension attribute holds exactly this Atlassian account id. */
export function findByAccountId(client: GraphClient, accountId: string, record: AnswerRecord): Found {
  const filter = equals(`onPremisesExtensionAttributes/${accountIdAttribute}`, accountId);
  return find(client, filter, (user) => accountIdOf(user) === accountId, record);
}

/** The one user with this user principal name; upper and lower case are the same name. */
export function findByLogin(client: GraphClient, login: string, record: AnswerRecord): Found {
  const lower = login.toLowerCase();
  const matches = (user: Row): boolean => textOf(user, 'userPrincipalName')?.toLowerCase() === lower;
  return find(client, equals('userPrincipalName', login), matches, record);
}

/** The one user whose employee number is exactly this. */
export function findByEmployeeNumber(client: GraphClient, number: string, record: AnswerRecord): Found {
  return find(client, equals('employeeId', number), (user) => textOf(user, 'employeeId') === number, record);
}

/** The user with this id. */
export async function findById(client: GraphClient, id: string, record: AnswerRecord): Found {
  if (!isGuid(id)) return { found: 'none' };
  const query = { $select: identityProperties, $expand: 'manager($select=id)' };
  const user = await client.get(['users', id], id, query, record);
  if (!user.ok)
    return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
  const identity = identityOf(user.value);
  return identity ? { found: 'one', value: identity } : { found: 'unreadable', failure: 'malformed' };
}

/**
 * Looks through every row that comes, because the filter may have been ignored, and reads the user that it finds once
 * more by id: the index that answers filters may be minutes behind, and it does not give managers.
 */
async function find(client: GraphClient, filter: string, matches: (user: Row) => boolean, record: AnswerRecord): Found {
  const query = { $filter: filter, $select: identityProperties, $count: 'true' };
  const listed = await client.list(['users'], query, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const { rows, complete, failure } = listed.value;
  const matching = rows.filter(matches);
  if (matching.length > 1) return { found: 'many' };
  if (!complete) return { found: 'unreadable', failure: failure ?? 'incomplete' };
  const [user] = matching;
  if (!user) return { found: 'none' };
  const id = textOf(user, 'id');
  if (!isGuid(id)) return { found: 'unreadable', failure: 'malformed' };
  return findById(client, id, record);
}
