import type { Instant } from '../../../domain/instant';
import type { Hold, ReadFailure } from '../../../domain/verification/judge';
import type { Answer } from '../http/answer';

/** How an account holds an entitlement, and through what, from the outer to the inner. */
export interface Membership {
  readonly hold: Hold;
  readonly through: readonly string[];
  /** Why `hold` is unknown. */
  readonly failure?: ReadFailure;
}

/**
 * One reading of what one account holds, as each target system does it. What is read in it is read once. Nothing is
 * concluded from silence: `none` means that the target said so, completely.
 */
export interface AccessReading {
  /** How the account holds an entitlement, by every path there is. */
  holdOf(entitlementId: string): Promise<Membership>;
  /** The same, looking for a direct hold first and content with it: as few calls as the target allows. */
  soughtIn(entitlementId: string): Promise<Membership>;
  /** Whether the account can be used; `not-found` when the target says that there is none with this id. */
  account(): Promise<Answer<'active' | 'inactive' | 'unknown'>>;
  /**
   * The instant at which all this was true, where the target is not asked now but has told before; undefined when it has
   * told nothing yet. Absent: the target is asked now.
   */
  asOf?(): Promise<Instant | undefined>;
}

export const direct: Membership = { hold: 'direct', through: [] };
export const none: Membership = { hold: 'none', through: [] };
export const waiting: Membership = { hold: 'pending', through: [] };

export function indirect(through: readonly string[]): Membership {
  return { hold: 'indirect', through };
}

export function unknown(failure: ReadFailure): Membership {
  return { hold: 'unknown', through: [], failure };
}
