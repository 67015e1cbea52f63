/** A small GitHub organisation with state: people of the seeded company, teams and repositories. Not GitHub itself. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import type { Clock, Store, TargetServer } from '../../contracts';
import { people } from '../../seed/company';
import { errorAnswer } from './answers';
import { ADMIN_TOKEN, Credentials } from './credentials';
import { Organisation } from './organisation';
import { restRoutes } from './routes';

export interface GithubOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Lists come in pages of at most so many rows. Default: 100, as the vendor has it. */
  readonly longestPage?: number;
}

export interface GithubServer extends TargetServer {
  /** The organisation as its owner sees it. */
  readonly organisation: Organisation;
  readonly credentials: Credentials;
}

export const githubHost = 'api.github.com';

export async function startGithub({ store, clock, longestPage = 100 }: GithubOptions): Promise<GithubServer> {
  const organisation = new Organisation(store, clock);
  const credentials = new Credentials(store, clock);
  seed(store, organisation);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const baseOf = (req: Request): string =>
    (req.get('x-forwarded-host') ?? req.get('host') ?? '').toLowerCase() === githubHost
      ? `https://${githubHost}`
      : origin;

  app.post('/app/installations/:id/access_tokens', (req, res, next) => {
    credentials
      .installationToken(req.params.id, req.get('authorization'))
      .then(({ status, body }) => res.status(status).json(body ?? errorAnswer('Not Found')))
      .catch(next);
  });
  app.use(express.json(), restRoutes({ organisation, credentials, baseOf, longestPage }));
  app.use((_req, res) => void res.status(404).json(errorAnswer('Not Found')));

  return {
    name: 'GitHub',
    host: githubHost,
    baseUrl: origin,
    token: ADMIN_TOKEN,
    organisation,
    credentials,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Once: what an owner removes later stays removed. Logins are the part of the e-mail address before the @. */
function seed(store: Store, organisation: Organisation): void {
  const marks = store.table<boolean>('github-marks');
  if (marks.get('seeded')) return;
  store.transaction(() => {
    for (const { key, displayName } of people) {
      const { id } = organisation.createUser(key, displayName);
      organisation.setMember(id, key === 'adele' ? 'admin' : 'member', 'active');
    }
    const engineering = organisation.createTeam('Engineering');
    organisation.createTeam('Platform', engineering.id);
    organisation.createTeam('Finance tools');
    organisation.createRepository('ledger');
    organisation.giveTeam(organisation.createRepository('infrastructure').id, engineering.id, 'push');
    marks.put('seeded', true);
  });
}
