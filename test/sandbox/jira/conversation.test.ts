import { accountOf, World, type Json } from './harness';

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('comments, properties and links', () => {
  test('customers see public comments only and write nothing else', async () => {
    const world = new World();
    const key = await world.request();
    const portal = `/rest/servicedeskapi/request/${key}/comment`;
    await world.ok('amir', `POST /rest/api/3/issue/${key}/comment`, { body: doc('Hello') });
    const internal = await world.ok('amir', `POST /rest/api/3/issue/${key}/comment`, {
      body: doc('Careful'),
      properties: [{ key: 'sd.public.comment', value: { internal: true } }],
    });
    await world.ok('amir', `POST ${portal}`, { body: 'Only us' });
    await world.ok('rita', `POST ${portal}`, { body: 'Thank you' });
    const bodies = async (who: string) =>
      (await world.ok(who, `GET ${portal}`)).values.map((comment: Json) => comment.body);
    expect(await bodies('rita')).toEqual(['Hello', 'Thank you']);
    expect(await bodies('amir')).toEqual(['Hello', 'Careful', 'Only us', 'Thank you']);
    expect((await world.call('rita', `GET ${portal}/${internal.id}`)).status).toBe(404);
    expect((await world.call('rita', `POST ${portal}`, { body: 'Psst', public: false })).status).toBe(403);
    expect((await world.call('mark', `POST ${portal}`, { body: 'Me too' })).status).toBe(404);
    const { comments } = await world.ok(
      'amir',
      `GET /rest/api/3/issue/${key}/comment?orderBy=-created&expand=properties`,
    );
    expect(comments.map((comment: Json) => comment.jsdPublic)).toEqual([true, false, false, true]);
    expect(world.events).toHaveLength(1);
  });

  test('a comment for a role is read by that role alone', async () => {
    const world = new World();
    const key = await world.request();
    const body = { body: doc('Agents only'), visibility: { type: 'role', value: 'Service Desk Team' } };
    await world.ok('amir', `POST /rest/api/3/issue/${key}/comment`, body);
    const seen = async (who: string) => (await world.ok(who, `GET /rest/api/3/issue/${key}/comment`)).total;
    expect([await seen('ana'), await seen('olga'), await seen('app')]).toEqual([1, 0, 0]);
    const nowhere = { ...body, visibility: { type: 'role', value: 'Nobody' } };
    expect((await world.call('amir', `POST /rest/api/3/issue/${key}/comment`, nowhere)).status).toBe(400);
  });

  test('the clocks of the desk run for agents, from creation to response and resolution', async () => {
    const world = new World();
    const key = await world.inProgress();
    const clocks = async () => (await world.ok('amir', `GET /rest/servicedeskapi/request/${key}/sla`)).values;
    world.now += 5 * 3_600_000;
    expect((await clocks()).map((sla: Json) => [sla.name, sla.ongoingCycle.breached])).toEqual([
      ['Time to first response', true],
      ['Time to resolution', false],
    ]);
    await world.ok('amir', `POST /rest/servicedeskapi/request/${key}/comment`, { body: 'On it', public: true });
    await world.must('amir', key, 'Resolve');
    expect((await clocks()).map((sla: Json) => sla.completedCycles.length)).toEqual([1, 1]);
  });

  test('anyone who may edit an issue may write Json property on it', async () => {
    const world = new World();
    const key = await world.request();
    const property = `/rest/api/3/issue/${key}/properties/proofgate`;
    expect((await world.call('amir', `PUT ${property}`, { state: 'verified' })).status).toBe(201);
    expect((await world.call('app', `PUT ${property}`, { state: 'submitted' })).status).toBe(200);
    expect(await world.ok('ana', `GET ${property}`)).toEqual({ key: 'proofgate', value: { state: 'submitted' } });
    expect((await world.call('amir', `PUT ${property}`, 'x'.repeat(40_000))).status).toBe(400);
    const issue = await world.ok('amir', `GET /rest/api/3/issue/${key}?fields=summary&properties=proofgate`);
    expect(issue).toMatchObject({
      fields: { summary: 'Read the ledgers' },
      properties: { proofgate: { state: 'submitted' } },
    });
    expect((await world.call('amir', `DELETE ${property}`)).status).toBe(204);
    expect((await world.call('amir', `GET ${property}`)).status).toBe(404);
    expect(world.events).toHaveLength(1);
  });

  test('a link stands on both issues and in both histories', async () => {
    const world = new World();
    const [grant, removal] = [await world.request(), await world.request({}, 'rita', { requestTypeId: '13' })];
    await world.ok('app', 'POST /rest/api/3/issueLink', {
      type: { name: 'Blocks' },
      inwardIssue: { key: grant },
      outwardIssue: { key: removal },
    });
    const links = async (key: string) =>
      (await world.ok('app', `GET /rest/api/3/issue/${key}?fields=issuelinks`)).fields.issuelinks;
    expect((await links(grant))[0]).toMatchObject({ type: { outward: 'blocks' }, outwardIssue: { key: removal } });
    const [back] = await links(removal);
    expect(back).toMatchObject({ type: { inward: 'is blocked by' }, inwardIssue: { key: grant } });
    expect(world.events.slice(2).map((event) => event.changelog?.items[0]?.['toString'])).toEqual([
      `This issue blocks ${removal}`,
      `This issue is blocked by ${grant}`,
    ]);
    expect((await world.call('app', `DELETE /rest/api/3/issueLink/${back.id}`)).status).toBe(204);
    expect(await links(grant)).toEqual([]);
  });

  test('a failing request leaves nothing behind', async () => {
    const world = new World();
    const key = await world.request();
    const answer = await world.call('app', 'POST /rest/api/3/issueLink', {
      type: { name: 'Relates' },
      inwardIssue: { key },
      outwardIssue: { key: 'ACC-99' },
    });
    expect(answer.status).toBe(404);
    const twice = await world.call('app', `PUT /rest/api/3/issue/${key}`, {
      fields: { summary: 'Changed' },
      properties: [{ key: 'x'.repeat(300), value: 1 }],
    });
    expect(twice.status).toBe(400);
    const issue = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=summary`);
    expect(issue.fields.summary).toBe('Read the ledgers');
  });

  test('a second site over the same tables is the same site', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    const { createJiraSite } = await import('../../../sandbox/jira/site');
    const again = createJiraSite({
      store: world.store,
      clock: { now: () => world.now },
      rng: { next: () => 0, uuid: () => '' },
      hooks: { workflowRule: () => undefined, runValidator: async () => ({ result: false }), publish: () => undefined },
      faults: () => ({}),
      baseUrl: () => 'http://localhost:8081',
    });
    const answer = await again.handle({
      method: 'GET',
      path: `/rest/servicedeskapi/request/${key}/approval`,
      headers: {},
      actor: { kind: 'user', accountId: accountOf('mark') },
    });
    expect(answer).toMatchObject({ status: 200, body: { values: [{ finalDecision: 'pending' }] } });
    expect(again.describe()).toEqual(world.site.describe());
  });

  test('describes itself by names', () => {
    const { people, project, requestTypes, statuses, transitions, fields } = new World().site.describe();
    expect(Object.keys(people).sort()).toEqual(['adele', 'amir', 'ana', 'gus', 'mark', 'olga', 'pam', 'rita']);
    expect(project).toEqual({ key: 'ACC', id: '10000', serviceDeskId: '1' });
    expect(requestTypes).toEqual({ 'Request access': '11', 'Change access': '12', 'Remove access': '13' });
    expect(Object.keys(statuses)).toEqual([
      'Submitted',
      'Waiting for approval',
      'In progress',
      'Waiting for customer',
      'Resolved',
      'Canceled',
      'Declined',
    ]);
    expect(Object.keys(transitions)).toEqual([
      'Ask approval',
      'Start',
      'Approve',
      'Decline',
      'Resolve',
      'Cancel',
      'Ask again',
      'Reopen',
      'Ask customer',
      'Continue',
    ]);
    expect(fields).toMatchObject({ 'Target system': 'customfield_10101', Approvals: 'customfield_10035' });
  });
});
