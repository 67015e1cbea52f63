/** A fake of Google Workspace over the sandbox's store: token endpoint and the part of the Directory API about access. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Store, TargetServer } from '../../contracts';
import { DirectoryRoutes } from './directory-routes';
import { ServiceAccountTokens } from './service-account-tokens';
import { seedWorkspace } from './seed-workspace';
import { WorkspaceDirectory, type WorkspaceGroup, type WorkspaceUser } from './workspace-directory';

export interface GoogleOptions {
  store: Store;
  clock: Clock;
}

export const directoryHost = 'admin.googleapis.com';
export const tokenHost = 'oauth2.googleapis.com';

export interface GoogleServer extends TargetServer {
  readonly directory: WorkspaceDirectory;
  addUser(primaryEmail: string, facts?: Partial<WorkspaceUser>): WorkspaceUser;
  addGroup(name: string, facts?: Partial<WorkspaceGroup>): WorkspaceGroup;
  put(groupId: string, memberId: string, role?: string): void;
  take(groupId: string, memberId: string): void;
}

export async function startGoogleWorkspace({ store, clock }: GoogleOptions): Promise<GoogleServer> {
  const directory = new WorkspaceDirectory(store);
  seedWorkspace(directory);
  const privateKey = keyIn(store);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  const tokens = new ServiceAccountTokens(clock, publicKey);
  const routes = new DirectoryRoutes(directory);
  const handle = async (req: IncomingMessage, body: string): Promise<{ status: number; body?: unknown }> => {
    const url = new URL(req.url ?? '/', 'https://host.invalid');
    if (req.method === 'POST' && url.pathname === '/token') return tokens.answer(body);
    const scopes = tokens.scopesOf(req.headers.authorization);
    return routes.answer({
      method: req.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      scopes,
      ...(body === '' ? {} : { body: JSON.parse(body) as unknown }),
    });
  };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      void handle(req, Buffer.concat(chunks).toString('utf8'))
        .catch(() => ({ status: 500, body: { error: { code: 500, message: 'Backend Error' } } }))
        .then((answer) => send(res, answer));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    name: 'Google Workspace',
    host: directoryHost,
    aliases: [tokenHost],
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // What an admin enters: the private key that the service account signs with.
    token: privateKey,
    directory,
    addUser: (email, facts) => directory.addUser(email, facts),
    addGroup: (name, facts) => directory.addGroup(name, facts),
    put: (groupId, memberId, role) => directory.put(groupId, memberId, role),
    take: (groupId, memberId) => directory.take(groupId, memberId),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The service account's private key in PKCS #8 PEM, made at the first start and kept. */
function keyIn(store: Store): string {
  const kept = store.table<string>('google-keys');
  const known = kept.get('service-account');
  if (known !== undefined) return known;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  kept.put('service-account', pem);
  return pem;
}

function send(res: ServerResponse, { status, body }: { status: number; body?: unknown }): void {
  if (body === undefined) return void res.writeHead(status).end();
  res.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  res.end(JSON.stringify(body));
}
