import { accountOf, desk, World, type Json } from './harness';

const admin = (world: World) => world.site.administration;
const find = async (world: World, jql: string): Promise<string[]> =>
  (await world.ok('app', 'POST /rest/api/3/search/jql', { jql, fields: ['key'] })).issues.map(({ key }: Json) => key);
const lastItems = (world: World): Json[] => world.events.at(-1)?.changelog?.items ?? [];
const item = (items: Json[], field: string): Json => {
  const found = items.find((candidate) => candidate.field === field);
  return found && { from: found.from, fromString: found.fromString, to: found.to, toString: found.toString };
};

describe('an administrator archives', () => {
  test('and nobody finds, reads or changes the issue until it is restored; no event tells of either', async () => {
    const world = new World();
    const key = await world.inProgress();
    const events = world.events.length;
    admin(world).archive(key);
    expect(await find(world, 'project = ACC')).toEqual([]);
    expect((await world.call('app', `GET /rest/api/3/issue/${key}`)).status).toBe(404);
    expect((await world.call('app', `PUT /rest/api/3/issue/${key}/properties/x`, 1)).status).toBe(404);
    expect((await world.call('rita', `GET /rest/servicedeskapi/request/${key}`)).status).toBe(404);
    expect((await world.ok('rita', 'GET /rest/servicedeskapi/request')).values).toEqual([]);
    expect(() => admin(world).archive(key)).toThrow('archived already');
    expect(() => admin(world).retype(key, { requestType: '13' })).toThrow('archived');
    admin(world).restore(key);
    expect(await world.status(key)).toBe('In progress');
    expect(await find(world, 'project = ACC')).toEqual([key]);
    expect(() => admin(world).restore(key)).toThrow('not archived');
    expect(world.events).toHaveLength(events);
  });
});

