import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { ForeignText } from '../../../parts/foreign-text';
import { useMoments } from '../../../parts/frame-context';
import { RiskMark } from '../../../parts/risk-mark';
import { en } from '../../../texts/en';
import { EmptyTab } from '../empty-tab';
import type { Settings } from '../settings';
import { TabHead } from '../tab-head';
import { CatalogueForm } from './catalogue-form';
import { ChangedBy } from './changed-by';

/** What can be asked for. */
export function CatalogueTab({ settings }: { settings: Settings }) {
  const words = en.admin.catalogue;
  const moments = useMoments();
  const [editing, setEditing] = useState<string | 'new' | undefined>();
  const { catalogue, connectors } = settings.view;
  const edited = catalogue.find((entry) => entry.id === editing);
  const targetName = (id: string) => connectors.find((connector) => connector.id === id)?.name ?? id;
  const add = connectors.length > 0 && (
    <Button appearance="primary" onClick={() => setEditing('new')}>
      {words.add}
    </Button>
  );
  return (
    <>
      <TabHead title={words.title} lead={words.lead} action={catalogue.length > 0 && editing === undefined && add} />
      {catalogue.length === 0 && editing === undefined && (
        <EmptyTab
          title={words.emptyTitle}
          text={connectors.length > 0 ? words.emptyText : words.needsConnector}
          action={add}
        />
      )}
      {editing !== undefined && (
        <CatalogueForm key={editing} entry={edited} settings={settings} close={() => setEditing(undefined)} />
      )}
      {catalogue.length > 0 && (
        <div className="pg-table-frame">
          <table className="pg-table">
            <thead>
              <tr>
                {Object.values(words.columns).map((column) => (
                  <th key={column} scope="col">
                    {column === words.columns.actions ? <span className="pg-hidden">{column}</span> : column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {catalogue.map((entry) => (
                <tr key={entry.id}>
                  <th scope="row">
                    <ForeignText strong>{entry.name}</ForeignText>
                    <p className="pg-hint pg-foreign">{entry.description}</p>
                  </th>
                  <td>
                    <ForeignText>{targetName(entry.connectorId)}</ForeignText>
                  </td>
                  <td>
                    <RiskMark risk={entry.risk} />
                  </td>
                  <td className="pg-foreign">
                    {entry.ownerAccountId ?? <span className="pg-subtle">{en.admin.none}</span>}
                  </td>
                  <td>
                    {entry.maxDuration ? (
                      moments.duration(entry.maxDuration)
                    ) : (
                      <span className="pg-subtle">{en.admin.none}</span>
                    )}
                  </td>
                  <td>
                    <ChangedBy entry={entry} connector={connectors.find(({ id }) => id === entry.connectorId)} />
                  </td>
                  <td>
                    <Button
                      appearance="subtle"
                      spacing="compact"
                      aria-label={`${en.common.edit} ${entry.name}`}
                      onClick={() => setEditing(entry.id)}
                    >
                      {en.common.edit}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
