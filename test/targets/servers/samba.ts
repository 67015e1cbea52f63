import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ActiveDirectory } from '../fronts/active-directory';
import { hasCommand, hasToolPackage, isRoot, missingOf } from '../installed';
import { listens, ServerProcess } from '../server-process';
import { temporaryFolder } from '../temporary-folder';
import { asSomebody, change, escaped, type LdapClient } from './ldap';

const run = promisify(execFile);
const base = 'DC=acme,DC=test';
// The ports of a domain controller cannot be chosen.
const port = 389;
const administrator = { name: 'Administrator@acme.test', password: 'Administr4tor-of-tests' };
const reader = { name: 'svc-proofgate-read@acme.test', password: 'Reads-0nly-of-tests' };
const writer = { name: 'svc-proofgate-write@acme.test', password: 'Writ3s-of-tests' };

/** A Samba Active Directory domain controller of its own domain ACME.TEST, LDAP only, in a temporary folder. */
export class Samba {
  private constructor(
    private readonly folder: ReturnType<typeof temporaryFolder>,
    private process: ServerProcess,
  ) {}

  static missing(): readonly string[] {
    return missingOf({
      samba: hasCommand('samba') && hasCommand('samba-tool'),
      'the right to open port 389 (root)': isRoot(),
      ldapts: hasToolPackage('ldapts'),
    });
  }

  static async start(): Promise<Samba> {
    if (await listens(port)) throw new Error('another directory listens on port 389 already');
    const folder = temporaryFolder('samba');
    await provision(folder.path);
    return new Samba(folder, await Samba.run(folder.path));
  }

  /** The domain as the account with reading rights sees it, or the one that may also change groups. */
  directory(as: 'reader' | 'writer'): ActiveDirectory {
    return new ActiveDirectory({ url: `ldap://127.0.0.1:${port}`, base }, as === 'reader' ? reader : writer);
  }

  /** Adds a person who may sign in; answers the objectGUID. */
  async person(login: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const name = login.split('@')[0] ?? login;
    await this.administer(async (client) => {
      await client.add(`CN=${name},CN=Users,${base}`, {
        objectClass: ['top', 'person', 'organizationalPerson', 'user'],
        sAMAccountName: name,
        userPrincipalName: login,
        ...more,
      });
      // A normal account without a password; what is added over LDAP is switched off at first.
      await client.modify(`CN=${name},CN=Users,${base}`, [
        change('replace', 'userAccountControl', String(0x200 + 0x20)),
      ]);
    });
    const [found] = await this.directory('reader').users({ attribute: 'userName', value: login });
    if (!found) throw new Error(`${login} was not added`);
    return found.id;
  }

  async group(name: string): Promise<string> {
    await this.administer((client) =>
      client.add(`CN=${name},CN=Users,${base}`, { objectClass: ['top', 'group'], sAMAccountName: name }),
    );
    const found = (await this.directory('reader').groups()).find((group) => group.name === name);
    if (!found) throw new Error(`${name} was not added`);
    return found.id;
  }

  put(groupId: string, memberId: string): Promise<void> {
    return this.changeMember('add', groupId, memberId);
  }

  take(groupId: string, memberId: string): Promise<void> {
    return this.changeMember('delete', groupId, memberId);
  }

  async holds(groupId: string, memberId: string): Promise<boolean> {
    return this.administer(async (client) => {
      const filter = `(memberOf=${escaped(await distinguishedName(client, groupId))})`;
      const member = await distinguishedName(client, memberId);
      const { searchEntries } = await client.search(member, { scope: 'base', filter, attributes: ['cn'] });
      return searchEntries.length === 1;
    });
  }

  async switchOff(personId: string): Promise<void> {
    await this.administer(async (client) =>
      client.modify(await distinguishedName(client, personId), [
        change('replace', 'userAccountControl', String(0x200 + 0x20 + 0x2)),
      ]),
    );
  }

  freeze(): void {
    this.process.freeze();
  }

  end(): Promise<void> {
    return this.process.kill();
  }

  async recover(): Promise<void> {
    this.process = await Samba.run(this.folder.path);
  }

  async close(): Promise<void> {
    await this.process.stop();
    this.folder.remove();
  }

  private async changeMember(operation: 'add' | 'delete', groupId: string, memberId: string): Promise<void> {
    await this.administer(async (client) => {
      const member = await distinguishedName(client, memberId);
      await client.modify(await distinguishedName(client, groupId), [change(operation, 'member', member)]);
    });
  }

  private administer<T>(work: (client: LdapClient) => Promise<T>): Promise<T> {
    return asSomebody(`ldap://127.0.0.1:${port}`, administrator, work);
  }

  private static run(folder: string): Promise<ServerProcess> {
    return ServerProcess.start({
      command: 'samba',
      args: ['-F', '--no-process-group', '-M', 'single', '-s', join(folder, 'ldap-only.conf')],
      ready: { port },
    });
  }
}

/** The name of the object with this objectGUID; Active Directory takes the id in the place of a name (MS-ADTS 3.1.1.3.1.2.4). */
async function distinguishedName(client: LdapClient, id: string): Promise<string> {
  const options = { scope: 'base', filter: '(objectClass=*)', attributes: ['cn'] } as const;
  const { searchEntries } = await client.search(`<GUID=${id}>`, options);
  const [entry] = searchEntries;
  if (!entry) throw new Error(`there is no object ${id}`);
  return entry.dn;
}

async function provision(folder: string): Promise<void> {
  const domain = join(folder, 'domain');
  await run('samba-tool', [
    ...['domain', 'provision', `--targetdir=${domain}`, '--realm=ACME.TEST', '--domain=ACME'],
    ...[`--adminpass=${administrator.password}`, '--server-role=dc', '--dns-backend=NONE', '--host-ip=127.0.0.1'],
    ...['--option=interfaces=lo', '--option=bind interfaces only=yes'],
  ]);
  for (const name of ['run', 'ncalrpc']) mkdirSync(join(folder, name));
  const settings = {
    interfaces: 'lo',
    'bind interfaces only': 'yes',
    realm: 'ACME.TEST',
    workgroup: 'ACME',
    'netbios name': 'DC',
    'server role': 'active directory domain controller',
    'server services': 'ldap',
    'ldap server require strong auth': 'no',
    'private dir': join(domain, 'private'),
    'state directory': join(domain, 'state'),
    'cache directory': join(domain, 'cache'),
    'lock directory': domain,
    'binddns dir': join(domain, 'bind-dns'),
    'pid directory': join(folder, 'run'),
    'ncalrpc dir': join(folder, 'ncalrpc'),
    'log file': join(folder, 'log'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `\t${name} = ${value}`);
  const config = join(folder, 'ldap-only.conf');
  writeFileSync(config, `[global]\n${lines.join('\n')}\n`);
  const database = ['-H', join(domain, 'private', 'sam.ldb'), '-s', config];
  for (const { name, password } of [reader, writer]) {
    const login = name.split('@')[0] ?? name;
    await run('samba-tool', ['user', 'create', login, password, ...database]);
  }
  // Changes groups of people and nothing above them.
  await run('samba-tool', ['group', 'addmembers', 'Account Operators', writer.name.split('@')[0] ?? '', ...database]);
}
