import { project as seedProject } from '../seed/company';
import type { ProjectRecord } from './records';

/** The desk's configuration: ids as a site that has lived a little would have given them. Facts only. */

export const accessDesk: ProjectRecord = {
  id: '10000',
  key: seedProject.key,
  name: seedProject.name,
  uuid: '6a1f0b52-3c7e-4c11-9d2a-0c5be1f0a0cc',
  projectTypeKey: 'service_desk',
  issueTypeIds: ['10021', '10022', '10023'],
};

export const serviceDeskId = '1';

/** Every issue type of the site; a project names the ones it has. */
export const issueTypes = [
  { id: '10021', name: 'Request access', description: 'Access that somebody or something is to hold.' },
  { id: '10022', name: 'Change access', description: 'Another level or another end of access held.' },
  { id: '10023', name: 'Remove access', description: 'Access that is to be taken away.' },
  { id: '10031', name: 'Task', description: 'A small, distinct piece of work.' },
] as const;

export const fieldIds = {
  requestType: 'customfield_10010',
  participants: 'customfield_10034',
  approvals: 'customfield_10035',
  targetSystem: 'customfield_10101',
  entitlement: 'customfield_10102',
  beneficiary: 'customfield_10103',
  serviceAccount: 'customfield_10104',
  accessStart: 'customfield_10105',
  accessEnd: 'customfield_10106',
  accessDuration: 'customfield_10107',
  justification: 'customfield_10108',
  approvers: 'customfield_10109',
} as const;

export interface RequestType {
  id: string;
  name: string;
  description: string;
  issueTypeId: string;
  /** The portal form in order. */
  form: Array<{ fieldId: string; required: boolean }>;
}

const form: RequestType['form'] = [
  { fieldId: 'summary', required: true },
  { fieldId: fieldIds.targetSystem, required: true },
  { fieldId: fieldIds.entitlement, required: true },
  { fieldId: fieldIds.beneficiary, required: false },
  { fieldId: fieldIds.serviceAccount, required: false },
  { fieldId: fieldIds.accessStart, required: false },
  { fieldId: fieldIds.accessEnd, required: false },
  { fieldId: fieldIds.accessDuration, required: false },
  { fieldId: fieldIds.justification, required: false },
];

/** A removal has no duration: it starts when it is asked for. */
const removalForm = form.filter((field) => field.fieldId !== fieldIds.accessDuration);

export const requestTypes: readonly RequestType[] = [
  { id: '11', name: 'Request access', description: 'Ask for access to a system.', issueTypeId: '10021', form },
  { id: '12', name: 'Change access', description: 'Change access that is held.', issueTypeId: '10022', form },
  {
    id: '13',
    name: 'Remove access',
    description: 'Give access back or take it away.',
    issueTypeId: '10023',
    form: removalForm,
  },
];

export const priorities = [
  { id: '1', name: 'Highest', description: 'This problem will block progress.', color: '#d04437', icon: 'highest' },
  { id: '2', name: 'High', description: 'Serious problem that could block progress.', color: '#f15C75', icon: 'high' },
  { id: '3', name: 'Medium', description: 'Has the potential to affect progress.', color: '#f79232', icon: 'medium' },
  { id: '4', name: 'Low', description: 'Minor problem or easily worked around.', color: '#707070', icon: 'low' },
  {
    id: '5',
    name: 'Lowest',
    description: 'Trivial problem with little or no impact on progress.',
    color: '#999999',
    icon: 'lowest',
  },
] as const;

export const defaultPriorityId = '3';

export const resolutions = [
  { id: '10000', name: 'Done', description: 'Work has been completed on this issue.' },
  { id: '10001', name: "Won't Do", description: "This issue won't be actioned." },
  { id: '10002', name: 'Declined', description: 'This issue was not approved.' },
] as const;

export const linkTypes = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
] as const;

export const queues = [
  { id: '1', name: 'All open', jql: 'project = ACC AND statusCategory != Done ORDER BY created DESC' },
  {
    id: '2',
    name: 'Waiting for approval',
    jql: 'project = ACC AND status = "Waiting for approval" ORDER BY created DESC',
  },
  { id: '3', name: 'In progress', jql: 'project = ACC AND status = "In progress" ORDER BY created DESC' },
  {
    id: '4',
    name: 'Resolved recently',
    jql: 'project = ACC AND statusCategory = Done AND updated >= -7d ORDER BY updated DESC',
  },
] as const;

export const queueColumns = ['issuetype', 'issuekey', 'summary', 'reporter', 'assignee', 'status', 'created'] as const;

export const slaMetrics = [
  { id: '1', name: 'Time to first response', goal: 4 * 3_600_000 },
  { id: '2', name: 'Time to resolution', goal: 24 * 3_600_000 },
] as const;
