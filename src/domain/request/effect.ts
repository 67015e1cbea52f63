import type { Json } from '../canonical';
import type { RevocationReason } from '../holding/holding';
import type { Duration, Instant } from '../instant';
import type { TransitionRole } from './project-mapping';

/**
 * Something that must happen outside storage because of a change. Effects of one change stand in one outbox row, in
 * order; each is idempotent or found before it is made again, by its `id`.
 */
export type Effect =
  /** Puts these people in the Approvers field and brings the issue to where JSM asks them. */
  | { readonly id: string; readonly kind: 'ask-approvals'; readonly approvers: readonly string[] }
  /** Fires a transition as the app when the issue is in one of the steps it starts from. */
  | { readonly id: string; readonly kind: 'transition'; readonly role: TransitionRole }
  | {
      readonly id: string;
      readonly kind: 'comment';
      readonly audience: 'internal' | 'customer';
      readonly text: string;
      /** People who are told by name. */
      readonly mentions?: readonly string[];
    }
  /** People see the request in the portal and hear of its comments from now on. */
  | { readonly id: string; readonly kind: 'add-participants'; readonly accountIds: readonly string[] }
  | { readonly id: string; readonly kind: 'assign'; readonly accountId: string }
  | { readonly id: string; readonly kind: 'set-priority'; readonly priority: string }
  /** Brings an issue into work without its approvals, in the name of the person who opened an emergency or an exception. */
  | { readonly id: string; readonly kind: 'open-work'; readonly accountId: string }
  /** A removal whose issue is gone is raised again by the request that it belongs to. */
  | { readonly id: string; readonly kind: 'raise-again'; readonly issueId: string }
  /** Raises an issue that belongs to this request, once. */
  | { readonly id: string; readonly kind: 'raise'; readonly raise: RaisedIssue }
  /** Access that this request proved gone ends every holding of it, whichever request granted it. */
  | { readonly id: string; readonly kind: 'end-holdings'; readonly item: string }
  /** Access that this request proved again moves the end of what was held before. */
  | { readonly id: string; readonly kind: 'extend-holdings'; readonly item: string }
  /** The display and JQL cache on the issue: never the truth. */
  | { readonly id: string; readonly kind: 'property'; readonly value: { readonly [key: string]: Json } }
  /** Answers the pending JSM approval as the person who decided in the app. */
  | {
      readonly id: string;
      readonly kind: 'answer-approval';
      readonly accountId: string;
      readonly decision: 'approve' | 'decline';
    }
  /** Makes the change in the target, where the catalogue says that the app does. */
  | {
      readonly id: string;
      readonly kind: 'direct-write';
      readonly item: string;
      readonly contentHash: string;
      readonly epoch: number;
    }
  /** Reads the target now. */
  | { readonly id: string; readonly kind: 'read-target' };

/** An issue that the app raises by itself, or for a person. */
export type RaisedIssue =
  | { readonly as: 'revocation'; readonly item: string; readonly reason: RevocationReason; readonly endsAt?: Instant }
  | {
      readonly as: 'extension';
      readonly item: string;
      readonly by: string;
      readonly end?: Instant;
      readonly duration?: Duration;
      readonly justification: string;
      readonly extensions: number;
    }
  | { readonly as: 'governance'; readonly summary: string; readonly text: string };

type Without<T> = T extends { readonly id: string } ? Omit<T, 'id'> : never;
/** An effect before it has its id. */
export type PlannedEffect = Without<Effect>;
