/** A small Okta organisation with state: the seeded company's people, a few groups and apps. Not Okta itself. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import type { Clock, Store, TargetServer } from '../../contracts';
import { people } from '../../seed/company';
import { errorAnswer } from './answers';
import { ADMIN_TOKEN, Credentials } from './credentials';
import { Organisation } from './organisation';
import { managementRoutes } from './routes';

export interface OktaOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Lists come in pages of at most so many rows. Default: 200, as the vendor recommends. */
  readonly longestPage?: number;
}

export interface OktaServer extends TargetServer {
  /** The organisation as its administrator sees it. */
  readonly organisation: Organisation;
}

export const oktaHost = 'acme.okta.com';

export async function startOkta({ store, clock, longestPage = 200 }: OktaOptions): Promise<OktaServer> {
  const organisation = new Organisation(store, clock);
  seed(store, organisation);
  const makerOf = (role: string): string =>
    organisation.users.entries().find(([, { roles }]) => roles.includes(role))?.[0] ?? '';
  const credentials = new Credentials(organisation, store, clock, {
    reader: makerOf('READ_ONLY_ADMIN'),
    admin: makerOf('SUPER_ADMIN'),
  });

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
    (req.get('x-forwarded-host') ?? req.get('host') ?? '').toLowerCase() === oktaHost ? `https://${oktaHost}` : origin;

  app.post('/oauth2/v1/token', express.text({ type: 'application/x-www-form-urlencoded' }), (req, res, next) => {
    credentials
      .token(new URLSearchParams(typeof req.body === 'string' ? req.body : ''), `${baseOf(req)}/oauth2/v1/token`)
      .then(({ status, body }) => res.status(status).json(body))
      .catch(next);
  });
  app.use('/api/v1', express.json(), managementRoutes({ organisation, credentials, baseOf, longestPage }));
  app.use((_req, res) => {
    res.status(404).json(errorAnswer('E0000022', 'The endpoint does not support the provided HTTP method'));
  });

  return {
    name: 'Okta',
    host: oktaHost,
    baseUrl: origin,
    token: ADMIN_TOKEN,
    organisation,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Once: what an administrator removes later stays removed. */
function seed(store: Store, organisation: Organisation): void {
  const marks = store.table<boolean>('okta-marks');
  if (marks.get('seeded')) return;
  store.transaction(() => {
    organisation.createGroup('Everyone', 'BUILT_IN');
    const idOf = new Map<string, string>();
    // Whoever manages somebody stands first, so that the id is known.
    const rank = (key: string | undefined): number =>
      key === undefined ? 0 : 1 + rank(people.find((person) => person.key === key)?.directory.manager);
    for (const person of [...people].sort((a, b) => rank(a.key) - rank(b.key))) {
      const [firstName = '', ...rest] = person.displayName.split(' ');
      const { manager, ...known } = person.directory;
      const managerId = manager === undefined ? undefined : idOf.get(manager);
      const roles = person.key === 'adele' ? ['SUPER_ADMIN'] : person.key === 'gus' ? ['READ_ONLY_ADMIN'] : [];
      const profile = {
        login: person.email,
        email: person.email,
        firstName,
        lastName: rest.join(' '),
        displayName: person.displayName,
        atlassianAccountId: person.accountId,
        ...known,
        ...(managerId === undefined ? {} : { managerId }),
      };
      idOf.set(person.key, organisation.createUser(profile, 'ACTIVE', roles).id);
    }
    for (const name of ['Finance Readers', 'Finance Approvers', 'Production Admins']) organisation.createGroup(name);
    const staff = organisation.createGroup('Finance staff');
    for (const key of ['rita', 'mark', 'olga']) organisation.join(staff.id, idOf.get(key) ?? '');
    organisation.createApp('Ledger');
    organisation.giveToGroup(organisation.createApp('Expenses').id, staff.id);
    organisation.createApp('Payroll batch', { type: 'service' });
    marks.put('seeded', true);
  });
}
