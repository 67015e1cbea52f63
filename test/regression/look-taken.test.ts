import { openDesk } from '../app/desk';

it('reads once more after an outage at the submission, and goes on to remind', async () => {
  const desk = await openDesk();
  desk.world.faults({ targetDown: ['SCIM directory'] });
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  desk.world.faults({});
  await desk.world.advance('PT10M');
  expect((await desk.view(key)).state).toBe('awaiting-approval');
  const understood = (await desk.audit(key)).length;
  await desk.world.advance('PT1H');
  expect((await desk.audit(key)).length).toBe(understood);
  await desk.world.advance('PT4H');
  const steps = (await desk.audit(key)).flatMap((entry) => entry.facts).filter((fact) => fact.fact === 'escalated');
  expect(steps.map((fact) => fact.step)).toEqual(['approval-half']);
  await desk.close();
});
