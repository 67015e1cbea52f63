import type { Identity, IdentityAttributes } from '../../../domain/identity/identity';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { rowsOf, textOf, type DirectoryClient, type Row } from './directory-client';
import { isUserId } from './entitlement-id';

type Found = Promise<Lookup<Identity>>;

/** The one user whose custom external id of type `atlassian` is exactly this. */
export function findByAccountId(client: DirectoryClient, accountId: string, record: AnswerRecord): Found {
  return find(client, searchFor('externalId', accountId), (user) => accountIdOf(user) === accountId, record);
}

/** The one user whose employee id is exactly this. */
export function findByEmployeeNumber(client: DirectoryClient, number: string, record: AnswerRecord): Found {
  return find(client, searchFor('externalId', number), (user) => employeeNumberOf(user) === number, record);
}

/** The one user with this primary address; upper and lower case are the same. An alias of theirs is not their login. */
export function findByLogin(client: DirectoryClient, login: string, record: AnswerRecord): Found {
  const lower = login.toLowerCase();
  const matches = (user: Row): boolean => textOf(user, 'primaryEmail')?.toLowerCase() === lower;
  return find(client, searchFor('email', login), matches, record);
}

/** The user with this id. */
export async function findById(client: DirectoryClient, id: string, record: AnswerRecord): Found {
  if (!isUserId(id)) return { found: 'none' };
  const user = await client.get(['users', id], record);
  if (!user.ok) return absentOr(user.failure);
  return textOf(user.value, 'id') === id
    ? one(client, user.value, record)
    : { found: 'unreadable', failure: 'malformed' };
}

/** Looks through every row that comes, because the search may have been ignored. */
async function find(
  client: DirectoryClient,
  search: string,
  matches: (user: Row) => boolean,
  record: AnswerRecord,
): Found {
  const query = { customer: client.customer, query: search, maxResults: '500' };
  const listed = await client.list(['users'], 'users', query, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const matching = listed.value.rows.filter(matches);
  if (matching.length > 1) return { found: 'many' };
  if (!listed.value.complete) return { found: 'unreadable', failure: listed.value.failure ?? 'incomplete' };
  return matching[0] ? one(client, matching[0], record) : { found: 'none' };
}

/** `field='value'` with the value as exactly one literal (developers.google.com/workspace/admin/directory/v1/guides/search-users). */
export function searchFor(field: string, value: string): string {
  return `${field}='${value.replace(/['\\]/g, '\\$&')}'`;
}

function absentOr(failure: Extract<Lookup<Identity>, { found: 'unreadable' }>['failure']): Lookup<Identity> {
  return failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure };
}

async function one(client: DirectoryClient, user: Row, record: AnswerRecord): Found {
  const [id, login] = [textOf(user, 'id'), textOf(user, 'primaryEmail')];
  if (id === undefined || login === undefined || typeof user['suspended'] !== 'boolean')
    return { found: 'unreadable', failure: 'malformed' };
  const name = user['name'];
  const fullName = typeof name === 'object' && name !== null ? textOf(name as Row, 'fullName') : undefined;
  const organizations = rowsOf(user, 'organizations') ?? [];
  const organization = organizations.find((each) => each['primary'] === true) ?? organizations[0];
  const managerEmail = (rowsOf(user, 'relations') ?? []).find((each) => each['type'] === 'manager');
  const managerId = await idOf(client, textOf(managerEmail, 'value'), record);
  const accountId = accountIdOf(user);
  return {
    found: 'one',
    value: {
      kind: 'person',
      id,
      name: fullName ?? login,
      login,
      active: !user['suspended'] && user['archived'] !== true,
      ...(accountId === undefined ? {} : { accountId }),
      ...(managerId === undefined ? {} : { managerId }),
      attributes: known({
        department: textOf(organization, 'department'),
        title: textOf(organization, 'title'),
        employeeNumber: employeeNumberOf(user),
        userType: textOf(organization, 'description'),
      }),
    },
  };
}

/** Google names managers by address. */
async function idOf(
  client: DirectoryClient,
  email: string | undefined,
  record: AnswerRecord,
): Promise<string | undefined> {
  if (email === undefined) return undefined;
  const manager = await client.get(['users', email], record, { fields: 'id,primaryEmail' });
  return manager.ok ? textOf(manager.value, 'id') : undefined;
}

function accountIdOf(user: Row): string | undefined {
  const ids = rowsOf(user, 'externalIds') ?? [];
  return textOf(
    ids.find((each) => each['type'] === 'custom' && each['customType'] === 'atlassian'),
    'value',
  );
}

function employeeNumberOf(user: Row): string | undefined {
  const ids = rowsOf(user, 'externalIds') ?? [];
  return textOf(
    ids.find((each) => each['type'] === 'organization'),
    'value',
  );
}

function known(attributes: { [K in keyof IdentityAttributes]: string | undefined }): IdentityAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
