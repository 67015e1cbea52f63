/** Ways around the promise that a review found, each once reproduced. */
import { openDesk, type Desk } from '../app/desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';

async function approved(asking: Parameters<Desk['ask']>[0] = { end: until }): Promise<string> {
  const key = await desk.ask(asking);
  expect(await desk.answer(key, 'mark')).toBe(200);
  return key;
}

it.each([
  ['with a problem', { entitlement: 'nope', end: until }],
  ['that is waiting for approval', { end: until }],
])('reopens a request %s that a bulk move put into a done status', async (_name, asking) => {
  const key = await desk.ask(asking);
  desk.world.move(key, 'Resolved');
  await desk.world.settle();
  expect(await desk.status(key)).not.toBe('Resolved');
  expect(await desk.facts(key)).toEqual(expect.arrayContaining(['ungated-resolution', 'discrepancy-opened']));
});

it('does not let an edit and a second approval launder access that was added in between', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Cancel')).status).toBe(400);
  await desk.edit(key, { 'Access end': '2027-02-10T00:00:00.000Z' });
  await desk.world.settle();
  await desk.answer(key, 'mark');
  expect((await desk.view(key)).items[0]?.baseline.kind).not.toBe('pre-existing');
  expect((await desk.move(key, 'Cancel')).status).toBe(400);
  await desk.removeMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Cancel')).status).toBe(204);
});

it('does not free Cancel by breaking the content, and finds what is left behind', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  await desk.edit(key, { Entitlement: 'x' });
  await desk.world.settle();
  expect((await desk.move(key, 'Cancel')).status).toBe(400);
  expect(await desk.facts(key)).toContain('access-left-behind');
});

it('finds what is left behind when the entitlement is swapped for another', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  await desk.edit(key, { Entitlement: 'Finance Readers' });
  await desk.world.settle();
  expect(await desk.facts(key)).toContain('access-left-behind');
});

it('does not close a reopened request on old evidence when the events are late', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  await desk.removeMember('Finance Approvers', rita);
  desk.world.faults({ loseEvents: true });
  await desk.world.advance('PT1M');
  expect((await desk.move(key, 'Reopen')).status).toBe(204);
  const start = await desk.move(key, 'Start');
  expect(start.status).toBe(204);
  expect((await desk.move(key, 'Resolve')).status).toBe(400);
  expect(await desk.status(key)).not.toBe('Resolved');
});

it.each(['a creation', 'an approval', 'a bulk move'])(
  'makes up for the lost event of %s within an hour',
  async (what) => {
    if (what === 'a creation') {
      desk.world.faults({ loseEvents: true });
      const raised = await desk.raise({ end: until });
      await desk.world.settle();
      await desk.world.advance('PT65M');
      expect(await desk.status((raised.body as { issueKey: string }).issueKey)).toBe('Waiting for approval');
      return;
    }
    const key = await desk.ask({ end: until });
    desk.world.faults({ loseEvents: true });
    await desk.answer(key, 'mark');
    if (what === 'a bulk move') desk.world.move(key, 'Resolved');
    await desk.world.advance('PT65M');
    const facts = await desk.facts(key);
    expect(facts).toContain('approved');
    if (what === 'a bulk move') expect(facts).toContain('ungated-resolution');
  },
);

it('asks somebody else when the same person would be needed in two stages', async () => {
  const key = await desk.ask({ as: 'mark', entitlement: 'Finance Approvers' });
  const stages = (await desk.view(key)).items[0]?.stages ?? [];
  const people = stages.flatMap((stage) => stage.approvers.map((a) => a.accountId));
  expect(stages).toHaveLength(2);
  expect(new Set(people).size).toBe(people.length);
});

it('does not make privileged access easier to approve because an approver is part of the request', async () => {
  const key = await desk.ask({ as: 'pam', entitlement: 'Production Admins', duration: 'PT8H' });
  const approvers =
    (await desk.view(key)).items[0]?.stages.flatMap((stage) => stage.approvers.map((a) => a.accountId)) ?? [];
  expect(approvers).not.toContain(desk.accountId('pam'));
  expect(approvers.length).toBeGreaterThanOrEqual(1);
});

