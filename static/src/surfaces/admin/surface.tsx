import '../../parts/parts.css';
import './admin.css';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { ReactNode } from 'react';
import { adminCalls } from '../../bridge';
import { FailedCall } from '../../parts/failed-call';
import { Skeleton } from '../../parts/skeleton';
import { useLoaded } from '../../parts/use-loaded';
import { en } from '../../texts/en';
import { AuditTab } from './audit/audit-tab';
import { CatalogueTab } from './catalogue/catalogue-tab';
import { ConnectorsTab } from './connectors/connectors-tab';
import { ClocksTab } from './clocks/clocks-tab';
import { HealthTab } from './health/health-tab';
import { PolicyTab } from './policy/policy-tab';
import { ProjectsTab } from './projects/projects-tab';
import type { Settings } from './settings';
import { SiteTab } from './site/site-tab';

/** The admin page: what is connected, what can be asked for, under which rules, and whether all of it works. */
export default function AdminSurface() {
  const { state, reload } = useLoaded(adminCalls.getSettings);
  if (state.kind === 'loading') return <Skeleton kind="admin" />;
  if (state.kind === 'failed') {
    return (
      <div className="pg-admin">
        <FailedCall error={state.error} at={state.at} retry={() => void reload()} />
      </div>
    );
  }
  const settings: Settings = { view: state.value, at: state.at, reload };
  const { tabs } = en.admin;
  return (
    <div className="pg-admin">
      <header>
        <h1 className="pg-h1">{en.admin.title}</h1>
        <p className="pg-subtle">{en.admin.lead}</p>
      </header>
      {state.refreshFailed && <FailedCall error={state.refreshFailed} at={state.at} retry={() => void reload()} />}
      <Tabs id="pg-admin-tabs">
        <TabList>
          {Object.values(tabs).map((name) => (
            <Tab key={name}>{name}</Tab>
          ))}
        </TabList>
        <Panel>
          <ConnectorsTab settings={settings} />
        </Panel>
        <Panel>
          <CatalogueTab settings={settings} />
        </Panel>
        <Panel>
          <PolicyTab settings={settings} />
        </Panel>
        <Panel>
          <ProjectsTab settings={settings} />
        </Panel>
        <Panel>
          <ClocksTab settings={settings} />
        </Panel>
        <Panel>
          <SiteTab settings={settings} />
        </Panel>
        <Panel>
          <HealthTab settings={settings} />
        </Panel>
        <Panel>
          <AuditTab />
        </Panel>
      </Tabs>
    </div>
  );
}

function Panel({ children }: { children: ReactNode }) {
  return (
    <TabPanel>
      <div className="pg-tab">{children}</div>
    </TabPanel>
  );
}
