import { Router, type Request, type Response } from 'express';
import { appAnswer, assignmentAnswer, errorAnswer, groupAnswer, userAnswer } from './answers';
import type { Caller, Credentials } from './credentials';
import { userFilter, valueAsked } from './filter';
import type { App, Group, Organisation, User } from './organisation';

/** What a scope speaks of. */
type Area = 'users' | 'groups' | 'apps' | 'roles';

export interface RouteParts {
  readonly organisation: Organisation;
  readonly credentials: Credentials;
  /** Where the caller believes it is. */
  readonly baseOf: (req: Request) => string;
  /** No page is longer, whatever is asked for. */
  readonly longestPage: number;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    summary: string,
  ) {
    super(summary);
  }
}

/** The part of the Management API that the sandbox has. */
export function managementRoutes({ organisation: at, credentials, baseOf, longestPage }: RouteParts): Router {
  const router = Router();

  const on = (
    method: 'get' | 'put' | 'post' | 'delete',
    path: string,
    area: Area,
    answer: (req: Request, caller: Caller) => { status?: number; body?: unknown; list?: object[]; idOf?: unknown },
  ): void => {
    router[method](path, (req: Request, res: Response) => {
      try {
        const caller = credentials.callerOf(req.get('authorization'));
        if (!caller) throw new Refusal(401, 'E0000011', 'Invalid token provided');
        mayCall(caller, area, method !== 'get');
        const { status = 200, body, list } = answer(req, caller);
        if (list) return sendPage(req, res, list);
        if (body === undefined) return void res.status(status === 200 ? 204 : status).end();
        res.status(status).json(body);
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        res.status(thrown.status).json(errorAnswer(thrown.code, thrown.message));
      }
    });
  };

  const sendPage = (req: Request, res: Response, rows: object[]): void => {
    const asked = Number(text(req, 'limit') ?? longestPage);
    const limit = Math.min(Number.isInteger(asked) && asked > 0 ? asked : longestPage, longestPage);
    const start = Number(text(req, 'after') ?? 0) || 0;
    const url = new URL(req.originalUrl, baseOf(req));
    const links = [`<${url.href}>; rel="self"`];
    if (start + limit < rows.length) {
      url.searchParams.set('after', String(start + limit));
      links.push(`<${url.href}>; rel="next"`);
    }
    res.setHeader('link', links);
    res.json(rows.slice(start, start + limit));
  };

  const userAt = (reference: string, caller?: Caller): User => {
    const lower = reference.toLowerCase();
    const users = at.users.entries().map(([, user]) => user);
    const user =
      (reference === 'me' && caller?.userId !== undefined ? at.users.get(caller.userId) : undefined) ??
      at.users.get(reference) ??
      users.find(({ profile }) => profile['login']?.toLowerCase() === lower) ??
      users.find(({ profile }) => profile['login']?.toLowerCase().split('@')[0] === lower);
    if (!user) throw new Refusal(404, 'E0000007', `Not found: Resource not found: ${reference} (User)`);
    return user;
  };
  const groupAt = (id: string): Group => {
    const group = at.groups.get(id);
    if (!group) throw new Refusal(404, 'E0000007', `Not found: Resource not found: ${id} (UserGroup)`);
    return group;
  };
  const appAt = (id: string): App => {
    const app = at.apps.get(id);
    if (!app) throw new Refusal(404, 'E0000007', `Not found: Resource not found: ${id} (AppInstance)`);
    return app;
  };

  on('get', '/users', 'users', (req) => {
    let users = at.users.entries().map(([, user]) => user);
    for (const by of ['filter', 'search'] as const) {
      const expression = text(req, by);
      if (expression === undefined) continue;
      const test = userFilter(expression, by);
      if (!test) throw new Refusal(400, 'E0000031', 'Invalid search criteria.');
      users = users.filter(test);
    }
    if (text(req, 'filter') === undefined && text(req, 'search') === undefined)
      users = users.filter(({ status }) => status !== 'DEPROVISIONED');
    return { list: users.map((user) => userAnswer(user, baseOf(req))) };
  });
  on('get', '/users/:user', 'users', (req, caller) => ({
    body: userAnswer(userAt(param(req, 'user'), caller), baseOf(req)),
  }));
  on('delete', '/users/:user', 'users', (req) => {
    const user = userAt(param(req, 'user'));
    // The first call deactivates, the second one removes.
    if (user.status === 'DEPROVISIONED') at.removeUser(user.id);
    else at.setStatus(user.id, 'DEPROVISIONED');
    return { status: 204 };
  });
  on('post', '/users/:user/lifecycle/:change', 'users', (req) => {
    const user = userAt(param(req, 'user'));
    const status = (
      { suspend: 'SUSPENDED', unsuspend: 'ACTIVE', activate: 'ACTIVE', deactivate: 'DEPROVISIONED' } as const
    )[param(req, 'change')];
    if (!status) throw new Refusal(404, 'E0000022', 'The endpoint does not support the provided HTTP method');
    at.setStatus(user.id, status);
    return { body: {} };
  });
  on('get', '/users/:user/groups', 'users', (req) => ({
    list: at.groupsOf(userAt(param(req, 'user')).id).map((group) => groupAnswer(group, baseOf(req))),
  }));
  on('get', '/users/:user/roles', 'roles', (req) => ({
    body: userAt(param(req, 'user')).roles.map((type) => ({
      id: `ra1${type.toLowerCase()}`,
      label: type,
      type,
      status: 'ACTIVE',
      assignmentType: 'USER',
      created: at.users.get(userAt(param(req, 'user')).id)?.created,
    })),
  }));

  on('get', '/groups', 'groups', (req) => {
    const filter = text(req, 'filter');
    const id = filter === undefined ? undefined : valueAsked(filter, 'id');
    if (filter !== undefined && id === undefined) throw new Refusal(400, 'E0000031', 'Invalid search criteria.');
    const groups = at.groups.entries().map(([, group]) => group);
    return {
      list: groups
        .filter((group) => id === undefined || group.id === id)
        .map((group) => groupAnswer(group, baseOf(req))),
    };
  });
  on('get', '/groups/:group', 'groups', (req) => ({ body: groupAnswer(groupAt(param(req, 'group')), baseOf(req)) }));
  on('get', '/groups/:group/users', 'groups', (req) => ({
    list: at.membersOf(groupAt(param(req, 'group')).id).map((user) => userAnswer(user, baseOf(req))),
  }));
  for (const method of ['put', 'delete'] as const)
    on(method, '/groups/:group/users/:user', 'groups', (req) => {
      const group = groupAt(param(req, 'group'));
      const user = userAt(param(req, 'user'));
      if (group.type !== 'OKTA_GROUP') throw new Refusal(403, 'E0000006', 'The group is managed by Okta');
      if (method === 'put') at.join(group.id, user.id);
      else at.leave(group.id, user.id);
      return { status: 204 };
    });

  on('get', '/apps', 'apps', (req) => {
    const filter = text(req, 'filter');
    const userId = filter === undefined ? undefined : valueAsked(filter, 'user.id');
    const name = filter === undefined ? undefined : valueAsked(filter, 'name');
    if (filter !== undefined && userId === undefined && name === undefined)
      throw new Refusal(400, 'E0000031', 'Invalid search criteria.');
    const list: object[] = [];
    for (const [, app] of at.apps.entries()) {
      if (name !== undefined && name !== 'oidc_client') continue;
      const assignment = userId === undefined ? undefined : at.assignment(app.id, userId);
      if (userId === undefined) list.push(appAnswer(app, baseOf(req)));
      else if (assignment) {
        const user = assignmentAnswer(at, app.id, userId, assignment, baseOf(req));
        const embedded = text(req, 'expand') === `user/${userId}` ? { _embedded: { user } } : {};
        list.push({ ...appAnswer(app, baseOf(req)), ...embedded });
      }
    }
    return { list };
  });
  on('get', '/apps/:app', 'apps', (req) => ({ body: appAnswer(appAt(param(req, 'app')), baseOf(req)) }));
  on('get', '/apps/:app/groups', 'apps', (req) => ({
    list: at.groupsOfApp(appAt(param(req, 'app')).id).map(({ id, created }, priority) => ({
      id,
      lastUpdated: created,
      priority,
      profile: {},
    })),
  }));
  on('get', '/apps/:app/users', 'apps', (req) => {
    const app = appAt(param(req, 'app'));
    const list: object[] = [];
    for (const [id] of at.users.entries()) {
      const assignment = at.assignment(app.id, id);
      if (assignment) list.push(assignmentAnswer(at, app.id, id, assignment, baseOf(req)));
    }
    return { list };
  });
  on('post', '/apps/:app/users', 'apps', (req) => {
    const app = appAt(param(req, 'app'));
    const { id } = (req.body ?? {}) as { id?: unknown };
    const user = userAt(typeof id === 'string' ? id : '');
    at.give(app.id, user.id);
    const assignment = at.assignment(app.id, user.id);
    return { body: assignment && assignmentAnswer(at, app.id, user.id, assignment, baseOf(req)) };
  });
  on('get', '/apps/:app/users/:user', 'apps', (req) => {
    const app = appAt(param(req, 'app'));
    const user = userAt(param(req, 'user'));
    const assignment = at.assignment(app.id, user.id);
    if (!assignment) throw new Refusal(404, 'E0000007', `Not found: Resource not found: ${user.id} (AppUser)`);
    return { body: assignmentAnswer(at, app.id, user.id, assignment, baseOf(req)) };
  });
  on('delete', '/apps/:app/users/:user', 'apps', (req) => {
    const app = appAt(param(req, 'app'));
    const user = userAt(param(req, 'user'));
    if (!at.takeBack(app.id, user.id))
      throw new Refusal(404, 'E0000007', `Not found: Resource not found: ${user.id} (AppUser)`);
    return { status: 204 };
  });
  return router;
}

function mayCall({ scopes, writes }: Caller, area: Area, change: boolean): void {
  const allowed =
    scopes === undefined
      ? writes || !change
      : scopes.includes(`okta.${area}.manage`) || (!change && scopes.includes(`okta.${area}.read`));
  if (!allowed) throw new Refusal(403, 'E0000006', 'You do not have permission to perform the requested action');
}

function param(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value : '';
}

function text(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
}
