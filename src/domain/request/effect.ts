import type { Json } from '../canonical';
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
  | { readonly id: string; readonly kind: 'comment'; readonly audience: 'internal' | 'customer'; readonly text: string }
  /** The display and JQL cache on the issue: never the truth. */
  | { readonly id: string; readonly kind: 'property'; readonly value: { readonly [key: string]: Json } }
  /** Answers the pending JSM approval as the person who decided in the app. */
  | {
      readonly id: string;
      readonly kind: 'answer-approval';
      readonly accountId: string;
      readonly decision: 'approve' | 'decline';
    }
  /** Reads the target now. */
  | { readonly id: string; readonly kind: 'read-target' };

type Without<T> = T extends { readonly id: string } ? Omit<T, 'id'> : never;
/** An effect before it has its id. */
export type PlannedEffect = Without<Effect>;
