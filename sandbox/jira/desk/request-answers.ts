import { fieldIds, requestTypes, serviceDeskId, type RequestType } from '../access-desk';
import { approvalAnswer } from '../approvals/approval-answers';
import { approvalsOf } from '../approvals/open-approval';
import { fieldById } from '../fields/catalogue';
import { deskInstant } from '../fields/instants';
import { deskUserAnswer } from '../people/user-answers';
import { isAgent } from '../people/permissions';
import type { IssueRecord } from '../records';
import type { Site } from '../site-state';
import { deskCategory } from '../workflow/status-answers';
import { statusById } from '../workflow/workflow';

export function requestTypeOf(issue: IssueRecord): RequestType | undefined {
  return requestTypes.find((type) => type.id === issue.values[fieldIds.requestType]);
}

export function requestTypeAnswer(site: Site, type: RequestType): Record<string, unknown> {
  const base = `${site.baseUrl()}/rest/servicedeskapi`;
  const icon = `${site.baseUrl()}/rest/api/3/universal_avatar/view/type/SD_REQTYPE/avatar/10600`;
  return {
    _expands: ['field'],
    id: type.id,
    _links: { self: `${base}/servicedesk/${serviceDeskId}/requesttype/${type.id}` },
    name: type.name,
    description: type.description,
    helpText: '',
    issueTypeId: type.issueTypeId,
    serviceDeskId,
    portalId: serviceDeskId,
    groupIds: ['1'],
    icon: {
      id: '10600',
      _links: {
        iconUrls: {
          '48x48': `${icon}?size=large`,
          '24x24': `${icon}?size=small`,
          '16x16': `${icon}?size=xsmall`,
          '32x32': `${icon}?size=medium`,
        },
      },
    },
    canCreateRequest: true,
    restrictionStatus: 'OPEN',
  };
}

export function requestStatusAnswer(site: Site, statusId: string, since: number): Record<string, unknown> {
  const status = statusById(site, statusId);
  return {
    status: status.name,
    statusCategory: deskCategory(status.category),
    statusDate: deskInstant(since, site.clock.now()),
  };
}

export function requestLinks(site: Site, issue: IssueRecord): Record<string, string> {
  const base = site.baseUrl();
  return {
    jiraRest: `${base}/rest/api/2/issue/${issue.id}`,
    web: `${base}/servicedesk/customer/portal/${serviceDeskId}/${issue.key}`,
    agent: `${base}/browse/${issue.key}`,
    self: `${base}/rest/servicedeskapi/request/${issue.id}`,
  };
}

/** The Request Type field as the platform shows it on an issue. */
export function requestTypeFieldAnswer(site: Site, issue: IssueRecord): Record<string, unknown> | null {
  const type = requestTypeOf(issue);
  if (type === undefined) return null;
  return {
    _links: requestLinks(site, issue),
    requestType: requestTypeAnswer(site, type),
    currentStatus: requestStatusAnswer(site, issue.statusId, issue.statusSince),
  };
}

/** The Approvals field as the platform shows it: every round, oldest first. */
export function approvalsFieldAnswer(site: Site, issue: IssueRecord, reader: string): unknown[] | null {
  const approvals = approvalsOf(site, issue.id);
  return approvals.length === 0 ? null : approvals.map((approval) => approvalAnswer(site, approval, reader));
}

function fieldValueAnswer(site: Site, issue: IssueRecord, fieldId: string, reader: string): Record<string, unknown> {
  const field = fieldById(fieldId);
  if (field === undefined) throw new Error(`no field ${fieldId}`);
  const stored = issue.values[fieldId] ?? null;
  const shown = stored === null ? {} : field.type.portal(stored, site, reader);
  return { fieldId, label: field.name, ...shown };
}

export const requestExpands = [
  'participant',
  'status',
  'sla',
  'requestType',
  'serviceDesk',
  'attachment',
  'action',
  'comment',
] as const;

/** A customer request without expansions; desk/request-operations.ts adds those. */
export function requestAnswer(site: Site, issue: IssueRecord, reader: string): Record<string, unknown> {
  const type = requestTypeOf(issue);
  if (type === undefined) throw new Error(`${issue.key} is no customer request`);
  // The agents' value of a form field is the customer's too; fields off the form stay inside the desk.
  const shown = type.form.filter(
    ({ fieldId }) => (issue.values[fieldId] ?? null) !== null || isAgent(site, reader, issue.projectId),
  );
  return {
    _expands: [...requestExpands],
    issueId: issue.id,
    issueKey: issue.key,
    summary: issue.values['summary'],
    requestTypeId: type.id,
    serviceDeskId,
    createdDate: deskInstant(issue.created, site.clock.now()),
    reporter: deskUserAnswer(site, issue.values['reporter'] as string, reader),
    requestFieldValues: shown.map(({ fieldId }) => fieldValueAnswer(site, issue, fieldId, reader)),
    currentStatus: requestStatusAnswer(site, issue.statusId, issue.statusSince),
    _links: requestLinks(site, issue),
  };
}
