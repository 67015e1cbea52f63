import { fieldIds } from '../access-desk';

/** The workflow as the project's administrator drew it; stored in a table, so that an administrator may redraw it. */

export interface StatusDefinition {
  id: string;
  name: string;
  description: string;
  category: 'new' | 'indeterminate' | 'done';
}

export type Condition =
  { kind: 'role'; role: string } | { kind: 'block-in-progress-approval' } | { kind: 'app'; module: string };

export interface AppValidator {
  module: string;
  configuration: Record<string, unknown>;
}

export interface TransitionDefinition {
  id: string;
  name: string;
  /** Status ids; empty for the initial transition. */
  from: string[];
  to: string;
  initial?: boolean;
  conditions: Condition[];
  validators: AppValidator[];
  /** Post function: sets the resolution, or clears it. */
  resolution?: string | null;
  /** Fields of the transition's screen. */
  screen?: string[];
}

export interface ApprovalConfiguration {
  name: string;
  fieldId: string;
  conditionType: 'number' | 'percent';
  conditionValue: number;
  transitionApproved: string;
  transitionRejected: string;
}

export interface WorkflowRecord {
  id: string;
  name: string;
  /** Of the drawing: another id and the next number whenever an administrator publishes a change. */
  version: { id: string; versionNumber: number };
  statuses: StatusDefinition[];
  transitions: TransitionDefinition[];
  /** JSM approvals by status id. */
  approvals: Record<string, ApprovalConfiguration>;
}

export const appRole = 'atlassian-addons-project-access';

const submitted = '10100';
const waiting = '10101';
const inProgress = '10102';
const resolved = '10103';
const canceled = '10104';
const declined = '10105';
const waitingForCustomer = '10106';

const appOnly: Condition = { kind: 'role', role: appRole };
const notWhileAsked: Condition = { kind: 'block-in-progress-approval' };
const gate = (module: string): AppValidator => ({ module, configuration: {} });

export const accessWorkflow: WorkflowRecord = {
  id: '7f3b2c1e-5d64-4a8b-9c3d-2f6a1b0e4d55',
  name: 'ACC: Access workflow',
  version: { id: 'e0b4a6d2-73c1-4f59-b8ea-5a917c2d3f46', versionNumber: 1 },
  statuses: [
    { id: submitted, name: 'Submitted', description: 'Waits for Proofgate to route it.', category: 'new' },
    { id: waiting, name: 'Waiting for approval', description: 'Approvers have been asked.', category: 'indeterminate' },
    { id: inProgress, name: 'In progress', description: 'Access is being changed.', category: 'indeterminate' },
    {
      id: waitingForCustomer,
      name: 'Waiting for customer',
      description: 'The desk asked the customer something.',
      category: 'indeterminate',
    },
    { id: resolved, name: 'Resolved', description: 'The target system proved it.', category: 'done' },
    { id: canceled, name: 'Canceled', description: 'Nobody wants it any more.', category: 'done' },
    { id: declined, name: 'Declined', description: 'An approver said no.', category: 'done' },
  ],
  transitions: [
    { id: '1', name: 'Create', from: [], to: submitted, initial: true, conditions: [], validators: [] },
    { id: '11', name: 'Ask approval', from: [submitted], to: waiting, conditions: [appOnly], validators: [] },
    { id: '21', name: 'Start', from: [submitted], to: inProgress, conditions: [], validators: [gate('approval-gate')] },
    { id: '31', name: 'Approve', from: [waiting], to: inProgress, conditions: [notWhileAsked], validators: [] },
    {
      id: '41',
      name: 'Decline',
      from: [waiting],
      to: declined,
      conditions: [notWhileAsked],
      validators: [],
      resolution: '10002',
    },
    {
      id: '51',
      name: 'Resolve',
      from: [inProgress],
      to: resolved,
      conditions: [{ kind: 'app', module: 'approved-condition' }],
      validators: [gate('verification-gate'), gate('gate-guard')],
      resolution: '10000',
      screen: ['resolution'],
    },
    {
      id: '61',
      name: 'Cancel',
      from: [inProgress],
      to: canceled,
      conditions: [],
      validators: [gate('cancel-gate')],
      resolution: '10001',
      screen: ['resolution'],
    },
    { id: '71', name: 'Ask again', from: [inProgress], to: waiting, conditions: [appOnly], validators: [] },
    {
      id: '81',
      name: 'Reopen',
      from: [resolved, canceled, declined],
      to: submitted,
      conditions: [],
      validators: [],
      resolution: null,
    },
    {
      id: '91',
      name: 'Ask customer',
      from: [inProgress],
      to: waitingForCustomer,
      conditions: [],
      validators: [],
    },
    { id: '101', name: 'Continue', from: [waitingForCustomer], to: inProgress, conditions: [], validators: [] },
  ],
  approvals: {
    [waiting]: {
      name: 'Waiting for approval',
      fieldId: fieldIds.approvers,
      conditionType: 'percent',
      conditionValue: 100,
      transitionApproved: '31',
      transitionRejected: '41',
    },
  },
};
