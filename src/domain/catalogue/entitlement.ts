import type { Duration } from '../instant';

/** How much harm the entitlement can do in the wrong hands. */
export type Risk = 'standard' | 'sensitive' | 'privileged';

/** What is asked of the access. */
export type ChangeKind = 'grant' | 'modify' | 'revoke';

/** One thing that can be held in a target system, as the catalogue offers it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly connectorId: string;
  /** The name people choose; unique within the target system. */
  readonly name: string;
  readonly description: string;
  /** The target's own stable id: what is read, written and hashed. */
  readonly entitlementId: string;
  readonly level?: string;
  /** Entitlements of the same target that must be gone after a `modify` to this one. */
  readonly replaces: ReadonlyArray<{ readonly entitlementId: string; readonly name: string }>;
  readonly risk: Risk;
  /** Atlassian account of the owner, who answers for the entitlement. */
  readonly ownerAccountId?: string;
  readonly maxDuration?: Duration;
  /** What a person does in the target to fulfil a grant or a removal. */
  readonly instructions: { readonly grant: string; readonly revoke: string };
  /** Who makes the change: a person with a ticket, or the app itself. Absent: a person. */
  readonly fulfilment?: 'ticketed' | 'direct';
}
