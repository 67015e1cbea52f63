import type { Identity } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import { equals, fullPage, type OktaClient } from './okta-client';
import { accountIdAttribute, identityOf } from './okta-user';

/**
 * The one user with this login; upper and lower case are the same login. Asked with `filter`, which sees what was written
 * a moment ago and also finds deactivated users; `GET /users/{login}` would be content with the part before the @.
 */
export function findByLogin(client: OktaClient, login: string, record: AnswerRecord): Promise<Lookup<Identity>> {
  const lower = login.toLowerCase();
  return find(client, { filter: equals('profile.login', login) }, (of) => of('login')?.toLowerCase() === lower, record);
}

/** The one user whose employee number is exactly this. */
export function findByEmployeeNumber(
  client: OktaClient,
  employeeNumber: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const search = equals('profile.employeeNumber', employeeNumber);
  return find(client, { search }, (of) => of('employeeNumber') === employeeNumber, record);
}

/** The one user whose profile holds exactly this Atlassian account id. */
export function findByAccountId(
  client: OktaClient,
  accountId: string,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const search = equals(`profile.${accountIdAttribute}`, accountId);
  return find(client, { search }, (of) => of(accountIdAttribute) === accountId, record);
}

/** The user with this id. */
export async function findById(client: OktaClient, id: string, record: AnswerRecord): Promise<Lookup<Identity>> {
  const user = await client.get(['users', id], record);
  if (!user.ok)
    return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
  return one(user.value);
}

/** Looks through every row that comes, because the filter may have been ignored: rows that do not match are dropped. */
async function find(
  client: OktaClient,
  query: Readonly<Record<string, string>>,
  matches: (of: (attribute: string) => string | undefined) => boolean,
  record: AnswerRecord,
): Promise<Lookup<Identity>> {
  const listed = await client.list(['users'], { ...query, ...fullPage }, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const { rows, complete, failure } = listed.value;
  const matching = new Map<string, Fields>();
  for (const row of rows) {
    const profile = fieldsOf(row['profile']);
    if (matches((attribute) => textIn(profile, attribute))) matching.set(textIn(row, 'id') ?? '', row);
  }
  if (matching.size > 1) return { found: 'many' };
  if (!complete) return { found: 'unreadable', failure: failure ?? 'incomplete' };
  const [only] = matching.values();
  return only ? one(only) : { found: 'none' };
}

function one(row: Fields): Lookup<Identity> {
  const identity = identityOf(row);
  return identity ? { found: 'one', value: identity } : { found: 'unreadable', failure: 'malformed' };
}