describe('an administrator changes the type', () => {
  test('by request type, which takes the issue type along, with one history entry and one event', async () => {
    const world = new World();
    const key = await world.inProgress();
    const before = world.events.length;
    admin(world).retype(key, { requestType: 'Remove access' });
    expect(world.events).toHaveLength(before + 1);
    expect(world.events.at(-1)).toMatchObject({ atlassianId: accountOf('adele'), selfGenerated: false });
    expect(item(lastItems(world), 'issuetype')).toEqual({
      from: '10021',
      fromString: 'Request access',
      to: '10023',
      toString: 'Remove access',
    });
    expect(item(lastItems(world), 'Request Type')).toMatchObject({ from: '11', to: '13' });
    expect(world.validatorCalls.filter(({ module }) => module !== 'approval-gate')).toEqual([]);
    expect(await world.status(key)).toBe('In progress');
    const { changelog } = await world.ok('amir', `GET /rest/api/3/issue/${key}?expand=changelog`);
    expect(changelog.histories[0].items.map(({ field }: Json) => field)).toEqual(['issuetype', 'Request Type']);
  });

  test('or by issue type alone, which leaves a request type that no longer fits', async () => {
    const world = new World();
    const key = await world.request();
    admin(world).retype(key, { issueType: '10022' });
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=issuetype,${desk.requestType}`);
    expect(fields.issuetype.name).toBe('Change access');
    expect(fields[desk.requestType].requestType.id).toBe('11');
    expect(() => admin(world).retype(key, { issueType: 'Task' })).toThrow("no type 'Task'");
    expect(() => admin(world).retype(key, {})).toThrow('either');
    expect(() => admin(world).retype('ACC-99', { issueType: 'Task' })).toThrow('There is no issue ACC-99.');
  });
});

describe('an administrator moves an issue to another project', () => {
  test('where it has a new key and the first status; the old key still leads to it', async () => {
    const world = new World();
    const key = await world.inProgress();
    const { id } = await world.ok('app', `GET /rest/api/3/issue/${key}`);
    expect(admin(world).reproject(key, 'GOV')).toEqual({ id, key: 'GOV-1' });
    const moved = await world.ok('app', `GET /rest/api/3/issue/${key}?properties=*all`);
    expect(moved).toMatchObject({
      id,
      key: 'GOV-1',
      properties: { proofgate: { governed: true } },
      fields: {
        project: { key: 'GOV', projectTypeKey: 'business' },
        status: { name: 'Open' },
        issuetype: { name: 'Task' },
        [desk.requestType]: null,
      },
    });
    const items = lastItems(world);
    expect(items.map(({ field }) => field)).toEqual(['project', 'Key', 'issuetype', 'Request Type', 'status']);
    const [from, to] = [
      { from: '10000', fromString: 'Access desk' },
      { to: '10010', toString: 'Governance' },
    ];
    expect(item(items, 'project')).toEqual({ ...from, ...to });
    expect(item(items, 'Key')).toEqual({ from: null, fromString: key, to: null, toString: 'GOV-1' });
    expect(world.events.at(-1)).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      issue: { id, key: 'GOV-1', fields: { project: { key: 'GOV' } } },
    });
    expect(await find(world, 'project = ACC')).toEqual([]);
    expect(await find(world, `key = ${key}`)).toEqual(['GOV-1']);
    for (const path of [`request/${key}`, `request/${key}/approval`])
      expect((await world.call('rita', `GET /rest/servicedeskapi/${path}`)).status).toBe(404);
    expect((await world.call('amir', `GET /rest/api/3/issue/${key}`)).status).toBe(404);
  });

  test('which ends an approval that is open, and takes only transitions of the other workflow', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    admin(world).reproject(key, 'GOV');
    expect(await world.transitionNames('gus', key)).toEqual(['Done']);
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=${desk.approvals}`);
    expect(fields[desk.approvals]).toMatchObject([{ finalDecision: 'pending', completedDate: expect.anything() }]);
    expect(admin(world).reproject(key, 'acc').key).toBe('ACC-2');
    for (const old of [key, 'GOV-1', 'ACC-2']) expect(await world.status(old)).toBe('Submitted');
    expect(() => admin(world).reproject(key, 'ACC')).toThrow('in ACC already');
    expect(() => admin(world).reproject(key, 'NO')).toThrow('no project NO');
  });

  test('and no key finds it once it is deleted', async () => {
    const world = new World();
    const key = await world.request();
    admin(world).reproject(key, 'GOV');
    await world.ok('adele', 'DELETE /rest/api/3/issue/GOV-1');
    for (const old of [key, 'GOV-1'])
      expect((await world.call('app', `GET /rest/api/3/issue/${old}`)).status).toBe(404);
  });
});

describe('a person clones an issue', () => {
  test('with its fields and what apps keep in its properties, in the first status, linked with the original', async () => {
    const world = new World();
    const key = await world.inProgress();
    await world.ok('amir', `POST /rest/api/3/issue/${key}/comment`, {
      body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Mine' }] }] },
    });
    const clone = admin(world).clone(key, { as: 'amir' });
    expect(clone.key).toBe('ACC-2');
    const { fields, properties } = await world.ok('app', `GET /rest/api/3/issue/${clone.key}?properties=*all`);
    expect(properties.proofgate).toEqual({ governed: true, approved: true });
    expect(fields).toMatchObject({
      summary: 'CLONE - Read the ledgers',
      status: { name: 'Submitted' },
      creator: { accountId: accountOf('amir') },
      reporter: { accountId: accountOf('rita') },
      [desk.entitlement]: 'Finance Readers',
      comment: { total: 0 },
      issuelinks: [{ type: { outward: 'clones' }, outwardIssue: { key } }],
    });
    await world.ok('rita', `GET /rest/servicedeskapi/request/${clone.key}`);
    const created = world.events.find(
      ({ issue, eventType }) => eventType.includes('created') && issue?.key === 'ACC-2',
    );
    expect(created).toMatchObject({ atlassianId: accountOf('amir'), selfGenerated: false });
    const { changelog } = await world.ok('amir', `GET /rest/api/3/issue/${key}?expand=changelog`);
    expect(changelog.histories[0].items[0].toString).toBe('This issue is cloned by ACC-2');
  });

  test('only where that person may create', async () => {
    const world = new World();
    const key = await world.request();
    expect(() => admin(world).clone(key, { as: 'olga@acme.test' })).toThrow('may not clone');
    expect(() => admin(world).clone(key, { as: 'nobody' })).toThrow('nobody called nobody');
  });
});

