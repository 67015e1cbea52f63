import { join } from 'node:path';
import { freePort } from '../free-port';
import { hasToolPackage, missingOf } from '../installed';
import { ScimAdministrator } from '../scim-administrator';
import { ServerProcess } from '../server-process';
import type { BetterAuthSettings } from './better-auth-main';
import { Postgresql } from './postgresql';

const root = join(__dirname, '..', '..', '..');

const tokens = { read: 'canary-better-auth-reads-90af', write: 'canary-better-auth-writes-1c5e' } as const;

/** The SCIM service of better-auth over a PostgreSQL of its own: a product that cannot be asked who is in which group. */
export class BetterAuth {
  readonly tokens = tokens;
  readonly path = '/api/auth/scim/v2';
  readonly administrator = new ScimAdministrator(() => `${this.origin}${this.path}`, tokens.write);

  private constructor(
    private readonly database: Postgresql,
    private readonly settings: BetterAuthSettings,
    private process: ServerProcess,
  ) {}

  static missing(): readonly string[] {
    const packages = missingOf({
      'better-auth': hasToolPackage('better-auth'),
      '@better-auth/scim': hasToolPackage('@better-auth/scim'),
    });
    return [...packages, ...Postgresql.missing()];
  }

  static async start(): Promise<BetterAuth> {
    const database = await Postgresql.start();
    const settings = { port: await freePort(), database: database.forApplication(), tokens };
    return new BetterAuth(database, settings, await BetterAuth.run(settings));
  }

  get origin(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }

  freeze(): void {
    this.process.freeze();
  }

  end(): Promise<void> {
    return this.process.kill();
  }

  async recover(): Promise<void> {
    this.process = await BetterAuth.run(this.settings);
  }

  async close(): Promise<void> {
    await this.process.stop();
    await this.database.close();
  }

  private static run(settings: BetterAuthSettings): Promise<ServerProcess> {
    return ServerProcess.start({
      command: process.execPath,
      args: ['--import', 'tsx', join(__dirname, 'better-auth-main.ts')],
      options: { cwd: root, env: { ...process.env, SETTINGS: JSON.stringify(settings) } },
      ready: { line: /^ready$/m },
    });
  }
}
