import { accountOf, desk, World, type Json } from './harness';

describe('who may see and do what', () => {
  test('a customer sees the own request on the portal and no issue of the platform', async () => {
    const world = new World();
    const key = await world.request();
    expect((await world.call('rita', `GET /rest/servicedeskapi/request/${key}`)).status).toBe(200);
    for (const route of [
      `GET /rest/api/3/issue/${key}`,
      `PUT /rest/api/3/issue/${key}`,
      `GET /rest/api/3/issue/${key}/transitions`,
      `GET /rest/api/3/issue/${key}/properties/proofgate`,
      'GET /rest/api/3/issue/ACC-99',
    ]) {
      const answer = await world.call('rita', route, route.startsWith('PUT') ? { fields: {} } : undefined);
      expect(answer).toMatchObject({
        status: 404,
        body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
      });
    }
  });

  test('another customer sees the request only as participant or approver', async () => {
    const world = new World();
    const key = await world.request();
    expect((await world.call('mark', `GET /rest/servicedeskapi/request/${key}`)).status).toBe(404);
    await world.ok('rita', `POST /rest/servicedeskapi/request/${key}/participant`, { accountIds: [accountOf('mark')] });
    expect((await world.call('mark', `GET /rest/servicedeskapi/request/${key}`)).status).toBe(200);
    const asked = await world.waiting('mark');
    expect((await world.call('mark', `GET /rest/servicedeskapi/request/${asked}`)).status).toBe(200);
    const mine = await world.ok('mark', 'GET /rest/servicedeskapi/request?approvalStatus=MY_PENDING_APPROVAL');
    expect(mine.values.map((request: { issueKey: string }) => request.issueKey)).toEqual([asked]);
  });

  test('a customer lists own and shared requests, an agent may list all', async () => {
    const world = new World();
    const key = await world.request();
    const listed = async (who: string, query = '') =>
      (await world.ok(who, `GET /rest/servicedeskapi/request${query}`)).values.map((request: Json) => request.issueKey);
    expect(await listed('rita')).toEqual([key]);
    expect(await listed('mark', '?requestOwnership=ALL_REQUESTS')).toEqual([]);
    expect(await listed('amir')).toEqual([]);
    expect(await listed('amir', '?requestOwnership=ALL_REQUESTS&requestStatus=OPEN_REQUESTS')).toEqual([key]);
    expect(await listed('amir', '?requestOwnership=ALL_REQUESTS&requestStatus=CLOSED_REQUESTS')).toEqual([]);
  });

  test('an entitlement owner browses and comments, but neither edits nor transitions', async () => {
    const world = new World();
    const key = await world.request();
    expect((await world.call('olga', `GET /rest/api/3/issue/${key}`)).status).toBe(200);
    expect(await world.transitionNames('olga', key)).toEqual([]);
    expect((await world.transition('olga', key, 'Start')).status).toBe(400);
    const edit = await world.call('olga', `PUT /rest/api/3/issue/${key}`, { fields: { summary: 'Mine' } });
    expect(edit.status).toBe(403);
    expect((await world.call('olga', `PUT /rest/api/3/issue/${key}/properties/x`, 1)).status).toBe(403);
  });

  test('an agent may edit, assign and transition, and only an administrator may delete', async () => {
    const world = new World();
    const key = await world.request();
    await world.ok('ana', `PUT /rest/api/3/issue/${key}`, { fields: { summary: 'Better' } });
    await world.ok('ana', `PUT /rest/api/3/issue/${key}/assignee`, { accountId: accountOf('amir') });
    const customer = await world.call('ana', `PUT /rest/api/3/issue/${key}/assignee`, { accountId: accountOf('rita') });
    expect(customer).toMatchObject({ status: 400, body: { errors: { assignee: expect.any(String) } } });
    expect((await world.call('ana', `DELETE /rest/api/3/issue/${key}`)).status).toBe(403);
    expect((await world.call('adele', `DELETE /rest/api/3/issue/${key}`)).status).toBe(204);
    expect(world.events.at(-1)).toMatchObject({ eventType: 'avi:jira:deleted:issue', issue: { key } });
    expect((await world.call('ana', `GET /rest/api/3/issue/${key}`)).status).toBe(404);
  });

  test('an agent raises for somebody else: reporter and creator differ', async () => {
    const world = new World();
    const key = await world.request({}, 'amir', { raiseOnBehalfOf: accountOf('rita') });
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=reporter,creator`);
    expect(fields.reporter.accountId).toBe(accountOf('rita'));
    expect(fields.creator.accountId).toBe(accountOf('amir'));
    await expect(world.request({}, 'rita', { raiseOnBehalfOf: accountOf('mark') })).rejects.toThrow('403');
  });

  test("mark's hidden address is shown to nobody but himself", async () => {
    const world = new World();
    const seenBy = async (who: string) =>
      (await world.ok(who, `GET /rest/api/3/user?accountId=${accountOf('mark')}`)).emailAddress;
    expect(await seenBy('adele')).toBeUndefined();
    expect(await seenBy('app')).toBeUndefined();
    expect(await seenBy('mark')).toBe('mark@acme.test');
    expect(await world.ok('adele', 'GET /rest/api/3/user/search?query=mark%40acme.test')).toEqual([]);
    const found = await world.ok('adele', 'GET /rest/api/3/user/search?query=moss');
    expect(found.map((user: Json) => user.displayName)).toEqual(['Mark Moss']);
  });

  test('permissions are answered for oneself, and for others to administrators and the app only', async () => {
    const world = new World();
    const key = await world.request();
    const { permissions } = await world.ok(
      'amir',
      `GET /rest/api/3/mypermissions?issueKey=${key}&permissions=EDIT_ISSUES,ADMINISTER,DELETE_ISSUES`,
    );
    expect(Object.entries(permissions).map(([name, value]: [string, Json]) => [name, value.havePermission])).toEqual([
      ['ADMINISTER', false],
      ['EDIT_ISSUES', true],
      ['DELETE_ISSUES', false],
    ]);
    const question = {
      accountId: accountOf('rita'),
      globalPermissions: ['ADMINISTER'],
      projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], issues: [10001, 99999], projects: [10000] }],
    };
    const denied = {
      globalPermissions: [],
      projectPermissions: [{ permission: 'BROWSE_PROJECTS', issues: [], projects: [] }],
    };
    expect(await world.ok('app', 'POST /rest/api/3/permissions/check', question)).toEqual(denied);
    expect(await world.ok('adele', 'POST /rest/api/3/permissions/check', question)).toEqual(denied);
    expect((await world.call('amir', 'POST /rest/api/3/permissions/check', question)).status).toBe(403);
    const own = await world.ok('amir', 'POST /rest/api/3/permissions/check', {
      projectPermissions: question.projectPermissions,
    });
    expect(own.projectPermissions[0]).toEqual({ permission: 'BROWSE_PROJECTS', issues: [10001], projects: [10000] });
    const unknown = await world.call('amir', 'GET /rest/api/3/mypermissions?permissions=FLY');
    expect(unknown).toMatchObject({ status: 400, body: { errorMessages: ['Unrecognized permission: FLY'] } });
  });

  test('nobody and deactivated people are refused, and cannot log in', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    expect((await world.call('nobody', `GET /rest/api/3/issue/${key}`)).status).toBe(401);
    expect(world.site.authenticate('rita@acme.test', 'sandbox')).toEqual({
      kind: 'user',
      accountId: accountOf('rita'),
    });
    expect(world.site.authenticate('rita@acme.test', 'wrong')).toBeUndefined();
    expect(world.site.authenticate('nobody@acme.test', 'sandbox')).toBeUndefined();
    world.site.setActive?.(accountOf('mark'), false);
    expect(world.site.authenticate('mark@acme.test', 'sandbox')).toBeUndefined();
    const [approval] = await world.approvals('amir', key);
    expect(approval.approvers[0].approver.active).toBe(false);
    expect((await world.answer('mark', key, approval.id, 'approve')).status).toBe(401);
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=${desk.approvals}`);
    expect(fields[desk.approvals][0].approvers[0].approver.active).toBe(false);
  });
});
