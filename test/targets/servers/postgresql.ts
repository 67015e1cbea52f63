import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { PostgresqlRoles } from '../fronts/postgresql-roles';
import { hasToolPackage, isRoot, missingOf } from '../installed';
import { ServerProcess } from '../server-process';
import { temporaryFolder } from '../temporary-folder';
import { asRole, identifier, type SqlClient } from './sql';

const administrator = { user: 'administrator', password: 'administers-in-tests' };
const reader = { user: 'proofgate_reads', password: 'reads-in-tests' };
const writer = { user: 'proofgate_writes', password: 'writes-in-tests' };

/** A PostgreSQL server of its own, in a temporary folder on a port that was free. */
export class Postgresql {
  private constructor(
    private readonly folder: ReturnType<typeof temporaryFolder>,
    private readonly port: number,
    private process: ServerProcess,
  ) {}

  static missing(): readonly string[] {
    return missingOf({ postgresql: programs() !== undefined, pg: hasToolPackage('pg') });
  }

  static async start(): Promise<Postgresql> {
    const folder = temporaryFolder('postgresql');
    const data = join(folder.path, 'data');
    mkdirSync(data);
    const owner = databaseOwner();
    if (owner) for (const path of [folder.path, data]) chownSync(path, owner.uid, owner.gid);
    const passwordFile = join(folder.path, 'password');
    execFileSync(
      'sh',
      ['-c', 'umask 077; printf %s "$1" > "$2"', 'sh', administrator.password, passwordFile],
      owner ?? {},
    );
    const options = ['-A', 'scram-sha-256', '-U', administrator.user, '-E', 'UTF8', '--no-sync'];
    const initdb = join(programs() ?? '', 'initdb');
    execFileSync(initdb, ['-D', data, `--pwfile=${passwordFile}`, ...options], {
      ...owner,
      stdio: 'pipe',
      cwd: folder.path,
    });
    const port = await freePort();
    const server = new Postgresql(folder, port, await Postgresql.run(folder.path, port));
    await server.administer(async (client) => {
      // Reading needs no right at all: the catalogues are open to whoever may log in.
      await client.query(`create role ${reader.user} login password '${reader.password}'`);
      await client.query(`create role ${writer.user} login createrole password '${writer.password}'`);
    });
    return server;
  }

  /** The roles as the account with reading rights sees them, or the one that may also grant them. */
  directory(as: 'reader' | 'writer'): PostgresqlRoles {
    return new PostgresqlRoles({ port: this.port, ...(as === 'reader' ? reader : writer) });
  }

  /** How an application with tables of its own connects. */
  forApplication(): object {
    return { host: '127.0.0.1', port: this.port, database: 'postgres', ...administrator };
  }

  /** Adds a role that may log in; answers its object id. */
  async person(login: string): Promise<string> {
    await this.administer((client) => client.query(`create role ${identifier(login)} login`));
    return this.idOf(login);
  }

  async group(name: string): Promise<string> {
    await this.administer((client) => client.query(`create role ${identifier(name)} nologin`));
    return this.idOf(name);
  }

  async put(groupId: string, memberId: string): Promise<void> {
    await this.administer(async (client) =>
      client.query(`grant ${await this.named(client, groupId)} to ${await this.named(client, memberId)}`),
    );
  }

  async take(groupId: string, memberId: string): Promise<void> {
    await this.administer(async (client) =>
      client.query(`revoke ${await this.named(client, groupId)} from ${await this.named(client, memberId)}`),
    );
  }

  holds(groupId: string, memberId: string): Promise<boolean> {
    return this.administer(async (client) => {
      const { rows } = await client.query('select 1 from pg_auth_members where roleid = $1 and member = $2', [
        groupId,
        memberId,
      ]);
      return rows.length > 0;
    });
  }

  /** What the server itself says of a role's effective membership. */
  hasRole(groupId: string, memberId: string): Promise<boolean> {
    return this.administer(async (client) => {
      const { rows } = await client.query("select pg_has_role($2::oid, $1::oid, 'member') as has", [groupId, memberId]);
      return rows[0]?.['has'] === true;
    });
  }

  freeze(): void {
    this.process.freeze();
  }

  end(): Promise<void> {
    return this.process.kill();
  }

  async recover(): Promise<void> {
    this.process = await Postgresql.run(this.folder.path, this.port);
  }

  async close(): Promise<void> {
    await this.process.stop();
    this.folder.remove();
  }

  private administer<T>(work: (client: SqlClient) => Promise<T>): Promise<T> {
    return asRole({ port: this.port, ...administrator }, work);
  }

  private idOf(name: string): Promise<string> {
    return this.administer(async (client) => {
      const { rows } = await client.query('select oid::text as id from pg_roles where rolname = $1', [name]);
      return String(rows[0]?.['id']);
    });
  }

  private async named(client: SqlClient, id: string): Promise<string> {
    const { rows } = await client.query('select rolname from pg_roles where oid = $1', [id]);
    return identifier(String(rows[0]?.['rolname']));
  }

  private static run(folder: string, port: number): Promise<ServerProcess> {
    return ServerProcess.start({
      command: join(programs() ?? '', 'postgres'),
      args: [
        ...['-D', join(folder, 'data'), '-p', String(port), '-k', folder],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=40'],
      ],
      options: { cwd: folder, ...databaseOwner() },
      ready: { line: /database system is ready to accept connections/ },
    });
  }
}

/** The folder of the newest PostgreSQL that the system's packages brought. */
function programs(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root; its packages bring an account for it. */
function databaseOwner(): { readonly uid: number; readonly gid: number } | undefined {
  if (!isRoot()) return undefined;
  const number = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  return { uid: number('-u'), gid: number('-g') };
}
