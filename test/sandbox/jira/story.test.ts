import { accountOf, desk, World } from './harness';

describe('the story of one access request', () => {
  test('runs from the portal over an approval to a proven resolution, and back', async () => {
    const world = new World();
    const key = await world.request({ [desk.justification]: 'Quarter end.\n\nUntil the audit.' });
    expect(key).toBe('ACC-1');
    expect(await world.status(key)).toBe('Submitted');

    await world.ok('app', `PUT /rest/api/3/issue/${key}`, {
      fields: { [desk.approvers]: [{ accountId: accountOf('mark') }] },
    });
    await world.must('app', key, 'Ask approval');
    const [approval] = await world.approvals('mark', key);
    expect(approval).toMatchObject({ finalDecision: 'pending', canAnswerApproval: true, name: 'Waiting for approval' });
    expect((await world.answer('mark', key, approval.id, 'approve')).status).toBe(200);
    expect(await world.status(key)).toBe('In progress');

    world.verdicts['verification-gate'] = { result: false, errorMessage: 'The directory does not confirm it yet.' };
    const refused = await world.transition('amir', key, 'Resolve');
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      errorMessages: ['The directory does not confirm it yet.', 'Proofgate has not registered this request yet.'],
      errors: {},
    });

    world.verdicts['verification-gate'] = { result: true };
    await world.ok('app', `PUT /rest/api/3/issue/${key}/properties/proofgate`, { governed: true, approved: true });
    await world.must('amir', key, 'Resolve');
    const resolved = await world.ok('amir', `GET /rest/api/3/issue/${key}`);
    expect(resolved.fields.resolution.name).toBe('Done');
    expect(resolved.fields.resolutiondate).toMatch(/^2026-11-23T09:.*\+0000$/);

    await world.must('app', key, 'Reopen');
    const reopened = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=resolution,status`);
    expect(reopened.fields).toMatchObject({ resolution: null, status: { name: 'Submitted' } });
  });

  test('publishes one event per change, with the actor, the changelog and whether the app itself did it', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    const [approval] = await world.approvals('mark', key);
    await world.answer('mark', key, approval.id, 'approve');
    expect(world.events.map((event) => [event.eventType, event.atlassianId, event.selfGenerated])).toEqual([
      ['avi:jira:created:issue', accountOf('rita'), false],
      ['avi:jira:updated:issue', world.site.appAccountId, true],
      ['avi:jira:updated:issue', world.site.appAccountId, true],
      ['avi:jira:updated:issue', accountOf('mark'), false],
    ]);
    expect(world.events[3]?.changelog?.items).toEqual([
      {
        field: 'status',
        fieldtype: 'jira',
        fieldId: 'status',
        from: '10101',
        fromString: 'Waiting for approval',
        to: '10102',
        toString: 'In progress',
      },
    ]);
    expect(world.events[0]?.issue).toMatchObject({ id: '10001', key, fields: { summary: 'Read the ledgers' } });
  });
});
