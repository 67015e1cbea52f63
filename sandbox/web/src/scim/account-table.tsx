import Button from '@atlaskit/button/new';
import { Face } from '../shell/face';
import { Lozenge } from '../shell/lozenge';
import { departmentOf, type Directory, nameOf, setActive } from './directory';

interface Props {
  directory: Directory;
  busy: boolean;
  change: (work: () => Promise<unknown>, done: string) => Promise<void>;
}

export function AccountTable({ directory, busy, change }: Props) {
  const groupsOf = (id: string) =>
    directory.groups
      .filter((group) => group.members?.some(({ value }) => value === id))
      .map((group) => group.displayName);
  return (
    <>
      <h1 className="page-title">All accounts</h1>
      <div className="table-box">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Login</th>
              <th scope="col">Kind</th>
              <th scope="col">Department</th>
              <th scope="col">Groups</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {directory.accounts.map((account) => {
              const active = account.active !== false;
              const name = nameOf(account);
              return (
                <tr key={account.id}>
                  <td className="nowrap">
                    <span className="person-name">
                      <Face name={name} />
                      <span>{name}</span>
                    </span>
                  </td>
                  <td className="subtle">{account.userName}</td>
                  <td className="subtle">{account.userType}</td>
                  <td className="subtle">{departmentOf(account)}</td>
                  <td>{groupsOf(account.id).join(', ')}</td>
                  <td>
                    <Lozenge tone={active ? 'green' : 'red'}>{active ? 'Active' : 'Deactivated'}</Lozenge>
                  </td>
                  <td className="table__end">
                    <Button
                      spacing="compact"
                      isDisabled={busy}
                      aria-label={`${active ? 'Deactivate' : 'Activate'} ${name}`}
                      onClick={() =>
                        void change(
                          () => setActive(account.id, !active),
                          active ? `${name} is deactivated` : `${name} is active again`,
                        )
                      }
                    >
                      {active ? 'Deactivate' : 'Activate'}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
