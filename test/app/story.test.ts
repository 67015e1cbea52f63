import { verifyExport } from '../../src/domain/audit/verify-export';
import { openDesk, type Desk } from './desk';

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

it('resolves a grant only when it is approved and the target proves it', async () => {
  const key = await desk.ask({ end: until });
  expect(await desk.status(key)).toBe('Waiting for approval');

  const early = await desk.move(key, 'Resolve');
  expect(early.status).not.toBe(204);

  expect(await desk.answer(key, 'mark')).toBe(200);
  expect(await desk.status(key)).toBe('In progress');

  const unproven = await desk.move(key, 'Resolve');
  expect(unproven).toMatchObject({ status: 400, offered: true });
  expect(unproven.text).toContain('Rita Rees does not have Finance Approvers in SCIM directory yet');

  await desk.addMember('Finance Approvers', rita);
  const proven = await desk.move(key, 'Resolve');
  expect(proven).toMatchObject({ status: 204 });
  expect(await desk.status(key)).toBe('Resolved');

  const view = await desk.view(key);
  expect(view.state).toBe('closed');
  expect(view.items[0]).toMatchObject({ outcome: 'proven', endsAt: until });
  expect(await desk.facts(key)).toEqual(
    expect.arrayContaining(['approved', 'gate-refused', 'reading', 'proven', 'closed-on-proof']),
  );
  expect(verifyExport(await desk.world.exportAudit())).toMatchObject({ ok: true });
});

it('starts a removal without approval and resolves it only when the person is out', async () => {
  await desk.addMember('Finance Approvers', rita);
  const key = await desk.ask({ type: 'Remove access' });
  expect(await desk.status(key)).toBe('In progress');

  const still = await desk.move(key, 'Resolve');
  expect(still.status).toBe(400);
  expect(still.text).toContain('Rita Rees still has Finance Approvers');

  await desk.removeMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  expect((await desk.view(key)).items[0]?.evidence[0]).toMatchObject({ verdict: 'confirmed' });
});

it('does not take a removal for done while the access comes through a nested group', async () => {
  await desk.createGroup('Quarter Close');
  await desk.addMember('Quarter Close', rita);
  await desk.nestGroup('Finance Approvers', 'Quarter Close');
  const key = await desk.ask({ type: 'Remove access' });
  const refused = await desk.move(key, 'Resolve');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('through another group');
});

it('proves a change of level only when the new level is there and the old one gone', async () => {
  await desk.addMember('Finance Readers', rita);
  const key = await approved({ type: 'Change access', end: until });
  await desk.addMember('Finance Approvers', rita);
  const both = await desk.move(key, 'Resolve');
  expect(both.status).toBe(400);
  expect(both.text).toContain('previous level is still there');
  await desk.removeMember('Finance Readers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
});

it('refuses and asks again when the request is edited after approval', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.verify(key)).gate.open).toBe(true);

  expect((await desk.edit(key, { 'Access end': '2027-06-30T00:00:00.000Z' })).status).toBe(204);
  // Before the event has arrived the gate compares the fields itself.
  const refused = await desk.move(key, 'Resolve');
  expect(refused.status).not.toBe(204);
  expect(await desk.status(key)).toBe('Waiting for approval');
  expect((await desk.view(key)).state).toBe('awaiting-approval');

  // 90 days are exceeded now: mark first, then olga.
  expect(await desk.answer(key, 'mark')).toBe(200);
  expect(await desk.status(key)).toBe('Waiting for approval');
  expect(await desk.answer(key, 'olga')).toBe(200);
  expect(await desk.status(key)).toBe('In progress');
  // JSM moved the issue on after the first stage: nobody is blamed for starting work without approval.
  expect(await desk.facts(key)).not.toContain('work-started-without-approval');
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
});

it('keeps the approval when the end is only moved closer', async () => {
  const key = await approved();
  await desk.edit(key, { 'Access end': '2026-12-31T00:00:00.000Z' });
  await desk.world.settle();
  expect(await desk.status(key)).toBe('In progress');
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  expect((await desk.view(key)).items[0]?.endsAt).toBe('2026-12-31T00:00:00.000Z');
});

it('does not let the requester approve, in JSM or in the portal panel', async () => {
  const key = await desk.ask({ end: until });
  expect(await desk.answer(key, 'rita')).toBe(403);
  const { contentHash } = await desk.view(key);
  const answer = await desk.invoke('rita', 'access-portal', 'decideStage', key, { decision: 'approve', contentHash });
  expect(answer).toMatchObject({ ok: false });
  expect(JSON.stringify(answer)).toContain('may not approve the own request');
  expect(await desk.facts(key)).toContain('decision-refused');
  expect((await desk.view(key)).state).toBe('awaiting-approval');
});

