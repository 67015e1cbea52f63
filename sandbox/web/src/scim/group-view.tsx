import Button from '@atlaskit/button/new';
import Select from '@atlaskit/select';
import { useState } from 'react';
import { Face } from '../shell/face';
import { PersonAddIcon } from '../shell/icons';
import { type Account, addMember, departmentOf, type Directory, type Group, nameOf, removeMember } from './directory';

interface Props {
  group: Group;
  directory: Directory;
  busy: boolean;
  change: (work: () => Promise<unknown>, done: string) => Promise<void>;
  onPeople: () => void;
}

export function GroupView({ group, directory, busy, change, onPeople }: Props) {
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const members = group.members ?? [];
  const accountOf = (id: string): Account | undefined => directory.accounts.find((account) => account.id === id);
  const options = directory.accounts
    .filter((account) => !members.some(({ value }) => value === account.id))
    .map((account) => ({ value: account.id, label: `${nameOf(account)} (${account.userName})` }));
  const add = async () => {
    if (!chosen) return;
    await change(
      () => addMember(group.id, chosen.value),
      `${nameOf(accountOf(chosen.value))} is a member of ${group.displayName}`,
    );
    setChosen(null);
  };

  return (
    <>
      <h1 className="page-title">{group.displayName}</h1>
      <form
        className="card scim__add"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label htmlFor="add-member">Add a member</label>
        <div className="scim__add-row">
          <Select
            inputId="add-member"
            className="scim__select"
            options={options}
            value={chosen}
            placeholder="Choose an account"
            isClearable
            menuPosition="fixed"
            onChange={(next) => setChosen(next as { value: string; label: string } | null)}
          />
          <Button type="submit" appearance="primary" iconBefore={PersonAddIcon} isDisabled={chosen === null || busy}>
            Add
          </Button>
        </div>
      </form>
      {members.length === 0 ? (
        <div className="empty">
          <strong>Nobody is in this group</strong>
          <p>
            Add a member above, or look at{' '}
            <button type="button" className="link-button" onClick={onPeople}>
              all accounts
            </button>
            .
          </p>
        </div>
      ) : (
        <div className="table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Member</th>
                <th scope="col">Login</th>
                <th scope="col">Department</th>
                <th scope="col">
                  <span className="visually-hidden">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {members.map((member) => {
                const account = accountOf(member.value);
                const name = nameOf(account, member.display ?? member.value);
                return (
                  <tr key={member.value}>
                    <td>
                      <span className="person-name">
                        <Face name={name} />
                        <span>{name}</span>
                      </span>
                    </td>
                    <td className="subtle">{account?.userName ?? 'a group'}</td>
                    <td className="subtle">{account ? departmentOf(account) : ''}</td>
                    <td className="table__end">
                      <Button
                        spacing="compact"
                        isDisabled={busy}
                        aria-label={`Remove ${name}`}
                        onClick={() =>
                          void change(
                            () => removeMember(group.id, member.value),
                            `${name} is no longer a member of ${group.displayName}`,
                          )
                        }
                      >
                        Remove
                      </Button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
