import type { ReadFailure } from '../../../domain/verification/judge';
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
import { textIn, type Fields } from '../http/json-fields';
import type { EntitlementList } from '../reading/target-system';
import { GithubReading } from './access';
import { entitlementOf, permissions } from './entitlement-id';
import {
  fullPage,
  numberIn,
  repositoryOf,
  teamOf,
  teamPath,
  userOf,
  type GithubClient,
  type Repository,
} from './github-client';
import { immediateMembers } from './immediate-members';
import { heldOnRepository, roleNameOf } from './repository-access';

const maxPage = 100;
/** Repositories are long: this many stay under 256 KB. */
const maxRepositories = 30;
/** Every row of these costs calls of its own. */
const maxAsked = 5;

const orgRoles: readonly TargetEntitlement[] = [
  { id: 'org:member', name: 'Member', label: 'Organisation role' },
  { id: 'org:admin', name: 'Owner', label: 'Organisation role' },
];

/** Roles in the organisation, then teams, then permissions on repositories. */
export async function listEntitlements(
  client: GithubClient,
  limit: number,
  record: AnswerRecord,
): Promise<Answer<EntitlementList>> {
  const found = [...orgRoles];
  let complete = true;
  for (const [path, entitlements, each, longest] of [
    ['teams', ofTeam, 1, maxPage],
    ['repos', ofRepository, permissions.length, maxRepositories],
  ] as const) {
    const wanted = Math.max(1, Math.ceil((limit - found.length) / each));
    const query = { per_page: String(Math.min(wanted, longest)) };
    const listed = await client.list(['orgs', client.organization, path], query, record, wanted);
    if (!listed.ok) return listed;
    for (const row of listed.value.rows) {
      const some = entitlements(row);
      if (!some) return failed('malformed');
      found.push(...some);
    }
    complete &&= listed.value.complete;
  }
  return answered({ entitlements: found, complete });
}

