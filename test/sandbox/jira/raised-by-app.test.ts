import { accountOf, desk, World, type Json } from './harness';

const text = (...content: Json[]): Json => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content }] });
const raised = { id: 'revoke:holding-7:1', origin: 'end' };

describe('a removal that the app raises by itself', () => {
  const aliases = [
    { propertyKey: 'proofgate.raised', path: 'id', type: 'string' as const, searchAlias: 'accessRaised' },
  ];

  async function raise(world: World, fields: Json = {}): Promise<string> {
    world.aliases = [...world.aliases, ...aliases];
    const { key } = await world.ok('app', 'POST /rest/api/3/issue', {
      fields: {
        project: { key: 'ACC' },
        issuetype: { id: '10023' },
        summary: 'Take Finance Readers from Rita Rees',
        [desk.requestType]: '13',
        [desk.targetSystem]: 'SCIM directory',
        [desk.entitlement]: 'Finance Readers',
        [desk.beneficiary]: { accountId: accountOf('rita') },
        reporter: { accountId: accountOf('rita') },
        labels: ['access-end'],
        priority: { name: 'High' },
        ...fields,
      },
      properties: [{ key: 'proofgate.raised', value: raised }],
    });
    return key as string;
  }

  const find = async (world: World, jql: string): Promise<string[]> =>
    (await world.ok('app', 'POST /rest/api/3/search/jql', { jql, fields: ['key'] })).issues.map(({ key }: Json) => key);

  test('is a customer request of its reporter, with type and fields', async () => {
    const world = new World();
    const key = await raise(world);
    const request = await world.ok('rita', `GET /rest/servicedeskapi/request/${key}?expand=requestType,status`);
    expect(request).toMatchObject({
      requestTypeId: '13',
      requestType: { name: 'Remove access' },
      reporter: { accountId: accountOf('rita') },
      currentStatus: { status: 'Submitted' },
    });
    expect(request.requestFieldValues).toContainEqual(
      expect.objectContaining({ fieldId: desk.entitlement, value: 'Finance Readers' }),
    );
    const own = await world.ok('rita', 'GET /rest/servicedeskapi/request');
    expect(own.values.map(({ issueKey }: Json) => issueKey)).toEqual([key]);
    expect((await world.call('mark', `GET /rest/servicedeskapi/request/${key}`)).status).toBe(404);
  });

  test('is found by its property and by its label', async () => {
    const world = new World();
    const key = await raise(world);
    await world.request();
    expect(await find(world, `issue.property[proofgate.raised].id = "${raised.id}"`)).toEqual([key]);
    expect(await find(world, `project = ACC AND accessRaised = "${raised.id}"`)).toEqual([key]);
    expect(await find(world, 'accessRaised = "another"')).toEqual([]);
    expect(await find(world, 'labels = "access-end"')).toEqual([key]);
  });

  test('is announced as made by the app, and edits by the app are too, with their changelog', async () => {
    const world = new World();
    const key = await raise(world);
    expect(world.events).toMatchObject([
      {
        eventType: 'avi:jira:created:issue',
        issue: { key },
        selfGenerated: true,
        atlassianId: world.site.appAccountId,
      },
    ]);
    const fields = { assignee: { accountId: accountOf('ana') }, priority: { name: 'Highest' } };
    await world.ok('app', `PUT /rest/api/3/issue/${key}`, { fields });
    const { changelog } = await world.ok('app', `GET /rest/api/3/issue/${key}?expand=changelog`);
    const expected = [
      { fieldId: 'assignee', from: null, to: accountOf('ana'), toString: 'Ana Alvarez' },
      { fieldId: 'priority', fromString: 'High', toString: 'Highest' },
    ];
    expect(changelog.histories[0].author.accountId).toBe(world.site.appAccountId);
    for (const [index, item] of expected.entries()) {
      for (const items of [changelog.histories[0].items, world.events.at(-1)?.changelog?.items])
        for (const [name, value] of Object.entries(item)) expect(items[index][name]).toBe(value);
    }
    expect(world.events.at(-1)).toMatchObject({ eventType: 'avi:jira:updated:issue', selfGenerated: true });
  });

  test('is linked with the request that gave the access', async () => {
    const world = new World();
    const first = await world.request();
    const key = await raise(world);
    const link = { type: { name: 'Relates' }, inwardIssue: { key: first }, outwardIssue: { key } };
    await world.ok('app', 'POST /rest/api/3/issueLink', link);
    const { fields } = await world.ok('amir', `GET /rest/api/3/issue/${first}?fields=issuelinks`);
    expect(fields.issuelinks).toMatchObject([{ outwardIssue: { key } }]);
  });

  test('takes another reporter only from those who may name one', async () => {
    const world = new World();
    const roles = world.store.table<Json>('jira.roles');
    for (const [row, role] of roles.entries())
      roles.put(row, { ...role, permissions: role.permissions.filter((key: string) => key !== 'MODIFY_REPORTER') });
    await expect(raise(world)).rejects.toThrow(/reporter/);
  });

  test('adds participants, who see what is public and nothing else', async () => {
    const world = new World();
    const key = await raise(world);
    const one = `/rest/servicedeskapi/request/${key}`;
    expect((await world.call('mark', `GET ${one}`)).status).toBe(404);
    await world.ok('app', `POST ${one}/participant`, { accountIds: [accountOf('mark')] });
    const mention = { type: 'mention', attrs: { id: accountOf('rita') } };
    const words = (value: string): Json => ({ type: 'text', text: value });
    const internal = [{ key: 'sd.public.comment', value: { internal: true } }];
    await world.ok('app', `POST /rest/api/3/issue/${key}/comment`, {
      body: text(mention, words(' loses access on Friday.')),
    });
    await world.ok('app', `POST /rest/api/3/issue/${key}/comment`, {
      body: text(words('For the desk.')),
      properties: internal,
    });
    const seen = async (who: string): Promise<string[]> =>
      (await world.ok(who, `GET ${one}/comment`)).values.map(({ body }: Json) => body);
    expect(await seen('mark')).toEqual(['@Rita Rees loses access on Friday.']);
    expect(await seen('amir')).toEqual(['@Rita Rees loses access on Friday.', 'For the desk.']);
    const { comments } = await world.ok('amir', `GET /rest/api/3/issue/${key}/comment`);
    const attrs = { id: accountOf('rita'), text: '@Rita Rees' };
    expect(comments[0].body.content[0].content[0]).toEqual({ type: 'mention', attrs });
  });
});