it('does not let the owner of a service account approve its access', async () => {
  const key = await desk.ask({
    serviceAccount: 'svc-ledger-export',
    beneficiary: 'olga',
    entitlement: 'Finance Approvers',
    end: '2027-06-30T00:00:00.000Z',
  });
  const approvers =
    (await desk.view(key)).items[0]?.stages.flatMap((stage) => stage.approvers.map((a) => a.accountId)) ?? [];
  expect(approvers).not.toContain(desk.accountId('olga'));
});

it('asks again after a declined request was closed behind the workflow and reopened', async () => {
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark', 'decline');
  desk.world.move(key, 'Resolved');
  await desk.world.settle();
  expect(await desk.status(key)).toBe('Waiting for approval');
  expect(await desk.answer(key, 'mark')).toBe(200);
  expect(await desk.status(key)).toBe('In progress');
});

it('puts the approvers back that somebody emptied', async () => {
  const key = await desk.ask({ end: until });
  await desk.edit(key, { Approvers: [] });
  await desk.world.settle();
  expect(await desk.answer(key, 'mark')).toBe(200);
  expect(await desk.status(key)).toBe('In progress');
});

it('is not held up by people whom somebody added to the approval', async () => {
  const key = await desk.ask({ end: until });
  await desk.edit(key, { Approvers: [{ accountId: desk.accountId('mark') }, { accountId: desk.accountId('ana') }] });
  await desk.world.settle();
  const { contentHash } = await desk.view(key);
  await desk.invoke('mark', 'access-portal', 'decideStage', key, { decision: 'approve', contentHash });
  expect(await desk.status(key)).toBe('In progress');
});

it('asks anew from the panel after a lapse, with the approvers of today', async () => {
  const key = await desk.ask({ end: until });
  await desk.world.advance('P31D');
  expect((await desk.view(key)).state).toBe('lapsed');
  expect(await desk.invoke('amir', 'access-panel', 'askAnew', key)).toMatchObject({ ok: true });
  expect((await desk.view(key)).state).toBe('awaiting-approval');
  const { contentHash } = await desk.view(key);
  expect(
    await desk.invoke('mark', 'access-portal', 'decideStage', key, { decision: 'approve', contentHash }),
  ).toMatchObject({ ok: true });
  expect((await desk.view(key)).state).not.toBe('lapsed');
}, 60_000);

it('understands what was edited while a request was closed before it goes on after reopening', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  await desk.move(key, 'Resolve');
  await desk.edit(key, { 'Access end': '2027-02-20T00:00:00.000Z' });
  await desk.world.settle();
  expect(await desk.status(key)).toBe('Resolved');
  await desk.move(key, 'Reopen');
  expect(await desk.status(key)).toBe('Waiting for approval');
});

it('repairs the display property whenever somebody verifies', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  const property = `/rest/api/3/issue/${key}/properties/proofgate`;
  await desk.as('amir').put(property, { approved: false });
  expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  await desk.verify(key);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
});

it('never moves the end of access that lasts from when it works', async () => {
  const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
  await desk.answer(key, 'mark');
  await desk.answer(key, 'pam');
  await desk.addMember('Production Admins', rita);
  expect((await desk.verify(key)).items[0]?.endsAt).toBe('2026-11-23T17:00:00.000Z');
  await desk.world.advance('PT7H50M');
  await desk.edit(key, { 'Access duration': 'PT7H59M' });
  await desk.world.settle();
  expect((await desk.verify(key)).items[0]?.endsAt).toBe('2026-11-23T16:59:00.000Z');
  await desk.world.advance('PT30M');
  const refused = await desk.move(key, 'Resolve');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('which is over');
});