describe('an administrator imports', () => {
  test('a row straight into a done status: no rule, no resolution, one event', async () => {
    const world = new World();
    const { id, key } = admin(world).import({
      requestType: 'Request access',
      status: 'Resolved',
      fields: {
        summary: 'From the old tool',
        Entitlement: 'Finance Readers',
        Beneficiary: 'mark',
        Justification: 'Old',
      },
      reporter: 'rita',
    });
    const request = await world.ok('rita', `GET /rest/servicedeskapi/request/${key}`);
    expect(request).toMatchObject({ issueId: id, currentStatus: { status: 'Resolved' } });
    expect(await find(world, 'statusCategory = Done AND resolution is EMPTY')).toEqual([key]);
    expect(world.validatorCalls).toEqual([]);
    expect(world.events).toMatchObject([{ eventType: 'avi:jira:created:issue', atlassianId: accountOf('adele') }]);
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}`);
    expect(fields[desk.beneficiary].accountId).toBe(accountOf('mark'));
    expect((await world.ok('amir', `GET /rest/servicedeskapi/request/${key}/status`)).values).toHaveLength(1);
  });

  test.each([
    [{ requestType: 'Nothing', status: 'Resolved' }, "no request type 'Nothing'"],
    [{ requestType: '11', status: 'Nowhere' }, "no status 'Nowhere'"],
    [{ requestType: '11', status: 'Resolved' }, 'You must specify a summary'],
    [{ requestType: '11', status: 'Resolved', fields: { Nothing: '1' } }, "Field 'Nothing' cannot be set"],
    [{ requestType: '11', status: 'Resolved', fields: { summary: 'x' }, reporter: 'zoe' }, 'nobody called zoe'],
  ])('and %j is refused: %s', (wanted, message) => {
    const world = new World();
    expect(() => admin(world).import(wanted)).toThrow(message);
    expect(world.events).toEqual([]);
  });
});

describe('an administrator redraws the workflow', () => {
  const drawn = async (world: World): Promise<Json> =>
    (await world.ok('app', 'GET /rest/api/3/workflows/search?expand=values.transitions')).values[0];
  const rules = async (world: World, name: string): Promise<string[]> => {
    const found = (await drawn(world)).transitions.find((known: Json) => known.name === name);
    return [...(found.conditions?.conditions ?? []), ...found.validators].map(({ parameters }: Json) =>
      String(parameters.key).replace(/.*\//, ''),
    );
  };

  test('and the rule that is taken out asks nobody any more, until it is put back', async () => {
    const world = new World();
    world.verdicts['verification-gate'] = { result: false, errorMessage: 'Not proven.' };
    const key = await world.inProgress();
    expect((await world.transition('amir', key, 'Resolve')).status).toBe(400);
    const before = (await drawn(world)).version;
    const after = admin(world).redrawWorkflow({ transition: 'Resolve', remove: 'verification-gate' });
    expect(after.versionNumber).toBe(before.versionNumber + 1);
    expect((await drawn(world)).version).toEqual(after);
    expect(after.id).not.toBe(before.id);
    expect(await rules(world, 'Resolve')).toEqual(['approved-condition', 'gate-guard']);
    await world.must('amir', key, 'Resolve');
    admin(world).redrawWorkflow({ transition: 'Resolve', remove: 'approved-condition' });
    admin(world).redrawWorkflow({ transition: '51', add: 'verification-gate' });
    admin(world).redrawWorkflow({ transition: '51', add: 'approved-condition' });
    expect(await rules(world, 'Resolve')).toEqual(['approved-condition', 'gate-guard', 'verification-gate']);
    expect((await drawn(world)).version.versionNumber).toBe(before.versionNumber + 4);
  });

  test('and a new transition leads around the gate', async () => {
    const world = new World();
    const key = await world.request();
    const addTransition = { name: 'Close', from: ['Submitted', 'In progress'], to: 'Resolved' };
    admin(world).redrawWorkflow({ addTransition });
    const added = (await drawn(world)).transitions.at(-1);
    expect(added).toMatchObject({ id: '111', name: 'Close', toStatusReference: '10103', validators: [] });
    expect(added.links.map((link: Json) => link.fromStatusReference)).toEqual(['10100', '10102']);
    await world.must('amir', key, 'Close');
    expect(await world.status(key)).toBe('Resolved');
    expect(world.validatorCalls).toEqual([]);
  });

  test('of another project, and only with what there is', () => {
    const world = new World();
    const redraw = admin(world).redrawWorkflow;
    expect(redraw({ project: 'GOV', addTransition: { name: 'Again', from: ['Done'], to: 'Open' } }).versionNumber).toBe(
      2,
    );
    expect(() => redraw({ transition: 'Fly', remove: 'gate-guard' })).toThrow("no transition 'Fly'");
    expect(() => redraw({ transition: 'Cancel', remove: 'gate-guard' })).toThrow("no rule 'gate-guard'");
    expect(() => redraw({ transition: 'Cancel', add: 'no-such-rule' })).toThrow("no workflow rule 'no-such-rule'");
    expect(() => redraw({ addTransition: { name: 'X', from: ['Nowhere'], to: 'Open' } })).toThrow(
      "no status 'Nowhere'",
    );
    expect(() => redraw({ addTransition: { name: 'X', from: [], to: 'Resolved' } })).toThrow('at least one status');
    expect(() => redraw({ project: 'NO', transition: 'Cancel', add: 'gate-guard' })).toThrow('no project NO');
  });
});

describe('an administrator deactivates a person', () => {
  test('who then can do nothing, and shows as inactive', async () => {
    const world = new World();
    await world.ok('rita', 'GET /rest/api/3/myself');
    admin(world).setActive('rita', false);
    expect((await world.call('rita', 'GET /rest/api/3/myself')).status).toBe(401);
    expect(world.site.authenticate('rita@acme.test', 'sandbox')).toBeUndefined();
    const shown = await world.ok('app', `GET /rest/api/3/user?accountId=${accountOf('rita')}`);
    expect(shown.active).toBe(false);
    admin(world).setActive('rita@acme.test', true);
    await world.ok('rita', 'GET /rest/api/3/myself');
  });
});

describe('an administrator deletes a project', () => {
  test('and its issues go without an event, while the other project stays', async () => {
    const world = new World();
    const key = await world.inProgress();
    const task = { project: { key: 'GOV' }, issuetype: { name: 'Task' }, summary: 'Look' };
    const kept = (await world.ok('app', 'POST /rest/api/3/issue', { fields: task })).key;
    const link = { type: { name: 'Relates' }, inwardIssue: { key }, outwardIssue: { key: kept } };
    await world.ok('app', 'POST /rest/api/3/issueLink', link);
    const events = world.events.length;
    admin(world).deleteProject('ACC');
    expect(world.events).toHaveLength(events);
    for (const path of [`issue/${key}`, `issue/${key}/properties/proofgate`, 'project/ACC'])
      expect((await world.call('app', `GET /rest/api/3/${path}`)).status).toBe(404);
    for (const path of [`request/${key}`, 'servicedesk/1'])
      expect((await world.call('app', `GET /rest/servicedeskapi/${path}`)).status).toBe(404);
    expect((await world.ok('rita', 'GET /rest/servicedeskapi/servicedesk')).values).toEqual([]);
    await expect(world.request()).rejects.toThrow('400');
    await expect(find(world, 'project = ACC')).rejects.toThrow("The value 'ACC' does not exist");
    expect(await find(world, 'statusCategory != Done')).toEqual([kept]);
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${kept}`);
    expect(fields.issuelinks).toEqual([]);
    expect(world.site.describe()).toMatchObject({ project: { key: 'ACC' }, projects: { GOV: { key: 'GOV' } } });
    expect((await world.ok('app', 'GET /rest/api/3/workflows/search?isActive=false')).total).toBe(1);
    expect(() => admin(world).deleteProject('ACC')).toThrow('no project ACC');
  });
});
