import type { Store } from '../../contracts';
import { directoryGroups, machineAccounts, people } from '../../seed/company';
import { RIGHTS_KEEPER, type Realm } from './realm';

/** Who signs in to read, and who to change. */
export const READER = { clientId: 'proofgate-reader', secret: 'sandbox-keycloak-reader' } as const;
export const WRITER = { clientId: 'proofgate-writer', secret: 'sandbox-keycloak-writer' } as const;

/** What the rights of Keycloak bring along. */
const rights: Readonly<Record<string, readonly string[]>> = {
  'query-users': [],
  'query-groups': [],
  'query-clients': [],
  'view-realm': [],
  'manage-users': [],
  'manage-realm': [],
  impersonation: [],
  'view-users': ['query-users', 'query-groups'],
  'view-clients': ['query-clients'],
  'realm-admin': ['view-users', 'view-clients', 'view-realm', 'manage-users', 'manage-realm', 'impersonation'],
};

/** The seeded company as a realm, once: what an administrator removes later stays removed. */
export function seedRealm(store: Store, realm: Realm): void {
  const marks = store.table<boolean>('keycloak-marks');
  if (marks.get('seeded')) return;
  store.transaction(() => {
    const keeper = realm.addClient(RIGHTS_KEEPER, 'sandbox-keycloak-bearer', { serviceAccountsEnabled: false });
    const ids = new Map<string, string>();
    for (const [name, brings] of Object.entries(rights))
      ids.set(
        name,
        realm.addRole(
          name,
          keeper.id,
          brings.map((each) => ids.get(each) ?? ''),
        ).id,
      );
    const account = (clientId: string): string =>
      realm.all(realm.users).find(({ username }) => username === `service-account-${clientId}`)?.id ?? '';
    const signsIn = (clientId: string, secret: string, ...may: string[]): void => {
      realm.addClient(clientId, secret, { attributes: { 'client.secret.creation.time': '1760000000' } });
      for (const right of may) realm.give('users', account(clientId), ids.get(right) ?? '');
    };
    const reads = ['view-users', 'view-realm', 'view-clients'];
    signsIn(READER.clientId, READER.secret, ...reads);
    signsIn(WRITER.clientId, WRITER.secret, ...reads, 'manage-users');
    for (const { userName } of machineAccounts) signsIn(userName, `sandbox-keycloak-${userName}`);

    const userIds = new Map<string, string>();
    for (const { key, email, displayName, accountId, directory } of people) {
      const [firstName = '', ...rest] = displayName.split(' ');
      const { manager: _manager, ...facts } = directory;
      const attributes = Object.entries({ atlassianAccountId: accountId, ...facts }).map(([name, value]) => [
        name,
        [value],
      ]);
      const user = { firstName, lastName: rest.join(' '), email, attributes: Object.fromEntries(attributes) as never };
      userIds.set(key, realm.addUser(email, user).id);
    }
    for (const { displayName } of directoryGroups) realm.addGroup(displayName);
    const staff = realm.addGroup('Finance staff');
    const accounting = realm.addGroup('Accounting', staff.id);
    for (const key of ['rita', 'mark']) realm.join(userIds.get(key) ?? '', accounting.id);
    realm.join(userIds.get('olga') ?? '', staff.id);
    const auditor = realm.addRole('auditor');
    realm.addRole('chief-auditor', undefined, [auditor.id]);
    realm.give('groups', staff.id, realm.addRole('expenses').id);
    const ledger = realm.addClient('ledger', 'sandbox-keycloak-ledger', { serviceAccountsEnabled: false });
    const post = realm.addRole('post', ledger.id);
    realm.addRole('close-books', ledger.id, [post.id]);
    marks.put('seeded', true);
  });
}