/** Who is in the organisation or a team, or has a permission on a repository. Invitations do not stand in these lists. */
export async function listMembers(
  client: GithubClient,
  entitlementId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<Holder>> {
  const entitlement = entitlementOf(entitlementId);
  if (!entitlement) return { failure: 'not-found' };
  const per = { per_page: limitOf(limit) };
  const { organization } = client;
  if (entitlement.kind === 'org') {
    const path = ['orgs', organization, 'members'];
    return holders(await client.page(path, { role: entitlement.role, ...per }, after, record), () => 'direct');
  }
  if (entitlement.kind === 'team') {
    const organizationId = await client.organizationId(record);
    if (!organizationId.ok) return { failure: organizationId.failure };
    const at = { organizationId: organizationId.value, teamId: entitlement.id };
    const inner = await client.teamsIn(at, record);
    if (!inner.ok) return { failure: inner.failure };
    const [child] = inner.value;
    const immediate = child && (await immediateMembers(client, child.parent, undefined, record));
    if (immediate?.ok === false) return { failure: immediate.failure };
    const query = { ...per, ...(entitlement.role === undefined ? {} : { role: entitlement.role }) };
    return holders(await client.page([...teamPath(at), 'members'], query, after, record), (row) =>
      immediate && !immediate.value.has(numberIn(row, 'id') ?? '') ? 'indirect' : 'direct',
    );
  }
  const repository = await client.repository(entitlement.id, record);
  if (!repository.ok) return { failure: repository.failure };
  const path = ['repos', repository.value.owner, repository.value.name, 'collaborators'];
  const own = await idsIn(client, path, { affiliation: 'direct' }, record);
  if (!own.ok) return { failure: own.failure };
  const role = roleNameOf(entitlement.permission);
  return holders(await client.page(path, { affiliation: 'all', ...per }, after, record), (row) =>
    textIn(row, 'role_name') !== role ? undefined : own.value.has(numberIn(row, 'id') ?? '') ? 'direct' : 'indirect',
  );
}

/**
 * What a user has. GitHub's REST API has no such list, so the user is looked for in everything there is: the roles, then
 * every team, then every repository, a few in a page.
 */
export async function listHeld(
  client: GithubClient,
  accountId: string,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<HeldEntitlement>> {
  const reading = new GithubReading(client, record, accountId);
  const rows: HeldEntitlement[] = [];
  const look = async (entitlement: TargetEntitlement): Promise<ReadFailure | undefined> => {
    const { hold, through, failure } = await reading.afresh().holdOf(entitlement.id);
    if (hold === 'unknown') return failure ?? 'incomplete';
    if (hold !== 'none') rows.push({ entitlement, hold, through });
    return undefined;
  };
  const user = await reading.user();
  if (!user.ok) return { failure: user.failure };
  if (after === undefined) {
    for (const role of [...orgRoles].reverse()) {
      const failure = await look(role);
      if (failure) return { failure };
      if (rows.length > 0) break;
    }
    return { rows, next: 'teams ' };
  }
  const [, stage = '', address = ''] = /^(teams|repos) (.*)$/s.exec(after) ?? [];
  if (stage === '') return { failure: 'bad-request' };
  const per = { per_page: String(Math.max(1, Math.min(limit, maxAsked))) };
  const page = await client.page(['orgs', client.organization, stage], per, address || undefined, record);
  if (!page.ok) return { failure: page.failure };
  for (const row of page.value.rows) {
    if (stage === 'teams') {
      const [team] = ofTeam(row) ?? [];
      const failure = team ? await look(team) : 'malformed';
      if (failure) return { failure };
    } else {
      const repository = repositoryOf(row);
      if (!repository) return { failure: 'malformed' };
      const held = await heldOnRepository(client, repository, user.value, record);
      if (!held.ok) return { failure: held.failure };
      if (held.value) {
        const { permission, hold, through } = held.value;
        rows.push({ entitlement: permissionOn(repository, permission), hold, through });
      }
    }
  }
  if (page.value.next !== undefined) return { rows, next: `${stage} ${page.value.next}` };
  return stage === 'teams' ? { rows, next: 'repos ' } : { rows };
}

/** Apps that are installed in the organisation. Their keys are the maker's and do not show. */
export async function listNonHuman(
  client: GithubClient,
  { limit, after }: PageWanted,
  record: AnswerRecord,
): Promise<Page<NonHumanIdentity>> {
  const path = ['orgs', client.organization, 'installations'];
  const page = await client.page(path, { per_page: limitOf(limit) }, after, record, 'installations');
  if (!page.ok) return { failure: page.failure };
  const rows: NonHumanIdentity[] = [];
  for (const row of page.value.rows) {
    const installation = installationOf(row);
    if (!installation) return { failure: 'malformed' };
    rows.push(installation);
  }
  return page.value.next === undefined ? { rows } : { rows, next: page.value.next };
}

function installationOf(row: Fields): NonHumanIdentity | undefined {
  const id = numberIn(row, 'id');
  const slug = textIn(row, 'app_slug');
  if (id === undefined || slug === undefined) return undefined;
  return {
    id,
    login: `${slug}[bot]`,
    name: slug,
    kind: 'workload',
    active: textIn(row, 'suspended_at') === undefined,
    credentials: [],
  };
}

async function idsIn(
  client: GithubClient,
  path: readonly string[],
  query: Readonly<Record<string, string>>,
  record: AnswerRecord,
): Promise<Answer<ReadonlySet<string>>> {
  const listed = await client.list(path, { ...query, ...fullPage }, record);
  if (!listed.ok) return listed;
  if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
  return answered(new Set(listed.value.rows.map((row) => numberIn(row, 'id') ?? '')));
}

function holders(
  page: Awaited<ReturnType<GithubClient['page']>>,
  holdOf: (row: Fields) => Holder['hold'] | undefined,
): Page<Holder> {
  if (!page.ok) return { failure: page.failure };
  const rows: Holder[] = [];
  for (const row of page.value.rows) {
    const user = userOf(row);
    if (!user) return { failure: 'malformed' };
    const hold = holdOf(row);
    if (hold !== undefined) rows.push({ id: user.id, login: user.login, hold });
  }
  return page.value.next === undefined ? { rows } : { rows, next: page.value.next };
}

function limitOf(limit: number): string {
  return String(Math.max(1, Math.min(limit, maxPage)));
}

function ofTeam(row: Fields): readonly TargetEntitlement[] | undefined {
  const team = teamOf(row);
  return team && [{ id: `team:${team.id}`, name: team.name, label: 'Team' }];
}

function ofRepository(row: Fields): readonly TargetEntitlement[] | undefined {
  const repository = repositoryOf(row);
  return repository && permissions.map((permission) => permissionOn(repository, permission));
}

function permissionOn({ id, name }: Repository, permission: string): TargetEntitlement {
  return { id: `repo:${id}:${permission}`, name: `${name}: ${permission}`, label: 'Repository permission' };
}
