import type { Holder, Page, PageWanted } from '../../../usecases/ports';
import { answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { entitlementOf, type EntraEntitlement } from './entitlement-id';
import { fullPage, type GraphClient } from './graph-client';
import { rowOf, textOf, type Row } from './graph-row';
import { equals } from './odata';

/** Where a list of holders is being read: at the entitlement itself or at one of the groups that hold it. */
interface Place {
  /** Absent: at the entitlement itself. */
  readonly groupId?: string;
  /** The next page there, as Graph gave it. */
  readonly url?: string;
}

type Rows = Answer<readonly Row[]>;

/**
 * Who holds an entitlement: first those who hold it directly, then the users of every group through which it comes. One
 * page is one page of Graph, so it may be short or empty and still have a next one; who is in two such groups is named twice.
 */
export async function holdersOf(
  client: GraphClient,
  entitlementId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const entitlement = entitlementOf(entitlementId);
  if (!entitlement) return { failure: 'not-found' };
  const place = placeOf(after);
  if (!place) return { failure: 'bad-request' };
  const top = String(Math.max(1, Math.min(999, limit)));
  const source = place.groupId === undefined ? own(entitlement, top) : members(place.groupId, top);
  const page = await client.page(
    source.path,
    source.query,
    record,
    place.url === undefined ? {} : { after: place.url },
  );
  if (!page.ok) return { failure: page.failure };
  const hold = place.groupId === undefined ? 'direct' : 'indirect';
  const rows = page.value.rows.flatMap((row) => source.holder(row, hold));
  if (page.value.next !== undefined) return { rows, next: JSON.stringify({ ...place, url: page.value.next }) };
  const groups = await groupsBetween(client, entitlement, record);
  if (!groups.ok) return { failure: groups.failure };
  const ids = [...new Set(groups.value.map((row) => textOf(row, 'id') ?? ''))].sort();
  const nextId = ids.find((id) => id > (place.groupId ?? ''));
  return nextId === undefined ? { rows } : { rows, next: JSON.stringify({ groupId: nextId } satisfies Place) };
}

interface Source {
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  holder(row: Row, hold: Holder['hold']): readonly Holder[];
}

const userType = '#microsoft.graph.user';

function members(groupId: string, top: string): Source {
  return {
    path: ['groups', groupId, 'members'],
    query: { $select: 'id,userPrincipalName', $top: top },
    holder: (row, hold) => (row['@odata.type'] === userType ? holderOf(row, hold) : []),
  };
}

function own(entitlement: EntraEntitlement, top: string): Source {
  switch (entitlement.kind) {
    case 'group':
      return members(entitlement.groupId, top);
    case 'app-role':
      return {
        path: ['servicePrincipals', entitlement.resourceId, 'appRoleAssignedTo'],
        query: { $top: top },
        holder: (row, hold) => {
          const id = textOf(row, 'principalId');
          const is = row['appRoleId'] === entitlement.appRoleId && row['principalType'] === 'User';
          return is && id !== undefined ? [{ id, hold }] : [];
        },
      };
    case 'directory-role':
      return {
        path: ['roleManagement', 'directory', 'roleAssignments'],
        query: { $filter: equals('roleDefinitionId', entitlement.roleId), $expand: 'principal' },
        holder: (row, hold) => {
          const principal = rowOf(row['principal']);
          const is = row['roleDefinitionId'] === entitlement.roleId && principal?.['@odata.type'] === userType;
          return is && principal ? holderOf(principal, row['directoryScopeId'] === '/' ? hold : 'indirect') : [];
        },
      };
  }
}

function holderOf(row: Row, hold: Holder['hold']): readonly Holder[] {
  const id = textOf(row, 'id');
  const login = textOf(row, 'userPrincipalName');
  return id === undefined ? [] : [{ id, ...(login === undefined ? {} : { login }), hold }];
}

/** The groups through which the entitlement comes. */
async function groupsBetween(client: GraphClient, entitlement: EntraEntitlement, record: AnswerRecord): Promise<Rows> {
  const all = async (path: readonly string[], query: Readonly<Record<string, string>>): Promise<Rows> => {
    const listed = await client.list(path, query, record);
    if (!listed.ok) return listed;
    return listed.value.complete
      ? answered(listed.value.rows)
      : { ok: false, failure: listed.value.failure ?? 'incomplete' };
  };
  const inside = (groupId: string): Promise<Rows> =>
    all(['groups', groupId, 'transitiveMembers', 'microsoft.graph.group'], { $select: 'id', $top: fullPage });
  if (entitlement.kind === 'group') return inside(entitlement.groupId);
  if (entitlement.kind === 'app-role') {
    const path = ['servicePrincipals', entitlement.resourceId, 'appRoleAssignedTo'];
    const rows = await all(path, { $top: fullPage });
    if (!rows.ok) return rows;
    return answered(
      rows.value
        .filter((row) => row['appRoleId'] === entitlement.appRoleId && row['principalType'] === 'Group')
        .map((row) => ({ id: row['principalId'] ?? '' })),
    );
  }
  const { path, query } = own(entitlement, fullPage);
  const rows = await all(path, query);
  if (!rows.ok) return rows;
  return answered(
    rows.value
      .map((row) => rowOf(row['principal']))
      .filter((principal) => principal !== undefined)
      .filter((principal) => principal['@odata.type'] === '#microsoft.graph.group'),
  );
}

function placeOf(after: string | undefined): Place | undefined {
  if (after === undefined) return {};
  try {
    const { groupId, url } = JSON.parse(after) as Record<string, unknown>;
    return {
      ...(typeof groupId === 'string' ? { groupId } : {}),
      ...(typeof url === 'string' ? { url } : {}),
    };
  } catch {
    return undefined;
  }
}
