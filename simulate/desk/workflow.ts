import type { Gate } from '../../src/domain/gate/answer';
import { statuses } from '../company';

export interface Transition {
  readonly name: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly gate?: Gate;
  /** Only the app may fire it. */
  readonly appOnly?: true;
}

const { submitted, waiting, inProgress, resolved, canceled, declined } = statuses;

/**
 * The seeded workflow (docs/decisions/0003), without its second locks: neither the guard nor the condition is played, so
 * that only the function validators stand between a person and *Resolve*. *Approve* and *Decline* belong to the approval.
 */
export const transitions: readonly Transition[] = [
  { name: 'Ask approval', from: [submitted], to: waiting, appOnly: true },
  { name: 'Start', from: [submitted], to: inProgress, gate: 'approval' },
  { name: 'Resolve', from: [inProgress], to: resolved, gate: 'verification' },
  { name: 'Cancel', from: [inProgress], to: canceled, gate: 'cancel' },
  { name: 'Ask again', from: [inProgress], to: waiting, appOnly: true },
  { name: 'Reopen', from: [resolved, canceled, declined], to: submitted },
];
