import { openDesk } from '../app/desk';

it('reads only what is asked now when a request is resolved, however much was asked for earlier', async () => {
  const desk = await openDesk();
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  await desk.answer(key, 'mark');
  await desk.edit(key, { Entitlement: 'Finance Readers' });
  await desk.world.settle();
  await desk.addMember('Finance Readers', 'rita@acme.test');
  const before = desk.world.ledger().next;
  await desk.move(key, 'Resolve');
  const gate = desk.world.ledger(before).calls.filter((call) => call.module.endsWith('/verification-gate'));
  expect(gate.filter((call) => call.kind === 'egress').length).toBeGreaterThan(0);
  expect(gate.filter((call) => call.kind === 'egress').length).toBeLessThanOrEqual(2);
  await desk.close();
});
