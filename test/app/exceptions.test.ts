/** Overrides, emergencies and what is in wrong hands: who may, for how long, and what becomes of it. */
import { openDesk, type Desk, type PersonKey } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const rita = 'rita@acme.test';
const panel = 'access-panel';

function except(key: string, more: object = {}, person: PersonKey = 'gus') {
  return desk.invoke(person, panel, 'grantException', key, {
    gate: 'verification',
    reason: 'The target is being moved to another site',
    ownerAccountId: desk.accountId('olga'),
    expiresAt: '2026-11-25T09:00:00.000Z',
    ...more,
  });
}

/** A second governance owner, so that somebody else can renew. */
async function governedBy(...people: PersonKey[]): Promise<void> {
  const settings = await desk.invoke('adele', 'access-admin', 'getSettings', undefined);
  const { policy } = (settings as { result: { policy: { rev: number; version: number } } }).result;
  const { rev, version: _version, ...rest } = policy;
  const changed = { ...rest, governanceOwnerIds: people.map((person) => desk.accountId(person)) };
  const answer = await desk.invoke('adele', 'access-admin', 'savePolicy', undefined, {
    policy: changed,
    expectedRev: rev,
  });
  expect(answer).toMatchObject({ ok: true });
}

async function approved(): Promise<string> {
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  await desk.answer(key, 'mark');
  return key;
}

describe('an exception', () => {
  it('of the approval gate lets work start, and closes as excepted although the target proves the access', async () => {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    expect(await except(key, { gate: 'approval' })).toMatchObject({ ok: true });
    await desk.world.settle();
    expect(await desk.status(key)).toBe('In progress');
    expect((await desk.move(key, 'Resolve')).text).toContain('does not have Finance Approvers');
    await desk.addMember('Finance Approvers', rita);
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    expect((await desk.view(key)).state).toBe('excepted');
    expect(await desk.facts(key)).not.toContain('approved');
    await desk.world.advance('P2DT1H');
    // Nobody approved it meanwhile, so its end reopens it however well the target proves it.
    expect(await desk.status(key)).not.toBe('Resolved');
  });

  it('is renewed by somebody else only, and not more often than policy allows', async () => {
    await governedBy('gus', 'pam', 'adele', 'ana');
    const key = await approved();
    await except(key);
    const renew = (person: PersonKey) => except(key, { renew: true, expiresAt: '2026-12-01T09:00:00.000Z' }, person);
    expect((await renew('gus')) as { error?: string }).toMatchObject({ ok: false });
    expect(await renew('pam')).toMatchObject({ ok: true });
    expect(await renew('adele')).toMatchObject({ ok: true });
    const third = await renew('ana');
    expect(third).toMatchObject({ ok: false });
    expect((third as { error: string }).error).toContain('the most that policy allows');
    expect((await desk.view(key)).exception).toMatchObject({ renewals: 2, expiresAt: '2026-12-01T09:00:00.000Z' });
  });

  it('ends early when its owner is not there any more, and governance is asked to take it over', async () => {
    const key = await approved();
    await except(key, { expiresAt: '2026-12-20T09:00:00.000Z' });
    await desk.move(key, 'Resolve');
    desk.world.site.setActive?.(desk.accountId('olga'), false);
    await desk.world.advance('P26DT1H');
    const { exception } = await desk.view(key);
    expect(exception).toMatchObject({ ownerMissing: true, expiresAt: '2026-12-20T09:00:00.000Z' });
    expect(await desk.facts(key)).toContain('exception-owner-missing');
  });

  it('has the access removed at its end although nobody ever proved it', async () => {
    const key = await approved();
    await except(key, { expiresAt: '2026-12-20T09:00:00.000Z' });
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    await desk.world.settle();
    const [item] = (await desk.view(key)).items;
    expect(item?.holding).toMatchObject({ endsAt: item?.endsAt });
    expect(item?.holding?.raiseAt).toBeDefined();
  });

  it('ends at once when what is asked for changes, and opens nothing for the new content', async () => {
    const key = await approved();
    await except(key);
    await desk.edit(key, { 'Access end': '2027-02-15T00:00:00.000Z' });
    await desk.world.settle();
    expect((await desk.view(key)).exception?.ended?.how).toBe('content-changed');
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  });

  it('is nothing the assignee can grant for the own work', async () => {
    await governedBy('gus', 'amir');
    const key = await approved();
    await desk.as('amir').put(`/rest/api/3/issue/${key}/assignee`, { accountId: desk.accountId('amir') });
    const answer = await except(key, {}, 'amir');
    expect(answer).toMatchObject({ ok: false });
    expect((answer as { error: string }).error).toContain('carries it out');
  });

  it('can be ended by its owner, which reopens what was closed under it', async () => {
    const key = await approved();
    await except(key);
    await desk.move(key, 'Resolve');
    expect(await desk.invoke('amir', panel, 'endException', key)).toMatchObject({ ok: false });
    expect(await desk.invoke('olga', panel, 'endException', key)).toMatchObject({ ok: true });
    await desk.world.settle();
    expect(await desk.status(key)).not.toBe('Resolved');
  });
});

