/** Jira's administration: the app's admin page, and which domains it may call. */
import Button from '@atlaskit/button/new';
import { AppFrame } from '../frames/app-frame';
import { isAdmin } from '../session/role-words';
import { useSession } from '../session/session';
import { ShieldIcon } from '../shell/icons';
import { Notice, Pending } from '../shell/notice';
import { call, get } from '../site/http';
import { useLoaded } from '../site/use-loaded';

export function AdminPage() {
  const { person, signIn } = useSession();
  if (person && !isAdmin(person))
    return (
      <main id="main" className="page page--narrow">
        <Notice kind="info" title="This is for Jira administrators">
          <p>{person.displayName} does not administer Jira. Adele Adler does.</p>
          <p>
            <Button onClick={() => void signIn('adele@acme.test')}>Go on as Adele</Button>
          </p>
        </Notice>
      </main>
    );
  return (
    <div className="with-side">
      <aside className="side">
        <div className="side__project">
          <span className="side__badge" aria-hidden="true">
            <ShieldIcon label="" />
          </span>
          <span>
            <strong>Jira settings</strong>
            <small>Apps</small>
          </span>
        </div>
        <ApprovedDomains />
      </aside>
      <main id="main" className="with-side__main">
        <p className="crumbs">
          Apps <span aria-hidden="true">/</span> Proofgate
        </p>
        <AppFrame module="access-admin" title="Proofgate administration" minHeight={480} />
      </main>
    </div>
  );
}

function ApprovedDomains() {
  const { value, error, reload } = useLoaded(() => get<{ approved: string[] }>('/sandbox/egress'), 'egress', 4000);
  const withdraw = async (host: string) => {
    await call('DELETE', `/sandbox/egress?host=${encodeURIComponent(host)}`);
    await reload();
  };
  return (
    <section aria-labelledby="egress-heading" className="side__section">
      <h2 id="egress-heading" className="side__heading">
        Approved domains
      </h2>
      <p className="subtle">The app may call these and no others.</p>
      {!value ? (
        <Pending error={error} lines={1} />
      ) : value.approved.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <ul className="plain-list">
          {value.approved.map((host) => (
            <li key={host} className="side__row">
              <span>{host}</span>
              <button
                type="button"
                className="link-button"
                aria-label={`Withdraw ${host}`}
                onClick={() => void withdraw(host)}
              >
                Withdraw
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
