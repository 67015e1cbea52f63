import type { Identity } from '../../../domain/identity/identity';
import type { Json } from '../../../domain/canonical';
import type { Lookup } from '../../../usecases/ports';
import type { AnswerRecord } from '../http/answer-record';
import { isResourceId } from './entitlement-id';
import { rowOf, rowsOf, textOf, type IdentityCenterClient, type Row } from './identity-center-client';

type Found = Promise<Lookup<Identity>>;

/** The one user with this user name; upper and lower case are the same name. */
export function findByLogin(client: IdentityCenterClient, login: string, record: AnswerRecord): Found {
  const lower = login.toLowerCase();
  const matches = (user: Row): boolean => textOf(user, 'UserName')?.toLowerCase() === lower;
  return find(client, { Filters: [{ AttributePath: 'UserName', AttributeValue: login }] }, matches, record);
}

/** The one user with this external id. AWS does not look for them without their issuer, so every user is looked through. */
export function findByAccountId(client: IdentityCenterClient, accountId: string, record: AnswerRecord): Found {
  return find(client, {}, (user) => externalIds(user).includes(accountId), record);
}

/** The user with this id. */
export async function findById(client: IdentityCenterClient, id: string, record: AnswerRecord): Found {
  if (!isResourceId(id)) return { found: 'none' };
  const user = await client.store('DescribeUser', { UserId: id }, record);
  if (!user.ok)
    return user.failure === 'not-found' ? { found: 'none' } : { found: 'unreadable', failure: user.failure };
  return textOf(user.value, 'UserId') === id ? one(user.value) : { found: 'unreadable', failure: 'malformed' };
}

/** Looks through every row that comes, because the filter may have been ignored. */
async function find(
  client: IdentityCenterClient,
  input: { readonly [name: string]: Json },
  matches: (user: Row) => boolean,
  record: AnswerRecord,
): Found {
  const listed = await client.list('store', 'ListUsers', 'Users', { ...input, MaxResults: 100 }, record);
  if (!listed.ok) return { found: 'unreadable', failure: listed.failure };
  const matching = listed.value.rows.filter(matches);
  if (matching.length > 1) return { found: 'many' };
  if (!listed.value.complete) return { found: 'unreadable', failure: listed.value.failure ?? 'incomplete' };
  return matching[0] ? one(matching[0]) : { found: 'none' };
}

function one(user: Row): Lookup<Identity> {
  const [id, login] = [textOf(user, 'UserId'), textOf(user, 'UserName')];
  if (id === undefined || login === undefined) return { found: 'unreadable', failure: 'malformed' };
  const [accountId] = externalIds(user);
  const [title, userType] = [textOf(user, 'Title'), textOf(user, 'UserType')];
  return {
    found: 'one',
    value: {
      kind: 'person',
      id,
      name: textOf(user, 'DisplayName') ?? textOf(rowOf(user['Name']), 'Formatted') ?? login,
      login,
      active: user['UserStatus'] !== 'DISABLED',
      ...(accountId === undefined ? {} : { accountId }),
      attributes: { ...(title === undefined ? {} : { title }), ...(userType === undefined ? {} : { userType }) },
    },
  };
}

function externalIds(user: Row): readonly string[] {
  return (rowsOf(user, 'ExternalIds') ?? []).map((each) => textOf(each, 'Id')).filter((id) => id !== undefined);
}
