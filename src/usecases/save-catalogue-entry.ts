import { catalogueId } from '../domain/catalogue/catalogue-id';
import type { CatalogueEntry } from '../domain/catalogue/entitlement';
import type { Ports } from './ports';
import { saveDocument, type SaveResult } from './steps/save-document';

/** Offers an entitlement in the catalogue, under the id that follows from the names of target and entitlement. */
export async function saveCatalogueEntry(
  ports: Pick<Ports, 'configuration' | 'people' | 'clock'>,
  asked: { readonly entry: Omit<CatalogueEntry, 'id'>; readonly expectedRev: number; readonly accountId: string },
): Promise<SaveResult<'catalogue'> | { readonly saved: 'no-connector' }> {
  const connector = (await ports.configuration.get('connector', asked.entry.connectorId))?.value;
  if (!connector) return { saved: 'no-connector' };
  const id = catalogueId(connector.name, asked.entry.name);
  return saveDocument(ports, {
    kind: 'catalogue',
    id,
    value: { ...asked.entry, id },
    expectedRev: asked.expectedRev,
    accountId: asked.accountId,
  });
}
