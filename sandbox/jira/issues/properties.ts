import { Refusal } from '../refusal';
import { childPrefix, row, type Site } from '../site-state';

/** Issue entity properties: any JSON up to 32 KB under a key. Anyone who may edit the issue may write them. */

const propertyRow = (issueId: string, key: string): string => `${row(issueId)}:${key}`;

export function propertyValue(site: Site, issueId: string, key: string): unknown {
  return site.tables.properties.get(propertyRow(issueId, key))?.value;
}

export function hasProperty(site: Site, issueId: string, key: string): boolean {
  return site.tables.properties.get(propertyRow(issueId, key)) !== undefined;
}

export function propertyKeys(site: Site, issueId: string): string[] {
  return site.tables.properties.entries({ prefix: childPrefix(issueId) }).map(([, property]) => property.key);
}

/** Answers whether the property is new. Call it inside a transaction. */
export function setProperty(site: Site, issueId: string, key: string, value: unknown): boolean {
  if (key.length > 255) throw new Refusal(400, ['The property key cannot be longer than 255 characters.']);
  if (value === undefined) throw new Refusal(400, ['The property value cannot be empty.']);
  if (Buffer.byteLength(JSON.stringify(value)) > 32_768) {
    throw new Refusal(400, ['The property value is too long. It exceeds the allowed limit of 32768 bytes.']);
  }
  const isNew = !hasProperty(site, issueId, key);
  site.tables.properties.put(propertyRow(issueId, key), { key, value });
  return isNew;
}

export function removeProperty(site: Site, issueId: string, key: string): boolean {
  return site.tables.properties.remove(propertyRow(issueId, key));
}