it('does not count an approver who was added by hand, and asks the right one again', async () => {
  const key = await desk.ask({ end: until });
  await desk.edit(key, { Approvers: [{ accountId: desk.accountId('amir') }] });
  await desk.world.settle();
  const pending = (await desk.approvals(key, 'amir')).find((a) => a.finalDecision === 'pending');
  if (pending?.canAnswerApproval) {
    await desk.answer(key, 'amir');
    expect(await desk.facts(key)).toContain('jsm-decision-not-counted');
  }
  expect((await desk.view(key)).state).toBe('awaiting-approval');
  expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
});

it('lets an approver decide in the portal and answers the JSM approval as that person', async () => {
  const key = await desk.ask({ end: until });
  const portal = await desk.invoke('mark', 'access-portal', 'getRequest', key);
  expect(portal).toMatchObject({ ok: true, result: { mayDecide: true } });
  const { contentHash } = (portal as { result: { contentHash: string } }).result;
  const decided = await desk.invoke('mark', 'access-portal', 'decideStage', key, {
    decision: 'approve',
    comment: 'until January',
    contentHash,
  });
  expect(decided).toMatchObject({ ok: true });
  expect(await desk.status(key)).toBe('In progress');
  const [approval] = await desk.approvals(key, 'mark');
  expect(approval?.finalDecision).toBe('approved');
  expect((await desk.facts(key)).filter((fact) => fact === 'approved')).toHaveLength(1);
});

it('refuses a decision that was made on a stale screen', async () => {
  const key = await desk.ask({ end: until });
  const before = await desk.view(key);
  await desk.edit(key, { 'Access end': '2027-02-28T00:00:00.000Z' });
  await desk.world.settle();
  const answer = await desk.invoke('mark', 'access-portal', 'decideStage', key, {
    decision: 'approve',
    contentHash: before.contentHash,
  });
  expect(JSON.stringify(answer)).toContain('[content-changed]');
});

it('refuses to cancel a grant after the access was added until it is gone', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  const refused = await desk.move(key, 'Cancel');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('Remove it, then cancel again');
  await desk.removeMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Cancel')).status).toBe(204);
  expect(await desk.status(key)).toBe('Canceled');
  expect((await desk.view(key)).state).toBe('cancelled');
});

it('can be resolved after all when cancelling was given up', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Cancel')).status).toBe(400);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  expect((await desk.view(key)).state).toBe('closed');
});

it('cancels a removal only by decision of the governance owner, who leaves a discrepancy', async () => {
  await desk.addMember('Finance Approvers', rita);
  const key = await desk.ask({ type: 'Remove access' });
  expect((await desk.move(key, 'Cancel')).text).toContain('governance owner');
  expect(await desk.invoke('amir', 'access-panel', 'callOffRemoval', key, { reason: 'no' })).toMatchObject({
    ok: false,
  });
  expect(
    await desk.invoke('gus', 'access-panel', 'callOffRemoval', key, { reason: 'She stays until the audit is over' }),
  ).toMatchObject({ ok: true });
  expect((await desk.move(key, 'Cancel')).status).toBe(204);
  expect(await desk.facts(key)).toEqual(
    expect.arrayContaining(['removal-called-off', 'discrepancy-opened', 'cancelled']),
  );
});

it('does not let a removal be cancelled because what it names is made unreadable', async () => {
  await desk.addMember('Finance Approvers', rita);
  const key = await desk.ask({ type: 'Remove access' });
  await desk
    .as('amir')
    .put(`/rest/api/3/issue/${key}`, { fields: { [desk.field('Entitlement')]: 'Finance Nobodies' } });
  await desk.world.settle();
  expect((await desk.view(key)).problems).not.toEqual([]);
  expect((await desk.move(key, 'Cancel')).text).toContain('governance owner');
  expect((await desk.view(key, 'gus')).may.callOff).toBe(true);
  const reason = 'Nobody knows what this was';
  expect(await desk.invoke('gus', 'access-panel', 'callOffRemoval', key, { reason })).toMatchObject({ ok: true });
  expect((await desk.move(key, 'Cancel')).status).toBe(204);
});

it('does not let the holder call off a removal whose person nobody can read any more', async () => {
  await desk.addMember('Finance Approvers', 'gus@acme.test');
  const key = await desk.ask({ type: 'Remove access', beneficiary: 'gus' });
  await desk
    .as('amir')
    .put(`/rest/api/3/issue/${key}`, { fields: { [desk.field('Entitlement')]: 'Finance Nobodies' } });
  await desk.world.settle();
  const asked = await desk.invoke('gus', 'access-panel', 'callOffRemoval', key, { reason: 'I would rather keep it' });
  expect(asked).toMatchObject({ ok: false });
  expect((await desk.move(key, 'Cancel')).text).toContain('governance owner');
});

it('reads the target again when the stored reading is older than policy allows', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.verify(key)).items[0]?.evidence[0]?.verdict).toBe('confirmed');
  await desk.removeMember('Finance Approvers', rita);
  await desk.world.advance('PT20M');
  const refused = await desk.move(key, 'Resolve');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('does not have Finance Approvers');
});

