import { issueTypes } from '../access-desk';
import { answer } from '../http/answers';
import { operation, param, type Call, type Operation } from '../http/operation';
import { listParameter, platformPage } from '../http/paging';
import { issueTypeAnswer, projectAnswer } from '../issues/project-answers';
import { mayDo } from '../people/permissions';
import { userAnswer } from '../people/user-answers';
import { allProjects, findProject } from '../projects';
import type { ProjectRecord } from '../records';
import { refuse } from '../refusal';
import { childrenOf } from '../site-state';
import { statusAnswer } from '../workflow/status-answers';
import { workflowOf } from '../workflow/workflow';

const read = ['read:jira-work'];
const one = '/rest/api/3/project/{projectIdOrKey}';

export const projectOperations: Operation[] = [
  operation('GET /rest/api/3/project/search', 'searchProjects', read, (call) => {
    const page = platformPage(call, searched(call), (project) => projectDetails(call, project));
    return answer(page, (page['values'] as unknown[]).length);
  }),
  operation(`GET ${one}`, 'getProject', read, (call) => answer(projectDetails(call, browsableProject(call)))),
  operation(`GET ${one}/statuses`, 'getAllStatuses', read, (call) => {
    const { site } = call;
    const project = browsableProject(call);
    const statuses = workflowOf(site, project.id).statuses.map(({ id }) => statusAnswer(site, id));
    const types = issueTypes.filter(({ id }) => project.issueTypeIds.includes(id));
    return answer(
      types.map(({ id, name }) => ({
        self: `${site.baseUrl()}/rest/api/3/issuetype/${id}`,
        id,
        name,
        subtask: false,
        statuses,
      })),
      types.length,
    );
  }),
  operation(`GET ${one}/role`, 'getProjectRoles', read, (call) => answer(roleUrls(call, browsableProject(call)))),
  operation(`GET ${one}/role/{id}`, 'getProjectRole', read, (call) => {
    const { site, actor } = call;
    const project = browsableProject(call);
    const role = childrenOf(site.tables.roles, project.id).find(({ id }) => id === param(call, 'id'));
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

/** The project that the path names, for someone who may browse it; to everyone else it does not exist. */
export function browsableProject(call: Call): ProjectRecord {
  const wanted = param(call, 'projectIdOrKey');
  const project = findProject(call.site, wanted);
  if (project === undefined || !mayDo(call.site, call.actor.accountId, project.id, 'BROWSE_PROJECTS')) {
    throw refuse(404, `No project could be found with key '${wanted}'.`);
  }
  return project;
}

const unmodelledFilters = ['orderBy', 'categoryId', 'action', 'status', 'properties', 'propertyQuery'];

function searched({ site, actor, query }: Call): ProjectRecord[] {
  const unmodelled = unmodelledFilters.find((name) => query.has(name));
  if (unmodelled !== undefined) throw refuse(501, `The sandbox does not model '${unmodelled}' of a project search.`);
  const [ids, keys, types] = ['id', 'keys', 'typeKey'].map((name) => listParameter(query, name));
  const text = (query.get('query') ?? '').toLowerCase();
  const admits = (list: string[] | undefined, value: string): boolean => !list?.length || list.includes(value);
  return allProjects(site).filter(
    ({ id, key, name, projectTypeKey }) =>
      mayDo(site, actor.accountId, id, 'BROWSE_PROJECTS') &&
      admits(ids, id) &&
      admits(keys, key) &&
      admits(types, projectTypeKey) &&
      [key, name].some((value) => value.toLowerCase().includes(text)),
  );
}

function roleUrls({ site }: Call, project: ProjectRecord): Record<string, string> {
  return Object.fromEntries(
    childrenOf(site.tables.roles, project.id).map((role) => [
      role.name,
      `${site.baseUrl()}/rest/api/3/project/${project.id}/role/${role.id}`,
    ]),
  );
}

function projectDetails(call: Call, project: ProjectRecord): Record<string, unknown> {
  const { site, actor } = call;
  const lead = childrenOf(site.tables.roles, project.id).find(({ name }) => name === 'Administrators')?.actors[0];
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    ...projectAnswer(site, project),
    description: '',
    ...(lead === undefined ? {} : { lead: userAnswer(site, lead, actor.accountId) }),
    components: [],
    issueTypes: project.issueTypeIds.map((id) => issueTypeAnswer(site, id)),
    assigneeType: 'UNASSIGNED',
    versions: [],
    roles: roleUrls(call, project),
    style: 'classic',
    isPrivate: false,
    properties: {},
    uuid: project.uuid,
  };
}
