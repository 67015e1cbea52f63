import OpenAPIBackend, { type Document } from 'openapi-backend';
import { accountOf, desk, World, type Json } from '../sandbox/jira/harness';
import { describeWithDescriptions, readDescription, type Description } from '../sandbox/jira/official-descriptions';
import { operations } from '../../sandbox/jira/operations';

/**
 * Where the descriptions contradict what Jira really answers: nulls that they do not allow. Every entry gives its
 * reason; nothing else may differ.
 */
const nullsThatJiraSends: Array<{ operations: string[]; path: RegExp; reason: string }> = [
  {
    operations: ['getIssue', 'getChangeLogs', 'searchAndReconsileIssuesUsingJqlPost'],
    path: /\/items\/\d+\/(from|fromString|to|toString)$/,
    reason: "the descriptions' own example of a changelog has `from: null`; an empty field has neither id nor text",
  },
];

/** Operations that Jira has but the trimmed description leaves out. */
const undescribed = new Set(['getPriorities', 'getIssueLinkTypes', 'linkIssues', 'getIssueLink', 'deleteIssueLink']);

describeWithDescriptions('every answer of the sandbox follows the official descriptions', () => {
  const descriptions = { platform: readDescription('platform'), desk: readDescription('desk') };
  const validators = { platform: backendOf(descriptions.platform), desk: backendOf(descriptions.desk) };
  beforeAll(async () => void (await Promise.all([validators.platform.init(), validators.desk.init()])));
  const seen = new Map<string, Set<number>>();
  const world = new World();

  /** Calls the sandbox, checks status and body against the description, and hands the body back. */
  async function checked(who: string, route: string, expected: number, body?: unknown): Promise<Json> {
    const answer = await world.call(who, route, body);
    expect({ route, status: answer.status, body: answer.status === expected ? 'as expected' : answer.body }).toEqual({
      route,
      status: expected,
      body: 'as expected',
    });
    const [method = '', path = ''] = route.split(/ (.*)/s);
    const name = world.site.scopeRule(method, path)?.operation ?? 'none';
    seen.set(name, (seen.get(name) ?? new Set()).add(expected));
    if (undescribed.has(name)) return answer.body;
    const family = path.startsWith('/rest/servicedeskapi/') ? 'desk' : 'platform';
    const statuses = responsesOf(descriptions[family], name);
    expect(statuses).toContain(String(expected));
    if (expected === 204 || !hasSchema(descriptions[family], name, String(expected))) return answer.body;
    const wire = JSON.parse(JSON.stringify(answer.body)) as unknown;
    const result = validators[family].validateResponse(wire, name, expected);
    const errors = (result.errors ?? []).filter((error) => !isKnownNull(name, error.instancePath, error.keyword, wire));
    expect({ route, errors }).toEqual({ route, errors: [] });
    return answer.body;
  }

  test('people, permissions and configuration', async () => {
    await checked('nobody', 'GET /rest/api/3/serverInfo', 200);
    await checked('adele', 'GET /rest/api/3/myself?expand=groups', 200);
    await checked('nobody', 'GET /rest/api/3/myself', 401);
    await checked('app', `GET /rest/api/3/user?accountId=${accountOf('mark')}`, 200);
    await checked('app', 'GET /rest/api/3/user?accountId=nobody', 404);
    await checked('app', 'GET /rest/api/3/user/search?query=a', 200);
    await checked(
      'app',
      `GET /rest/api/3/user/bulk?accountId=${accountOf('mark')}&accountId=${accountOf('amir')}`,
      200,
    );
    await checked('app', `GET /rest/api/3/user/groups?accountId=${accountOf('adele')}`, 200);
    await checked('adele', 'GET /rest/api/3/group/member?groupname=jira-administrators', 200);
    await checked('rita', 'GET /rest/api/3/group/member?groupname=jira-administrators', 403);
    await checked('amir', 'GET /rest/api/3/mypermissions?permissions=BROWSE_PROJECTS,ADMINISTER', 200);
    await checked('amir', 'GET /rest/api/3/mypermissions', 400);
    await checked('app', 'POST /rest/api/3/permissions/check', 200, {
      accountId: accountOf('adele'),
      globalPermissions: ['ADMINISTER'],
      projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [10000], issues: [10001] }],
    });
    await checked('amir', 'POST /rest/api/3/permissions/check', 403, { accountId: accountOf('adele') });
    for (const path of ['field', 'priority', 'resolution', 'status', 'status/Resolved', 'issuetype', 'issueLinkType']) {
      await checked('app', `GET /rest/api/3/${path}`, 200);
    }
    const projects = ['ACC', 'ACC/statuses', 'ACC/role', 'ACC/role/10101', 'GOV', 'GOV/statuses', 'GOV/role/10110'];
    for (const path of ['search', 'search?keys=GOV&maxResults=1', ...projects]) {
      await checked('app', `GET /rest/api/3/project/${path}`, 200);
    }
    await checked('rita', 'GET /rest/api/3/project/ACC', 404);
    for (const type of ['ACC/issuetypes', 'GOV/issuetypes', 'ACC/issuetypes/10021', 'GOV/issuetypes/10031']) {
      await checked('app', `GET /rest/api/3/issue/createmeta/${type}`, 200);
    }
    await checked('app', 'GET /rest/api/3/issue/createmeta/GOV/issuetypes/10021', 400);
    await checked('adele', 'GET /rest/api/3/workflows/search', 200);
    await checked('app', 'GET /rest/api/3/workflows/search?expand=values.transitions&maxResults=1', 200);
    await checked('amir', 'GET /rest/api/3/workflows/search', 401);
  });

  test('the desk, its request types and its queues', async () => {
    await checked('nobody', 'GET /rest/servicedeskapi/info', 200);
    await checked('nobody', 'GET /rest/servicedeskapi/servicedesk', 401);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk', 200);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/1', 200);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/9', 404);
    await checked('rita', 'GET /rest/servicedeskapi/requesttype', 200);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/1/requesttype', 200);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/1/requesttype/11', 200);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/1/requesttype/99', 404);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/1/requesttype/11/field', 200);
    await checked('rita', 'GET /rest/servicedeskapi/servicedesk/1/queue', 403);
  });

  test('a request from the portal to its resolution', async () => {
    const request = {
      serviceDeskId: '1',
      requestTypeId: '11',
      requestFieldValues: {
        summary: 'Read the ledgers',
        [desk.targetSystem]: 'SCIM directory',
        [desk.entitlement]: 'Finance Readers',
        [desk.beneficiary]: { accountId: accountOf('rita') },
        [desk.accessEnd]: '2027-01-31T00:00:00Z',
        [desk.justification]: 'Quarter end',
      },
    };
    const { issueKey: key } = await checked('rita', 'POST /rest/servicedeskapi/request', 201, request);
    await checked('rita', 'POST /rest/servicedeskapi/request', 400, { ...request, requestFieldValues: { nope: 1 } });
    await checked('rita', 'POST /rest/servicedeskapi/request', 403, { ...request, raiseOnBehalfOf: accountOf('mark') });
    const one = `/rest/servicedeskapi/request/${key}`;
    const everything = 'participant,status,sla,requestType,serviceDesk,comment,action';
    await checked('rita', 'GET /rest/servicedeskapi/request?expand=status', 200);
    await checked('amir', `GET ${one}?expand=${everything}`, 200);
    await checked('mark', `GET ${one}`, 404);
    await checked('rita', `POST ${one}/participant`, 200, { accountIds: [accountOf('pam')] });
    await checked('rita', `GET ${one}/participant`, 200);
    const comment = await checked('rita', `POST ${one}/comment`, 201, { body: 'Thank you', public: true });
    await checked('amir', `GET ${one}/comment?expand=renderedBody`, 200);
    await checked('amir', `GET ${one}/comment/${comment.id}`, 200);
    await checked('amir', `GET ${one}/comment/1`, 404);

    const issue = `/rest/api/3/issue/${key}`;
    await checked('app', `PUT ${issue}`, 204, { fields: { [desk.approvers]: [{ accountId: accountOf('mark') }] } });
    await checked('amir', `PUT ${issue}`, 400, { fields: { customfield_1: 1 } });
    await checked('rita', `PUT ${issue}`, 404, { fields: {} });
    await checked('app', `GET ${issue}/transitions?expand=transitions.fields`, 200);
    await checked('app', `POST ${issue}/transitions`, 204, { transition: { id: '11' } });
    await checked('amir', `POST ${issue}/transitions`, 400, { transition: { id: '31' } });
    await checked('mark', `GET ${one}/approval`, 200);
    await checked('mark', `GET ${one}/approval/1`, 200);
    await checked('mark', `GET ${one}/approval/9`, 404);
    await checked('amir', `POST ${one}/approval/1`, 403, { decision: 'approve' });
    await checked('mark', `POST ${one}/approval/1`, 400, { decision: 'perhaps' });
    await checked('mark', `POST ${one}/approval/1`, 200, { decision: 'approve' });
    await checked('mark', `POST ${one}/approval/1`, 409, { decision: 'approve' });
    await checked('amir', `GET ${one}/status`, 200);
    await checked('amir', `GET ${one}/transition`, 200);
    await checked('rita', `POST ${one}/transition`, 403, { id: '51' });

    await checked('app', `PUT ${issue}/properties/proofgate`, 201, { governed: true, state: 'verified' });
    await checked('app', `PUT ${issue}/properties/proofgate`, 200, { governed: true, state: 'verified' });
    await checked('app', `GET ${issue}/properties`, 200);
    await checked('app', `GET ${issue}/properties/proofgate`, 200);
    await checked('app', `GET ${issue}/properties/other`, 404);
    await checked('amir', `PUT ${issue}/assignee`, 204, { accountId: accountOf('ana') });
    await checked('amir', `POST ${one}/transition`, 204, { id: '51', additionalComment: { body: 'Done.' } });
    await checked('amir', `GET ${one}/sla`, 200);
    await checked('amir', `GET ${one}/sla/2`, 200);
    await checked('rita', `GET ${one}/sla`, 403);
    await checked('app', `DELETE ${issue}/properties/proofgate`, 204);
    await checked('rita', `DELETE ${one}/participant`, 200, { accountIds: [accountOf('pam')] });
    for (const queue of ['1', '2', '3', '4']) {
      await checked('amir', `GET /rest/servicedeskapi/servicedesk/1/queue/${queue}?includeCount=true`, 200);
      await checked('amir', `GET /rest/servicedeskapi/servicedesk/1/queue/${queue}/issue`, 200);
    }
    await checked('amir', 'GET /rest/servicedeskapi/servicedesk/1/queue?includeCount=true', 200);
  });

  test('issues, comments, links and searches of the platform', async () => {
    const text = (words: string) => ({
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
    });
    const fields = { project: { key: 'ACC' }, issuetype: { id: '10023' }, summary: 'Take it away' };
    const { key } = await checked('app', 'POST /rest/api/3/issue', 201, {
      fields: { ...fields, [desk.requestType]: '13', description: text('Ended'), labels: ['expired'] },
    });
    await checked('app', 'POST /rest/api/3/issue', 400, { fields: { ...fields, project: { id: '-100' } } });
    const issue = `/rest/api/3/issue/${key}`;
    await checked('nobody', `GET ${issue}`, 401);
    await checked('rita', `GET ${issue}`, 404);
    await checked('amir', `PUT ${issue}`, 204, { update: { labels: [{ add: 'late' }] } });
    const link = { type: { name: 'Relates' }, inwardIssue: { key: 'ACC-1' }, outwardIssue: { key } };
    await checked('app', 'POST /rest/api/3/issueLink', 201, link);
    const all = 'expand=transitions,changelog,names,schema,editmeta&properties=*all';
    for (const one of ['ACC-1', key]) await checked('amir', `GET /rest/api/3/issue/${one}?${all}`, 200);
    await checked('amir', `GET ${issue}/editmeta`, 200);
    await checked('amir', `GET ${issue}/changelog`, 200);
    const linked = await checked('amir', `GET ${issue}?fields=issuelinks`, 200);
    const { id: linkId } = linked.fields.issuelinks[0];
    await checked('amir', `GET /rest/api/3/issueLink/${linkId}`, 200);
    await checked('amir', `DELETE /rest/api/3/issueLink/${linkId}`, 204);

    const properties = [{ key: 'sd.public.comment', value: { internal: true } }];
    const { id } = await checked('amir', `POST ${issue}/comment`, 201, { body: text('Only us'), properties });
    await checked('amir', `POST ${issue}/comment`, 400, { body: 'plain' });
    await checked('amir', `GET ${issue}/comment?expand=properties`, 200);
    await checked('amir', `GET ${issue}/comment/${id}`, 200);
    await checked('amir', `DELETE ${issue}/comment/${id}`, 204);
    await checked('amir', `GET ${issue}/comment/${id}`, 404);

    const task = { project: { key: 'GOV' }, issuetype: { name: 'Task' }, summary: 'Look into it' };
    const governed = await checked('app', 'POST /rest/api/3/issue', 201, { fields: task });
    await checked('gus', `GET /rest/api/3/issue/${governed.key}?${all}`, 200);
    await checked('gus', `POST /rest/api/3/issue/${governed.key}/transitions`, 204, { transition: { id: '11' } });
    await checked('amir', `GET /rest/api/3/issue/${governed.key}`, 404);
    const both = encodeURIComponent('project in (ACC, GOV)');
    await checked('app', `GET /rest/api/3/search/jql?jql=${both}&fields=*all`, 200);

    const { administration } = world.site;
    const moved = administration.import({
      requestType: '11',
      status: 'Waiting for customer',
      fields: { summary: 'Old' },
      reporter: 'rita',
    });
    await checked('rita', `GET /rest/servicedeskapi/request/${moved.key}?expand=status`, 200);
    administration.retype(moved.key, { issueType: 'Remove access' });
    administration.clone(moved.key, { as: 'amir' });
    administration.reproject(moved.key, 'GOV');
    await checked('gus', `GET /rest/api/3/issue/${moved.key}?${all}`, 200);
    await checked('gus', `GET /rest/api/3/issue/${moved.key}/changelog`, 200);
    administration.redrawWorkflow({ transition: 'Cancel', remove: 'cancel-gate' });
    await checked('app', 'GET /rest/api/3/workflows/search?expand=values.transitions', 200);

    const jql = encodeURIComponent('project = ACC');
    await checked('app', `GET /rest/api/3/search/jql?jql=${jql}&fields=*all&maxResults=1`, 200);
    await checked('app', 'GET /rest/api/3/search/jql?jql=', 400);
    const page = {
      jql: 'project = ACC',
      fields: ['*all'],
      properties: ['proofgate'],
      expand: 'names,schema,changelog',
    };
    await checked('app', 'POST /rest/api/3/search/jql', 200, page);
    await checked('app', 'POST /rest/api/3/search/approximate-count', 200, { jql: 'project = ACC' });
    await checked('amir', `DELETE ${issue}`, 403);
    await checked('adele', `DELETE ${issue}`, 204);
  });

  test('leaves no modelled operation unchecked', () => {
    const removed = ['searchForIssuesUsingJql', 'searchForIssuesUsingJqlPost'];
    const unchecked = operations.map(({ name }) => name).filter((name) => !seen.has(name) && !removed.includes(name));
    expect(unchecked).toEqual([]);
  });
});

