import type { HeldEntitlement, Holder, Page, PageWanted, TargetEntitlement } from '../../../usecases/ports';
import { answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import type { EntitlementList } from '../reading/target-system';
import { entitlementOf, isResourceId } from './entitlement-id';
import { rowOf, textOf, type IdentityCenterClient, type Row } from './identity-center-client';

const size = (limit: number, most = 100): number => Math.max(1, Math.min(most, limit));

/** Groups, then every permission set in every account that it is provisioned to, up to a limit. */
export async function entitlementsOf(
  client: IdentityCenterClient,
  limit: number,
  record: AnswerRecord,
): Promise<Answer<EntitlementList>> {
  const groups = await client.list('store', 'ListGroups', 'Groups', { MaxResults: size(limit) }, record, limit);
  if (!groups.ok) return groups;
  const entitlements: TargetEntitlement[] = groups.value.rows.map((row) => {
    const id = textOf(row, 'GroupId') ?? '';
    return { id: `group:${id}`, name: textOf(row, 'DisplayName') ?? id, label: 'Group' };
  });
  const unfinished = answered({ entitlements, complete: false });
  if (!groups.value.complete || entitlements.length >= limit) return unfinished;
  const sets = await client.admin('ListPermissionSets', { MaxResults: 100 }, record);
  const arns = sets.ok ? sets.value['PermissionSets'] : undefined;
  if (!sets.ok || !Array.isArray(arns)) return unfinished;
  for (const arn of arns as readonly unknown[]) {
    if (typeof arn !== 'string' || entitlements.length >= limit) return unfinished;
    const set = await client.admin('DescribePermissionSet', { PermissionSetArn: arn }, record);
    const accounts = await client.admin('ListAccountsForProvisionedPermissionSet', { PermissionSetArn: arn }, record);
    const ids = accounts.ok ? accounts.value['AccountIds'] : undefined;
    if (!set.ok || !accounts.ok || !Array.isArray(ids)) return unfinished;
    const name = textOf(rowOf(set.value['PermissionSet']), 'Name') ?? arn;
    for (const id of ids as readonly unknown[])
      entitlements.push({
        id: `assignment:${String(id)}:${arn}`,
        name: `${name} in ${String(id)}`,
        label: 'Account assignment',
      });
    if (typeof accounts.value['NextToken'] === 'string') return unfinished;
  }
  return answered({ entitlements, complete: typeof sets.value['NextToken'] !== 'string' });
}

/** Where a list is being read: at the entitlement itself or in one of the groups on it. */
interface Place {
  readonly groupId?: string;
  readonly token?: string;
  readonly queue: readonly string[];
}

/** Who holds an entitlement: users first, then those of every group that is assigned. */
export async function holdersOf(
  client: IdentityCenterClient,
  entitlementId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const entitlement = entitlementOf(entitlementId);
  if (!entitlement) return { failure: 'not-found' };
  const place = placeOf(after);
  if (!place) return { failure: 'bad-request' };
  const groupId = place.groupId ?? (entitlement.kind === 'group' ? entitlement.groupId : undefined);
  if (groupId !== undefined) {
    const input = { GroupId: groupId, MaxResults: size(limit) };
    const page = await client.page('store', 'ListGroupMemberships', 'GroupMemberships', input, record, place.token);
    if (!page.ok) return { failure: page.failure };
    const hold = entitlement.kind === 'group' ? 'direct' : 'indirect';
    const ids = page.value.rows.map((row) => textOf(rowOf(row['MemberId']), 'UserId'));
    return onward(
      ids.filter((id) => id !== undefined).map((id) => ({ id, hold })),
      place,
      page.value.next,
    );
  }
  if (entitlement.kind === 'group') return { failure: 'not-found' };
  const { accountId, permissionSetArn } = entitlement;
  const input = { AccountId: accountId, PermissionSetArn: permissionSetArn, MaxResults: size(limit) };
  const page = await client.page('admin', 'ListAccountAssignments', 'AccountAssignments', input, record, place.token);
  if (!page.ok) return { failure: page.failure };
  const of = (type: string): string[] =>
    page.value.rows.filter((row) => row['PrincipalType'] === type).map((row) => textOf(row, 'PrincipalId') ?? '');
  const queue = [...new Set([...place.queue, ...of('GROUP')])];
  return onward(
    of('USER').map((id) => ({ id, hold: 'direct' })),
    { ...place, queue },
    page.value.next,
  );
}

function onward(rows: readonly Holder[], place: Place, token: string | undefined): Page<Holder> {
  if (token !== undefined) return { rows, next: JSON.stringify({ ...place, token }) };
  const [groupId, ...queue] = place.queue;
  return groupId === undefined ? { rows } : { rows, next: JSON.stringify({ groupId, queue } satisfies Place) };
}

function placeOf(after: string | undefined): Place | undefined {
  if (after === undefined) return { queue: [] };
  try {
    const place = JSON.parse(after) as Place;
    return Array.isArray(place.queue) ? place : undefined;
  } catch {
    return undefined;
  }
}

/** What a user holds: groups first, with their names, then assignments, also those that come through a group. */
export async function heldByUser(
  client: IdentityCenterClient,
  userId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  if (!isResourceId(userId)) return { failure: 'no-account' };
  const [part, token] =
    after === undefined ? ['groups'] : [after.slice(0, after.indexOf(':')), after.slice(after.indexOf(':') + 1)];
  const at = token === '' ? undefined : token;
  if (part === 'groups') {
    // Each group costs one more call for its name.
    const input = { MemberId: { UserId: userId }, MaxResults: size(limit, 20) };
    const page = await client.page('store', 'ListGroupMembershipsForMember', 'GroupMemberships', input, record, at);
    if (!page.ok) return { failure: page.failure === 'not-found' ? 'no-account' : page.failure };
    const rows: HeldEntitlement[] = [];
    for (const row of page.value.rows) {
      const groupId = textOf(row, 'GroupId') ?? '';
      const group = await client.store('DescribeGroup', { GroupId: groupId }, record);
      if (!group.ok) return { failure: group.failure };
      const name = textOf(group.value, 'DisplayName') ?? groupId;
      rows.push({ entitlement: { id: `group:${groupId}`, name, label: 'Group' }, hold: 'direct', through: [] });
    }
    return { rows, next: page.value.next === undefined ? 'assignments:' : `groups:${page.value.next}` };
  }
  const input = { PrincipalId: userId, PrincipalType: 'USER', MaxResults: size(limit) };
  const page = await client.page(
    'admin',
    'ListAccountAssignmentsForPrincipal',
    'AccountAssignments',
    input,
    record,
    at,
  );
  if (!page.ok) return { failure: page.failure };
  const rows = page.value.rows.map((row) => assignmentHeld(row, userId));
  return page.value.next === undefined ? { rows } : { rows, next: `assignments:${page.value.next}` };
}

function assignmentHeld(row: Row, userId: string): HeldEntitlement {
  const [accountId, arn] = [textOf(row, 'AccountId') ?? '', textOf(row, 'PermissionSetArn') ?? ''];
  const through = row['PrincipalId'] === userId ? [] : [textOf(row, 'PrincipalId') ?? ''];
  return {
    entitlement: { id: `assignment:${accountId}:${arn}`, name: `${arn} in ${accountId}`, label: 'Account assignment' },
    hold: through.length === 0 ? 'direct' : 'indirect',
    through,
  };
}
