import { verifyExport } from '../../src/domain/audit/verify-export';
import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const rita = 'rita@acme.test';

async function comments(key: string): Promise<string[]> {
  const answer = await desk.as('amir').get(`/rest/api/3/issue/${key}/comment`);
  const text = (node: { text?: string; content?: unknown[] }): string =>
    (node.text ?? '') + (node.content ?? []).map((child) => text(child as never)).join('');
  return (answer.body as { comments: Array<{ body: never }> }).comments.map((comment) => text(comment.body));
}

async function factsOf(key: string, fact: string): Promise<Array<Record<string, unknown>>> {
  const { body } = await desk.as('amir').get(`/rest/api/3/issue/${key}?fields=summary`);
  const lines = (await desk.world.exportAudit()).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { chain?: string; facts?: Array<Record<string, unknown>> })
    .filter((entry) => entry.chain === `request:${(body as { id: string }).id}`)
    .flatMap((entry) => entry.facts ?? [])
    .filter((found) => found.fact === fact);
}

describe('clocks and escalation', () => {
  it('sends reminders, the escalation and the breach in order, each once', async () => {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    const before = await desk.view(key);
    expect(before.clocks.map((clock) => clock.kind)).toEqual(['approval', 'fulfilment']);
    await desk.world.advance('P1D');
    await desk.world.advance('P1DT6H');
    const approval = (await factsOf(key, 'escalated')).filter((fact) => fact.clock === 'approval');
    expect(approval.map((fact) => fact.step)).toEqual(['approval-half', 'approval-soon', 'approval-due']);
    const breaches = await factsOf(key, 'clock-breached');
    expect(breaches.map((fact) => fact.clock)).toEqual(['approval', 'fulfilment']);
    const told = await comments(key);
    expect(told.filter((text) => text.startsWith('Reminder: Approval'))).toHaveLength(2);
    expect(told.filter((text) => text.includes('Approval is overdue since'))).toHaveLength(1);
    expect((await desk.view(key)).clocks[0]?.breachedAt).toBeDefined();
  });

  it('stops the approval clock at the answer and the fulfilment clock at the proof, not at the closing', async () => {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT2H');
    expect((await desk.view(key)).clocks.map((c) => [c.kind, c.outcome])).toEqual([
      ['fulfilment', undefined],
      ['approval', 'met'],
    ]);
    await desk.addMember('Finance Approvers', rita);
    await desk.verify(key);
    const proven = await desk.view(key);
    expect(proven.clocks.find((c) => c.kind === 'fulfilment')?.outcome).toBe('met');
    await desk.world.advance('PT10M');
    await desk.removeMember('Finance Approvers', rita);
    await desk.verify(key);
    expect((await desk.view(key)).clocks.find((c) => c.kind === 'fulfilment')?.outcome).toBeUndefined();
  });

  it('does everything that fell due during 36 hours without a sweep at the first one after it', async () => {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    desk.world.faults({ silenceTriggersFor: 'PT36H' });
    await desk.world.advance('PT35H');
    expect(await factsOf(key, 'escalated')).toHaveLength(0);
    await desk.world.advance('PT1H5M');
    expect((await factsOf(key, 'escalated')).map((fact) => fact.step)).toEqual([
      'approval-half',
      'approval-soon',
      'approval-due',
      'fulfilment-half',
      'fulfilment-soon',
      'fulfilment-due',
    ]);
  });
});

describe('a pause', () => {
  it('holds the clock of a grant while the issue waits for the customer, and not longer than policy allows', async () => {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    await desk.answer(key, 'mark');
    await desk.world.advance('PT1H');
    const due = (await desk.view(key)).clocks[0]?.dueAt as string;
    expect(due).toBe('2026-11-24T09:00:00.000Z');
    await desk.move(key, 'Ask customer');
    await desk.world.advance('PT5H');
    expect((await desk.view(key)).clocks[0]?.paused).toBe(true);
    await desk.move(key, 'Continue');
    const after = (await desk.view(key)).clocks[0];
    expect(after?.paused).toBeUndefined();
    expect(after?.dueAt).toBe('2026-11-24T14:00:00.000Z');
    await desk.move(key, 'Ask customer');
    await desk.world.advance('P10D');
    expect((await desk.view(key)).clocks[0]?.breachedAt).toBe('2026-11-27T09:00:00.000Z');
  });

  it('never holds the clock of a removal', async () => {
    await desk.addMember('Finance Approvers', rita);
    const key = await desk.ask({ type: 'Remove access' });
    await desk.move(key, 'Ask customer');
    expect((await desk.view(key)).clocks[0]).toMatchObject({ kind: 'removal', dueAt: '2026-11-24T09:00:00.000Z' });
    expect((await desk.view(key)).clocks[0]?.paused).toBeUndefined();
  });
});

