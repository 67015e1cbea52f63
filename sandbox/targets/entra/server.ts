/** A fake of Microsoft Entra ID over the sandbox's store: token endpoint and the part of Graph that is about access. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Store, TargetServer } from '../../contracts';
import { AppTokens, tokenPath, type AppRegistration } from './app-tokens';
import { GraphDirectory, type GraphGroup, type GraphUser } from './graph-directory';
import { GraphRoutes, refusal } from './graph-routes';
import { GraphRefusal } from './odata-query';
import { seedTenant } from './seed-tenant';

export interface EntraOptions {
  store: Store;
  clock: Clock;
  /** App registrations besides the sandbox's reader and writer. */
  apps?: readonly AppRegistration[];
  /** Rows a page, at most; Graph's default is 100. */
  pageSize?: number;
}

const version = '/v1.0';
export const graphHost = 'graph.microsoft.com';
export const loginHost = 'login.microsoftonline.com';

export const entraReader: AppRegistration & { secret: string } = {
  clientId: '3f0b6a5e-2c1d-4e88-9a7b-6d5c4b3a2f10',
  secret: 'sandbox-entra-reader~secret',
  roles: ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All', 'RoleManagement.Read.Directory'],
};

export const entraWriter: AppRegistration & { secret: string } = {
  clientId: '4a1c7b6f-3d2e-4f99-8b8c-7e6d5c4b3a21',
  secret: 'sandbox-entra-writer~secret',
  roles: [
    'User.Read.All',
    'Application.Read.All',
    'GroupMember.ReadWrite.All',
    'AppRoleAssignment.ReadWrite.All',
    'RoleManagement.ReadWrite.Directory',
  ],
};

/** What the tenant's administrator does, past the service's own checks. */
export interface EntraServer extends TargetServer {
  readonly directory: GraphDirectory;
  addUser(userPrincipalName: string, facts?: Partial<GraphUser>): GraphUser;
  addGroup(displayName: string, facts?: Partial<GraphGroup>): GraphGroup;
  put(groupId: string, memberId: string): void;
  take(groupId: string, memberId: string): void;
  assignAppRole(principalId: string, resourceId: string, appRoleId: string): void;
  assignRole(principalId: string, roleDefinitionId: string, directoryScopeId?: string): void;
}

export async function startEntra({ store, clock, apps = [], pageSize = 100 }: EntraOptions): Promise<EntraServer> {
  const directory = new GraphDirectory(store);
  seedTenant(directory);
  const tokens = new AppTokens([entraReader, entraWriter, ...apps], clock);
  const routes = new GraphRoutes(directory, pageSize);

  const handle = async (req: IncomingMessage, body: string): Promise<{ status: number; body?: unknown }> => {
    const url = new URL(req.url ?? '/', 'https://host.invalid');
    if (req.method === 'POST' && url.pathname === tokenPath) return tokens.answer(req.headers.authorization, body);
    if (!url.pathname.startsWith(`${version}/`)) return { status: 404 };
    const roles = tokens.rolesOf(req.headers.authorization);
    if (!roles)
      return refusal(new GraphRefusal(401, 'InvalidAuthenticationToken', 'Access token is empty or invalid.'));
    return routes.answer({
      method: req.method ?? 'GET',
      path: url.pathname.slice(version.length),
      query: url.searchParams,
      eventual: req.headers['consistencylevel'] === 'eventual',
      roles,
      base: `https://${graphHost}${version}`,
      ...(body === '' ? {} : { body: JSON.parse(body) as unknown }),
    });
  };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      void handle(req, Buffer.concat(chunks).toString('utf8'))
        .catch(() => refusal(new GraphRefusal(500, 'InternalServerError', 'The request could not be handled.')))
        .then((answer) => send(res, answer));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  const change = (groupId: string, members: (now: string[]) => string[]): void => {
    const group = directory.groups.get(groupId);
    if (group) directory.groups.put(groupId, { ...group, members: members(group.members) });
  };
  return {
    name: 'Microsoft Entra ID',
    host: graphHost,
    aliases: [loginHost],
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}${version}`,
    token: entraReader.secret,
    directory,
    addUser: (userPrincipalName, facts = {}) => {
      const user: GraphUser = {
        id: directory.nextId('user'),
        userPrincipalName,
        displayName: userPrincipalName,
        accountEnabled: true,
        department: null,
        jobTitle: null,
        employeeId: null,
        userType: 'Member',
        onPremisesExtensionAttributes: {},
        ...facts,
      };
      directory.users.put(user.id, user);
      return user;
    },
    addGroup: (displayName, facts = {}) => {
      const group: GraphGroup = {
        id: directory.nextId('group'),
        displayName,
        groupTypes: [],
        membershipRule: null,
        visibility: null,
        isAssignableToRole: false,
        onPremisesSyncEnabled: null,
        securityEnabled: true,
        members: [],
        ...facts,
      };
      directory.groups.put(group.id, group);
      return group;
    },
    put: (groupId, memberId) => change(groupId, (now) => [...now, memberId]),
    take: (groupId, memberId) => change(groupId, (now) => now.filter((each) => each !== memberId)),
    assignAppRole: (principalId, resourceId, appRoleId) =>
      void routes.assignAppRole(principalId, resourceId, appRoleId),
    assignRole: (principalId, roleDefinitionId, scope = '/') =>
      void routes.assignRole(principalId, roleDefinitionId, scope),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(res: ServerResponse, { status, body }: { status: number; body?: unknown }): void {
  if (body === undefined) return void res.writeHead(status).end();
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify(body));
}
