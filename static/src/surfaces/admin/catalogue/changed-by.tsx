import type { CatalogueEntryView, ConnectorView } from '../../../../../src/contract/settings-view';
import { ToneIcon } from '../../../parts/tone-icon';
import { en } from '../../../texts/en';
import { whatWritingNeeds } from './writing';

/** Who makes the changes of an entry, and whether the app can when it should. */
export function ChangedBy({ entry, connector }: { entry: CatalogueEntryView; connector: ConnectorView | undefined }) {
  const words = en.admin.catalogue;
  if (connector?.kind === 'manual') return <>{words.by.attested}</>;
  if (entry.fulfilment !== 'direct') return <>{words.by.ticketed}</>;
  if (connector && whatWritingNeeds(connector) === undefined) return <>{words.by.direct}</>;
  return (
    <>
      <ToneIcon tone="warning" small /> {words.byBlocked}
    </>
  );
}
