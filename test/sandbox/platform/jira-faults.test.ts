/** A Jira that is down, and one that loses its answers, as the app meets them. */
import { createJiraSite } from '../../../sandbox/jira/site';
import type { World } from '../../../sandbox/world';
import { startFakeTarget } from './fake-target';
import { call, fixtureWorld } from './fixture-world';

let world: World;
beforeEach(async () => {
  world = await fixtureWorld('in-process', { parts: { createSite: createJiraSite, startTarget: startFakeTarget } });
});
afterEach(() => world.close());

interface Answer {
  status: number;
  retryAfter: string | null;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the body of any answer
  body: any;
}

const jira = async (payload: object): Promise<Answer> =>
  (await call<{ value: Answer }>(world, 'jira', { as: 'app', ...payload })).value;
const info = () => jira({ path: '/rest/api/3/serverInfo' });
const create = (project = 'GOV') =>
  jira({
    path: '/rest/api/3/issue',
    method: 'POST',
    body: { fields: { project: { key: project }, issuetype: { name: 'Task' }, summary: 'Once' } },
  });
const created = async (): Promise<number> =>
  (await world.as('gus@acme.test').post('/rest/api/3/search/jql', { jql: 'project = GOV' })).body.issues.length;

it('is down without effect and without a hint when to come back', async () => {
  world.faults({ jiraDown: { count: 2, status: 502 } });
  expect(await info()).toMatchObject({ status: 502, retryAfter: null });
  expect((await create()).status).toBe(502);
  expect((await create()).status).toBe(201);
  world.faults({ jiraDown: true });
  for (let i = 0; i < 3; i++) expect((await info()).status).toBe(503);
  world.faults({});
  expect((await info()).status).toBe(200);
  expect(await created()).toBe(1);
});

it('loses the answer to a creation that took effect, and to nothing else', async () => {
  world.faults({ jiraCreates: { lose: true, count: 1 } });
  expect((await info()).status).toBe(200);
  expect((await create('NO')).status).toBe(400);
  expect(await create()).toMatchObject({ status: 503, retryAfter: null });
  expect(await created()).toBe(1);
  expect((await create()).status).toBe(201);
  world.faults({ jiraCreates: { lose: true } });
  for (let i = 0; i < 2; i++) expect((await create()).status).toBe(503);
  expect(await created()).toBe(4);
  expect(world.ledger().calls.filter(({ status }) => status === 503)).toHaveLength(3);
});

it.each([{ jiraDown: 1 }, { jiraDown: { count: 1, status: 404 } }, { jiraCreates: true }, { jiraCreates: {} }])(
  'refuses the malformed fault %j',
  (fault) => {
    expect(() => world.faults(fault as never)).toThrow(/must be/);
  },
);
