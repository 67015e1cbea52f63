import { operations } from '../../../sandbox/jira/operations';
import { World } from './harness';
import { describeWithDescriptions, readDescription, type DescribedOperation } from './official-descriptions';

/** Not in the trimmed description; scopes as developer.atlassian.com lists them. */
const undescribed: Record<string, string[]> = {
  getPriorities: ['read:jira-work'],
  getIssueLinkTypes: ['read:jira-work'],
  getIssueLink: ['read:jira-work'],
  linkIssues: ['write:jira-work'],
  deleteIssueLink: ['write:jira-work'],
};

describe('scopes', () => {
  const world = new World();

  test('are known for every modelled operation and for nothing else', () => {
    expect(world.site.scopeRule('GET', '/rest/api/3/issue/ACC-1?fields=summary')).toEqual({
      operation: 'getIssue',
      scopes: ['read:jira-work'],
    });
    expect(world.site.scopeRule('post', '/rest/servicedeskapi/request/ACC-1/approval/1')).toEqual({
      operation: 'answerApproval',
      scopes: ['write:servicedesk-request'],
    });
    expect(world.site.scopeRule('GET', '/rest/api/3/dashboard')).toBeUndefined();
  });

  test('an operation that is not modelled answers 501 with its name', async () => {
    const answer = await world.call('app', 'GET /rest/api/3/dashboard/search?x=1');
    expect(answer).toMatchObject({
      status: 501,
      body: { errorMessages: ['The sandbox does not model GET /rest/api/3/dashboard/search.'], errors: {} },
    });
    const desk = await world.call('app', 'GET /rest/servicedeskapi/request/ACC-1/attachment');
    expect(desk).toMatchObject({ status: 501, body: { errorMessage: expect.stringContaining('attachment') } });
  });
});

describeWithDescriptions('scopes are those of the official descriptions', () => {
  const described = new Map<string, DescribedOperation>();
  for (const description of [readDescription('platform'), readDescription('desk')]) {
    for (const [path, methods] of Object.entries(description.paths)) {
      for (const [method, found] of Object.entries(methods)) described.set(`${method.toUpperCase()} ${path}`, found);
    }
  }

  test.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    '%s',
    (route, operation) => {
      const official = described.get(route);
      if (official === undefined) {
        expect(undescribed[operation.name]).toEqual(operation.scopes);
        return;
      }
      const current = (official['x-atlassian-oauth2-scopes'] ?? []).filter(
        ({ scheme, state }) => scheme === 'OAuth2' && state === 'Current',
      );
      expect(operation.name).toBe(official.operationId);
      expect(operation.scopes).toEqual(current.flatMap(({ scopes }) => scopes));
    },
  );
});
