import { openDesk } from '../app/desk';

it('makes an effect once although several invocations find its row at the same time', async () => {
  const desk = await openDesk();
  desk.world.faults({ loseEvents: true });
  const raised = await desk.raise({ entitlement: 'nope', end: '2027-01-31T00:00:00.000Z' });
  const { issueId, issueKey } = raised.body as { issueId: string; issueKey: string };
  await desk.world.invokeFunction('issue-events', { eventType: 'avi:jira:created:issue', issue: { id: issueId } });
  const deliver = () => desk.world.invokeFunction('effects-consumer', { body: { v: 1, issueId, rev: 1 } });
  await Promise.all([deliver(), deliver(), deliver(), desk.world.invokeFunction('sweep')]);
  await desk.world.settle();
  const comments = (await desk.as('rita').get(`/rest/servicedeskapi/request/${issueKey}/comment`)).body as {
    values: unknown[];
  };
  expect(comments.values).toHaveLength(1);
  await desk.close();
});