function isKnownNull(operation: string, path: string, keyword: string, body: unknown): boolean {
  const known = nullsThatJiraSends.some((fault) => fault.operations.includes(operation) && fault.path.test(path));
  const value = path
    .split('/')
    .slice(1)
    .reduce<Json>((found, name) => found?.[name], body);
  return known && keyword === 'type' && value === null;
}

/** Reads a description once; validators are compiled for the operations that are called. */
function backendOf(description: Description): OpenAPIBackend {
  return new OpenAPIBackend({
    definition: description as unknown as Document,
    strict: false,
    quick: true,
    ajvOpts: { strict: false, allErrors: true, validateFormats: false },
  });
}

type Responses = Record<string, { content?: Record<string, { schema?: unknown }> }>;

function responses(description: Description, name: string): Responses {
  const found = Object.values(description.paths)
    .flatMap((methods) => Object.values(methods))
    .find(({ operationId }) => operationId === name);
  if (found === undefined) throw new Error(`the description has no operation ${name}`);
  return (found as unknown as { responses: Responses }).responses;
}

const responsesOf = (description: Description, name: string): string[] => Object.keys(responses(description, name));

const hasSchema = (description: Description, name: string, status: string): boolean =>
  Object.values(responses(description, name)[status]?.content ?? {}).some(({ schema }) => schema !== undefined);
