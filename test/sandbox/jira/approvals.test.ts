import { accountOf, desk, World, type Json } from './harness';

const decisions = (approval: Json) => approval.approvers.map((approver: Json) => approver.approverDecision);

describe('JSM approvals', () => {
  test('every approver must approve before the request goes on', async () => {
    const world = new World();
    const key = await world.waiting('mark', 'pam');
    const [approval] = await world.approvals('mark', key);
    const first = await world.answer('mark', key, approval.id, 'approve');
    expect(first.body).toMatchObject({ finalDecision: 'pending', canAnswerApproval: false });
    expect(decisions(first.body)).toEqual(['approved', 'pending']);
    expect(await world.status(key)).toBe('Waiting for approval');
    const second = await world.answer('pam', key, approval.id, 'approve');
    expect(second.body).toMatchObject({ finalDecision: 'approved', completedDate: expect.anything() });
    expect(await world.status(key)).toBe('In progress');
  });

  test('one decline declines, and the decision is the history of the person who gave it', async () => {
    const world = new World();
    const key = await world.waiting('mark', 'pam');
    const [approval] = await world.approvals('mark', key);
    await world.answer('mark', key, approval.id, 'decline');
    expect(await world.status(key)).toBe('Declined');
    const { values } = await world.ok('amir', `GET /rest/api/3/issue/${key}/changelog`);
    const last = values.at(-1);
    expect(last.author.accountId).toBe(accountOf('mark'));
    expect(last.items.map((item: Json) => [item.field, item.toString])).toEqual([
      ['resolution', 'Declined'],
      ['status', 'Declined'],
    ]);
  });

  test('only the named may answer, and only once', async () => {
    const world = new World();
    const key = await world.waiting('mark', 'pam');
    const [approval] = await world.approvals('mark', key);
    expect((await world.answer('amir', key, approval.id, 'approve')).status).toBe(403);
    expect((await world.answer('rita', key, approval.id, 'approve')).status).toBe(403);
    expect(
      (await world.call('app', `POST /rest/servicedeskapi/request/${key}/approval/1`, { decision: 'approve' })).status,
    ).toBe(403);
    await world.answer('mark', key, approval.id, 'approve');
    expect((await world.answer('mark', key, approval.id, 'decline')).status).toBe(409);
    await world.answer('pam', key, approval.id, 'approve');
    expect((await world.answer('pam', key, approval.id, 'approve')).status).toBe(409);
  });

  test('while it is pending nobody can take Approve or Decline by hand', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    for (const who of ['adele', 'amir', 'app']) {
      expect(await world.transitionNames(who, key)).toEqual([]);
      for (const name of ['Approve', 'Decline']) expect((await world.transition(who, key, name)).status).toBe(400);
    }
  });

  test('every entry opens a new round for the approvers of that moment, and the field shows all rounds', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    await world.answer('mark', key, '1', 'approve');
    await world.ok('app', `PUT /rest/api/3/issue/${key}`, {
      fields: { [desk.approvers]: [{ accountId: accountOf('olga') }] },
    });
    await world.must('app', key, 'Ask again');
    const rounds = await world.approvals('olga', key);
    expect(rounds.map((round) => [round.finalDecision, round.canAnswerApproval])).toEqual([
      ['approved', false],
      ['pending', true],
    ]);
    const { fields } = await world.ok('app', `GET /rest/api/3/issue/${key}?fields=${desk.approvals}`);
    const shown = fields[desk.approvals];
    expect(shown.map((round: Json) => round.approvers[0].approver.accountId)).toEqual([
      accountOf('mark'),
      accountOf('olga'),
    ]);
    expect(shown[0].approvers[0].approver).toMatchObject({ active: true, displayName: 'Mark Moss' });
    expect(shown[0].createdDate).toMatchObject({
      iso8601: expect.stringMatching(/\+0000$/),
      epochMillis: expect.any(Number),
    });
  });

  test('a request without approvers stays pending until somebody is named', async () => {
    const world = new World();
    const key = await world.request();
    await world.must('app', key, 'Ask approval');
    const [approval] = await world.approvals('amir', key);
    expect(approval).toMatchObject({ finalDecision: 'pending', approvers: [] });
    expect((await world.transition('amir', key, 'Approve')).status).toBe(400);
    await world.ok('app', `PUT /rest/api/3/issue/${key}`, {
      fields: { [desk.approvers]: [{ accountId: accountOf('mark') }] },
    });
    expect((await world.answer('mark', key, approval.id, 'approve')).status).toBe(200);
    expect(await world.status(key)).toBe('In progress');
  });

  test('a bulk move ends the pending approval without a decision', async () => {
    const world = new World();
    const key = await world.waiting('mark');
    world.site.moveIssue(key, 'In progress');
    const [approval] = await world.approvals('mark', key);
    expect(approval).toMatchObject({
      finalDecision: 'pending',
      canAnswerApproval: false,
      completedDate: expect.anything(),
    });
    expect((await world.answer('mark', key, approval.id, 'approve')).status).toBe(409);
    expect(await world.status(key)).toBe('In progress');
  });

  test('a share of the approvers is enough when the status says so', async () => {
    const world = new World();
    const workflows = world.store.table<Json>('jira.workflows');
    const workflow = workflows.get('10000');
    workflow.approvals['10101'].conditionType = 'number';
    workflow.approvals['10101'].conditionValue = 1;
    workflows.put('10000', workflow);
    const key = await world.waiting('mark', 'pam');
    await world.answer('pam', key, '1', 'approve');
    expect(await world.status(key)).toBe('In progress');
  });

  test('validators stay out of an approval unless the faults ask for them', async () => {
    const world = new World();
    const workflows = world.store.table<Json>('jira.workflows');
    const workflow = workflows.get('10000');
    const approve = workflow.transitions.find((transition: Json) => transition.name === 'Approve');
    approve.validators = [{ module: 'approval-gate', configuration: {} }];
    workflows.put('10000', workflow);
    world.verdicts['approval-gate'] = { result: false };
    const free = await world.waiting('mark');
    await world.answer('mark', free, '1', 'approve');
    expect(await world.status(free)).toBe('In progress');
    world.faults = { validatorsOnApproval: true };
    const held = await world.waiting('mark');
    const [approval] = await world.approvals('mark', held);
    const answer = await world.answer('mark', held, approval.id, 'approve');
    expect(answer.body.finalDecision).toBe('approved');
    expect(await world.status(held)).toBe('Waiting for approval');
  });
});
