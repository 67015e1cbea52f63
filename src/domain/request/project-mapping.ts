import type { ChangeKind } from '../catalogue/entitlement';
import type { EnforcementRule } from '../policy/enforcement';

/** The fields whose values make up what is asked. A change of any of them is a change of content. */
export const governedRoles = [
  'target',
  'entitlement',
  'beneficiary',
  'serviceAccount',
  'start',
  'end',
  'duration',
] as const;
export type GovernedRole = (typeof governedRoles)[number];

/** Field ids of a project by what they mean. `duration` is optional: not every desk offers it. */
export type FieldIds = Readonly<
  Record<Exclude<GovernedRole, 'duration'> | 'justification' | 'approvers', string> & { duration?: string }
>;

/** The steps of the workflow that the app knows. */
export const statusRoles = ['submitted', 'waiting', 'in-progress', 'resolved', 'cancelled', 'declined'] as const;
export type StatusRole = (typeof statusRoles)[number];

/** The transitions that the app fires itself, by name: ids differ between workflows. */
export type TransitionRole = 'ask-approval' | 'start' | 'ask-again' | 'resolve' | 'reopen' | 'decline';

/** How one JSM project is governed. */
export interface ProjectMapping {
  readonly projectId: string;
  readonly projectKey: string;
  /** Governed request types and what each asks. Other request types of the project are not governed. */
  readonly requestTypes: Readonly<Record<string, ChangeKind>>;
  readonly fields: FieldIds;
  /** Status id to what it means. A status that is not named here counts as `in-progress`. */
  readonly statuses: Readonly<Record<string, StatusRole>>;
  readonly transitions: Readonly<Record<Exclude<TransitionRole, 'decline'>, string> & { decline?: string }>;
  /** Statuses in which a grant waits for somebody outside the desk; its clocks stand while policy lets them. */
  readonly pauseStatuses?: readonly string[];
  /** The connector in which people, managers and departments are looked up. */
  readonly directoryConnectorId: string;
  readonly enforcement: readonly EnforcementRule[];
}

/** What a status means; statuses nobody mapped are treated as work in progress, where every gate still stands. */
export function statusRole(mapping: Pick<ProjectMapping, 'statuses'>, statusId: string): StatusRole {
  return mapping.statuses[statusId] ?? 'in-progress';
}
