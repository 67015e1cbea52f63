import { fieldIds } from '../access-desk';
import { approvalsType, dateTimeType, labelsType, priorityType, requestTypeType } from './choice-types';
import type { FieldType } from './field-type';
import { assigneeType, multiUserPickerType, participantsType, reporterType, userPickerType } from './people-types';
import { descriptionType, summaryType, textAreaType, textType } from './text-types';

/** A field whose value an issue stores in `values`. */
export interface Field {
  id: string;
  name: string;
  custom: boolean;
  type: FieldType;
  /** On the agents' create and edit screens. */
  settable: boolean;
  required?: true;
}

const system = (id: string, name: string, type: FieldType, extra: { required?: true } = {}): Field => ({
  id,
  name,
  custom: false,
  type,
  settable: true,
  ...extra,
});
const custom = (id: string, name: string, type: FieldType, settable = true): Field => ({
  id,
  name,
  custom: true,
  type,
  settable,
});

export const fields: readonly Field[] = [
  system('summary', 'Summary', summaryType, { required: true }),
  system('description', 'Description', descriptionType),
  system('priority', 'Priority', priorityType),
  system('labels', 'Labels', labelsType),
  system('assignee', 'Assignee', assigneeType),
  system('reporter', 'Reporter', reporterType, { required: true }),
  custom(fieldIds.requestType, 'Request Type', requestTypeType),
  custom(fieldIds.participants, 'Request participants', participantsType),
  custom(fieldIds.approvals, 'Approvals', approvalsType, false),
  custom(fieldIds.targetSystem, 'Target system', textType),
  custom(fieldIds.entitlement, 'Entitlement', textType),
  custom(fieldIds.beneficiary, 'Beneficiary', userPickerType),
  custom(fieldIds.serviceAccount, 'Service account', textType),
  custom(fieldIds.accessStart, 'Access start', dateTimeType),
  custom(fieldIds.accessEnd, 'Access end', dateTimeType),
  custom(fieldIds.accessDuration, 'Access duration', textType),
  custom(fieldIds.justification, 'Justification', textAreaType),
  custom(fieldIds.approvers, 'Approvers', multiUserPickerType),
];

export const fieldById = (id: string): Field | undefined => fields.find((field) => field.id === id);

export const fieldByName = (name: string): Field | undefined =>
  fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
