/** Objects as GitHub's REST API shows them. */
import {
  keyOf,
  type Invitation,
  type Organisation,
  type Place,
  type Repository,
  type Team,
  type User,
} from './organisation';

const api = 'https://api.github.com';
const web = 'https://github.com';

export function userAnswer({ id, login }: User): object {
  const at = `${api}/users/${login}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${web}/${login}.png`,
    gravatar_id: '',
    url: at,
    html_url: `${web}/${login}`,
    followers_url: `${at}/followers`,
    following_url: `${at}/following{/other_user}`,
    gists_url: `${at}/gists{/gist_id}`,
    starred_url: `${at}/starred{/owner}{/repo}`,
    subscriptions_url: `${at}/subscriptions`,
    organizations_url: `${at}/orgs`,
    repos_url: `${at}/repos`,
    events_url: `${at}/events{/privacy}`,
    received_events_url: `${at}/received_events`,
    type: 'User',
    site_admin: false,
  };
}

export function publicUserAnswer(user: User): object {
  const joined = '2020-01-01T00:00:00Z';
  return {
    ...userAnswer(user),
    name: user.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: joined,
    updated_at: joined,
  };
}

export function organizationAnswer({ login }: Organisation): object {
  const at = `${api}/orgs/${login}`;
  return {
    login,
    id: 1,
    node_id: 'O_1',
    url: at,
    repos_url: `${at}/repos`,
    events_url: `${at}/events`,
    hooks_url: `${at}/hooks`,
    issues_url: `${at}/issues`,
    members_url: `${at}/members{/member}`,
    public_members_url: `${at}/public_members{/member}`,
    avatar_url: `${web}/${login}.png`,
    description: '',
  };
}

export function membershipAnswer(at: Organisation, user: User, place: Place<string>): object {
  return {
    url: `${api}/orgs/${at.login}/memberships/${user.login}`,
    state: place.state,
    role: place.role,
    direct_membership: true,
    organization_url: `${api}/orgs/${at.login}`,
    organization: organizationAnswer(at),
    user: userAnswer(user),
  };
}

export function teamMembershipAnswer(team: Team, user: User, { role, state }: Place<string>): object {
  return { url: `${api}/teams/${team.id}/memberships/${user.login}`, role, state };
}

export function teamAnswer(at: Organisation, team: Team): object {
  const parent = team.parentId === undefined ? undefined : at.teams.get(keyOf(team.parentId));
  return { ...simpleTeam(at, team), permission: 'pull', parent: parent ? simpleTeam(at, parent) : null };
}

function simpleTeam(at: Organisation, { id, slug, name }: Team): object {
  return {
    id,
    node_id: `T_${id}`,
    name,
    slug,
    description: name,
    privacy: 'closed',
    permission: 'pull',
    type: 'organization',
    organization_id: 1,
    url: `${api}/organizations/1/team/${id}`,
    html_url: `${web}/orgs/${at.login}/teams/${slug}`,
    members_url: `${api}/organizations/1/team/${id}/members{/member}`,
    repositories_url: `${api}/organizations/1/team/${id}/repos`,
  };
}

const roleNames: Readonly<Record<string, string>> = { pull: 'read', push: 'write' };
const bases: Readonly<Record<string, string>> = { pull: 'read', triage: 'read', push: 'write', maintain: 'write' };

export function permissionAnswer(user: User, permission: string): object {
  const role = roleNames[permission] ?? permission;
  return {
    permission: bases[permission] ?? permission,
    role_name: role,
    user: { ...userAnswer(user), role_name: role },
  };
}

export function collaboratorAnswer(user: User, permission: string): object {
  return { ...userAnswer(user), role_name: roleNames[permission] ?? permission };
}

export function repositoryAnswer(at: Organisation, { id, name }: Repository): object {
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: `${at.login}/${name}`,
    private: true,
    owner: { ...userAnswer({ id: 1, login: at.login, name: at.login }), type: 'Organization' },
    html_url: `${web}/${at.login}/${name}`,
    description: null,
    fork: false,
    url: `${api}/repos/${at.login}/${name}`,
  };
}

export function invitationAnswer(at: Organisation, invitation: Invitation): object {
  const { id, userId, repositoryId, permission } = invitation;
  const invitee = at.users.get(keyOf(userId));
  const repository = at.repositories.get(keyOf(repositoryId));
  return {
    id,
    node_id: `RI_${id}`,
    repository: repository && repositoryAnswer(at, repository),
    invitee: invitee ? userAnswer(invitee) : null,
    inviter: null,
    permissions: roleNames[permission] ?? permission,
    created_at: new Date(at.clock.now()).toISOString(),
    expired: false,
    url: `${api}/user/repository_invitations/${id}`,
    html_url: `${web}/${at.login}/${repository?.name}/invitations`,
  };
}

export function errorAnswer(message: string): object {
  return { message, documentation_url: 'https://docs.github.com/rest' };
}
