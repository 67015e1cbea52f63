import type { WorkflowRecord } from './definition';

const open = '10120';
const done = '10121';

/** The governance project's workflow: no rule of any app. */
export const governanceWorkflow: WorkflowRecord = {
  id: '1c9e6f38-40b2-4d77-8a15-b3d2e0f7c604',
  name: 'GOV: Governance workflow',
  version: { id: 'c57a8d1e-9b30-4f62-a4e8-1d06f2b7935c', versionNumber: 1 },
  statuses: [
    { id: open, name: 'Open', description: 'Somebody has to look at it.', category: 'new' },
    { id: done, name: 'Done', description: 'It was looked at.', category: 'done' },
  ],
  transitions: [
    { id: '1', name: 'Create', from: [], to: open, initial: true, conditions: [], validators: [] },
    { id: '11', name: 'Done', from: [open], to: done, conditions: [], validators: [], resolution: '10000' },
    { id: '21', name: 'Reopen', from: [done], to: open, conditions: [], validators: [], resolution: null },
  ],
  approvals: {},
};