describe('the end of access', () => {
  async function granted(end: string): Promise<string> {
    const key = await desk.ask({ end });
    await desk.answer(key, 'mark');
    await desk.addMember('Finance Approvers', rita);
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    return key;
  }

  it('warns, raises the linked removal in time, and lets it resolve only when the person is out', async () => {
    const key = await granted('2026-12-03T09:00:00.000Z');
    expect((await desk.view(key)).items[0]?.holding?.endsAt).toBe('2026-12-03T09:00:00.000Z');
    await desk.world.advance('P7D');
    expect((await comments(key)).filter((text) => text.includes('ends on 2026-12-03 09:00 UTC'))).toHaveLength(1);
    await desk.world.advance('P2DT20H10M');
    const holding = (await desk.view(key)).items[0]?.holding;
    const removal = holding?.revocation?.key as string;
    expect(removal).toMatch(/^ACC-/);
    const view = await desk.view(removal);
    expect(view.items[0]?.change).toBe('revoke');
    expect(view.items[0]?.links).toEqual([{ kind: 'raised-for', key }]);
    expect(view.clocks.find((c) => c.kind === 'removal')?.dueAt).toBe('2026-12-03T09:00:00.000Z');
    expect((await desk.move(removal, 'Resolve')).text).toContain('still has Finance Approvers');
    await desk.removeMember('Finance Approvers', rita);
    expect((await desk.move(removal, 'Resolve')).status).toBe(204);
    await desk.world.settle();
    expect((await desk.view(key)).items[0]?.holding?.over?.how).toBe('removed');
    expect(verifyExport(await desk.world.exportAudit())).toMatchObject({ ok: true });
  });

  it('raises the removal at once when the person gives the access back', async () => {
    const key = await granted('2026-12-23T09:00:00.000Z');
    const refused = await desk.invoke('amir', 'access-panel', 'giveBack', key);
    expect(refused).toMatchObject({ ok: false });
    const answer = await desk.invoke('rita', 'access-portal', 'giveBack', key);
    expect(answer).toMatchObject({ ok: true });
    await desk.world.settle();
    expect((await desk.view(key)).items[0]?.holding?.revocation).toMatchObject({ reason: 'given-back', key: 'ACC-2' });
  });

  it('extends by a new request with its own approval, which takes the access over', async () => {
    const key = await granted('2026-12-03T09:00:00.000Z');
    const answer = await desk.invoke('rita', 'access-portal', 'extendAccess', key, {
      end: '2026-12-20T09:00:00.000Z',
      justification: 'The audit takes longer',
    });
    expect(answer).toMatchObject({ ok: true });
    await desk.world.settle();
    const extension = (await desk.view(key)).items[0]?.holding?.extensions[0]?.key as string;
    expect((await desk.view(extension)).state).toBe('awaiting-approval');
    await desk.answer(extension, 'mark');
    expect((await desk.move(extension, 'Resolve')).status).toBe(204);
    await desk.world.settle();
    expect((await desk.view(key)).items[0]?.holding?.over?.how).toBe('extended');
    await desk.world.advance('P11D');
    expect((await desk.view(key)).items[0]?.holding?.revocation).toBeUndefined();
    await desk.world.advance('P16D');
    expect((await desk.view(extension)).items[0]?.holding?.revocation?.key).toBeDefined();
  });

  it('still raises the removal when the issue of the grant was deleted', async () => {
    const key = await granted('2026-12-03T09:00:00.000Z');
    await desk.as('adele').delete(`/rest/api/3/issue/${key}`);
    await desk.world.settle();
    await desk.world.advance('P9DT20H10M');
    const found = await desk.as('amir').post('/rest/api/3/search/jql', {
      jql: 'project = ACC AND issuetype = "Remove access"',
      fields: ['summary'],
    });
    expect((found.body as { issues: unknown[] }).issues).toHaveLength(1);
  });

  it('raises the removal when the directory deactivates the person', async () => {
    const key = await granted('2027-01-31T00:00:00.000Z');
    await desk.deactivateInDirectory(rita);
    await desk.world.advance('P1DT10M');
    expect((await desk.view(key)).items[0]?.holding?.revocation).toMatchObject({ reason: 'leaver' });
  });
});

