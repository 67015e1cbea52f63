/** Objects as the Management API shows them. */
import type { App, Assignment, Group, Organisation, User } from './organisation';

export function userAnswer(user: User, base: string): object {
  return {
    id: user.id,
    status: user.status,
    created: user.created,
    activated: user.status === 'STAGED' ? null : user.created,
    statusChanged: user.created,
    lastLogin: null,
    lastUpdated: user.created,
    passwordChanged: null,
    type: { id: 'oty1person00000000001' },
    profile: user.profile,
    _links: { self: { href: `${base}/api/v1/users/${user.id}` } },
  };
}

export function groupAnswer(group: Group, base: string): object {
  return {
    id: group.id,
    created: group.created,
    lastUpdated: group.created,
    lastMembershipUpdated: group.created,
    objectClass: ['okta:user_group'],
    type: group.type,
    profile: { name: group.name, description: group.name },
    _links: { users: { href: `${base}/api/v1/groups/${group.id}/users`, hints: { allow: ['GET', 'PUT', 'DELETE'] } } },
  };
}

export function appAnswer(app: App, base: string): object {
  return {
    id: app.id,
    name: 'oidc_client',
    label: app.label,
    status: 'ACTIVE',
    created: app.created,
    lastUpdated: app.created,
    signOnMode: 'OPENID_CONNECT',
    credentials: {
      oauthClient: {
        client_id: app.id,
        token_endpoint_auth_method: app.keys.length > 0 ? 'private_key_jwt' : 'client_secret_basic',
      },
    },
    settings: {
      oauthClient: {
        application_type: app.type,
        grant_types: [app.type === 'service' ? 'client_credentials' : 'authorization_code'],
        ...(app.keys.length === 0
          ? {}
          : { jwks: { keys: app.keys.map((key) => ({ ...key, created: app.created, status: 'ACTIVE' })) } }),
      },
    },
    _links: { self: { href: `${base}/api/v1/apps/${app.id}` } },
  };
}

export function assignmentAnswer(
  organisation: Organisation,
  appId: string,
  userId: string,
  assignment: Assignment,
  base: string,
): object {
  const userName = organisation.users.get(userId)?.profile['login'] ?? userId;
  return {
    id: userId,
    scope: assignment.scope,
    status: assignment.status,
    created: assignment.at,
    lastUpdated: assignment.at,
    statusChanged: assignment.at,
    credentials: { userName },
    profile: {},
    _links: {
      app: { href: `${base}/api/v1/apps/${appId}` },
      user: { href: `${base}/api/v1/users/${userId}` },
    },
  };
}

export function errorAnswer(code: string, summary: string): object {
  return { errorCode: code, errorSummary: summary, errorLink: code, errorId: `oae${code}`, errorCauses: [] };
}