it('does not accuse the agent who resolved in time of an edit that came afterwards', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.verify(key)).gate.open).toBe(true);
  const transition = { transition: { id: desk.state.transitions['Resolve'] } };
  expect((await desk.as('amir').post(`/rest/api/3/issue/${key}/transitions`, transition)).status).toBe(204);
  await desk.edit(key, { 'Access end': '2027-03-31T00:00:00.000Z' });
  await desk.world.settle();
  const facts = await desk.facts(key);
  expect(facts).toContain('closed-on-proof');
  expect(facts).not.toContain('ungated-resolution');
});

it('lets nothing through once the request type is one that is not governed', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  await desk.verify(key);
  await desk
    .as('amir')
    .put(`/rest/api/3/issue/${key}`, { fields: { [desk.state.fields['Request Type'] as string]: null } });
  await desk.world.settle();
  expect((await desk.move(key, 'Resolve')).status).toBe(400);
});

describe('while somebody tries to cancel', () => {
  it('resolves on no proof that a newer reading contradicts', async () => {
    const key = await approved();
    await desk.addMember('Finance Approvers', rita);
    await desk.verify(key);
    expect((await desk.move(key, 'Cancel')).status).toBe(400);
    await desk.removeMember('Finance Approvers', rita);
    await desk.verify(key);
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
  });

  it('cancels on no reading that a newer one contradicts', async () => {
    const key = await approved();
    await desk.addMember('Finance Approvers', rita);
    expect((await desk.move(key, 'Cancel')).status).toBe(400);
    await desk.removeMember('Finance Approvers', rita);
    await desk.verify(key);
    await desk.addMember('Finance Approvers', rita);
    await desk.verify(key);
    expect((await desk.move(key, 'Cancel')).status).toBe(400);
  });

  it.each([true, false])(
    'does not fill the audit chain while time passes (access in place: %s)',
    async (inPlace) => {
      const key = await approved();
      await desk.addMember('Finance Approvers', rita);
      expect((await desk.move(key, 'Cancel')).status).toBe(400);
      if (!inPlace) await desk.removeMember('Finance Approvers', rita);
      const before = (await desk.audit(key)).length;
      await desk.world.advance('P1D');
      expect((await desk.audit(key)).length - before).toBeLessThan(45);
      const later = (await desk.audit(key)).length;
      await desk.world.advance('P1D');
      expect((await desk.audit(key)).length - later).toBeLessThan(26);
    },
    30_000,
  );
});

it('tells what is left behind although it was proven before the edit', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.verify(key)).gate.open).toBe(true);
  await desk.edit(key, { Entitlement: 'Finance Readers' });
  await desk.world.settle();
  expect(await desk.facts(key)).toContain('access-left-behind');
});

it('asks again when somebody moved a waiting request back or on behind the workflow', async () => {
  for (const status of ['Submitted', 'In progress']) {
    const key = await desk.ask({ end: until });
    await desk.world.advance('PT1H');
    desk.world.move(key, status);
    await desk.world.settle();
    expect(await desk.status(key)).toBe('Waiting for approval');
    expect(await desk.answer(key, 'mark')).toBe(200);
    expect(await desk.status(key)).toBe('In progress');
  }
});

it('needs two people for privileged access even where one would be manager and owner', async () => {
  const key = await desk.ask({ as: 'adele', entitlement: 'Production Admins', duration: 'PT8H' });
  const approvers = (await desk.view(key)).items[0]?.stages.flatMap((stage) => stage.approvers) ?? [];
  expect(approvers).toHaveLength(2);
});

it('does not call access early that a reading after the approval had not seen yet', async () => {
  const key = await approved();
  await desk.verify(key);
  await desk.addMember('Finance Approvers', rita);
  await desk.verify(key);
  expect((await desk.view(key)).items[0]?.baseline.kind).toBe('absent');
});

it('counts the open approval when approval was asked for anew without any change', async () => {
  const key = await desk.ask({ end: until });
  await desk.world.advance('PT1M');
  expect(await desk.invoke('amir', 'access-panel', 'askAnew', key)).toMatchObject({ ok: true });
  expect(await desk.answer(key, 'mark')).toBe(200);
  expect(await desk.status(key)).toBe('In progress');
  expect(await desk.facts(key)).not.toContain('jsm-decision-not-counted');
});
