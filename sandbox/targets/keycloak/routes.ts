import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { clientAnswer, groupAnswer, olderGroupAnswer, pathOf, roleAnswer, userAnswer } from './answers';
import type { Client, Group, Realm, Role, User } from './realm';
import type { Tokens } from './tokens';

export interface RouteOptions {
  readonly realm: Realm;
  readonly tokens: Tokens;
  /** Groups as versions before 23 show them. */
  readonly older: boolean;
}

/** The Admin REST API of the realm, as far as access is concerned, with the rights that Keycloak asks for each part. */
export function adminRoutes({ realm, tokens, older }: RouteOptions): Router {
  const routes = express.Router();
  routes.use((req, res, next) => {
    tokens
      .rights(req.get('authorization'))
      .then((rights) => {
        if (!rights) return refuse(res, 401, 'HTTP 401 Unauthorized');
        res.locals['rights'] = rights;
        next();
      })
      .catch(next);
  });
  userRoutes(routes, realm);
  membershipRoutes(routes, realm, older);
  mappingRoutes(routes, realm);
  groupRoutes(routes, realm, older);
  roleRoutes(routes, realm);
  return routes;
}

export function refuse(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}

const viewUsers = ['view-users', 'manage-users'];
const viewRealm = ['view-realm', 'manage-realm'];
const viewClients = ['view-clients', 'manage-clients'];

function may(res: Response, ...one: string[]): boolean {
  const rights = res.locals['rights'] as ReadonlySet<string>;
  return one.some((right) => rights.has(right));
}

function needs(...one: string[]): RequestHandler {
  return (_req, res, next) => (may(res, ...one) ? next() : refuse(res, 403, 'HTTP 403 Forbidden'));
}

/** `first` and `max`; `most` is what comes when nothing is said. */
function pageOf<T>(rows: readonly T[], req: Request, most = Infinity): readonly T[] {
  const first = Number(req.query['first'] ?? 0);
  return rows.slice(first, first + Number(req.query['max'] ?? most));
}

function isBrief(req: Request): boolean {
  return req.query['briefRepresentation'] === 'true';
}

