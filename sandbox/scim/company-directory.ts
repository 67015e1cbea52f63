import type { Store } from '../contracts';
import { directoryGroups, machineAccounts, people } from '../seed/company';
import { ENTERPRISE, type Directory } from './directory';
import { stableId } from './stable-id';

const MARK = 'seeded';

/** Puts the seeded company into an empty directory, once: what an administrator deletes later stays deleted. */
export function seedDirectory(store: Store, directory: Directory): void {
  const marks = store.table<boolean>('scim-marks');
  if (marks.get(MARK)) return;
  store.transaction(() => {
    const idOf = new Map<string, string>(people.map((person) => [person.key, stableId('User', person.email)]));
    const managedBy = (key: string | undefined) => {
      const value = key === undefined ? undefined : idOf.get(key);
      return value === undefined ? {} : { manager: { value } };
    };
    for (const person of people) {
      const [givenName = '', ...rest] = person.displayName.split(' ');
      const { department, title, employeeNumber, manager, userType } = person.directory;
      directory.createUser(
        {
          userName: person.email,
          externalId: person.accountId,
          displayName: person.displayName,
          name: { formatted: person.displayName, givenName, familyName: rest.join(' ') },
          title,
          userType,
          timezone: person.timeZone,
          active: true,
          emails: [{ value: person.email, type: 'work', primary: true }],
          [ENTERPRISE]: { department, employeeNumber, ...managedBy(manager) },
        },
        stableId('User', person.email),
      );
    }
    for (const { userName, displayName, userType, owner, employeeNumber } of machineAccounts) {
      directory.createUser(
        { userName, displayName, userType, active: true, [ENTERPRISE]: { employeeNumber, ...managedBy(owner) } },
        stableId('User', userName),
      );
    }
    for (const { displayName, members } of directoryGroups) {
      const memberIds = members.map((key) => idOf.get(key) ?? stableId('User', key));
      directory.createGroup({ displayName }, memberIds, stableId('Group', displayName));
    }
    marks.put(MARK, true);
  });
}
