/** What slips past the gate: flagged, reopened where possible, escalated, and said on the request, within one sweep. */
import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
const sweep = () => desk.world.advance('PT5M');

async function admin(name: string, payload: object = {}): Promise<unknown> {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result;
}

async function started(): Promise<string> {
  const key = await desk.ask({ end: until });
  await desk.answer(key, 'mark');
  return key;
}

async function health() {
  return (await admin('getHealth')) as {
    bypasses: Array<{ key: string }>;
    breakers: Array<{ breaker: string; trippedAt?: string; held: number }>;
    workflow: Array<{ problems: string[] }>;
  };
}

it('reopens a request that was created straight into done', async () => {
  const { key } = desk.world.import({
    requestType: 'Request access',
    status: 'Resolved',
    reporter: 'rita',
    fields: {
      summary: 'Imported',
      [desk.field('Target system')]: 'SCIM directory',
      [desk.field('Entitlement')]: 'Finance Approvers',
      [desk.field('Access end')]: until,
    },
  });
  await desk.world.settle();
  await sweep();
  expect(await desk.status(key)).not.toBe('Resolved');
  expect((await desk.view(key)).bypasses).toHaveLength(1);
});

/** From now on nobody governs *Change access*. */
async function ungovernChanges(): Promise<void> {
  const settings = (await admin('getSettings')) as {
    projects: Array<{ rev: number; requestTypes: Record<string, string> }>;
  };
  const { rev, ...mapping } = settings.projects[0] as { rev: number; requestTypes: Record<string, string> };
  const { [desk.state.requestTypes['Change access'] as string]: _gone, ...governed } = mapping.requestTypes;
  await admin('saveProject', { mapping: { ...mapping, requestTypes: governed }, expectedRev: rev });
}

it('flags a request whose type was changed to one that is not governed, and goes on when it is changed back', async () => {
  const key = await started();
  await ungovernChanges();
  desk.world.retype(key, { requestType: 'Change access' });
  await desk.world.settle();
  await sweep();
  const view = await desk.view(key);
  expect(view.bypasses[0]).toContain('does not govern');
  expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  desk.world.retype(key, { requestType: 'Request access' });
  await desk.world.settle();
  await sweep();
  expect((await desk.view(key)).problems).toEqual([]);
  expect(desk.state.project.key).toBe('ACC');
});

it('does not count an approval that was given while the request was of a type that is not governed', async () => {
  const key = await desk.ask({ end: until });
  await ungovernChanges();
  // Nobody tells the app of the way there and back, only Jira's history does.
  desk.world.faults({ loseEvents: 1 });
  desk.world.retype(key, { requestType: 'Change access' });
  await desk.world.advance('PT1S');
  expect(await desk.answer(key, 'mark')).toBe(200);
  desk.world.retype(key, { requestType: 'Request access' });
  desk.world.faults({});
  expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  await sweep();
  const view = await desk.view(key);
  expect(view.state).toBe('awaiting-approval');
  expect(view.items[0]?.stages[0]?.decisions).toEqual([]);
  expect(await desk.status(key)).toBe('Waiting for approval');
  await desk.answer(key, 'mark');
  expect((await desk.view(key)).items[0]?.stages[0]?.decisions).toHaveLength(1);
});

it('flags a request that was moved to a project without governance', async () => {
  const key = await started();
  const { body } = await desk.as('amir').get(`/rest/api/3/issue/${key}?fields=summary`);
  const moved = desk.world.reproject(key, 'GOV');
  await desk.world.settle();
  await sweep();
  expect(moved.id).toBe((body as { id: string }).id);
  const found = await health();
  expect(found.bypasses.map((bypass) => bypass.key)).toContain(key);
});

it('carries nothing over to a clone', async () => {
  const key = await started();
  await desk.addMember('Finance Approvers', 'rita@acme.test');
  await desk.verify(key);
  const clone = desk.world.clone(key, { as: 'amir' });
  await desk.world.settle();
  const view = await desk.view(clone.key);
  expect(view.state).toBe('awaiting-approval');
  expect(view.items[0]?.stages[0]?.decisions).toEqual([]);
  expect((await desk.move(clone.key, 'Resolve')).status).not.toBe(204);
});

it('compares the live workflow with what the gates need, and says which gate was lost', async () => {
  await desk.world.advance('PT1H5M');
  expect((await health()).workflow.flatMap((w) => w.problems)).toEqual([]);
  desk.world.redrawWorkflow({ transition: 'Resolve', remove: 'verification-gate' });
  await desk.world.advance('PT1H5M');
  expect((await health()).workflow[0]?.problems.join()).toContain('"Resolve" lacks verification-gate');
  desk.world.redrawWorkflow({ transition: 'Resolve', add: 'verification-gate' });
  await desk.world.advance('PT1H5M');
  expect((await health()).workflow[0]?.problems).toEqual([]);
});

it('finds a resolution through a workflow that lost its gate, like any other', async () => {
  const key = await started();
  desk.world.redrawWorkflow({ transition: 'Resolve', remove: 'verification-gate' });
  expect((await desk.move(key, 'Resolve')).status).toBe(204);
  await sweep();
  expect(await desk.status(key)).not.toBe('Resolved');
  expect((await desk.view(key)).bypasses).toHaveLength(1);
});

it('holds a mass reopening until a person lets it go on, and loses none of it', async () => {
  const keys: string[] = [];
  for (let i = 0; i < 24; i++) keys.push(await started());
  for (const key of keys) desk.world.move(key, 'Resolved');
  await desk.world.settle();
  await sweep();
  const open = async () => {
    const states = await Promise.all(keys.map((key) => desk.status(key)));
    return states.filter((status) => status !== 'Resolved').length;
  };
  expect(await open()).toBe(20);
  const breaker = (await health()).breakers.find((b) => b.breaker === 'reopenings');
  expect(breaker).toMatchObject({ held: 4 });
  expect(breaker?.trippedAt).toBeDefined();
  await admin('decideBreaker', { breaker: 'reopenings', decision: 'go-on' });
  await desk.world.advance('PT40M');
  expect(await open()).toBe(24);
}, 60_000);

it('keeps what was granted when the project is deleted, and says that the removal cannot be raised', async () => {
  const key = await desk.ask({ end: '2026-12-03T09:00:00.000Z' });
  await desk.answer(key, 'mark');
  await desk.addMember('Finance Approvers', 'rita@acme.test');
  await desk.move(key, 'Resolve');
  desk.world.deleteProject('ACC');
  await desk.world.advance('P10D');
  await desk.world.advance('P2D');
  const answer = (await admin('getHealth')) as { stuck: Array<{ key: string; problem: string; owner: string }> };
  expect(answer.stuck.map((row) => row.key)).toContain(key);
  expect(answer.stuck[0]?.owner).toBe('Gus Gruber');
});
