import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keystoneAdministrator, type KeystoneAdministrator } from '../../adapters/keystone-administrator';
import { freePort } from '../free-port';
import { hasCommand, missingOf } from '../installed';
import { ServerProcess } from '../server-process';
import { temporaryFolder } from '../temporary-folder';

const run = promisify(execFile);
const administrator = { name: 'admin', password: 'canary-administers-keystone' };

/** Who reads, with the role reader on the system, and who may also change. */
export const accounts = {
  reader: { name: 'proofgate-reads', password: 'canary-keystone-reads-7d10', role: 'reader' },
  writer: { name: 'proofgate-writes', password: 'canary-keystone-writes-2b9c', role: 'admin' },
} as const;

/** OpenStack Keystone over SQLite in a temporary folder, on a port that was free. */
export class Keystone {
  readonly administrator: KeystoneAdministrator;
  private token = '';

  private constructor(
    private readonly folder: ReturnType<typeof temporaryFolder>,
    private readonly port: number,
    private process: ServerProcess,
  ) {
    this.administrator = keystoneAdministrator(`${this.origin}/v3`, () => this.token);
  }

  static missing(): readonly string[] {
    return missingOf({ keystone: hasCommand('keystone-manage') && hasCommand('keystone-wsgi-public') });
  }

  static async start(): Promise<Keystone> {
    const folder = temporaryFolder('keystone');
    for (const name of ['fernet-keys', 'credential-keys']) mkdirSync(join(folder.path, name), { mode: 0o700 });
    writeFileSync(configurationIn(folder.path), configuration(folder.path));
    const manage = (...args: string[]) =>
      run('keystone-manage', ['--config-file', configurationIn(folder.path), ...args], {
        cwd: folder.path,
        env: { ...process.env, OS_BOOTSTRAP_PASSWORD: administrator.password },
      });
    await manage('db_sync');
    // Otherwise a list that the server has not read to its end keeps it from writing ("database is locked").
    const statement = 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("pragma journal_mode=wal")';
    await run('/usr/bin/python3', ['-c', statement, databaseIn(folder.path)]);
    // Keys belong to whoever runs the server, which is whoever runs the tests.
    const [user, group] = await Promise.all(
      ['-un', '-gn'].map(async (flag) => (await run('id', [flag])).stdout.trim()),
    );
    const owner = [`--keystone-user=${user}`, `--keystone-group=${group}`];
    await manage('fernet_setup', ...owner);
    await manage('credential_setup', ...owner);
    await manage('bootstrap');
    const port = await freePort();
    const server = new Keystone(folder, port, await Keystone.run(folder.path, port));
    await server.signIn();
    for (const { name, password, role } of Object.values(accounts)) await server.account(name, password, role);
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  freeze(): void {
    this.process.freeze();
  }

  end(): Promise<void> {
    return this.process.kill();
  }

  async recover(): Promise<void> {
    this.process = await Keystone.run(this.folder.path, this.port);
  }

  async close(): Promise<void> {
    await this.process.stop();
    this.folder.remove();
  }

  private async signIn(): Promise<void> {
    const { name, password } = administrator;
    const answer = await fetch(`${this.origin}/v3/auth/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        auth: {
          identity: { methods: ['password'], password: { user: { name, password, domain: { id: 'default' } } } },
          scope: { system: { all: true } },
        },
      }),
    });
    this.token = answer.headers.get('x-subject-token') ?? '';
    if (this.token === '') throw new Error(`Keystone gave its administrator no token: ${answer.status}`);
  }

  private async account(name: string, password: string, role: string): Promise<void> {
    const { call, change } = this.administrator;
    const { body } = await call('POST', '/users', { user: { name, password, domain_id: 'default' } });
    const { id } = (body as { user: { id: string } }).user;
    await change('PUT', `/system/users/${id}/roles/${await this.administrator.role(role)}`);
  }

  private static run(folder: string, port: number): Promise<ServerProcess> {
    return ServerProcess.start({
      command: 'keystone-wsgi-public',
      args: ['--host', '127.0.0.1', '--port', String(port)],
      options: { cwd: folder, env: { ...process.env, OS_KEYSTONE_CONFIG_FILES: configurationIn(folder) } },
      ready: { port },
    });
  }
}

function configurationIn(folder: string): string {
  return join(folder, 'keystone.conf');
}

function databaseIn(folder: string): string {
  return join(folder, 'keystone.db');
}

function configuration(folder: string): string {
  return [
    ...['[DEFAULT]', 'use_stderr = true'],
    ...['[database]', `connection = sqlite:///${databaseIn(folder)}`],
    ...['[token]', 'provider = fernet'],
    ...['[fernet_tokens]', `key_repository = ${join(folder, 'fernet-keys')}`],
    ...['[credential]', `key_repository = ${join(folder, 'credential-keys')}`],
    // The passwords are made up, and signing in is not to be what takes the time.
    ...['[identity]', 'password_hash_rounds = 4'],
    ...['[cache]', 'enabled = false', ''],
  ].join('\n');
}
