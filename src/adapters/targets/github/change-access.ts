import { answered, failed, type Answer } from '../http/answer';
import type { AnswerRecord } from '../http/answer-record';
import { fieldsOf, textIn } from '../http/json-fields';
import type { AccessWriter } from '../reading/apply-change';
import { entitlementOf, thingOf, type GithubEntitlement } from './entitlement-id';
import { teamPath, type GithubClient, type GithubUser } from './github-client';
import { invitationsTo } from './repository-access';

/**
 * Changes one user's place in the organisation, its teams and its repositories. Taking the higher of two roles leaves the
 * lower one: whoever was asked to stop being an owner stays a member.
 */
export function accessWriter(client: GithubClient, accountId: string, record: AnswerRecord): AccessWriter {
  const given = new Set<string>();
  const change =
    (make: (entitlement: GithubEntitlement, user: GithubUser) => Promise<Answer<unknown>>) =>
    async (entitlementId: string): Promise<Answer<unknown>> => {
      const entitlement = entitlementOf(entitlementId);
      if (!entitlement) return failed('not-found');
      const user = await client.userById(accountId, record);
      if (!user.ok) return failed(user.failure === 'not-found' ? 'no-account' : user.failure);
      return make(entitlement, user.value);
    };
  return {
    give: change(async (entitlement, user) => {
      given.add(thingOf(entitlement));
      return give(client, entitlement, user, record);
    }),
    // One level excludes the others: what was given has replaced what would be taken.
    take: change(async (entitlement, user) =>
      given.has(thingOf(entitlement)) ? answered(null) : take(client, entitlement, user, record),
    ),
  };
}

async function give(
  client: GithubClient,
  entitlement: GithubEntitlement,
  user: GithubUser,
  record: AnswerRecord,
): Promise<Answer<unknown>> {
  const path = await pathOf(client, entitlement, user, record);
  if (!path.ok) return path;
  const json =
    entitlement.kind === 'repo' ? { permission: entitlement.permission } : { role: entitlement.role ?? 'member' };
  const made = await client.change('PUT', path.value, record, json);
  if (made.ok || made.failure !== 'bad-request') return made;
  // GitHub refuses in words when no seat is left; words are not read, the numbers are.
  return (await isFull(client, record)) ? failed('no-seat') : made;
}

async function take(
  client: GithubClient,
  entitlement: GithubEntitlement,
  user: GithubUser,
  record: AnswerRecord,
): Promise<Answer<unknown>> {
  const path = await pathOf(client, entitlement, user, record);
  if (!path.ok) return path;
  if (entitlement.kind === 'repo') {
    const repository = await client.repository(entitlement.id, record);
    if (!repository.ok) return repository;
    const invitations = await invitationsTo(client, repository.value, record);
    if (!invitations.ok) return invitations;
    const own = invitations.value.find(({ userId }) => userId === user.id);
    const { owner, name } = repository.value;
    if (own) return client.change('DELETE', ['repos', owner, name, 'invitations', own.id], record);
  } else if (entitlement.role === 'admin' || entitlement.role === 'maintainer') {
    const membership = await client.get(path.value, record);
    if (!membership.ok) return membership;
    if (textIn(membership.value, 'state') === 'active')
      return client.change('PUT', path.value, record, { role: 'member' });
  }
  return client.change('DELETE', path.value, record);
}

/** Where the user's place in the thing is read and changed. */
async function pathOf(
  client: GithubClient,
  entitlement: GithubEntitlement,
  { login }: GithubUser,
  record: AnswerRecord,
): Promise<Answer<readonly string[]>> {
  const { organization } = client;
  switch (entitlement.kind) {
    case 'org':
      return answered(['orgs', organization, 'memberships', login]);
    case 'team': {
      const organizationId = await client.organizationId(record);
      if (!organizationId.ok) return organizationId;
      const at = { organizationId: organizationId.value, teamId: entitlement.id };
      return answered([...teamPath(at), 'memberships', login]);
    }
    case 'repo': {
      const repository = await client.repository(entitlement.id, record);
      if (!repository.ok) return repository;
      return answered(['repos', repository.value.owner, repository.value.name, 'collaborators', login]);
    }
  }
}

async function isFull(client: GithubClient, record: AnswerRecord): Promise<boolean> {
  const organization = await client.get(['orgs', client.organization], record);
  const plan = organization.ok ? fieldsOf(organization.value['plan']) : undefined;
  const seats = plan?.['seats'];
  const filled = plan?.['filled_seats'];
  return typeof seats === 'number' && typeof filled === 'number' && seats > 0 && filled >= seats;
}
