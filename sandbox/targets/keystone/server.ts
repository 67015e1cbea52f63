/** OpenStack Keystone as far as Proofgate speaks with it: Identity API v3 over the sandbox's store, behaving as 22.0.2 does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { Clock, Store, TargetServer } from '../../contracts';
import { roleAssignments } from './assignments';
import { ADMIN_TOKEN, Cloud, DOMAIN, type Grant, type Named, type User } from './cloud';
import { Tokens, type Token } from './tokens';

export interface KeystoneServerOptions {
  store: Store;
  clock: Clock;
  /** The server cuts lists after so many rows and says so. Absent: it never does. */
  listLimit?: number;
}

export const KEYSTONE_HOST = 'keystone.acme.test';
const PATH = '/v3';

/** Starts it on a free port of loopback. */
export async function startKeystone({
  store,
  clock,
  listLimit = Infinity,
}: KeystoneServerOptions): Promise<TargetServer> {
  const cloud = new Cloud(store);
  const tokens = new Tokens(store, clock, cloud);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const routes = express.Router();
  routes.use(express.json({ limit: '1mb' }));
  signInRoutes(routes, tokens);
  routes.use((req, res, next) => {
    const token = tokens.find(req.get('x-auth-token'));
    if (!token) return refuse(res, 401, 'The request you have made requires authentication.');
    const reads = req.method === 'GET' || req.method === 'HEAD';
    if (!token.roles.includes(reads ? 'reader' : 'admin') && !token.roles.includes('admin'))
      return refuse(res, 403, 'You are not authorized to perform the requested action.');
    next();
  });
  const lists: Lists = { origin, limit: listLimit };
  peopleRoutes(routes, cloud, lists);
  grantRoutes(routes, cloud, lists);
  app.use(PATH, routes);
  app.use((_req, res) => refuse(res, 404, 'The resource could not be found.'));
  app.use(((error: { status?: number }, _req, res, next) => {
    if (res.headersSent) return next(error);
    refuse(res, error.status ?? 500, 'The request could not be understood.');
  }) satisfies ErrorRequestHandler);

  return {
    name: 'OpenStack Keystone',
    host: KEYSTONE_HOST,
    baseUrl: `${origin}${PATH}`,
    token: ADMIN_TOKEN,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Lists {
  origin: string;
  limit: number;
}

function signInRoutes(routes: Router, tokens: Tokens): void {
  routes.post('/auth/tokens', (req, res) => {
    const made = tokens.signIn(req.body);
    if (!made) return refuse(res, 401, 'The request you have made requires authentication.');
    res
      .status(201)
      .set('x-subject-token', made.id)
      .json({ token: described(made.token) });
  });
  routes.get('/auth/tokens', (req, res) => {
    const about = tokens.find(req.get('x-subject-token'));
    if (!tokens.find(req.get('x-auth-token')))
      return refuse(res, 401, 'The request you have made requires authentication.');
    if (!about) return refuse(res, 404, 'Could not find token.');
    res.json({ token: described(about) });
  });
}

function described({ userId, userName, roles, place, issuedAt, expiresAt }: Token): unknown {
  return {
    methods: ['password'],
    user: { domain: DOMAIN, id: userId, name: userName, password_expires_at: null },
    expires_at: new Date(expiresAt).toISOString(),
    issued_at: new Date(issuedAt).toISOString(),
    roles: roles.map((name) => ({ id: name, name })),
    ...place,
  };
}

function peopleRoutes(routes: Router, cloud: Cloud, lists: Lists): void {
  routes.get('/users', (req, res) => {
    const name = textIn(req, 'name');
    const part = textIn(req, 'name__icontains')?.toLowerCase();
    const users = all(cloud.users).filter(
      (user) =>
        (name === undefined || user.name === name) && (part === undefined || user.name.toLowerCase().includes(part)),
    );
    sendList(req, res, 'users', users.map(shownUser), lists);
  });
  routes.post('/users', (req, res) => {
    const { name, password } = (req.body as { user: { name: string; password?: string } }).user;
    const user: User = { id: cloud.newId('user'), name, domain_id: DOMAIN.id, enabled: true };
    cloud.users.put(user.id, user);
    if (password !== undefined) cloud.setPassword(user.id, password);
    res.status(201).json({ user: shownUser(user) });
  });
  routes.get('/users/:id', (req, res) => {
    const user = cloud.users.get(req.params.id);
    if (!user) return refuse(res, 404, `Could not find user: ${req.params.id}.`);
    res.json({ user: shownUser(user) });
  });
  routes.patch('/users/:id', (req, res) => {
    const user = cloud.users.get(req.params.id);
    if (!user) return refuse(res, 404, `Could not find user: ${req.params.id}.`);
    const changed = { ...user, ...(req.body as { user: Partial<User> }).user };
    cloud.users.put(user.id, changed);
    res.json({ user: shownUser(changed) });
  });
  routes.delete('/users/:id', (req, res) => {
    if (!cloud.users.get(req.params.id)) return refuse(res, 404, `Could not find user: ${req.params.id}.`);
    cloud.removeUser(req.params.id);
    res.status(204).end();
  });
  routes.get('/users/:id/groups', (req, res) => {
    if (!cloud.users.get(req.params.id)) return refuse(res, 404, `Could not find user: ${req.params.id}.`);
    const groups = cloud.groupsOf(req.params.id).map((group) => ({ ...group, membership_expires_at: null }));
    sendList(req, res, 'groups', groups, lists);
  });
  routes.get('/groups', (req, res) => sendList(req, res, 'groups', all(cloud.groups), lists));
  routes.post('/groups', (req, res) => {
    const { name } = (req.body as { group: { name: string } }).group;
    const group = { id: cloud.newId('group'), name, domain_id: DOMAIN.id, description: '' };
    cloud.groups.put(group.id, group);
    res.status(201).json({ group });
  });
  routes.get('/groups/:id', (req, res) => {
    const group = cloud.groups.get(req.params.id);
    if (!group) return refuse(res, 404, `Could not find group: ${req.params.id}.`);
    res.json({ group });
  });
  routes.get('/groups/:id/users', (req, res) => {
    if (!cloud.groups.get(req.params.id)) return refuse(res, 404, `Could not find group: ${req.params.id}.`);
    sendList(req, res, 'users', cloud.membersOf(req.params.id).map(shownUser), lists);
  });
  routes.all('/groups/:id/users/:user', (req, res) => {
    const { id, user } = req.params;
    if (!cloud.groups.get(id)) return refuse(res, 404, `Could not find group: ${id}.`);
    if (!cloud.users.get(user)) return refuse(res, 404, `Could not find user: ${user}.`);
    const there = cloud.isMember(id, user);
    if (req.method === 'PUT') cloud.put(id, user);
    else if (!there) return refuse(res, 404, `User '${user}' not found in group '${id}'`);
    else if (req.method === 'DELETE') cloud.take(id, user);
    res.status(204).end();
  });
}

function grantRoutes(routes: Router, cloud: Cloud, lists: Lists): void {
  routes.get('/roles', (req, res) =>
    sendList(
      req,
      res,
      'roles',
      all(cloud.roles).filter(({ domain_id }) => domain_id === (textIn(req, 'domain_id') ?? null)),
      lists,
    ),
  );
  routes.post('/roles', (req, res) => {
    const { name, domain_id = null } = (req.body as { role: { name: string; domain_id?: string } }).role;
    const role: Named = { id: cloud.newId('role'), name, domain_id };
    cloud.roles.put(role.id, role);
    res.status(201).json({ role });
  });
  routes.get('/roles/:id', (req, res) => {
    const role = cloud.roles.get(req.params.id);
    if (!role) return refuse(res, 404, `Could not find role: ${req.params.id}.`);
    res.json({ role });
  });
  routes.get('/role_inferences', (_req, res) => {
    const rules = all(cloud.roles).map((role) => ({ role, implied: cloud.impliedBy(role.id) }));
    const shown = rules
      .filter(({ implied }) => implied.length > 0)
      .map(({ role, implied }) => ({
        prior_role: { id: role.id, name: role.name },
        implies: implied.map(({ id, name }) => ({ id, name })),
      }));
    res.json({ role_inferences: shown });
  });
  routes.get('/projects', (req, res) => sendList(req, res, 'projects', all(cloud.projects), lists));
  routes.post('/projects', (req, res) => {
    const { name } = (req.body as { project: { name: string } }).project;
    const project: Named = { id: cloud.newId('project'), name, domain_id: DOMAIN.id };
    cloud.projects.put(project.id, project);
    res.status(201).json({ project });
  });
  routes.get('/projects/:id', (req, res) => {
    const project = cloud.projects.get(req.params.id);
    if (!project) return refuse(res, 404, `Could not find project: ${req.params.id}.`);
    res.json({ project });
  });
  routes.get('/domains', (req, res) => sendList(req, res, 'domains', [{ ...DOMAIN, enabled: true }], lists));
  routes.get('/domains/:id', (req, res) => {
    if (req.params.id !== DOMAIN.id) return refuse(res, 404, `Could not find domain: ${req.params.id}.`);
    res.json({ domain: { ...DOMAIN, enabled: true } });
  });
  routes.get('/role_assignments', (req, res) => {
    const userId = textIn(req, 'user.id');
    const projectId = textIn(req, 'scope.project.id');
    const effective = flagIn(req, 'effective');
    if (effective && userId !== undefined && !cloud.users.get(userId))
      return refuse(res, 404, `Could not find user: ${userId}.`);
    if (effective && projectId !== undefined && !cloud.projects.get(projectId))
      return refuse(res, 404, `Could not find project: ${projectId}.`);
    const query = {
      userId,
      groupId: textIn(req, 'group.id'),
      roleId: textIn(req, 'role.id'),
      projectId,
      domainId: textIn(req, 'scope.domain.id'),
      onSystem: textIn(req, 'scope.system') !== undefined,
      effective,
      names: flagIn(req, 'include_names'),
    };
    sendList(req, res, 'role_assignments', roleAssignments(cloud, query, `${lists.origin}${PATH}`), lists);
  });
  const grantAt = (
    path: string,
    place: (params: Record<string, string>) => Pick<Grant, 'scope' | 'scopeId' | 'inherited'>,
  ): void =>
    void routes.all(path, (req: Request<Record<string, string>>, res) => {
      const { actors = '', actor = '', role = '' } = req.params;
      const { scope, scopeId, inherited } = place(req.params);
      const places = scope === 'project' ? cloud.projects.get(scopeId) : scope === 'system' || scopeId === DOMAIN.id;
      if (!places) return refuse(res, 404, `Could not find ${scope}: ${scopeId}.`);
      const kind = actors === 'users' ? 'user' : 'group';
      if (!(kind === 'user' ? cloud.users : cloud.groups).get(actor))
        return refuse(res, 404, `Could not find ${kind}: ${actor}.`);
      if (!cloud.roles.get(role)) return refuse(res, 404, `Could not find role: ${role}.`);
      const grant: Grant = { actor: kind, actorId: actor, scope, scopeId, roleId: role, inherited };
      const there = all(cloud.grants).some((each) => JSON.stringify(each) === JSON.stringify(grant));
      if (req.method === 'PUT') cloud.give(grant);
      else if (!there) return refuse(res, 404, `Could not find role assignment with role: ${role}.`);
      else if (req.method === 'DELETE') cloud.takeBack(grant);
      res.status(204).end();
    });
  const grantee = ':actors(users|groups)/:actor/roles/:role';
  const on =
    (scope: Grant['scope'], inherited = false) =>
    ({ at = 'all' }: Record<string, string>) => ({
      scope,
      scopeId: at,
      inherited,
    });
  grantAt(`/projects/:at/${grantee}`, on('project'));
  grantAt(`/domains/:at/${grantee}`, on('domain'));
  grantAt(`/system/${grantee}`, on('system'));
  grantAt(`/OS-INHERIT/domains/:at/${grantee}/inherited_to_projects`, on('domain', true));
}

function shownUser({ id, name, domain_id, enabled }: User): unknown {
  return { id, name, domain_id, enabled, password_expires_at: null, options: {} };
}

function all<T>(table: { entries(): Array<[string, T]> }): T[] {
  return table.entries().map(([, value]) => value);
}

function textIn(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value : undefined;
}

/** A flag is set by being there, unless its value is 0. */
function flagIn(req: Request, name: string): boolean {
  return req.query[name] !== undefined && req.query[name] !== '0';
}

function sendList(
  req: Request,
  res: Response,
  member: string,
  rows: readonly unknown[],
  { origin, limit }: Lists,
): void {
  const self = `${origin}${req.originalUrl}`;
  res.json({
    [member]: rows.slice(0, limit),
    links: { next: null, self, previous: null },
    ...(rows.length > limit ? { truncated: true } : {}),
  });
}

function refuse(res: Response, code: number, message: string): void {
  res.status(code).json({ error: { code, message, title: message } });
}
