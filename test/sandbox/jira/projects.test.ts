import { accountOf, desk, World, type Json } from './harness';

const task = { project: { key: 'GOV' }, issuetype: { name: 'Task' }, summary: 'Review what was overridden' };

describe('the governance project beside the access desk', () => {
  const raised = async (world: World, who = 'app'): Promise<string> =>
    (await world.ok(who, 'POST /rest/api/3/issue', { fields: task })).key as string;

  test('is found by search and by key, and has its own types, roles and workflow', async () => {
    const world = new World();
    const found = await world.ok('app', 'GET /rest/api/3/project/search');
    expect(found.values.map(({ key, projectTypeKey }: Json) => [key, projectTypeKey])).toEqual([
      ['ACC', 'service_desk'],
      ['GOV', 'business'],
    ]);
    const governance = await world.ok('gus', 'GET /rest/api/3/project/gov');
    expect(governance).toMatchObject({ id: '10010', name: 'Governance', issueTypes: [{ name: 'Task' }] });
    const [type] = await world.ok('pam', 'GET /rest/api/3/project/10010/statuses');
    expect(type.statuses.map(({ name }: Json) => name)).toEqual(['Open', 'Done']);
    expect(world.site.describe()).toMatchObject({
      project: { key: 'ACC' },
      projects: { ACC: { id: '10000', key: 'ACC' }, GOV: { id: '10010', key: 'GOV' } },
    });
  });

  test('belongs to governance: agents of the desk neither see nor find it', async () => {
    const world = new World();
    const key = await raised(world);
    for (const who of ['gus', 'pam', 'adele']) await world.ok(who, `GET /rest/api/3/issue/${key}`);
    for (const who of ['amir', 'olga', 'rita']) {
      expect((await world.call(who, `GET /rest/api/3/issue/${key}`)).status).toBe(404);
      expect((await world.call(who, 'GET /rest/api/3/project/GOV')).status).toBe(404);
    }
    const named = await world.call('amir', 'POST /rest/api/3/search/jql', { jql: 'project = GOV' });
    expect(named.body.errorMessages).toEqual(["The value 'GOV' does not exist for the field 'project'."]);
    const seen = await world.ok('amir', 'GET /rest/api/3/mypermissions?permissions=BROWSE_PROJECTS&projectKey=GOV');
    expect(seen.permissions.BROWSE_PROJECTS.havePermission).toBe(false);
  });

  test('counts its own keys, and takes only its own issue types', async () => {
    const world = new World();
    expect([await world.request(), await raised(world), await raised(world, 'gus')]).toEqual([
      'ACC-1',
      'GOV-1',
      'GOV-2',
    ]);
    const wrong = { fields: { ...task, issuetype: { name: 'Request access' } } };
    expect((await world.call('app', 'POST /rest/api/3/issue', wrong)).status).toBe(400);
    const other = { fields: { ...task, project: { key: 'ACC' } } };
    expect((await world.call('app', 'POST /rest/api/3/issue', other)).status).toBe(400);
    expect((await world.call('amir', 'POST /rest/api/3/issue', { fields: task })).status).toBe(400);
  });

  test('follows its own workflow, back and forth, without a word of the app', async () => {
    const world = new World();
    const key = await raised(world);
    const names = () => world.transitionNames('gus', key);
    expect(await names()).toEqual(['Done']);
    await world.ok('gus', `POST /rest/api/3/issue/${key}/transitions`, { transition: { id: '11' } });
    expect(await world.status(key)).toBe('Done');
    expect(await names()).toEqual(['Reopen']);
    await world.ok('pam', `POST /rest/api/3/issue/${key}/transitions`, { transition: { id: '21' } });
    expect(await world.status(key)).toBe('Open');
    expect(world.validatorCalls).toEqual([]);
    expect(world.events.at(-1)).toMatchObject({ issue: { key, fields: { project: { key: 'GOV' } } } });
  });

  test('is assigned to those who work in it, not to agents of the desk', async () => {
    const world = new World();
    const key = await raised(world);
    await world.ok('app', `PUT /rest/api/3/issue/${key}`, { fields: { assignee: { accountId: accountOf('gus') } } });
    const agent = { fields: { assignee: { accountId: accountOf('amir') } } };
    expect((await world.call('app', `PUT /rest/api/3/issue/${key}`, agent)).status).toBe(400);
  });

  test('is searched together with the desk, and is no customer request', async () => {
    const world = new World();
    const request = await world.request();
    const key = await raised(world);
    const find = async (jql: string): Promise<string[]> =>
      (await world.ok('app', 'POST /rest/api/3/search/jql', { jql, fields: ['key'] })).issues.map(
        ({ key: k }: Json) => k,
      );
    expect(await find('project in (ACC, GOV) ORDER BY project ASC')).toEqual([request, key]);
    expect(await find('project = Governance')).toEqual([key]);
    expect(await find('statusCategory != Done AND status in (Open, Submitted)')).toEqual([key, request]);
    expect((await world.call('gus', `GET /rest/servicedeskapi/request/${key}`)).status).toBe(404);
    const { values } = await world.ok('gus', 'GET /rest/servicedeskapi/request?requestOwnership=ALL_REQUESTS');
    expect(values.map(({ issueKey }: Json) => issueKey)).toEqual([request]);
  });

  test('is linked with the request that it is about', async () => {
    const world = new World();
    const request = await world.request({ [desk.beneficiary]: { accountId: accountOf('rita') } });
    const key = await raised(world);
    const link = { type: { name: 'Relates' }, inwardIssue: { key: request }, outwardIssue: { key } };
    await world.ok('app', 'POST /rest/api/3/issueLink', link);
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=issuelinks`);
    expect(fields.issuelinks).toMatchObject([{ inwardIssue: { key: request } }]);
    const { permissions } = await world.ok(
      'gus',
      `GET /rest/api/3/mypermissions?permissions=LINK_ISSUES&issueKey=${key}`,
    );
    expect(permissions.LINK_ISSUES.havePermission).toBe(true);
  });

  test('permissions are answered per project', async () => {
    const world = new World();
    const asked = { permissions: ['EDIT_ISSUES'], projects: [10_000, 10_010, 77], issues: [] };
    const check = async (who: string): Promise<number[]> =>
      (
        await world.ok('app', 'POST /rest/api/3/permissions/check', {
          accountId: accountOf(who),
          projectPermissions: [asked],
        })
      ).projectPermissions[0].projects;
    expect(await check('amir')).toEqual([10_000]);
    expect(await check('gus')).toEqual([10_000, 10_010]);
    expect(await check('rita')).toEqual([]);
  });
});
