/** The console of another system: what an administrator of the directory does by hand. */
import { useState } from 'react';
import { goTo, Link, useAddress } from '../routing/address';
import { DatabaseIcon, PeopleIcon } from '../shell/icons';
import { useFlags } from '../shell/flags';
import { Pending } from '../shell/notice';
import { useLoaded } from '../site/use-loaded';
import { AccountTable } from './account-table';
import { readDirectory } from './directory';
import { GroupView } from './group-view';
import './scim.css';

export function ScimPage() {
  const { query } = useAddress();
  const flags = useFlags();
  const { value, error, reload } = useLoaded(readDirectory, 'directory', 4000);
  const [busy, setBusy] = useState(false);
  const wanted = query.get('group');
  const people = query.has('people');
  const group = value?.groups.find(({ displayName }) => displayName === wanted) ?? value?.groups[0];

  const change = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await work();
      flags.show({ type: 'success', title: done });
    } catch (failure) {
      flags.show({ type: 'error', title: 'The directory refused', description: (failure as Error).message });
    }
    await reload();
    setBusy(false);
  };

  return (
    <div className="with-side scim">
      <aside className="side">
        <div className="side__project">
          <span className="side__badge side__badge--scim" aria-hidden="true">
            <DatabaseIcon label="" />
          </span>
          <span>
            <strong>SCIM directory</strong>
            <small>scim.acme.test, console</small>
          </span>
        </div>
        <nav aria-label="Directory">
          <h2 className="side__heading">Groups</h2>
          <ul>
            {value?.groups.map((one) => (
              <li key={one.id}>
                <Link
                  href={`/scim?group=${encodeURIComponent(one.displayName)}`}
                  className="side__link"
                  aria-current={!people && one.id === group?.id ? 'page' : undefined}
                >
                  <PeopleIcon label="" />
                  <span>{one.displayName}</span>
                  <span className="side__count">{one.members?.length ?? 0}</span>
                </Link>
              </li>
            ))}
          </ul>
          <h2 className="side__heading">Accounts</h2>
          <ul>
            <li>
              <Link href="/scim?people" className="side__link" aria-current={people ? 'page' : undefined}>
                <PeopleIcon label="" />
                <span>All accounts</span>
                <span className="side__count">{value?.accounts.length}</span>
              </Link>
            </li>
          </ul>
        </nav>
      </aside>
      <main id="main" className="with-side__main">
        {!value ? (
          <Pending error={error} lines={6} />
        ) : people || !group ? (
          <AccountTable directory={value} busy={busy} change={change} />
        ) : (
          <GroupView
            key={group.id}
            group={group}
            directory={value}
            busy={busy}
            change={change}
            onPeople={() => goTo('/scim?people')}
          />
        )}
      </main>
    </div>
  );
}
