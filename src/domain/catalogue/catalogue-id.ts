import { sha256 } from '../canonical';
import { identifierKey } from '../text';

/** The id under which an entitlement of a target is found: it follows from both names, so that it can be read by key. */
export function catalogueId(targetName: string, entitlementName: string): string {
  return sha256(`${identifierKey(targetName)}\n${identifierKey(entitlementName)}`).slice(0, 32);
}
