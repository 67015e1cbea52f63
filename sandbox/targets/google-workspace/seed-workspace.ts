import { directoryGroups, people } from '../../seed/company';
import type { WorkspaceDirectory } from './workspace-directory';

/** The seeded company as a Workspace. Does nothing when there is one. */
export function seedWorkspace(directory: WorkspaceDirectory): void {
  if (directory.allUsers().length > 0) return;
  for (const { email, displayName, accountId, directory: facts } of people)
    directory.addUser(email, {
      name: { fullName: displayName },
      externalIds: [
        { value: accountId, type: 'custom', customType: 'atlassian' },
        { value: facts.employeeNumber, type: 'organization' },
      ],
      organizations: [{ department: facts.department, title: facts.title, description: facts.userType, primary: true }],
      ...(facts.manager === undefined ? {} : { relations: [{ value: `${facts.manager}@acme.test`, type: 'manager' }] }),
    });
  for (const { displayName } of directoryGroups) directory.addGroup(displayName);
}