describe('exceptions', () => {
  async function approvedOnly(): Promise<string> {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    await desk.answer(key, 'mark');
    return key;
  }
  const except = (key: string, person: 'gus' | 'amir' | 'rita' = 'gus', more: object = {}) =>
    desk.invoke(person, 'access-panel', 'grantException', key, {
      gate: 'verification',
      reason: 'The target is being moved to another site',
      ownerAccountId: desk.accountId('olga'),
      expiresAt: '2026-11-25T09:00:00.000Z',
      ...more,
    });

  it('closes a request as excepted and reopens it at the end when the target does not confirm', async () => {
    const key = await approvedOnly();
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect(await except(key)).toMatchObject({ ok: true });
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    expect((await desk.view(key)).state).toBe('excepted');
    await desk.world.advance('P1DT12H');
    expect((await comments(key)).filter((text) => text.includes('The exception of this request ends'))).toHaveLength(1);
    await desk.world.advance('PT13H');
    expect(await desk.status(key)).not.toBe('Resolved');
    expect((await desk.view(key)).state).toBe('fulfilling');
    expect((await desk.view(key)).exception?.ended?.how).toBe('expired');
  });

  it('becomes a proven closing at the end when the target confirms', async () => {
    const key = await approvedOnly();
    await except(key);
    await desk.move(key, 'Resolve');
    await desk.addMember('Finance Approvers', rita);
    await desk.world.advance('P2DT1H');
    expect(await desk.status(key)).toBe('Resolved');
    const view = await desk.view(key);
    expect(view.state).toBe('closed');
    expect(view.exception?.ended?.how).toBe('proven');
    expect(view.items[0]?.holding?.endsAt).toBe('2027-01-31T00:00:00.000Z');
  });

  it.each<[string, 'gus' | 'amir' | 'rita', (desk: Desk) => object, string]>([
    ['by somebody who does not own governance', 'amir', () => ({}), 'Only a governance owner'],
    ['owned by the requester', 'gus', (d) => ({ ownerAccountId: d.accountId('rita') }), 'may have no part'],
    ['beyond the maximum', 'gus', () => ({ expiresAt: '2027-11-25T09:00:00.000Z' }), 'at the latest'],
    ['that ended before it began', 'gus', () => ({ expiresAt: '2026-11-20T09:00:00.000Z' }), 'ends in the future'],
    ['without an owner that exists', 'gus', () => ({ ownerAccountId: '712020:nobody' }), 'not active'],
  ])('refuses an exception %s, with nothing done', async (_name, person, more, text) => {
    const key = await approvedOnly();
    const answer = await except(key, person, more(desk));
    expect(answer).toMatchObject({ ok: false });
    expect((answer as { error: string }).error).toContain(text);
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect((await desk.view(key)).exception).toBeUndefined();
  });
});

describe('emergencies', () => {
  it('open at once, are reviewed by somebody else, and have their removal scheduled', async () => {
    const key = await desk.ask({ entitlement: 'Production Admins', duration: 'PT8H' });
    expect(await desk.status(key)).toBe('Waiting for approval');
    const own = await desk.invoke('rita', 'access-panel', 'openEmergency', key, { reason: 'me' });
    expect(own).toMatchObject({ ok: false });
    const opened = await desk.invoke('amir', 'access-panel', 'openEmergency', key, { reason: 'Production is down' });
    expect(opened).toMatchObject({ ok: true });
    await desk.world.settle();
    expect(await desk.status(key)).toBe('In progress');
    const view = await desk.view(key);
    expect(view.items[0]?.holding?.endsAt).toBe(view.emergency?.until);
    await desk.addMember('Production Admins', rita);
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    const mine = await desk.invoke('amir', 'access-panel', 'reviewEmergency', key, { accepted: true, comment: 'fine' });
    expect(mine).toMatchObject({ ok: false });
    await desk.world.advance('PT4H5M');
    const removal = (await desk.view(key)).items[0]?.holding?.revocation;
    expect(removal).toMatchObject({ reason: 'emergency-over' });
    const review = await desk.invoke('gus', 'access-panel', 'reviewEmergency', key, { accepted: true, comment: 'ok' });
    expect(review).toMatchObject({ ok: true });
    expect((await desk.view(key)).clocks.find((c) => c.kind === 'review')?.outcome).toBe('met');
  });
});

describe('what went round the gate', () => {
  it('is reopened and shown within one sweep although its event was lost', async () => {
    const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
    await desk.answer(key, 'mark');
    desk.world.move(key, 'Resolved');
    await desk.world.settle();
    expect(await desk.status(key)).not.toBe('Resolved');
    const view = await desk.view(key);
    expect(view.bypasses[0]).toContain('without a proof');
    const health = await desk.invoke('adele', 'access-admin', 'getHealth', undefined);
    expect(health).toMatchObject({ ok: true, result: { bypasses: [{ key }] } });
  });
});
