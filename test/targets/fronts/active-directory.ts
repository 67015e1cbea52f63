import {
  asSomebody,
  bytesOf,
  change,
  escaped,
  objectAt,
  textOf,
  type LdapClient,
  type LdapEntry,
} from '../servers/ldap';
import type { Directory, DirectoryGroup, DirectoryUser, UserMatch } from './directory';

/** Follows groups in groups to any depth (MS-ADTS 3.1.1.3.4.4.3, LDAP_MATCHING_RULE_TRANSITIVE_EVAL). */
const transitive = '1.2.840.113556.1.4.1941';
const disabled = 0x2;
const binary = ['objectGUID', 'objectSid'];
const attributes = [
  ...binary,
  'objectClass',
  'sAMAccountName',
  'userPrincipalName',
  'displayName',
  'userAccountControl',
  'employeeNumber',
  'primaryGroupID',
];
const people = '(&(objectCategory=person)(objectClass=user))';

/** Users and groups of an Active Directory domain over LDAP, as one of its accounts sees them. */
export class ActiveDirectory implements Directory {
  constructor(
    private readonly domain: { readonly url: string; readonly base: string },
    private readonly account: { readonly name: string; readonly password: string },
  ) {}

  users(match?: UserMatch): Promise<readonly DirectoryUser[]> {
    return this.ask(async (client) => {
      const found = await this.find(client, match === undefined ? people : `(&${people}${assertionOf(match)})`);
      return Promise.all(found.map((entry) => this.userOf(client, entry)));
    });
  }

  user(id: string): Promise<DirectoryUser | undefined> {
    return this.ask(async (client) => {
      const entry = await this.one(client, id, people);
      return entry && this.userOf(client, entry);
    });
  }

  groups(): Promise<ReadonlyArray<{ readonly id: string; readonly name: string }>> {
    return this.ask(async (client) => (await this.find(client, '(objectClass=group)')).map(named));
  }

  group(id: string): Promise<DirectoryGroup | undefined> {
    return this.ask(async (client) => {
      const entry = await this.one(client, id, '(objectClass=group)');
      if (!entry) return undefined;
      // Asked backwards, because `member` itself is cut short when it is long; and somebody's primary group is in no list.
      const inside = `(|(memberOf=${escaped(entry.dn)})(primaryGroupID=${relativeId(entry)}))`;
      const members = await this.find(client, inside);
      return { ...named(entry), members: members.map((member) => ({ id: guidOf(member), type: kindOf(member) })) };
    });
  }

  put(groupId: string, memberId: string): Promise<void> {
    return this.change('add', groupId, memberId);
  }

  take(groupId: string, memberId: string): Promise<void> {
    return this.change('delete', groupId, memberId);
  }

  private change(operation: 'add' | 'delete', groupId: string, memberId: string): Promise<void> {
    return this.ask(async (client) => {
      const [group, member] = [await this.one(client, groupId), await this.one(client, memberId)];
      if (!group || !member) throw new Error('no such object');
      const isIn = (await this.at(client, member.dn, `(memberOf=${escaped(group.dn)})`)) !== undefined;
      if (isIn === (operation === 'delete')) await client.modify(group.dn, [change(operation, 'member', member.dn)]);
    });
  }

  private async userOf(client: LdapClient, entry: LdapEntry): Promise<DirectoryUser> {
    // The primary group stands in no list of members, and what it is in counts too.
    const found = await this.at(client, `<SID=${primaryGroupSid(entry)}>`, '(objectClass=group)');
    const primary = found ? [found] : [];
    const directly = [...primary, ...(await this.find(client, groupsWith(entry, 'member')))];
    const through = [entry, ...primary].map((holder) => this.find(client, groupsWith(holder, `member:${transitive}:`)));
    const anyhow = new Map(
      [...directly, ...(await Promise.all(through)).flat()].map((group) => [guidOf(group), group]),
    );
    const direct = new Set(directly.map(guidOf));
    const login = textOf(entry, 'userPrincipalName') ?? textOf(entry, 'sAMAccountName') ?? '';
    const employeeNumber = textOf(entry, 'employeeNumber');
    return {
      id: guidOf(entry),
      login,
      name: textOf(entry, 'displayName') ?? login,
      active: (Number(textOf(entry, 'userAccountControl') ?? disabled) & disabled) === 0,
      ...(employeeNumber === undefined ? {} : { employeeNumber }),
      groups: [...anyhow].map(([id, group]) => ({
        ...named(group),
        type: direct.has(id) ? ('direct' as const) : ('indirect' as const),
      })),
    };
  }

