/** What a review of the time features found: each a way around a promise, closed. */
import { openDesk, type Desk } from '../app/desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const rita = 'rita@acme.test';
const panel = 'access-panel';

async function granted(end: string): Promise<string> {
  const key = await desk.ask({ end });
  await desk.answer(key, 'mark');
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  return key;
}

it('opens no second emergency on the same request', async () => {
  const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
  const open = () => desk.invoke('amir', panel, 'openEmergency', key, { reason: 'Production is down' });
  expect(await open()).toMatchObject({ ok: true });
  await desk.invoke('pam', panel, 'reviewEmergency', key, { accepted: false, comment: 'It was not' });
  await desk.invoke('amir', panel, 'askAnew', key);
  const again = await open();
  expect(again).toMatchObject({ ok: false });
  expect((again as { error: string }).error).toContain('before');
});

it('reopens what was closed under an exception that ended before its closing was heard of', async () => {
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  await desk.answer(key, 'mark');
  await desk.invoke('gus', panel, 'grantException', key, {
    gate: 'verification',
    reason: 'The target is being moved',
    ownerAccountId: desk.accountId('olga'),
    expiresAt: '2026-11-25T09:00:00.000Z',
  });
  desk.world.faults({ loseEvents: true });
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  desk.world.faults({});
  await desk.invoke('gus', panel, 'endException', key);
  await desk.world.settle();
  await desk.world.advance('PT5M');
  expect(await desk.status(key)).not.toBe('Resolved');
});

it('holds access anew, with its end, when it is given again after its removal', async () => {
  const key = await granted('2026-12-23T09:00:00.000Z');
  await desk.invoke('rita', 'access-portal', 'giveBack', key);
  await desk.world.settle();
  await desk.removeMember('Finance Approvers', rita);
  expect((await desk.move('ACC-2', 'Resolve')).status).toBe(204);
  expect((await desk.view(key)).items[0]?.holding?.over?.how).toBe('removed');
  await desk.world.advance('PT1H');
  await desk.move(key, 'Reopen');
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  const holding = (await desk.view(key)).items[0]?.holding;
  expect(holding?.over).toBeUndefined();
  expect(holding?.raiseAt).toBeDefined();
});

it('does not call off a removal that has another reason than the end, however long access was asked for again', async () => {
  const key = await granted('2026-12-23T09:00:00.000Z');
  const longer = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  await desk.invoke('rita', 'access-portal', 'giveBack', key);
  await desk.world.settle();
  const removal = (await desk.view(key)).items[0]?.holding?.revocation?.key as string;
  await desk.answer(longer, 'mark');
  expect((await desk.view(longer)).state).toBe('verified');
  const cancelled = await desk.move(removal, 'Cancel');
  expect(cancelled.status).not.toBe(204);
  expect(await desk.facts(removal)).not.toContain('removal-called-off');
});

it('records what fell due before an approval lapsed, after however long a silence', async () => {
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  desk.world.faults({ silenceTriggersFor: 'P31D' });
  await desk.world.advance('P31D');
  await desk.world.advance('PT10M');
  const facts = await desk.facts(key);
  expect(facts).toContain('approval-lapsed');
  expect(facts.filter((fact) => fact === 'clock-breached')).toHaveLength(2);
  expect(facts.filter((fact) => fact === 'escalated').length).toBeGreaterThanOrEqual(3);
});

it('lets nobody own the exception that the same person grants', async () => {
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  const answer = await desk.invoke('gus', panel, 'grantException', key, {
    gate: 'approval',
    reason: 'x',
    ownerAccountId: desk.accountId('gus'),
    expiresAt: '2026-11-25T09:00:00.000Z',
  });
  expect(answer).toMatchObject({ ok: false });
});
