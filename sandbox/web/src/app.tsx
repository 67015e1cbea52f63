/** Which page an address shows. */
import type { ReactNode } from 'react';
import { AdminPage } from './admin/admin-page';
import { IssuePage } from './agent/issue-page';
import { QueuePage } from './agent/queue-page';
import { ControlsPage } from './controls/controls-page';
import { LandingPage } from './landing/landing-page';
import { CreatePage } from './portal/create-page';
import { PortalHome } from './portal/portal-home';
import { RequestListPage } from './portal/request-list-page';
import { RequestPage } from './portal/request-page';
import { useAddress } from './routing/address';
import { ScimPage } from './scim/scim-page';
import { SessionProvider, useSession } from './session/session';
import { Banner } from './shell/banner';
import { FlagsProvider } from './shell/flags';
import { Notice } from './shell/notice';
import { TopBar } from './shell/top-bar';

export function App() {
  return (
    <SessionProvider>
      <FlagsProvider>
        <a className="skip-link" href="#main">
          Skip to content
        </a>
        <Banner />
        <TopBar />
        <Content />
      </FlagsProvider>
    </SessionProvider>
  );
}

function Content() {
  const { path } = useAddress();
  const { person } = useSession();
  const [area = '', kind, id] = path.split('/').slice(1);
  switch (area) {
    case '':
      return <LandingPage />;
    case 'scim':
      return <ScimPage />;
    case 'sandbox-controls':
      return <ControlsPage />;
  }
  // Everything else belongs to somebody.
  if (!person) return <LandingPage wanted />;
  const page = signedInPage(area, kind, id);
  // A page starts afresh for another person: nothing of the former one stays on the screen.
  return <div key={person.accountId}>{page ?? <NotFound path={path} />}</div>;
}

function signedInPage(area: string, kind: string | undefined, id: string | undefined): ReactNode {
  if (area === 'admin') return <AdminPage />;
  if (area === 'browse' && kind) return <IssuePage issue={kind} />;
  if (area === 'agent')
    return kind === 'issue' && id ? <IssuePage issue={id} /> : <QueuePage queue={kind === 'queue' ? id : undefined} />;
  if (area === 'servicedesk') return <RequestPage issue={location.pathname.split('/').at(-1) ?? ''} />;
  if (area !== 'portal') return undefined;
  if (kind === undefined) return <PortalHome />;
  if (kind === 'requests' || kind === 'approvals') return <RequestListPage key={kind} kind={kind} />;
  if (kind === 'create' && id) return <CreatePage key={id} requestType={id} />;
  if (kind === 'request' && id) return <RequestPage issue={id} />;
  return undefined;
}

function NotFound({ path }: { path: string }) {
  return (
    <main id="main" className="page page--narrow">
      <Notice kind="warning" title="There is no such page">
        Nothing lives at {path}. The bar above leads to everything there is.
      </Notice>
    </main>
  );
}
