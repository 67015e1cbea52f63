/** The SCIM directory as its administrator's console calls it. */
import { call, get } from '../site/http';

export interface Member {
  value: string;
  display?: string;
  type?: string;
}
export interface Group {
  id: string;
  displayName: string;
  members?: Member[];
}
export interface Account {
  id: string;
  userName: string;
  displayName?: string;
  active?: boolean;
  userType?: string;
  title?: string;
  [extension: string]: unknown;
}

const BASE = '/sandbox/scim';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export interface Directory {
  groups: Group[];
  accounts: Account[];
}

export async function readDirectory(): Promise<Directory> {
  const [groups, users] = await Promise.all([
    get<{ Resources: Group[] }>(`${BASE}/Groups?count=100`),
    get<{ Resources: Account[] }>(`${BASE}/Users?count=200`),
  ]);
  const accounts = [...users.Resources].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return { groups: groups.Resources, accounts };
}

const patch = (path: string, operation: object) =>
  call('PATCH', `${BASE}${path}`, { schemas: [PATCH], Operations: [operation] });

export const addMember = (group: string, account: string) =>
  patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: account }] });
export const removeMember = (group: string, account: string) =>
  patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${account}"]` });
export const setActive = (account: string, active: boolean) =>
  patch(`/Users/${account}`, { op: 'replace', path: 'active', value: active });

export const nameOf = (account: Account | undefined, fallback = ''): string =>
  account?.displayName ?? account?.userName ?? fallback;
export const departmentOf = (account: Account): string =>
  (account[ENTERPRISE] as { department?: string } | undefined)?.department ?? '';
