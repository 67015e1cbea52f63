import type { Instant } from '../../../domain/instant';
import type {
  HeldEntitlement,
  Holder,
  NonHumanIdentity,
  Page,
  PageWanted,
  TargetEntitlement,
} from '../../../usecases/ports';
import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, rowsOf, textIn, type Fields } from '../http/json-fields';
import type { EntitlementList } from '../reading/target-system';
import { groupName } from './access';
import { assignmentOf } from './assignment';
import { entitlementOf } from './entitlement-id';
import { equals, type OktaClient } from './okta-client';
import { oktaUserOf } from './okta-user';

const maxPage = 200;
/** Stands before the address of a page in the second of two lists that are read as one. */
const secondList = 'apps ';

/** Groups first, then apps. */
export async function listEntitlements(
  client: OktaClient,
  limit: number,
  record: AnswerRecord,
): Promise<Answer<EntitlementList>> {
  const found: TargetEntitlement[] = [];
  let complete = true;
  for (const [path, entitlement] of [
    ['groups', groupEntitlement],
    ['apps', appEntitlement],
  ] as const) {
    const wanted = limit - found.length;
    if (wanted <= 0) return answered({ entitlements: found, complete: false });
    const query = { limit: String(Math.min(wanted, maxPage)) };
    const listed = await client.list([path], query, record, wanted);
    if (!listed.ok) return listed;
    for (const row of listed.value.rows) {
      const one = entitlement(row);
      if (!one) return failed('malformed');
      found.push(one);
    }
    complete &&= listed.value.complete;
  }
  return answered({ entitlements: found, complete });
}

/** Who is in a group, or has an app. */
export async function listMembers(
  client: OktaClient,
  entitlementId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const entitlement = entitlementOf(entitlementId);
  if (!entitlement) return { failure: 'not-found' };
  const { kind, id } = entitlement;
  const page = await client.page([`${kind}s`, id, 'users'], { limit: limitOf(limit) }, after, record);
  return mapped(page, kind === 'group' ? memberOf : assigneeOf);
}

/** What a user has: groups first, then apps. */
export async function listHeld(
  client: OktaClient,
  accountId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  if (after?.startsWith(secondList) !== true) {
    const groups = await client.page(['users', accountId, 'groups'], {}, after, record);
    const page = mapped(groups, (row) => {
      const entitlement = groupEntitlement(row);
      return entitlement && { entitlement, hold: 'direct' as const, through: [] };
    });
    return 'failure' in page || page.next !== undefined ? page : { ...page, next: secondList };
  }
  // The embedded assignment and not the filter says whose app it is.
  const query = { filter: equals('user.id', accountId), expand: `user/${accountId}`, limit: limitOf(limit) };
  const apps = await client.page(['apps'], query, after.slice(secondList.length) || undefined, record);
  const page = mapped(apps, (row) => heldApp(row, accountId));
  if ('failure' in page) return page;
  const rows = page.rows.filter((row) => row !== 'another');
  return page.next === undefined ? { rows } : { rows, next: `${secondList}${page.next}` };
}

/** API service apps with the keys and the secret they sign in with. Okta shows no last use here. */
export async function listNonHuman(
  client: OktaClient,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<NonHumanIdentity>> {
  const query = { filter: equals('name', 'oidc_client'), limit: limitOf(limit) };
  const page = mapped(await client.page(['apps'], query, after, record), serviceApp);
  if ('failure' in page) return page;
  return { ...page, rows: page.rows.filter((row) => row !== 'another') };
}

function mapped<T>(page: Awaited<ReturnType<OktaClient['page']>>, map: (row: Fields) => T | undefined): Page<T> {
  if (!page.ok) return { failure: page.failure };
  const rows: T[] = [];
  for (const row of page.value.rows) {
    const one = map(row);
    if (one === undefined) return { failure: 'malformed' };
    rows.push(one);
  }
  return page.value.next === undefined ? { rows } : { rows, next: page.value.next };
}

function limitOf(limit: number): string {
  return String(Math.max(1, Math.min(limit, maxPage)));
}

function groupEntitlement(row: Fields): TargetEntitlement | undefined {
  const id = textIn(row, 'id');
  return id === undefined ? undefined : { id: `group:${id}`, name: groupName(row), label: 'Group' };
}

function appEntitlement(row: Fields): TargetEntitlement | undefined {
  const id = textIn(row, 'id');
  return id === undefined ? undefined : { id: `app:${id}`, name: textIn(row, 'label') ?? id, label: 'App assignment' };
}

function memberOf(row: Fields): Holder | undefined {
  const user = oktaUserOf(row);
  const login = textIn(fieldsOf(row['profile']), 'login');
  return user && { id: user.id, ...(login === undefined ? {} : { login }), hold: user.waiting ? 'pending' : 'direct' };
}

function assigneeOf(row: Fields): Holder | undefined {
  const assignment = assignmentOf(row);
  return assignment && { id: assignment.userId, hold: holdOf(assignment) };
}

function holdOf({ state, scope }: NonNullable<ReturnType<typeof assignmentOf>>): Holder['hold'] {
  return state === 'waiting' ? 'pending' : scope === 'user' ? 'direct' : 'indirect';
}

function heldApp(row: Fields, accountId: string): HeldEntitlement | 'another' | undefined {
  const entitlement = appEntitlement(row);
  if (!entitlement) return undefined;
  // Promised by `expand`. An app without it may be anybody's, this account's as well.
  const embedded = fieldsOf(fieldsOf(row['_embedded'])?.['user']);
  const assignment = embedded && assignmentOf(embedded);
  if (!assignment) return undefined;
  return assignment.userId === accountId ? { entitlement, hold: holdOf(assignment), through: [] } : 'another';
}

function serviceApp(row: Fields): NonHumanIdentity | 'another' | undefined {
  const client = fieldsOf(fieldsOf(row['settings'])?.['oauthClient']);
  if (textIn(client, 'application_type') !== 'service') return 'another';
  const id = textIn(row, 'id');
  const own = fieldsOf(fieldsOf(row['credentials'])?.['oauthClient']);
  const login = textIn(own, 'client_id') ?? id;
  if (id === undefined || login === undefined) return undefined;
  const keys = rowsOf(fieldsOf(client?.['jwks'])?.['keys']) ?? [];
  const signsWithSecret = (textIn(own, 'token_endpoint_auth_method') ?? '').startsWith('client_secret');
  return {
    id,
    login,
    name: textIn(row, 'label') ?? login,
    kind: 'workload',
    active: textIn(row, 'status') === 'ACTIVE',
    credentials: [
      ...keys.map((key) => ({
        id: textIn(key, 'kid') ?? textIn(key, 'id') ?? '',
        kind: 'key' as const,
        ...createdAt(key),
      })),
      ...(signsWithSecret ? [{ id: login, kind: 'secret' as const }] : []),
    ],
  };
}

function createdAt(row: Fields): { readonly createdAt?: Instant } {
  const instant = Date.parse(textIn(row, 'created') ?? '');
  return Number.isNaN(instant) ? {} : { createdAt: new Date(instant).toISOString() };
}
