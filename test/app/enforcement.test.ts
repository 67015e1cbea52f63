import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';

async function setMode(mode: 'observe' | 'warn' | 'enforce', effectiveFrom: string): Promise<void> {
  const settings = await desk.invoke('adele', 'access-admin', 'getSettings', undefined);
  const [{ rev, ...mapping }] = (settings as unknown as { result: { projects: [{ rev: number }] } }).result.projects;
  const saved = await desk.invoke('adele', 'access-admin', 'saveProject', undefined, {
    mapping: { ...mapping, enforcement: [{ mode, effectiveFrom }] },
    expectedRev: rev,
  });
  expect(saved).toMatchObject({ ok: true });
}

it.each(['observe', 'warn'] as const)(
  'lets through and records what it would have refused in mode %s',
  async (mode) => {
    await setMode(mode, '2026-01-01T00:00:00.000Z');
    const key = await desk.ask({ end: until });
    await desk.answer(key, 'mark');
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    expect(await desk.status(key)).toBe('Resolved');
    expect(await desk.facts(key)).toContain('gate-would-refuse');
    const comments = await desk.as('amir').get(`/rest/api/3/issue/${key}/comment`);
    expect(JSON.stringify(comments.body).includes('would refuse this transition')).toBe(mode === 'warn');
  },
);

it('neither refuses nor reopens issues from before its start', async () => {
  await setMode('enforce', '2026-12-31T00:00:00.000Z');
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark');
  expect((await desk.view(key)).legacy).toBe(true);
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  expect(await desk.status(key)).toBe('Resolved');
});

it('keeps the mode that was pinned when the request was submitted', async () => {
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark');
  await setMode('observe', '2026-01-01T00:00:00.000Z');
  expect((await desk.move(key, 'Resolve')).status).toBe(400);
});