it('reports access that was there before the request', async () => {
  await desk.addMember('Finance Approvers', rita);
  const key = await desk.ask({ end: until });
  expect((await desk.view(key)).items[0]?.baseline.kind).toBe('pre-existing');
  expect(JSON.stringify(await desk.audit(key))).toContain('pre-existing');
});

it('reports access that appeared before the approval', async () => {
  const key = await desk.ask({ end: until });
  await desk.addMember('Finance Approvers', rita);
  await desk.answer(key, 'mark');
  expect((await desk.view(key)).items[0]?.baseline.kind).toBe('access-before-approval');
});

it('starts standard access in finance without approval', async () => {
  const key = await desk.ask({ entitlement: 'Finance Readers', end: until });
  expect(await desk.status(key)).toBe('In progress');
  expect((await desk.move(key, 'Resolve')).status).toBe(400);
});

it('asks manager and privileged-access owner for privileged access of at most eight hours', async () => {
  const tooLong = await desk.ask({ entitlement: 'Production Admins', end: '2026-11-25T09:00:00.000Z' });
  expect((await desk.view(tooLong)).problems.join()).toContain('at most 8 hours');
  expect(await desk.status(tooLong)).toBe('Submitted');

  const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
  expect(await desk.answer(key, 'mark')).toBe(200);
  expect(await desk.status(key)).toBe('Waiting for approval');
  expect(await desk.answer(key, 'pam')).toBe(200);
  expect(await desk.status(key)).toBe('In progress');
  await desk.addMember('Production Admins', rita);
  const verified = await desk.verify(key);
  expect(verified.items[0]?.endsAt).toBe('2026-11-23T17:00:00.000Z');
  await desk.world.advance('PT6M');
  await desk.removeMember('Production Admins', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(400);
});

it('declines when the approver declines and refuses every gate afterwards', async () => {
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark', 'decline');
  expect(await desk.status(key)).toBe('Declined');
  expect((await desk.view(key)).state).toBe('declined');
});

it('does not reuse evidence or a decline after reopening', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  await desk.removeMember('Finance Approvers', rita);
  expect((await desk.move(key, 'Reopen')).status).toBe(204);
  expect(await desk.status(key)).toBe('In progress');
  const again = await desk.move(key, 'Resolve');
  expect(again.status).toBe(400);
});

it('resolves by itself once the target proves it', async () => {
  const key = await approved();
  expect(await desk.invoke('amir', 'access-panel', 'resolveWhenProven', key, { on: true })).toMatchObject({ ok: true });
  await desk.world.advance('PT5M');
  expect(await desk.status(key)).toBe('In progress');
  await desk.addMember('Finance Approvers', rita);
  await desk.world.advance('PT10M');
  expect(await desk.status(key)).toBe('Resolved');
  expect((await desk.view(key)).state).toBe('closed');
});

it('reopens a request that a bulk move put into a done status', async () => {
  const key = await approved();
  desk.world.move(key, 'Resolved');
  await desk.world.settle();
  expect(await desk.facts(key)).toContain('ungated-resolution');
  expect(await desk.status(key)).toBe('In progress');
});

it('governs a service account with its owner and a mandatory end', async () => {
  const open = await desk.ask({ serviceAccount: 'svc-ledger-export', entitlement: 'Finance Readers' });
  expect((await desk.view(open)).problems.join()).toContain('needs an end');
  const key = await desk.ask({ serviceAccount: 'svc-ledger-export', entitlement: 'Finance Readers', end: until });
  const view = await desk.view(key);
  expect(view.items[0]?.identity).toMatchObject({ kind: 'service-account', name: 'Ledger export' });
});

it('can be found by JQL through what the issue property shows', async () => {
  const key = await approved();
  const search = (jql: string) => desk.as('amir').post('/rest/api/3/search/jql', { jql, fields: ['status'] });
  const found = await search('project = ACC AND accessState = fulfilling');
  expect(JSON.stringify(found.body)).toContain(key);
  expect(JSON.stringify((await search('project = ACC AND accessState = closed')).body)).not.toContain(key);
});

it('forges nothing through the issue property, which anybody may write', async () => {
  const key = await desk.ask({ end: until });
  await desk.addMember('Finance Approvers', rita);
  const property = { governed: true, state: 'verified', approved: true, verdict: 'confirmed' };
  expect((await desk.as('amir').put(`/rest/api/3/issue/${key}/properties/proofgate`, property)).status).toBeLessThan(
    300,
  );
  desk.world.move(key, 'In progress');
  expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
});

it('does not let Start through while approvals are missing', async () => {
  const key = await desk.ask({ end: until });
  desk.world.move(key, 'Submitted');
  const refused = await desk.move(key, 'Start');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('It waits for Mark Moss');
});

it('does not count an approval once its approver is deactivated', async () => {
  const key = await approved();
  await desk.addMember('Finance Approvers', rita);
  desk.world.site.setActive?.(desk.accountId('mark'), false);
  const refused = await desk.move(key, 'Resolve');
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('not active');
});
