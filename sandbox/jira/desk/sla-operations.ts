import { slaMetrics } from '../access-desk';
import { answer } from '../http/answers';
import { operation, param, type Call, type Operation } from '../http/operation';
import { deskPage } from '../http/paging';
import { visibleRequest } from '../issues/find-issue';
import { isAgent } from '../people/permissions';
import type { IssueRecord } from '../records';
import { refuse } from '../refusal';
import { slaAnswer } from './sla';

const path = '/rest/servicedeskapi/request/{issueIdOrKey}/sla';

export const slaOperations: Operation[] = [
  operation(`GET ${path}`, 'getSlaInformation', ['read:jira-work'], (call) => {
    const issue = issueForAgent(call);
    const page = deskPage(call, slaMetrics, (metric) => slaAnswer(call.site, issue, metric));
    return answer(page.body, page.size);
  }),
  operation(`GET ${path}/{slaMetricId}`, 'getSlaInformationById', ['read:jira-work'], (call) => {
    const issue = issueForAgent(call);
    const id = param(call, 'slaMetricId');
    const metric = slaMetrics.find((known) => known.id === id);
    if (metric === undefined) throw refuse(404, `The SLA metric with ID ${id} does not exist.`);
    return answer(slaAnswer(call.site, issue, metric));
  }),
];

function issueForAgent(call: Call): IssueRecord {
  const issue = visibleRequest(call.site, call.actor, param(call, 'issueIdOrKey'));
  if (!isAgent(call.site, call.actor.accountId, issue.projectId)) {
    throw refuse(403, 'You must be an agent of the service desk to see SLA information.');
  }
  return issue;
}
