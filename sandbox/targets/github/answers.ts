/** Objects as GitHub's REST API shows them. */
import type { Installation } from './credentials';
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
const joined = '2020-01-01T00:00:00Z';

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
    user_view_type: 'public',
    site_admin: false,
  };
}

export function publicUserAnswer(user: User): object {
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

/** The plan is for owners and for apps that may see it. */
export function organizationFullAnswer(at: Organisation, withPlan: boolean): object {
  const plan = { name: 'team', space: 0, private_repos: 9999, seats: at.seats, filled_seats: at.filledSeats };
  return {
    ...organizationAnswer(at),
    html_url: `${web}/${at.login}`,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    type: 'Organization',
    created_at: joined,
    updated_at: joined,
    archived_at: null,
    ...(withPlan ? { plan } : {}),
  };
}

export function organizationAnswer({ login, id }: Organisation): object {
  const at = `${api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: `O_${id}`,
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

export function teamFullAnswer(at: Organisation, team: Team): object {
  const members = at.users.entries().filter(([, { id }]) => at.teamPlace(team.id, id)?.state === 'active');
  return {
    ...teamAnswer(at, team),
    members_count: members.length,
    repos_count: 0,
    created_at: joined,
    updated_at: joined,
    organization: organizationFullAnswer(at, false),
  };
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
    organization_id: at.id,
    url: `${api}/organizations/${at.id}/team/${id}`,
    html_url: `${web}/orgs/${at.login}/teams/${slug}`,
    members_url: `${api}/organizations/${at.id}/team/${id}/members{/member}`,
    repositories_url: `${api}/organizations/${at.id}/team/${id}/repos`,
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

const repositoryLinks = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** Everything that one repository shows; lists show less of it. */
export function repositoryFullAnswer(at: Organisation, repository: Repository): object {
  const page = `${web}/${at.login}/${repository.name}`;
  return {
    ...repositoryAnswer(at, repository),
    clone_url: `${page}.git`,
    git_url: `git:github.com/${at.login}/${repository.name}.git`,
    ssh_url: `git@github.com:${at.login}/${repository.name}.git`,
    svn_url: page,
    mirror_url: null,
    default_branch: 'main',
    homepage: null,
    language: null,
    license: null,
    archived: false,
    disabled: false,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    subscribers_count: 0,
    network_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 0,
    pushed_at: joined,
    created_at: joined,
    updated_at: joined,
  };
}

export function repositoryAnswer(at: Organisation, { id, name }: Repository): object {
  const url = `${api}/repos/${at.login}/${name}`;
  return {
    ...Object.fromEntries(Object.entries(repositoryLinks).map(([key, end]) => [key, `${url}${end}`])),
    id,
    node_id: `R_${id}`,
    name,
    full_name: `${at.login}/${name}`,
    private: true,
    owner: { ...userAnswer({ id: at.id, login: at.login, name: at.login }), type: 'Organization' },
    html_url: `${web}/${at.login}/${name}`,
    description: null,
    fork: false,
    url,
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

export function installationAnswer(at: Organisation, { id, appId, slug, permissions }: Installation): object {
  return {
    id,
    account: { ...userAnswer({ id: at.id, login: at.login, name: at.login }), type: 'Organization' },
    app_id: Number(appId),
    app_slug: slug,
    target_id: at.id,
    target_type: 'Organization',
    repository_selection: 'all',
    access_tokens_url: `${api}/app/installations/${id}/access_tokens`,
    repositories_url: `${api}/installation/repositories`,
    html_url: `${web}/organizations/${at.login}/settings/installations/${id}`,
    permissions,
    events: [],
    single_file_name: null,
    created_at: joined,
    updated_at: joined,
    suspended_by: null,
    suspended_at: null,
  };
}

export function errorAnswer(message: string): object {
  return { message, documentation_url: 'https://docs.github.com/rest' };
}