describe('an emergency', () => {
  it('that was made while Jira was down is registered afterwards, and counted when it is late', async () => {
    const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
    await desk.world.advance('P2D');
    const answer = await desk.invoke('amir', panel, 'openEmergency', key, {
      reason: 'Jira was down during the outage',
      madeAt: '2026-11-23T09:30:00.000Z',
    });
    expect(answer).toMatchObject({ ok: true });
    await desk.world.settle();
    const view = await desk.view(key);
    expect(view.emergency).toMatchObject({ madeAt: '2026-11-23T09:30:00.000Z', late: true });
    // Four hours from when it was made are long over: the removal is raised at the next sweep.
    await desk.world.advance('PT10M');
    expect((await desk.view(key)).items[0]?.holding?.revocation?.key).toMatch(/^ACC-/);
  });

  it('that the review rejects has its access removed at once', async () => {
    const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
    await desk.invoke('amir', panel, 'openEmergency', key, { reason: 'Production is down' });
    const answer = await desk.invoke('pam', panel, 'reviewEmergency', key, { accepted: false, comment: 'It was not' });
    expect(answer).toMatchObject({ ok: true });
    await desk.world.settle();
    expect((await desk.view(key)).items[0]?.holding?.revocation).toMatchObject({ reason: 'emergency-rejected' });
    // A rejected emergency opens nothing any more.
    await desk.addMember('Production Admins', rita);
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  });

  it('is possible for grants only, and for nobody who is to hold the access', async () => {
    await desk.addMember('Finance Approvers', rita);
    const removal = await desk.ask({ type: 'Remove access' });
    expect(await desk.invoke('amir', panel, 'openEmergency', removal, { reason: 'x' })).toMatchObject({ ok: false });
    const own = await desk.ask({ as: 'rita', beneficiary: 'amir', end: '2027-01-31T00:00:00.000Z' });
    const answer = await desk.invoke('amir', panel, 'openEmergency', own, { reason: 'x' });
    expect((answer as { error: string }).error).toContain('may not open it');
  });
});

it('runs a clock of its own from the notification until what is in wrong hands is proven gone', async () => {
  await desk.addMember('Finance Approvers', rita);
  const key = await desk.ask({ type: 'Remove access' });
  const mark = (notifiedAt: string) =>
    desk.invoke('amir', panel, 'markCompromised', key, { notifiedAt, reason: 'Seen in a paste' });
  expect(await mark('2026-11-30T00:00:00.000Z')).toMatchObject({ ok: false });
  expect(await mark('2026-11-23T08:30:00.000Z')).toMatchObject({ ok: true });
  const clock = (await desk.view(key)).clocks.find(({ kind }) => kind === 'compromise');
  expect(clock).toMatchObject({ startedAt: '2026-11-23T08:30:00.000Z', dueAt: '2026-11-23T09:30:00.000Z' });
  await desk.world.advance('PT1H');
  await desk.removeMember('Finance Approvers', rita);
  await desk.verify(key);
  const stopped = (await desk.view(key)).clocks.find(({ kind }) => kind === 'compromise');
  expect(stopped?.outcome).toBe('breached');
});