  private ask<T>(work: (client: LdapClient) => Promise<T>): Promise<T> {
    return asSomebody(this.domain.url, this.account, work);
  }

  /** By its objectGUID, which Active Directory takes in the place of a name (MS-ADTS 3.1.1.3.1.2.4). */
  private one(client: LdapClient, id: string, kind = '(objectClass=*)'): Promise<LdapEntry | undefined> {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
      ? this.at(client, `<GUID=${id}>`, kind)
      : Promise.resolve(undefined);
  }

  private at(client: LdapClient, name: string, filter: string): Promise<LdapEntry | undefined> {
    return objectAt(client, name, { filter, attributes, explicitBufferAttributes: binary });
  }

  private async find(client: LdapClient, filter: string): Promise<readonly LdapEntry[]> {
    const { searchEntries } = await client.search(this.domain.base, {
      scope: 'sub',
      filter,
      attributes,
      explicitBufferAttributes: binary,
      paged: true,
    });
    return searchEntries;
  }
}

function assertionOf({ attribute, value }: UserMatch): string {
  const is = (name: string): string => `(${name}=${escaped(value)})`;
  return attribute === 'employeeNumber' ? is('employeeNumber') : `(|${is('userPrincipalName')}${is('sAMAccountName')})`;
}

function groupsWith(entry: LdapEntry, attribute: string): string {
  return `(&(objectClass=group)(${attribute}=${escaped(entry.dn)}))`;
}

function named(entry: LdapEntry): { readonly id: string; readonly name: string } {
  const id = guidOf(entry);
  return { id, name: textOf(entry, 'sAMAccountName') ?? id };
}

function kindOf(entry: LdapEntry): 'User' | 'Group' {
  const classes: unknown = entry['objectClass'];
  return Array.isArray(classes) && classes.includes('group') ? 'Group' : 'User';
}

/** objectGUID as Windows writes it: the first three parts are stored with their bytes reversed (MS-DTYP 2.3.4). */
function guidOf(entry: LdapEntry): string {
  const raw = bytesOf(entry, 'objectGUID');
  const reversed = (from: number, to: number): string => Buffer.from(raw.subarray(from, to)).reverse().toString('hex');
  const parts = [reversed(0, 4), reversed(4, 6), reversed(6, 8)];
  return [...parts, raw.subarray(8, 10).toString('hex'), raw.subarray(10).toString('hex')].join('-');
}

/** The security identifier of a user's primary group: the user's own with another last number. */
function primaryGroupSid(user: LdapEntry): string {
  const parts = sidOf(user).split('-').slice(0, -1);
  return [...parts, textOf(user, 'primaryGroupID') ?? '0'].join('-');
}

/** The last number of the security identifier: what `primaryGroupID` of others refers to. */
function relativeId(group: LdapEntry): string {
  return sidOf(group).split('-').at(-1) ?? '';
}

/** A security identifier as text (MS-DTYP 2.4.2.1). */
function sidOf(entry: LdapEntry): string {
  const sid = bytesOf(entry, 'objectSid');
  const numbers: number[] = [];
  for (let at = 8; at < sid.length; at += 4) numbers.push(sid.readUInt32LE(at));
  return ['S', sid.readUInt8(0), sid.readUIntBE(2, 6), ...numbers].join('-');
}
