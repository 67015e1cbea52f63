import { Router, type Request, type Response } from 'express';
import {
  collaboratorAnswer,
  errorAnswer,
  installationAnswer,
  invitationAnswer,
  membershipAnswer,
  organizationFullAnswer,
  permissionAnswer,
  publicUserAnswer,
  repositoryAnswer,
  repositoryFullAnswer,
  teamAnswer,
  teamFullAnswer,
  teamMembershipAnswer,
  userAnswer,
} from './answers';
import type { Caller, Credentials } from './credentials';
import { teamMembersByGraphql } from './graphql';
import { keyOf, type Organisation, type Repository, type Team, type User } from './organisation';

export interface RouteParts {
  readonly organisation: Organisation;
  readonly credentials: Credentials;
  readonly baseOf: (req: Request) => string;
  /** No page is longer, whatever is asked for. */
  readonly longestPage: number;
}

/** Teams by the numbers of the organisation and their own, which the vendor describes beside the way by names. */
const byNumber = '/organizations/:org_id/team/:team_id';

/** What a call needs: members, teams and invitations to both, or repositories and theirs. */
type Area = 'members' | 'metadata' | 'administration' | 'organization_administration';

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Answer {
  readonly status?: number;
  readonly body?: object;
  readonly list?: readonly object[];
  /** Where a list does not stand for itself. */
  readonly under?: string;
}

