import { accountOf, desk, World, type Json } from './harness';

describe('the workflow', () => {
  test('offers each person what the status, the permission and the conditions allow', async () => {
    const world = new World();
    const key = await world.request();
    expect(await world.transitionNames('amir', key)).toEqual(['Start']);
    expect(await world.transitionNames('app', key)).toEqual(['Ask approval', 'Start']);
    const refused = await world.transition('adele', key, 'Ask approval');
    expect(refused).toMatchObject({
      status: 400,
      body: { errorMessages: ["Transition id '11' is not valid for this issue."], errors: {} },
    });
    await world.must('amir', key, 'Start');
    expect(await world.transitionNames('amir', key)).toEqual(['Resolve', 'Cancel', 'Ask customer']);
    expect(await world.transitionNames('app', key)).toEqual(['Resolve', 'Cancel', 'Ask again', 'Ask customer']);
  });

  test('a condition hides the transition and refuses it, before Json validator runs', async () => {
    const world = new World();
    const key = await world.inProgress();
    await world.ok('app', `PUT /rest/api/3/issue/${key}/properties/proofgate`, { governed: true, approved: false });
    const before = world.validatorCalls.length;
    expect(await world.transitionNames('amir', key)).toEqual(['Cancel', 'Ask customer']);
    expect((await world.transition('amir', key, 'Resolve')).status).toBe(400);
    expect(world.validatorCalls).toHaveLength(before);
  });

  test('validators get the issue, both statuses and the fields sent along, and all their messages are shown', async () => {
    const world = new World();
    const key = await world.inProgress();
    await world.ok('app', `DELETE /rest/api/3/issue/${key}/properties/proofgate`);
    world.verdicts['verification-gate'] = { result: false, errorMessage: 'Not proven.' };
    const fields = { resolution: { name: 'Done' } };
    const refused = await world.transition('amir', key, 'Resolve', { fields });
    expect(refused.body.errorMessages).toEqual(['Not proven.', 'Proofgate has not registered this request yet.']);
    expect(world.validatorCalls.at(-1)).toEqual({
      module: 'verification-gate',
      payload: {
        issue: { key },
        configuration: {},
        transition: { from: { id: '10102' }, to: { id: '10103' }, modifiedFields: fields },
      },
    });
    expect(await world.status(key)).toBe('In progress');
  });

  test.each([
    ['throws', () => Promise.reject(new Error('boom'))],
    ['answers nonsense', () => Promise.resolve({ result: 'yes' } as Json)],
    ['answers no', () => Promise.resolve({ result: false })],
  ])('a validator that %s denies', async (_what, verdict) => {
    const world = new World();
    const key = await world.inProgress();
    world.verdicts['verification-gate'] = verdict;
    const refused = await world.transition('amir', key, 'Resolve');
    expect(refused.status).toBe(400);
    expect(refused.body.errorMessages).toHaveLength(1);
  });

  test('without the app every guarded transition is closed', async () => {
    const world = new World();
    const key = await world.inProgress();
    for (const rule of Object.keys(world.rules)) delete world.rules[rule];
    expect(await world.transitionNames('amir', key)).toEqual(['Cancel', 'Ask customer']);
    expect((await world.transition('amir', key, 'Cancel')).status).toBe(400);
    const fresh = await world.request();
    expect((await world.transition('amir', fresh, 'Start')).status).toBe(400);
  });

  test('an issue that changed while its validators ran is not transitioned', async () => {
    const world = new World();
    const key = await world.inProgress();
    world.verdicts['verification-gate'] = async () => {
      world.site.moveIssue(key, 'Canceled');
      return { result: true };
    };
    const refused = await world.transition('amir', key, 'Resolve');
    expect(refused.status).toBe(409);
    expect(await world.status(key)).toBe('Canceled');
  });

  test('a validator may call back into the site', async () => {
    const world = new World();
    const key = await world.inProgress();
    world.verdicts['verification-gate'] = async (payload) => {
      const issue = await world.ok('app', `GET /rest/api/3/issue/${payload.issue.key}?fields=status`);
      return { result: issue.fields.status.id === payload.transition.from.id };
    };
    expect((await world.transition('amir', key, 'Resolve')).status).toBe(204);
  });

  test('one transition is one history entry and one event, comment and resolution included', async () => {
    const world = new World();
    const key = await world.inProgress();
    const events = world.events.length;
    const body = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Done' }] }],
    };
    const extra = { fields: { resolution: { id: '10001' } }, update: { comment: [{ add: { body } }] } };
    expect((await world.transition('amir', key, 'Resolve', extra)).status).toBe(204);
    expect(world.events.slice(events).map((event) => event.changelog?.items.map((item) => item['field']))).toEqual([
      ['resolution', 'status'],
    ]);
    const { fields } = await world.ok('amir', `GET /rest/api/3/issue/${key}`);
    expect(fields.resolution.name).toBe("Won't Do");
    expect(fields.comment.comments).toHaveLength(1);
  });

  test.each([
    ['a field that is not on the screen', { fields: { summary: 'x' } }, 'summary'],
    ['a resolution that does not exist', { fields: { resolution: { name: 'Perhaps' } } }, 'resolution'],
    ['a comment that is no document', { update: { comment: [{ add: { body: 'text' } }] } }, 'comment'],
  ])('%s is refused', async (_what, extra, field) => {
    const world = new World();
    const key = await world.inProgress();
    const refused = await world.transition('amir', key, 'Resolve', extra);
    expect(refused).toMatchObject({ status: 400, body: { errors: { [field]: expect.any(String) } } });
    expect(await world.status(key)).toBe('In progress');
  });

  test('a bulk move asks nobody: no validator, no resolution, but a history entry and an event', async () => {
    const world = new World();
    const key = await world.inProgress();
    const calls = world.validatorCalls.length;
    world.site.moveIssue(key, 'Resolved');
    expect(world.validatorCalls).toHaveLength(calls);
    const { fields } = await world.ok('amir', `GET /rest/api/3/issue/${key}?fields=status,resolution`);
    expect(fields).toMatchObject({ status: { name: 'Resolved' }, resolution: null });
    expect(world.events.at(-1)).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      atlassianId: accountOf('adele'),
      changelog: { id: expect.any(String), items: [{ field: 'status', toString: 'Resolved' }] },
    });
    expect(() => world.site.moveIssue(key, 'Nowhere')).toThrow("There is no status 'Nowhere'.");
  });

  test('a bulk move into the approval status opens an approval too', async () => {
    const world = new World();
    const key = await world.request();
    world.site.moveIssue(key, 'Waiting for approval');
    expect(await world.approvals('amir', key)).toHaveLength(1);
  });

  test('a request on the portal offers customers no transition, and agents theirs', async () => {
    const world = new World();
    const key = await world.inProgress();
    const offered = async (who: string) =>
      (await world.ok(who, `GET /rest/servicedeskapi/request/${key}/transition`)).values.map(({ name }: Json) => name);
    expect(await offered('rita')).toEqual([]);
    expect(await offered('amir')).toEqual(['Resolve', 'Cancel', 'Ask customer']);
    const body = { id: '51', additionalComment: { body: 'It works now.' } };
    expect((await world.call('rita', `POST /rest/servicedeskapi/request/${key}/transition`, body)).status).toBe(403);
    world.verdicts['verification-gate'] = { result: false, errorMessage: 'Not proven.' };
    const refused = await world.call('amir', `POST /rest/servicedeskapi/request/${key}/transition`, body);
    expect(refused).toMatchObject({ status: 400, body: { errorMessage: 'Not proven.' } });
  });

  test('a question to the customer pauses the work, and its only way out is to continue', async () => {
    const world = new World();
    const key = await world.inProgress();
    const before = world.validatorCalls.length;
    await world.must('amir', key, 'Ask customer');
    expect(await world.status(key)).toBe('Waiting for customer');
    for (const who of ['amir', 'ana', 'app']) expect(await world.transitionNames(who, key)).toEqual(['Continue']);
    await world.must('ana', key, 'Continue');
    expect(await world.status(key)).toBe('In progress');
    expect(world.validatorCalls).toHaveLength(before);
  });

  test('shows its rules to the administrator', async () => {
    const world = new World();
    const { values } = await world.ok('adele', 'GET /rest/api/3/workflows/search?expand=values.transitions');
    const resolve = values[0].transitions.find((transition: Json) => transition.name === 'Resolve');
    expect(resolve.conditions.conditions[0].parameters.key).toMatch(/static\/approved-condition$/);
    expect(resolve.validators.map((validator: Json) => validator.parameters.key.split('/').at(-1))).toEqual([
      'verification-gate',
      'gate-guard',
    ]);
    const waiting = values[0].statuses.find((status: Json) => status.approvalConfiguration !== undefined);
    expect(waiting.approvalConfiguration).toMatchObject({ fieldId: desk.approvers, conditionType: 'percent' });
  });

  test('shows transitions only to those who ask for them, and lists the workflows that are asked for', async () => {
    const world = new World();
    const names = async (query: string): Promise<string[]> =>
      (await world.ok('app', `GET /rest/api/3/workflows/search?${query}`)).values.map(({ name }: Json) => name);
    expect(await names('')).toEqual(['ACC: Access workflow', 'GOV: Governance workflow']);
    expect(await names('queryString=gov')).toEqual(['GOV: Governance workflow']);
    expect(await names('isActive=false')).toEqual([]);
    const bare = await world.ok('app', 'GET /rest/api/3/workflows/search?maxResults=1');
    expect(bare).toMatchObject({ total: 2, isLast: false, values: [{ version: { versionNumber: 1 } }] });
    expect(bare.values[0]).not.toHaveProperty('transitions');
    expect((await world.call('amir', 'GET /rest/api/3/workflows/search')).status).toBe(401);
  });

  test('names every rule of the app by its extension, environment and module', async () => {
    const world = new World();
    const { values } = await world.ok('app', 'GET /rest/api/3/workflows/search?expand=values.transitions');
    const rules = values[0].transitions.flatMap((transition: Json) => [
      ...(transition.conditions?.conditions ?? []),
      ...transition.validators,
    ]);
    const keys = rules
      .filter(({ ruleKey }: Json) => ruleKey.startsWith('forge:'))
      .map(({ parameters }: Json) => parameters.key);
    expect(keys).toHaveLength(5);
    const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
    for (const key of keys)
      expect(key).toMatch(new RegExp(`^ari:cloud:ecosystem::extension/${uuid}/${uuid}/static/[a-z-]+$`));
  });
});
