import { openDesk } from './desk';

it('declares exactly the Jira scopes that its calls need', async () => {
  const desk = await openDesk();
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  const { contentHash } = await desk.view(key);
  await desk.invoke('mark', 'access-portal', 'decideStage', key, { decision: 'approve', contentHash });
  await desk.addMember('Finance Approvers', 'rita@acme.test');
  await desk.move(key, 'Resolve');
  await desk.ask({ entitlement: 'Nothing of the kind', end: '2027-01-31T00:00:00.000Z' });

  // The hourly look at the workflows, and the removal that the app raises by itself.
  await desk.world.advance('PT1H5M');
  await desk.invoke('rita', 'access-portal', 'giveBack', key);

  const calls = desk.world.ledger().calls.filter((call) => call.kind === 'jira');
  const choices = calls.map((call) => desk.world.site.scopeRule(call.method, call.path)?.scopes ?? []);
  const declared = [...desk.world.manifest.scopes.keys()].filter((scope) => scope !== 'storage:app');
  // A scope is needed when some call accepts no other declared one.
  const needed = declared.filter((scope) =>
    choices.some((scopes) => scopes.includes(scope) && declared.filter((d) => scopes.includes(d)).length === 1),
  );
  expect(needed.sort()).toEqual([...declared].sort());
  expect(choices.every((scopes) => scopes.some((scope) => declared.includes(scope)))).toBe(true);
  expect(calls.filter((call) => call.status === 401 || call.status === 501)).toEqual([]);
  await desk.close();
});
