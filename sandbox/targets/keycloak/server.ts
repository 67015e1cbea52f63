/** A realm of Keycloak as far as Proofgate speaks with it: token endpoint and Admin REST API over the sandbox's store. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import type { Clock, Store, TargetServer } from '../../contracts';
import { Realm, REALM } from './realm';
import { adminRoutes, refuse } from './routes';
import { READER, seedRealm } from './seed-realm';
import { TOKEN_PATH, Tokens } from './tokens';

export interface KeycloakOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Shows groups as versions before 23 do. Default: no. */
  readonly older?: boolean;
}

export interface KeycloakServer extends TargetServer {
  /** The realm as its administrator sees it. */
  readonly realm: Realm;
}

export const KEYCLOAK_HOST = 'keycloak.acme.test';

/** Starts it on a free port of loopback. */
export async function startKeycloak({ store, clock, older = false }: KeycloakOptions): Promise<KeycloakServer> {
  const realm = new Realm(store);
  seedRealm(store, realm);
  const tokens = new Tokens(realm, clock);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.post(TOKEN_PATH, express.text({ type: 'application/x-www-form-urlencoded' }), (req, res, next) => {
    tokens
      .token(new URLSearchParams(typeof req.body === 'string' ? req.body : ''), req.get('authorization'))
      .then(({ status, body }) => res.status(status).json(body))
      .catch(next);
  });
  app.use(`/admin/realms/${REALM}`, express.json(), adminRoutes({ realm, tokens, older }));
  app.use((_req, res) => refuse(res, 404, 'HTTP 404 Not Found'));
  app.use(((error: { status?: number }, _req, res, next) => {
    if (res.headersSent) return next(error);
    refuse(res, error.status ?? 500, 'unknown_error');
  }) satisfies ErrorRequestHandler);

  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    name: 'Keycloak',
    host: KEYCLOAK_HOST,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // What an admin enters: the secret of the client that reads.
    token: READER.secret,
    realm,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
