import type { Instant } from '../instant';

/** A key that signs lists of leavers. Its secret is in the secret store and nowhere else. */
export interface LeaverKey {
  readonly id: string;
  /** Absent once the key was removed: it signs nothing any more, and its history stays. */
  readonly secret?: { readonly fingerprint: string; readonly setAt: Instant };
}
