import { issueTypes, linkTypes, priorities, project, resolutions } from '../access-desk';
import { fields } from '../fields/catalogue';
import { jiraInstant } from '../fields/instants';
import { answer } from '../http/answers';
import { operation, param, type Call, type Operation } from '../http/operation';
import { linkTypeAnswer } from '../issues/links';
import { issueTypeAnswer, projectAnswer } from '../issues/project-answers';
import { resolutionAnswer } from '../issues/issue-answers';
import { mayDo } from '../people/permissions';
import { userAnswer } from '../people/user-answers';
import { refuse } from '../refusal';
import { statusAnswer } from '../workflow/status-answers';
import { statusByName, workflowOf } from '../workflow/workflow';
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
    const { statuses } = workflowOf(site);
    return answer(
      statuses.map(({ id }) => statusAnswer(site, id)),
      statuses.length,
    );
  }),
  operation('GET /rest/api/3/status/{idOrName}', 'getStatus', read, (call) => {
    const wanted = param(call, 'idOrName');
    const workflow = workflowOf(call.site);
    const status = workflow.statuses.find(({ id }) => id === wanted) ?? statusByName(workflow, wanted);
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
  operation('GET /rest/api/3/project/search', 'searchProjects', read, (call) => {
    const values = mayDo(call.site, call.actor.accountId, 'BROWSE_PROJECTS') ? [projectDetails(call)] : [];
    return answer(
      {
        self: `${call.site.baseUrl()}/rest/api/3/project/search`,
        startAt: 0,
        maxResults: 50,
        total: values.length,
        isLast: true,
        values,
      },
      values.length,
    );
  }),
  operation('GET /rest/api/3/project/{projectIdOrKey}', 'getProject', read, (call) => {
    browsableProject(call);
    return answer(projectDetails(call));
  }),
  operation('GET /rest/api/3/project/{projectIdOrKey}/statuses', 'getAllStatuses', read, (call) => {
    browsableProject(call);
    const { site } = call;
    const statuses = workflowOf(site).statuses.map(({ id }) => statusAnswer(site, id));
    return answer(
      issueTypes.map(({ id, name }) => ({
        self: `${site.baseUrl()}/rest/api/3/issuetype/${id}`,
        id,
        name,
        subtask: false,
        statuses,
      })),
      issueTypes.length,
    );
  }),
  operation('GET /rest/api/3/project/{projectIdOrKey}/role', 'getProjectRoles', read, (call) => {
    browsableProject(call);
    return answer(roleUrls(call));
  }),
  operation('GET /rest/api/3/project/{projectIdOrKey}/role/{id}', 'getProjectRole', read, (call) => {
    browsableProject(call);
    const { site, actor } = call;
    const role = site.tables.roles.entries().find(([, known]) => known.id === param(call, 'id'))?.[1];
    if (role === undefined) throw refuse(404, `Can not find a project role with id ${param(call, 'id')}`);
    return answer(
      {
        self: `${site.baseUrl()}/rest/api/3/project/${project.id}/role/${role.id}`,
        name: role.name,
        id: Number(role.id),
        description: role.description,
        actors: role.actors.map((accountId, index) => ({
          id: 10_300 + index,
          displayName: userAnswer(site, accountId, actor.accountId)?.['displayName'],
          type: 'atlassian-user-role-actor',
          actorUser: { accountId },
        })),
      },
      1 + 2 * role.actors.length,
    );
  }),
];

function browsableProject(call: Call): void {
  const wanted = param(call, 'projectIdOrKey');
  const known = wanted === project.id || wanted.toUpperCase() === project.key;
  if (!known || !mayDo(call.site, call.actor.accountId, 'BROWSE_PROJECTS')) {
    throw refuse(404, `No project could be found with key '${wanted}'.`);
  }
}

function roleUrls({ site }: Call): Record<string, string> {
  return Object.fromEntries(
    site.tables.roles
      .entries()
      .map(([, role]) => [role.name, `${site.baseUrl()}/rest/api/3/project/${project.id}/role/${role.id}`]),
  );
}

function projectDetails(call: Call): Record<string, unknown> {
  const { site, actor } = call;
  const lead = site.tables.roles.entries().find(([, role]) => role.name === 'Administrators')?.[1].actors[0];
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...projectAnswer(site),
    description: '',
    ...(lead === undefined ? {} : { lead: userAnswer(site, lead, actor.accountId) }),
    components: [],
    issueTypes: issueTypes.map(({ id }) => issueTypeAnswer(site, id)),
    assigneeType: 'UNASSIGNED',
    versions: [],
    roles: roleUrls(call),
    style: 'classic',
    isPrivate: false,
    properties: {},
    uuid: project.uuid,
  };
}

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
