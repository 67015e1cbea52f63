import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { en } from '../../../texts/en';
import { EmptyTab } from '../empty-tab';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { useApprovals } from './approve-address';
import { ConnectorCard } from './connector-card';
import { ConnectorForm } from './connector-form';

/** The connected target systems. */
export function ConnectorsTab({ settings }: { settings: Settings }) {
  const [editing, setEditing] = useState<string | 'new' | undefined>();
  const { connectors } = settings.view;
  const edited = connectors.find((connector) => connector.id === editing);
  const approvals = useApprovals(declaredHosts(settings));
  const close = () => setEditing(undefined);
  const add = (
    <Button appearance="primary" onClick={() => setEditing('new')}>
      {en.admin.connectors.add}
    </Button>
  );
  return (
    <>
      <TabHead
        title={en.admin.connectors.title}
        lead={en.admin.connectors.lead}
        action={connectors.length > 0 && editing === undefined && add}
      />
      {editing === 'new' && (
        <ConnectorForm connector={undefined} settings={settings} approvals={approvals} close={close} />
      )}
      {connectors.length === 0 && editing === undefined && (
        <EmptyTab title={en.admin.connectors.emptyTitle} text={en.admin.connectors.emptyText} action={add} />
      )}
      <ul className="pg-cards">
        {connectors.map((connector) => (
          <li key={connector.id}>
            {edited?.id === connector.id ? (
              <ConnectorForm connector={connector} settings={settings} approvals={approvals} close={close} />
            ) : (
              <ConnectorCard
                connector={connector}
                settings={settings}
                approvals={approvals}
                edit={() => setEditing(connector.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The hosts that come with the app: a kind that has one address for everybody, and where its tokens come from. */
function declaredHosts({ view }: Settings): readonly string[] {
  return view.connectorKinds.flatMap(({ address, tokenHosts = [] }) =>
    address.kind === 'fixed' ? [new URL(address.url).hostname, ...tokenHosts] : [],
  );
}