function userRoutes(routes: Router, realm: Realm): void {
  routes.get('/users', needs(...viewUsers), (req, res) => {
    const { username, exact, q } = req.query;
    const wanted = typeof username === 'string' ? username.toLowerCase() : undefined;
    // Keys and values with quotation marks around them may hold anything.
    const [, name = '', quoted, bare] =
      /^([^:"]+):(?:"((?:\\.|[^\\"])*)"|(\S+))$/.exec(typeof q === 'string' ? q : '') ?? [];
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    const found = realm.all(realm.users).filter((user) => {
      if (wanted !== undefined) return exact === 'true' ? user.username === wanted : user.username.includes(wanted);
      if (q !== undefined) return value !== undefined && user.attributes[name]?.includes(value) === true;
      // Who asks for nobody in particular does not see service accounts.
      return user.serviceAccountOf === undefined;
    });
    res.json(pageOf(found, req, 100).map((user) => userAnswer(user, isBrief(req))));
  });
  routes.get('/users/:id', needs(...viewUsers), (req, res) => {
    const user = userIn(realm, req, res);
    if (user) res.json(userAnswer(user, false));
  });
}

function userIn(realm: Realm, req: Request, res: Response): User | undefined {
  const user = realm.users.get(req.params['id'] ?? '');
  if (!user) refuse(res, 404, 'User not found');
  return user;
}

function membershipRoutes(routes: Router, realm: Realm, older: boolean): void {
  routes.get('/users/:id/groups', needs(...viewUsers), (req, res) => {
    const user = userIn(realm, req, res);
    if (!user) return;
    const groups = user.groups.map((id) => realm.groups.get(id)).filter((group) => group !== undefined);
    const seen = groups.filter(({ id }) => !realm.hidden.has(id));
    const shown = (group: Group): object =>
      older
        ? { id: group.id, name: group.name, path: pathOf(realm, group.id), subGroups: [] }
        : groupAnswer(realm, group, false);
    res.json(pageOf(seen, req).map(shown));
  });
  // The count leaves nothing out.
  routes.get('/users/:id/groups/count', needs(...viewUsers), (req, res) => {
    const user = userIn(realm, req, res);
    if (user) res.json({ count: user.groups.length });
  });
  const change: RequestHandler = (req, res) => {
    const user = userIn(realm, req, res);
    if (!user) return;
    const group = realm.groups.get(req.params['group'] ?? '');
    if (!group) return refuse(res, 404, 'Group not found');
    if (req.method === 'PUT') realm.join(user.id, group.id);
    else realm.leave(user.id, group.id);
    res.status(204).end();
  };
  routes.put('/users/:id/groups/:group', needs('manage-users'), change);
  routes.delete('/users/:id/groups/:group', needs('manage-users'), change);
}

function mappingRoutes(routes: Router, realm: Realm): void {
  const place = '/users/:id/role-mappings';
  routes.get(place, needs(...viewUsers), (req, res) => {
    const user = userIn(realm, req, res);
    if (!user) return;
    const roles = user.roles.map((id) => realm.roles.get(id)).filter((role) => role !== undefined);
    const seen = roles.filter((role) => canView(res, role));
    const ofRealm = seen.filter(({ clientId }) => clientId === undefined);
    const clientMappings: Record<string, object> = {};
    for (const client of realm.all(realm.clients)) {
      const mappings = seen.filter(({ clientId }) => clientId === client.id).map(roleAnswer);
      if (mappings.length > 0) clientMappings[client.clientId] = { id: client.id, client: client.clientId, mappings };
    }
    res.json({
      ...(ofRealm.length === 0 ? {} : { realmMappings: ofRealm.map(roleAnswer) }),
      ...(Object.keys(clientMappings).length === 0 ? {} : { clientMappings }),
    });
  });
  for (const path of [`${place}/realm`, `${place}/clients/:client`]) {
    const isOf = (req: Request, role: Role): boolean => role.clientId === req.params['client'];
    routes.get(`${path}/composite`, needs(...viewUsers), (req, res) => {
      const user = userIn(realm, req, res);
      if (!user) return;
      if (req.params['client'] !== undefined && !realm.clients.get(req.params['client']))
        return refuse(res, 404, 'Client not found');
      const roles = realm.effective(user).filter((role) => isOf(req, role) && canView(res, role));
      res.json(roles.map(roleAnswer));
    });
    const change: RequestHandler = (req, res) => {
      const user = userIn(realm, req, res);
      if (!user) return;
      for (const { id, name } of req.body as Array<{ id?: string; name?: string }>) {
        // Found by name, and refused when the id is another one.
        const role = realm.all(realm.roles).find((each) => each.name === name && isOf(req, each));
        if (!role || role.id !== id) return refuse(res, 404, 'Role not found');
        if (req.method === 'POST') realm.give('users', user.id, role.id);
        else realm.takeBack(user.id, role.id);
      }
      res.status(204).end();
    };
    routes.post(path, needs('manage-users'), change);
    routes.delete(path, needs('manage-users'), change);
  }
}

function canView(res: Response, role: Role): boolean {
  return may(res, ...(role.clientId === undefined ? viewRealm : viewClients));
}

function groupRoutes(routes: Router, realm: Realm, older: boolean): void {
  const seen = (parentId: string | undefined): Group[] =>
    realm.all(realm.groups).filter((group) => group.parentId === parentId && !realm.hidden.has(group.id));
  const shown = (group: Group): object => (older ? olderGroupAnswer(realm, group) : groupAnswer(realm, group, true));
  const groupIn = (req: Request, res: Response): Group | undefined => {
    const group = realm.groups.get(req.params['id'] ?? '');
    if (!group) refuse(res, 404, 'Could not find group by id');
    else if (realm.hidden.has(group.id)) refuse(res, 403, 'HTTP 403 Forbidden');
    else return group;
    return undefined;
  };
  routes.get('/groups', needs(...viewUsers, 'query-groups'), (req, res) => {
    res.json(pageOf(seen(undefined), req).map(shown));
  });
  routes.get('/groups/:id', needs(...viewUsers), (req, res) => {
    const group = groupIn(req, res);
    if (group) res.json(shown(group));
  });
  routes.get('/groups/:id/children', needs(...viewUsers), (req, res) => {
    const group = older ? undefined : groupIn(req, res);
    if (group) res.json(pageOf(seen(group.id), req, 10).map(shown));
    else if (older) refuse(res, 404, 'HTTP 404 Not Found');
  });
  routes.get('/groups/:id/members', needs(...viewUsers), (req, res) => {
    const group = groupIn(req, res);
    if (!group) return;
    const members = realm.all(realm.users).filter(({ groups }) => groups.includes(group.id));
    res.json(pageOf(members, req, 100).map((user) => userAnswer(user, isBrief(req))));
  });
}

function roleRoutes(routes: Router, realm: Realm): void {
  const roleById = (req: Request, res: Response): Role | undefined => {
    const role = realm.roles.get(req.params['id'] ?? '');
    if (!role) refuse(res, 404, 'Could not find role with id');
    else if (!canView(res, role)) refuse(res, 403, 'HTTP 403 Forbidden');
    else return role;
    return undefined;
  };
  routes.get('/roles-by-id/:id', (req, res) => {
    const role = roleById(req, res);
    if (role) res.json(roleAnswer(role));
  });
  routes.get('/roles-by-id/:id/composites', (req, res) => {
    const inside = roleById(req, res)?.composites.map((id) => realm.roles.get(id));
    if (inside) res.json(inside.filter((role) => role !== undefined).map(roleAnswer));
  });
  const namesOnly = ({ id, clientId }: Client): object => ({ id, clientId });
  routes.get('/clients', needs(...viewClients, 'query-clients'), (req, res) => {
    const clients = pageOf(realm.all(realm.clients), req);
    res.json(clients.map(may(res, ...viewClients) ? clientAnswer : namesOnly));
  });
  for (const [place, rights] of [
    ['/roles', viewRealm],
    ['/clients/:client/roles', viewClients],
  ] as const) {
    const rolesAt = (req: Request, res: Response): Role[] | undefined => {
      const client = req.params['client'];
      if (client === undefined || realm.clients.get(client))
        return realm.all(realm.roles).filter(({ clientId }) => clientId === client);
      refuse(res, 404, 'Could not find client');
      return undefined;
    };
    const roleAt = (req: Request, res: Response): Role | undefined => {
      const roles = rolesAt(req, res);
      const role = roles?.find(({ name }) => name === req.params['name']);
      if (roles && !role) refuse(res, 404, 'Could not find role');
      return role;
    };
    routes.get(place, needs(...rights), (req, res) => {
      const roles = rolesAt(req, res);
      if (roles) res.json(pageOf(roles, req).map(roleAnswer));
    });
    routes.get(`${place}/:name/users`, needs(...rights), (req, res) => {
      const role = roleAt(req, res);
      if (!role) return;
      const users = realm.all(realm.users).filter(({ roles }) => roles.includes(role.id));
      res.json(pageOf(users, req, 100).map((user) => userAnswer(user, isBrief(req))));
    });
    routes.get(`${place}/:name/groups`, needs(...rights), (req, res) => {
      const role = roleAt(req, res);
      if (!role) return;
      const groups = realm.all(realm.groups).filter(({ roles }) => roles.includes(role.id));
      res.json(pageOf(groups, req, 100).map((group) => groupAnswer(realm, group, false)));
    });
  }
}
