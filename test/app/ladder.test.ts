/** Steps of a ladder that an admin configures, seen as people see them: on the issue, in the audit chain, on the panel. */
import { openDesk, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';
interface Policy {
  rev: number;
  version: number;
  rules: Array<{ id: string; then: Record<string, unknown> }>;
}

async function admin(name: string, payload: object): Promise<unknown> {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result;
}

/** Puts a ladder on the seeded rule for sensitive access. */
async function useLadder(steps: object[], then: object = {}): Promise<void> {
  await admin('saveLadder', {
    ladder: { id: 'own', name: 'Own ladder', remindersAtMost: 1, steps },
    expectedRev: 0,
  });
  const { policy } = (await admin('getSettings', {})) as { policy: Policy };
  const { rev, version: _version, ...rest } = policy;
  const rules = policy.rules.map((rule) =>
    rule.id === 'sensitive' ? { ...rule, then: { ...rule.then, ladder: 'own', ...then } } : rule,
  );
  await admin('savePolicy', { policy: { ...rest, rules }, expectedRev: rev });
}

async function issue(key: string): Promise<{ priority: string; assignee: string | undefined }> {
  const { body } = await desk.as('amir').get(`/rest/api/3/issue/${key}?fields=priority,assignee`);
  const { fields } = body as { fields: { priority: { name: string }; assignee: { accountId: string } | null } };
  return { priority: fields.priority.name, assignee: fields.assignee?.accountId };
}

it('raises the priority and hands the request to whoever is on call', async () => {
  await useLadder([
    { id: 'prio', clock: 'approval', at: { share: 0.5 }, action: { do: 'raise-priority', priority: 'Highest' } },
    {
      id: 'hand',
      clock: 'approval',
      at: { before: 'PT1H' },
      action: { do: 'reassign', to: { kind: 'on-call', rota: 'infrastructure' } },
    },
  ]);
  const key = await desk.ask({ end: until });
  await desk.world.advance('PT3H55M');
  expect(await issue(key)).toMatchObject({ priority: 'Medium', assignee: undefined });
  await desk.world.advance('PT10M');
  expect((await issue(key)).priority).toBe('Highest');
  await desk.world.advance('PT3H');
  expect((await issue(key)).assignee).toBe(desk.accountId('pam'));
});

it('lets further approvers answer once nobody did, and only those who are independent', async () => {
  await useLadder([
    {
      id: 'more',
      clock: 'approval',
      at: { share: 0.5 },
      action: {
        do: 'add-approvers',
        sources: [
          { kind: 'person', accountId: desk.accountId('rita') },
          { kind: 'person', accountId: desk.accountId('olga') },
        ],
      },
    },
  ]);
  const key = await desk.ask({ end: until });
  expect(await desk.answer(key, 'olga')).toBe(403);
  await desk.world.advance('PT4H5M');
  const stage = (await desk.view(key)).items[0]?.stages[0];
  expect(stage?.approvers.map((person) => person.accountId)).toEqual([desk.accountId('mark'), desk.accountId('olga')]);
  expect(await desk.answer(key, 'olga')).toBeLessThan(300);
  expect((await desk.view(key)).state).toBe('fulfilling');
});

it('lets whoever was asked first still answer in the app after the stage was handed on', async () => {
  const sources = [{ kind: 'person', accountId: desk.accountId('olga') }];
  await useLadder([{ id: 'more', clock: 'approval', at: { share: 0.5 }, action: { do: 'add-approvers', sources } }]);
  const key = await desk.ask({ end: until });
  await desk.world.advance('PT4H5M');
  const { contentHash } = await desk.view(key);
  const answer = await desk.invoke('mark', 'access-portal', 'decideStage', key, { decision: 'approve', contentHash });
  expect(answer).toMatchObject({ ok: true });
  await desk.world.settle();
  expect(await desk.status(key)).toBe('In progress');
});

it('declines an approval that nobody gave, and says so to the requester', async () => {
  await useLadder([{ id: 'stale', clock: 'approval', at: { after: 'PT1H' }, action: { do: 'auto-decline' } }]);
  const key = await desk.ask({ end: until });
  await desk.world.advance('PT9H5M');
  const view = await desk.view(key);
  expect(view.state).toBe('declined');
  const comments = await desk.as('rita').get(`/rest/servicedeskapi/request/${key}/comment`);
  expect(JSON.stringify(comments.body)).toContain('Nobody answered in time');
  expect((await desk.move(key, 'Start')).status).not.toBe(204);
});

it('sends no more reminders than the cap, and goes on with the other steps', async () => {
  const remind = (share: number) => ({
    id: `r${share * 100}`,
    clock: 'approval',
    at: { share },
    action: { do: 'remind', to: ['approvers'] },
  });
  await useLadder([
    remind(0.1),
    remind(0.2),
    remind(0.3),
    { id: 'tell', clock: 'approval', at: { share: 0.4 }, action: { do: 'notify', to: ['governance-owner'] } },
  ]);
  const key = await desk.ask({ end: until });
  await desk.world.advance('PT7H');
  const facts = await desk.facts(key);
  expect(facts.filter((fact) => fact === 'escalated')).toHaveLength(2);
  expect(facts.filter((fact) => fact === 'escalation-skipped')).toHaveLength(2);
});

it('keeps the steps and the calendar under which a request was submitted, whatever an admin changes later', async () => {
  const key = await desk.ask({ end: until });
  const before = (await desk.view(key)).clocks;
  await useLadder([{ id: 'x', clock: 'approval', at: { share: 0.1 }, action: { do: 'auto-decline' } }], {
    approveWithin: 'PT1H',
  });
  await desk.world.advance('PT2H');
  const after = (await desk.view(key)).clocks;
  expect(after.map(({ dueAt, steps }) => [dueAt, steps.map((step) => step.do)])).toEqual(
    before.map(({ dueAt, steps }) => [dueAt, steps.map((step) => step.do)]),
  );
});

it.each<[string, string, object, string]>([
  [
    'a calendar without working time',
    'saveCalendar',
    {
      calendar: {
        id: 'c',
        name: 'Never',
        timeZone: 'Europe/Berlin',
        week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
        holidays: [],
      },
    },
    'working time',
  ],
  [
    'a ladder that declines on the removal clock',
    'saveLadder',
    {
      ladder: {
        id: 'l',
        name: 'L',
        remindersAtMost: 1,
        steps: [{ id: 's', clock: 'removal', at: { share: 1 }, action: { do: 'auto-decline' } }],
      },
    },
    'approval clock only',
  ],
  [
    'a rota with nobody in it',
    'saveRota',
    { rota: { id: 'r', name: 'R', startsAt: '2026-11-23T00:00:00Z', turn: 'P7D', people: [], overrides: [] } },
    'names nobody',
  ],
])('refuses %s when it is saved, with the reason', async (_what, name, payload, text) => {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, { ...payload, expectedRev: 0 });
  expect(answer).toMatchObject({ ok: false });
  expect((answer as { error: string }).error).toContain(text);
});
