import type { HeldEntitlement } from '../../../usecases/ports';
import { failed, answered, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn, type Fields } from '../http/json-fields';
import { direct, indirect, none, unknown, waiting, type Membership } from '../reading/access-reading';
import { fullPage, numberIn, userOf, type GithubClient, type GithubUser, type Repository } from './github-client';

// What the answer calls them, by what changes call them.
const roleNames: ReadonlyMap<string, string> = new Map([
  ['pull', 'read'],
  ['push', 'write'],
]);
const ranks: readonly string[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/** What a permission is called in answers. */
export function roleNameOf(permission: string): string {
  return roleNames.get(permission) ?? permission;
}

function permissionOf(role: string): string {
  return [...roleNames].find(([, name]) => name === role)?.[0] ?? role;
}

/**
 * How a user holds a permission on a repository. GitHub tells the effective role over everything there is (own, teams,
 * base permission of the organisation, owners); the list of direct collaborators tells whether any of it is the user's own.
 */
export async function repositoryHold(
  client: GithubClient,
  repository: Repository,
  permission: string,
  row: Fields,
  user: GithubUser,
  exactly: boolean,
  record: AnswerRecord,
): Promise<Membership> {
  const wanted = roleNameOf(permission);
  const role = textIn(row, 'role_name') ?? textIn(row, 'permission');
  const base = textIn(row, 'permission');
  if (role === undefined || base === undefined || !ranks.includes(base)) return unknown('malformed');
  if (role !== wanted && (exactly || !holds(role, base, wanted)))
    return (await invited(client, repository, user, wanted, exactly, record)) ?? none;
  return role === wanted ? ownOrOthers(client, repository, user, record) : indirect([role]);
}

export interface HeldPermission extends Pick<HeldEntitlement, 'hold' | 'through'> {
  readonly permission: string;
}

/** What a user has on a repository: the effective permission as changes call it, or one that waits; undefined: nothing. */
export async function heldOnRepository(
  client: GithubClient,
  repository: Repository,
  user: GithubUser,
  record: AnswerRecord,
): Promise<Answer<HeldPermission | undefined>> {
  const row = await askPermission(client, repository, user.login, record);
  if (!row.ok) return row;
  const role = textIn(row.value, 'role_name') ?? textIn(row.value, 'permission');
  if (role === undefined || userOf(fieldsOf(row.value['user']))?.id !== user.id) return failed('malformed');
  if (role !== 'none') {
    const { hold, through, failure } = await ownOrOthers(client, repository, user, record);
    return hold === 'direct' || hold === 'indirect'
      ? answered({ permission: permissionOf(role), hold, through })
      : failed(failure ?? 'incomplete');
  }
  const invitations = await invitationsTo(client, repository, record);
  if (!invitations.ok) return invitations;
  const own = invitations.value.find(({ userId }) => userId === user.id);
  return answered(own && { permission: permissionOf(own.role), hold: 'pending', through: [] });
}

/** Whether any of what a user has on a repository is the user's own. */
async function ownOrOthers(
  client: GithubClient,
  repository: Repository,
  user: GithubUser,
  record: AnswerRecord,
): Promise<Membership> {
  const path = [...repositoryPath(repository), 'collaborators'];
  const collaborators = await client.list(path, { affiliation: 'direct', ...fullPage }, record);
  if (!collaborators.ok) return unknown(collaborators.failure);
  if (collaborators.value.rows.some((one) => userOf(one)?.id === user.id)) return direct;
  return collaborators.value.complete ? indirect([]) : unknown(collaborators.value.failure ?? 'incomplete');
}

/** The effective permission of a login on a repository, which names the number that the login belongs to. */
export function askPermission(
  client: GithubClient,
  repository: Repository,
  login: string,
  record: AnswerRecord,
): Promise<Answer<Fields>> {
  return client.get([...repositoryPath(repository), 'collaborators', login, 'permission'], record);
}

function repositoryPath({ owner, name }: Repository): readonly string[] {
  return ['repos', owner, name];
}

/** An invitation of a user to a repository. */
export interface Invitation {
  readonly id: string;
  readonly userId: string | undefined;
  readonly role: string;
}

/** The invitations to a repository that wait for an answer. */
export async function invitationsTo(
  client: GithubClient,
  repository: Repository,
  record: AnswerRecord,
): Promise<Answer<readonly Invitation[]>> {
  const listed = await client.list([...repositoryPath(repository), 'invitations'], fullPage, record);
  if (!listed.ok) return listed;
  if (!listed.value.complete) return failed(listed.value.failure ?? 'incomplete');
  const invitations: Invitation[] = [];
  for (const row of listed.value.rows) {
    const invitation = invitationOf(row);
    if (!invitation) return failed('malformed');
    if (row['expired'] !== true) invitations.push(invitation);
  }
  return answered(invitations);
}

async function invited(
  client: GithubClient,
  repository: Repository,
  user: GithubUser,
  wanted: string,
  exactly: boolean,
  record: AnswerRecord,
): Promise<Membership | undefined> {
  const invitations = await invitationsTo(client, repository, record);
  if (!invitations.ok) return unknown(invitations.failure);
  const own = invitations.value.filter(({ userId }) => userId === user.id);
  return own.some(({ role }) => role === wanted || (!exactly && holds(role, role, wanted))) ? waiting : undefined;
}

function invitationOf(row: Fields): Invitation | undefined {
  const id = numberIn(row, 'id');
  const role = textIn(row, 'permissions');
  return id === undefined || role === undefined
    ? undefined
    : { id, role, userId: userOf(fieldsOf(row['invitee']))?.id };
}

/** Whether a role holds everything that the wanted one does. A company's own role is worth at least its base. */
function holds(role: string, base: string, wanted: string): boolean {
  const rank = ranks.includes(role) ? ranks.indexOf(role) : ranks.indexOf(base);
  return ranks.includes(wanted) && rank >= ranks.indexOf(wanted);
}
