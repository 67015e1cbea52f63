import { accountOf, desk, World, type Json } from './harness';

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('field values', () => {
  test('are refused with a message per field, all at once', async () => {
    const world = new World();
    const key = await world.request();
    const refused = await world.call('amir', `PUT /rest/api/3/issue/${key}`, {
      fields: {
        summary: '',
        customfield_99999: 'x',
        status: 'Resolved',
        [desk.approvals]: [],
        [desk.targetSystem]: 'x'.repeat(256),
        [desk.beneficiary]: { accountId: 'nobody' },
        [desk.accessEnd]: '2027-02-30T00:00:00.000+0000',
        [desk.justification]: 'plain text',
        [desk.approvers]: { accountId: accountOf('mark') },
        priority: { name: 'Extreme' },
        labels: ['two words'],
      },
    });
    const screen = (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;
    expect(refused).toMatchObject({
      status: 400,
      body: {
        errorMessages: [],
        errors: {
          summary: 'You must specify a summary of the issue.',
          customfield_99999: screen('customfield_99999'),
          status: screen('status'),
          [desk.approvals]: screen(desk.approvals),
          [desk.targetSystem]: 'The entered text is too long. It exceeds the allowed limit of 255 characters.',
          [desk.beneficiary]: "User 'nobody' was not found in the system.",
          [desk.accessEnd]: 'Error parsing date string: 2027-02-30T00:00:00.000+0000',
          [desk.justification]: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
          [desk.approvers]: 'data was not an array',
          priority: 'The priority selected is invalid.',
          labels: expect.stringContaining('contains spaces'),
        },
      },
    });
    expect(world.events).toHaveLength(1);
  });

  test.each([
    ['2027-01-31T00:00:00.000+0000', '2027-01-31T00:00:00.000+0000'],
    ['2027-01-31T00:00:00Z', '2027-01-31T00:00:00.000+0000'],
    ['2027-01-31T02:00:00+02:00', '2027-01-31T00:00:00.000+0000'],
    ['2027-01-30T18:30:00.250-0530', '2027-01-31T00:00:00.250+0000'],
  ])('an end of %s is %s', async (written, read) => {
    const world = new World();
    const key = await world.request({ [desk.accessEnd]: written });
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=${desk.accessEnd}`);
    expect(fields[desk.accessEnd]).toBe(read);
  });

  test.each(['2027-01-31', 'tomorrow', '2027-01-31T25:00:00Z', '2027-01-31T00:00:00', 'PT8H', 5])(
    'an end of %s is refused',
    async (written) => {
      await expect(new World().request({ [desk.accessEnd]: written })).rejects.toThrow('answered 400');
    },
  );

  test('an end may also be a duration from proof, as text', async () => {
    const world = new World();
    const key = await world.request({ [desk.accessDuration]: 'PT8H' });
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=${desk.accessDuration}`);
    expect(fields[desk.accessDuration]).toBe('PT8H');
  });

  test('a paragraph is plain on the portal and a document on the platform', async () => {
    const world = new World();
    const key = await world.request({ [desk.justification]: 'One\ntwo\n\n<three>' });
    const portal = await world.ok('rita', `GET /rest/servicedeskapi/request/${key}`);
    const value = portal.requestFieldValues.find((field: Json) => field.fieldId === desk.justification);
    expect(value).toEqual({
      fieldId: desk.justification,
      label: 'Justification',
      value: 'One\ntwo\n\n<three>',
      renderedValue: { html: '<p>One<br/>two</p><p>&lt;three&gt;</p>' },
    });
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=${desk.justification}`);
    expect(fields[desk.justification].content).toHaveLength(2);
    await expect(world.request({ [desk.justification]: 'x'.repeat(32_768) })).rejects.toThrow('32,767');
    const adf = await world.request({ [desk.justification]: doc('As a document') }, 'rita', { isAdfRequest: true });
    expect(adf).toBe('ACC-2');
  });

  test('the portal takes the fields of its form only, and insists on the required ones', async () => {
    const world = new World();
    const refused = await world.call('rita', 'POST /rest/servicedeskapi/request', {
      serviceDeskId: '1',
      requestTypeId: '11',
      requestFieldValues: { summary: 'x', [desk.targetSystem]: 'SCIM directory' },
    });
    expect(refused).toMatchObject({
      status: 400,
      body: { errorMessage: `${desk.entitlement}: Entitlement is required.` },
    });
    await expect(world.request({ [desk.approvers]: [] })).rejects.toThrow('not on the appropriate screen');
    await expect(world.request({}, 'rita', { requestTypeId: '99' })).rejects.toThrow('does not exist');
    expect(world.events).toEqual([]);
  });

  test('a change is recorded with ids and texts, and a change to the same value leaves no trace', async () => {
    const world = new World();
    const key = await world.request();
    const fields = {
      [desk.beneficiary]: { accountId: accountOf('mark') },
      [desk.targetSystem]: 'SCIM directory',
      [desk.approvers]: [{ accountId: accountOf('pam') }, { accountId: accountOf('mark') }],
      labels: ['b', 'a'],
    };
    for (let round = 0; round < 2; round++) await world.ok('amir', `PUT /rest/api/3/issue/${key}`, { fields });
    expect(world.events).toHaveLength(2);
    expect(world.events[1]).toMatchObject({ atlassianId: accountOf('amir'), selfGenerated: false });
    expect(world.events[1]?.changelog?.items).toEqual([
      {
        field: 'Beneficiary',
        fieldtype: 'custom',
        fieldId: desk.beneficiary,
        from: null,
        fromString: null,
        to: accountOf('mark'),
        toString: 'Mark Moss',
      },
      {
        field: 'Approvers',
        fieldtype: 'custom',
        fieldId: desk.approvers,
        from: null,
        fromString: null,
        to: `[${accountOf('pam')}, ${accountOf('mark')}]`,
        toString: '[Pam Park, Mark Moss]',
      },
      expect.objectContaining({ field: 'labels', fieldtype: 'jira', toString: 'a b' }),
    ]);
  });

  test('an issue can be created through the platform, with and without a request type', async () => {
    const world = new World();
    const fields = { project: { key: 'ACC' }, issuetype: { name: 'Remove access' }, summary: 'Take it away' };
    const plain = await world.ok('app', 'POST /rest/api/3/issue', { fields });
    expect((await world.call('amir', `GET /rest/servicedeskapi/request/${plain.key}`)).status).toBe(404);
    const typed = await world.ok('app', 'POST /rest/api/3/issue', { fields: { ...fields, [desk.requestType]: '13' } });
    const request = await world.ok('amir', `GET /rest/servicedeskapi/request/${typed.key}`);
    expect(request.requestTypeId).toBe('13');
    const issue = await world.ok('app', `GET /rest/api/3/issue/${typed.key}?fields=${desk.requestType}`);
    expect(issue.fields[desk.requestType]).toMatchObject({
      requestType: { id: '13', name: 'Remove access' },
      currentStatus: { status: 'Submitted', statusCategory: 'NEW' },
    });
    const mixed = await world.call('app', 'POST /rest/api/3/issue', {
      fields: { ...fields, [desk.requestType]: '11' },
    });
    expect(mixed.status).toBe(400);
    const nowhere = await world.call('app', 'POST /rest/api/3/issue', { fields: { ...fields, project: { id: -100 } } });
    expect(nowhere.body).toEqual({ errorMessages: [], errors: { project: 'Specify a valid project ID or key' } });
  });

  test('malformed bodies are refused and change nothing', async () => {
    const world = new World();
    const answer = await world.site.handle({
      method: 'POST',
      path: '/rest/servicedeskapi/request',
      headers: {},
      body: '{"serviceDeskId":',
      actor: { kind: 'user', accountId: accountOf('rita') },
    });
    expect(answer.status).toBe(400);
    expect((await world.call('rita', 'POST /rest/servicedeskapi/request', [])).status).toBe(400);
    expect((await world.call('rita', 'POST /rest/servicedeskapi/request', { surprise: 1 })).status).toBe(400);
    expect(world.events).toEqual([]);
  });

  test('expansions and parts that are not modelled answer 501', async () => {
    const world = new World();
    const key = await world.request();
    expect((await world.call('amir', `GET /rest/api/3/issue/${key}?expand=renderedFields`)).status).toBe(501);
    expect((await world.call('rita', `GET /rest/servicedeskapi/request/${key}?expand=attachment`)).status).toBe(501);
    expect((await world.call('amir', `PUT /rest/api/3/issue/${key}`, { transition: { id: '1' } })).status).toBe(501);
  });
});
