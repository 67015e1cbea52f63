import { asRole, identifier, type DatabaseAccount, type SqlClient } from '../servers/sql';
import type { Directory, DirectoryGroup, DirectoryUser, UserMatch } from './directory';

const userColumns = 'oid::text as id, rolname, rolcanlogin';

/** Every role that a role is a member of, through any number of others. A role that does not inherit may still switch to them. */
const reached = `
  with recursive reached (id, direct) as (
    select roleid, true from pg_auth_members where member = $1
    union
    select m.roleid, false from pg_auth_members m join reached on m.member = reached.id
  )
  select r.oid::text as id, r.rolname, bool_or(reached.direct) as direct
    from reached join pg_roles r on r.oid = reached.id group by r.oid, r.rolname`;

/**
 * Roles of a PostgreSQL server: those that may log in are accounts, the others are groups (roles of the server itself
 * excepted). The stable id is the role's object id, which renaming leaves alone.
 */
export class PostgresqlRoles implements Directory {
  constructor(private readonly account: DatabaseAccount) {}

  users(match?: UserMatch): Promise<readonly DirectoryUser[]> {
    return this.ask(async (client) => {
      if (match?.attribute === 'employeeNumber') return [];
      const { rows } = await client.query(
        `select ${userColumns} from pg_roles where rolcanlogin and ($1::text is null or lower(rolname) = lower($1)) order by oid`,
        [match?.value ?? null],
      );
      const users: DirectoryUser[] = [];
      for (const row of rows) users.push(await userOf(client, row));
      return users;
    });
  }

  user(id: string): Promise<DirectoryUser | undefined> {
    return this.ask(async (client) => {
      if (!isObjectId(id)) return undefined;
      const { rows } = await client.query(`select ${userColumns} from pg_roles where rolcanlogin and oid = $1`, [id]);
      return rows[0] && userOf(client, rows[0]);
    });
  }

  groups(): Promise<ReadonlyArray<{ readonly id: string; readonly name: string }>> {
    return this.ask(async (client) => {
      const { rows } = await client.query(
        "select oid::text as id, rolname from pg_roles where not rolcanlogin and rolname !~ '^pg_' order by oid",
      );
      return rows.map((row) => ({ id: String(row['id']), name: String(row['rolname']) }));
    });
  }

  group(id: string): Promise<DirectoryGroup | undefined> {
    return this.ask(async (client) => {
      if (!isObjectId(id)) return undefined;
      const { rows } = await client.query('select rolname from pg_roles where not rolcanlogin and oid = $1', [id]);
      if (!rows[0]) return undefined;
      const members = await client.query(
        'select r.oid::text as id, r.rolcanlogin from pg_auth_members m join pg_roles r on r.oid = m.member where m.roleid = $1 order by r.oid',
        [id],
      );
      return {
        id,
        name: String(rows[0]['rolname']),
        members: members.rows.map((row) => ({
          id: String(row['id']),
          type: row['rolcanlogin'] === true ? 'User' : 'Group',
        })),
      };
    });
  }

  put(groupId: string, memberId: string): Promise<void> {
    return this.ask(async (client) => {
      await client.query(`grant ${await named(client, groupId)} to ${await named(client, memberId)}`);
    });
  }

  take(groupId: string, memberId: string): Promise<void> {
    return this.ask(async (client) => {
      await client.query(`revoke ${await named(client, groupId)} from ${await named(client, memberId)}`);
    });
  }

  private ask<T>(work: (client: SqlClient) => Promise<T>): Promise<T> {
    return asRole(this.account, work);
  }
}

async function userOf(client: SqlClient, row: Readonly<Record<string, unknown>>): Promise<DirectoryUser> {
  const { rows } = await client.query(reached, [row['id']]);
  const login = String(row['rolname']);
  return {
    id: String(row['id']),
    login,
    name: login,
    active: row['rolcanlogin'] === true,
    groups: rows.map((group) => ({
      id: String(group['id']),
      name: String(group['rolname']),
      type: group['direct'] === true ? 'direct' : 'indirect',
    })),
  };
}

async function named(client: SqlClient, id: string): Promise<string> {
  const { rows } = isObjectId(id)
    ? await client.query('select rolname from pg_roles where oid = $1', [id])
    : { rows: [] };
  if (!rows[0]) throw new Error('no such role');
  return identifier(String(rows[0]['rolname']));
}

function isObjectId(id: string): boolean {
  return /^[1-9]\d{0,9}$/.test(id) && Number(id) < 2 ** 32;
}
