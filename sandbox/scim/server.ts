/** A real SCIM 2.0 service provider (scimmy) over the sandbox's store: the directory of the seeded company. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Request } from 'express';
import type { Clock, Store, TargetServer } from '../contracts';
import { scim } from '../seed/company';
import { AccessTokens, ADMIN_TOKEN } from './access-tokens';
import { bearerAuthorization } from './authorization';
import { seedDirectory } from './company-directory';
import { Directory } from './directory';
import type { ScimContext } from './resources';
import { scimRouter } from './scim-router';
import { tokenEndpoint } from './token-endpoint';

export interface ScimServerOptions {
  store: Store;
  clock: Clock;
  /** Not looked at: faults lie on the road from the app (platform/egress); an administrator sees the directory as it is. */
  faults?: unknown;
  /** 0, the default, lets the system choose. */
  port?: number;
}

const PATH = '/scim/v2';

export async function startScimServer({ store, clock, port = 0 }: ScimServerOptions): Promise<TargetServer> {
  const directory = new Directory(store, clock);
  seedDirectory(store, directory);
  const tokens = new AccessTokens(store, clock);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const contextOf = (req: Request): ScimContext => ({
    directory,
    base: (askedHost(req) === scim.host ? `https://${scim.host}` : origin) + PATH,
  });
  app.all('/oauth/token', express.text({ type: 'application/x-www-form-urlencoded' }), tokenEndpoint(tokens));
  app.use(
    PATH,
    bearerAuthorization(tokens),
    express.json({ type: ['application/scim+json', 'application/json'], limit: '1mb' }),
    scimRouter(contextOf),
  );
  app.use(((error: { status?: number; message?: string }, _req, res, next) => {
    if (res.headersSent) return next(error);
    const status = error.status ?? 500;
    res.status(status).type('application/scim+json');
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    const scimType = status === 400 ? { scimType: 'invalidSyntax' } : {};
    res.send(JSON.stringify({ schemas, status: String(status), ...scimType, detail: error.message }));
  }) satisfies ErrorRequestHandler);

  return {
    name: scim.name,
    host: scim.host,
    baseUrl: `${origin}${PATH}`,
    token: ADMIN_TOKEN,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The host name a request was meant for; a proxy that cannot set Host says so in X-Forwarded-Host. */
function askedHost(req: Request): string {
  return (req.get('x-forwarded-host') ?? req.get('host') ?? '').toLowerCase();
}