/** The part of the REST API that the sandbox has. */
export function restRoutes({ organisation: at, credentials, baseOf, longestPage }: RouteParts): Router {
  const router = Router();

  const on = (
    method: 'get' | 'put' | 'delete',
    path: string,
    area: Area,
    answer: (req: Request, caller: Caller) => Answer,
  ): void => {
    router[method](path, (req: Request, res: Response) => {
      try {
        const caller = credentials.callerOf(req.get('authorization'));
        if (!caller) throw new Refusal(401, 'Bad credentials');
        if (caller.scopes) res.setHeader('x-oauth-scopes', caller.scopes.join(', '));
        mayCall(caller, area, method !== 'get');
        const { status, body, list, under } = answer(req, caller);
        if (list) return sendPage(req, res, list, under);
        if (body === undefined) return void res.status(204).end();
        res.status(status ?? 200).json(body);
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        res.status(thrown.status).json(errorAnswer(thrown.message));
      }
    });
  };

  const sendPage = (req: Request, res: Response, rows: readonly object[], under: string | undefined): void => {
    const perPage = Math.min(whole(req, 'per_page') ?? 30, longestPage);
    const page = whole(req, 'page') ?? 1;
    if (page * perPage < rows.length) {
      const url = new URL(req.originalUrl, baseOf(req));
      url.searchParams.set('page', String(page + 1));
      res.setHeader('link', `<${url.href}>; rel="next"`);
    }
    const shown = rows.slice((page - 1) * perPage, page * perPage);
    res.json(under === undefined ? shown : { total_count: rows.length, [under]: shown });
  };

  const own = (req: Request): void => {
    const name = param(req, 'org') || param(req, 'owner');
    if (name.toLowerCase() !== at.login) throw new Refusal(404, 'Not Found');
  };
  const userAt = (req: Request): User => {
    const user = at.userByLogin(param(req, 'user'));
    if (!user) throw new Refusal(404, 'Not Found');
    return user;
  };
  const teamAt = (req: Request): Team => {
    const team =
      param(req, 'org_id') === String(at.id) ? at.teams.get(keyOf(Number(param(req, 'team_id')))) : undefined;
    if (!team) throw new Refusal(404, 'Not Found');
    return team;
  };
  const repositoryAt = (req: Request): Repository => {
    own(req);
    const repository = at.repositories.entries().find(([, { name }]) => name === param(req, 'repo'))?.[1];
    if (!repository) throw new Refusal(404, 'Not Found');
    return repository;
  };
  const users = (): User[] => at.users.entries().map(([, user]) => user);

  on('get', '/users/:user', 'metadata', (req) => ({ body: publicUserAnswer(userAt(req)) }));
  on('get', '/user/:id', 'metadata', (req) => {
    const user = at.users.get(keyOf(Number(param(req, 'id'))));
    if (!user) throw new Refusal(404, 'Not Found');
    return { body: publicUserAnswer(user) };
  });

  on('get', '/orgs/:org', 'metadata', (req, { scopes, permissions }) => {
    own(req);
    const seesPlan = permissions ? 'organization_plan' in permissions : scopes?.includes('admin:org');
    return { body: organizationFullAnswer(at, seesPlan === true) };
  });
  on('get', '/orgs/:org/members', 'members', (req) => {
    own(req);
    const role = text(req, 'role') ?? 'all';
    const rows = users().filter(({ id }) => {
      const place = at.members.get(keyOf(id));
      return place?.state === 'active' && (role === 'all' || place.role === role);
    });
    return { list: rows.map(userAnswer) };
  });
  on('get', '/orgs/:org/memberships/:user', 'members', (req) => {
    own(req);
    const user = userAt(req);
    const place = at.members.get(keyOf(user.id));
    if (!place) throw new Refusal(404, 'Not Found');
    return { body: membershipAnswer(at, user, place) };
  });
  on('put', '/orgs/:org/memberships/:user', 'members', (req) => {
    own(req);
    const user = userAt(req);
    const role = bodyText(req, 'role') === 'admin' ? 'admin' : 'member';
    if (!at.setMember(user.id, role)) throw noSeat();
    return { body: membershipAnswer(at, user, at.members.get(keyOf(user.id)) ?? { role, state: 'pending' }) };
  });
  on('delete', '/orgs/:org/memberships/:user', 'members', (req) => {
    own(req);
    at.removeMember(userAt(req).id);
    return {};
  });
  on('get', '/orgs/:org/installations', 'organization_administration', (req) => {
    own(req);
    const list = credentials.installations.entries().map(([, installation]) => installationAnswer(at, installation));
    return { list, under: 'installations' };
  });

  on('get', '/orgs/:org/teams', 'members', (req) => {
    own(req);
    return { list: at.teams.entries().map(([, team]) => teamAnswer(at, team)) };
  });
  on('get', byNumber, 'members', (req) => ({ body: teamFullAnswer(at, teamAt(req)) }));
  on('get', `${byNumber}/teams`, 'members', (req) => ({
    list: at.teamsIn(teamAt(req).id).map((team) => teamAnswer(at, team)),
  }));
  on('get', `${byNumber}/members`, 'members', (req) => {
    const team = teamAt(req);
    const role = text(req, 'role') ?? 'all';
    const rows = users().filter(({ id }) => {
      const place = at.teamPlace(team.id, id);
      return place?.state === 'active' && (role === 'all' || place.role === role);
    });
    return { list: rows.map(userAnswer) };
  });
  on('get', `${byNumber}/memberships/:user`, 'members', (req) => {
    const team = teamAt(req);
    const user = userAt(req);
    const place = at.teamPlace(team.id, user.id);
    if (!place) throw new Refusal(404, 'Not Found');
    // Owners of the organisation are maintainers of every team they are in.
    const role = at.members.get(keyOf(user.id))?.role === 'admin' ? 'maintainer' : place.role;
    return { body: teamMembershipAnswer(team, user, { ...place, role }) };
  });
  on('put', `${byNumber}/memberships/:user`, 'members', (req) => {
    const team = teamAt(req);
    const user = userAt(req);
    const role = bodyText(req, 'role') === 'maintainer' ? 'maintainer' : 'member';
    if (!at.setTeamMember(team.id, user.id, role)) throw noSeat();
    return { body: teamMembershipAnswer(team, user, at.teamPlace(team.id, user.id) ?? { role, state: 'pending' }) };
  });
  on('delete', `${byNumber}/memberships/:user`, 'members', (req) => {
    at.removeTeamMember(teamAt(req).id, userAt(req).id);
    return {};
  });

  on('get', '/orgs/:org/repos', 'metadata', (req) => {
    own(req);
    return { list: at.repositories.entries().map(([, repository]) => repositoryAnswer(at, repository)) };
  });
  on('get', '/repositories/:id', 'metadata', (req) => {
    const repository = at.repositories.get(keyOf(Number(param(req, 'id'))));
    if (!repository) throw new Refusal(404, 'Not Found');
    return { body: repositoryFullAnswer(at, repository) };
  });
  on('get', '/repos/:owner/:repo/collaborators', 'metadata', (req) => {
    const repository = repositoryAt(req);
    const onlyDirect = text(req, 'affiliation') === 'direct';
    const list: object[] = [];
    for (const user of users()) {
      const permission = at.permissionOf(repository, user.id);
      const shown = onlyDirect ? at.collaboratesDirectly(repository.id, user.id) : permission !== 'none';
      if (shown) list.push(collaboratorAnswer(user, permission));
    }
    return { list };
  });
  on('get', '/repos/:owner/:repo/collaborators/:user/permission', 'metadata', (req) => {
    const user = userAt(req);
    return { body: permissionAnswer(user, at.permissionOf(repositoryAt(req), user.id)) };
  });
  on('put', '/repos/:owner/:repo/collaborators/:user', 'administration', (req) => {
    const repository = repositoryAt(req);
    const invitation = at.giveRepository(repository.id, userAt(req).id, bodyText(req, 'permission') ?? 'push');
    return invitation ? { status: 201, body: invitationAnswer(at, invitation) } : {};
  });
  on('delete', '/repos/:owner/:repo/collaborators/:user', 'administration', (req) => {
    at.takeRepository(repositoryAt(req).id, userAt(req).id);
    return {};
  });
  on('get', '/repos/:owner/:repo/invitations', 'administration', (req) => {
    const { id } = repositoryAt(req);
    const invitations = at.invitations.entries().map(([, invitation]) => invitation);
    return {
      list: invitations
        .filter(({ repositoryId }) => repositoryId === id)
        .map((invitation) => invitationAnswer(at, invitation)),
    };
  });
  on('delete', '/repos/:owner/:repo/invitations/:invitation', 'administration', (req) => {
    repositoryAt(req);
    if (!at.invitations.remove(keyOf(Number(param(req, 'invitation'))))) throw new Refusal(404, 'Not Found');
    return {};
  });
  router.post('/graphql', (req: Request, res: Response) => {
    const caller = credentials.callerOf(req.get('authorization'));
    if (!caller) return void res.status(401).json(errorAnswer('Bad credentials'));
    if (!permitted(caller, 'members', false))
      return void res.json({
        data: { organization: null },
        errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible' }],
      });
    res.json(teamMembersByGraphql(at, req.body, longestPage));
  });
  return router;
}

function noSeat(): Refusal {
  return new Refusal(422, 'You must purchase at least one more seat to add this user as a member.');
}

function mayCall(caller: Caller, area: Area, change: boolean): void {
  if (!permitted(caller, area, change)) throw new Refusal(403, 'Resource not accessible by integration');
}

function permitted({ scopes, permissions }: Caller, area: Area, change: boolean): boolean {
  return permissions
    ? permissions[area] === 'write' || (!change && permissions[area] === 'read')
    : scopes !== undefined && (!change || scopes.includes('admin:org'));
}

function param(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
}

function text(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
}

function whole(req: Request, name: string): number | undefined {
  const value = Number(text(req, name));
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

function bodyText(req: Request, name: string): string | undefined {
  const value = (req.body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
