import { catalogueId } from '../domain/catalogue/catalogue-id';
import type { CatalogueEntry } from '../domain/catalogue/entitlement';
import type { Connector } from '../domain/connector';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/** Offers an entitlement in the catalogue, under the id that follows from the names of target and entitlement. */
export async function saveCatalogueEntry(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly entry: Omit<CatalogueEntry, 'id'>; readonly expectedRev: number; readonly accountId: string },
): Promise<
  | SaveResult<'catalogue'>
  | { readonly saved: 'no-connector' }
  | { readonly saved: 'refused'; readonly problems: readonly string[] }
> {
  const connector = (await ports.configuration.get('connector', asked.entry.connectorId))?.value;
  if (!connector) return { saved: 'no-connector' };
  const problems = asked.entry.fulfilment === 'direct' ? writingProblems(connector) : [];
  if (problems.length > 0) return { saved: 'refused', problems };
  const id = catalogueId(connector.name, asked.entry.name);
  return saveDocument(ports, {
    kind: 'catalogue',
    id,
    value: { ...asked.entry, id },
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}

/** What keeps the app from making changes through a connector by itself. */
function writingProblems(connector: Connector): readonly string[] {
  if (!connector.write)
    return [
      `${connector.name} may not be changed by the app. Switch changes on for its connector first, or leave the entry to people.`,
    ];
  return connector.writeSecret?.origin === connector.origin
    ? []
    : [`The connector of ${connector.name} has no secret for changes. Enter it first, or leave the entry to people.`];
}
