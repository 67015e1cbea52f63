import { verifyExport } from '../../src/domain/audit/verify-export';
import type { Faults } from '../../sandbox/contracts';
import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const rita = 'rita@acme.test';

async function waitingForProof(): Promise<string> {
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark');
  await desk.addMember('Finance Approvers', rita);
  return key;
}

describe('a target that', () => {
  it.each<[string, Faults, string]>([
    ['is down', { targetDown: ['SCIM directory'] }, 'could not be reached'],
    ['is slow', { targetSlow: { name: 'SCIM directory', ms: 60_000 } }, 'did not answer in time'],
    ['answers garbage', { targetAnswers: { 'SCIM directory': 'garbage' } }, 'did not answer in its protocol'],
    ['answers a web page', { targetAnswers: { 'SCIM directory': 'html' } }, 'did not answer in its protocol'],
    ['redirects', { targetAnswers: { 'SCIM directory': 'redirect' } }, 'sent the app somewhere else'],
    ['reports an internal error', { targetAnswers: { 'SCIM directory': 'error-500' } }, 'internal error'],
    ['forbids reading', { targetAnswers: { 'SCIM directory': 'forbidden' } }, 'does not let the app see'],
    ['answers without end', { targetAnswers: { 'SCIM directory': 'huge' } }, 'more than can be read'],
  ])(
    '%s opens no gate, says so, and loses nothing',
    async (_name, faults, text) => {
      const key = await waitingForProof();
      desk.world.faults(faults);
      const refused = await desk.move(key, 'Resolve');
      expect(refused.status).toBe(400);
      expect(refused.text).toContain(text);
      expect(await desk.status(key)).toBe('In progress');
      desk.world.faults({});
      expect(await desk.facts(key)).toContain('gate-refused');
      expect((await desk.move(key, 'Resolve')).status).toBe(204);
    },
    30_000,
  );

  it('answers with everybody instead of the one asked for proves nothing', async () => {
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    await desk.addMember('Finance Approvers', 'olga@acme.test');
    desk.world.faults({ targetAnswers: { 'SCIM directory': 'everybody' } });
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect((await desk.view(key)).items[0]?.evidence[0]?.verdict).not.toBe('confirmed');
  });

  it('cuts its pages short proves no removal', async () => {
    await desk.addMember('Finance Approvers', 'olga@acme.test');
    await desk.addMember('Finance Approvers', rita);
    const key = await desk.ask({ type: 'Remove access' });
    desk.world.faults({ targetAnswers: { 'SCIM directory': 'short-page' } });
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect(await desk.status(key)).toBe('In progress');
  });

  it('is down when the request is raised is tried again by itself', async () => {
    desk.world.faults({ targetDown: ['SCIM directory'] });
    const key = await desk.ask({ end: until });
    expect(await desk.status(key)).toBe('Submitted');
    expect((await desk.view(key)).problems.join()).toContain('tried again by itself');
    desk.world.faults({});
    await desk.world.advance('PT10M');
    expect(await desk.status(key)).toBe('Waiting for approval');
  });
});

describe('the platform', () => {
  it('refuses at the gate and recovers when Jira limits the app', async () => {
    const key = await waitingForProof();
    desk.world.faults({ jira429: true });
    const refused = await desk.move(key, 'Resolve');
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('did not answer');
    desk.world.faults({});
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });

  it('refuses at the gate when storage fails', async () => {
    const key = await waitingForProof();
    desk.world.faults({ kvs: { status: 500, count: 50 } });
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    desk.world.faults({});
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });

  it('makes up for lost events in the next sweep or at the gate', async () => {
    const key = await desk.ask({ end: until });
    desk.world.faults({ loseEvents: true });
    await desk.answer(key, 'mark');
    await desk.addMember('Finance Approvers', rita);
    expect((await desk.verify(key)).state).toBe('verified');
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });

  it('does everything once when events come twice', async () => {
    desk.world.faults({ duplicateEvents: true });
    const key = await waitingForProof();
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    const facts = await desk.facts(key);
    expect(facts.filter((fact) => fact === 'approved')).toHaveLength(1);
    expect(facts.filter((fact) => fact === 'closed-on-proof')).toHaveLength(1);
    expect(facts.filter((fact) => fact === 'content')).toHaveLength(1);
  });

  it('decides nothing on stale queries', async () => {
    desk.world.faults({ staleQueries: 600_000 });
    const key = await waitingForProof();
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    expect(verifyExport(await desk.world.exportAudit())).toBeDefined();
  });

  it('makes its effects later when Jira is away right after a change', async () => {
    desk.world.faults({ jira429: { count: 3 } });
    const key = await desk.ask({ end: until });
    desk.world.faults({});
    await desk.world.advance('PT30M');
    expect(await desk.status(key)).toBe('Waiting for approval');
  });
});

describe('a crash', () => {
  it.each(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].flatMap((call) => [[call, 'before'] as const, [call, 'after'] as const]),
  )('at call %s (%s its effect) while a request is taken in loses and doubles nothing', async (call, when) => {
    desk.world.faults({ crashAt: { call, when } });
    const key = await desk.ask({ end: until });
    desk.world.faults({});
    await desk.world.advance('PT30M');
    expect(await desk.status(key)).toBe('Waiting for approval');
    await desk.answer(key, 'mark');
    await desk.addMember('Finance Approvers', rita);
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    const facts = await desk.facts(key);
    expect(facts.filter((fact) => fact === 'approved')).toHaveLength(1);
    expect(facts.filter((fact) => fact === 'content')).toHaveLength(1);
    expect(verifyExport(await desk.world.exportAudit())).toMatchObject({ ok: true });
  });
});
