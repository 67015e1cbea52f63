/** better-auth with its SCIM service over PostgreSQL, on the port given. Its settings come as JSON in SETTINGS. */
import { createServer, type RequestListener } from 'node:http';
import { toolModule, toolPackage } from '../installed';

export interface BetterAuthSettings {
  readonly port: number;
  readonly database: object;
  readonly tokens: { readonly read: string; readonly write: string };
}

interface Migrations {
  getMigrations(options: object): Promise<{ runMigrations(): Promise<void> }>;
}

void (async () => {
  const { port, database, tokens } = JSON.parse(process.env['SETTINGS'] ?? '{}') as BetterAuthSettings;
  const { betterAuth } = await toolModule<{ betterAuth(options: object): object }>('better-auth');
  const { scim } = await toolModule<{ scim(options: object): object }>('@better-auth/scim');
  const { getMigrations } = await toolModule<Migrations>('better-auth/db/migration');
  const { toNodeHandler } = await toolModule<{ toNodeHandler(auth: object): RequestListener }>('better-auth/node');
  const { Pool } = toolPackage<{ Pool: new (options: object) => { on(event: 'error', listener: () => void): void } }>(
    'pg',
  );
  const pool = new Pool(database);
  // A connection that breaks while nobody uses it would end the process.
  pool.on('error', () => undefined);
  const credentials = [
    { type: 'bearer', id: 'reads', token: tokens.read, scopes: ['scim.users.read', 'scim.groups.read'] },
    { type: 'bearer', id: 'writes', token: tokens.write },
  ];
  const options = {
    baseURL: `http://127.0.0.1:${port}`,
    secret: 'signs-sessions-that-nobody-has-here',
    database: pool,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    plugins: [scim({ connections: [{ id: 'company', credentials }] })],
  };
  await (await getMigrations(options)).runMigrations();
  const answer = toNodeHandler(betterAuth(options));
  createServer(answer).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
})();
