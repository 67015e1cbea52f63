import { issueTypes, linkTypes, priorities, resolutions } from '../access-desk';
import { fields } from '../fields/catalogue';
import { jiraInstant } from '../fields/instants';
import { answer } from '../http/answers';
import { operation, param, type Call, type Operation } from '../http/operation';
import { linkTypeAnswer } from '../issues/links';
import { issueTypeAnswer } from '../issues/project-answers';
import { resolutionAnswer } from '../issues/issue-answers';
import { refuse } from '../refusal';
import { statusAnswer } from '../workflow/status-answers';
import { allStatuses, statusByName } from '../workflow/workflow';
import { schemaAnswer } from './field-answers';
import { systemFieldAnswers } from './system-fields';

const read = ['read:jira-work'];

export const configurationOperations: Operation[] = [
  {
    ...operation('GET /rest/api/3/serverInfo', 'getServerInfo', [], (call) => answer(serverInfo(call))),
    anonymous: true,
  },
  operation('GET /rest/api/3/field', 'getFields', read, () => {
    const stored = fields.map((field) => ({
      id: field.id,
      key: field.id,
      name: field.name,
      custom: field.custom,
      orderable: field.settable,
      navigable: true,
      searchable: true,
      clauseNames: field.custom ? [`cf[${field.id.slice('customfield_'.length)}]`, field.name] : [field.id],
      schema: schemaAnswer(field),
    }));
    const all = [...systemFieldAnswers, ...stored];
    return answer(all, all.length);
  }),
  operation('GET /rest/api/3/priority', 'getPriorities', read, ({ site }) =>
    answer(
      priorities.map(({ id, name, description, color, icon }) => ({
        self: `${site.baseUrl()}/rest/api/3/priority/${id}`,
        statusColor: color,
        description,
        iconUrl: `${site.baseUrl()}/images/icons/priorities/${icon}.svg`,
        name,
        id,
        isDefault: id === '3',
      })),
      priorities.length,
    ),
  ),
  operation('GET /rest/api/3/resolution', 'getResolutions', read, ({ site }) =>
    answer(
      resolutions.map(({ id }) => resolutionAnswer(site, id)),
      resolutions.length,
    ),
  ),
  operation('GET /rest/api/3/status', 'getStatuses', read, ({ site }) => {
    const statuses = allStatuses(site);
    return answer(
      statuses.map(({ id }) => statusAnswer(site, id)),
      statuses.length,
    );
  }),
  operation('GET /rest/api/3/status/{idOrName}', 'getStatus', read, (call) => {
    const wanted = param(call, 'idOrName');
    const statuses = allStatuses(call.site);
    const status = statuses.find(({ id }) => id === wanted) ?? statusByName(statuses, wanted);
    if (status === undefined) throw refuse(404, `The status '${wanted}' does not exist.`);
    return answer(statusAnswer(call.site, status.id));
  }),
  operation('GET /rest/api/3/issuetype', 'getIssueAllTypes', read, ({ site }) =>
    answer(
      issueTypes.map(({ id }) => issueTypeAnswer(site, id)),
      issueTypes.length,
    ),
  ),
  operation('GET /rest/api/3/issueLinkType', 'getIssueLinkTypes', read, ({ site }) =>
    answer({ issueLinkTypes: linkTypes.map(({ id }) => linkTypeAnswer(site, id)) }, linkTypes.length),
  ),
];

function serverInfo({ site }: Call): Record<string, unknown> {
  return {
    baseUrl: site.baseUrl(),
    displayUrl: site.baseUrl(),
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_290,
    buildDate: '2026-11-20T00:00:00.000+0000',
    serverTime: jiraInstant(site.clock.now()),
    scmInfo: 'sandbox',
    serverTitle: 'Jira (Proofgate sandbox)',
    serverTimeZone: 'Etc/UTC',
  };
}
