/** What the panel reads of Jira's own SLA, as the person who looks at it. */
import { productCall } from '../../sandbox/http/frames-product';
import { people } from '../../sandbox/seed/company';
import { openDesk, type Desk, type PersonKey } from './desk';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.close());

async function slaOf(key: string, as: PersonKey) {
  const person = people.find((known) => known.key === as);
  if (!person) throw new Error(`nobody is called ${as}`);
  return productCall(desk.world, person, { path: `/rest/servicedeskapi/request/${key}/sla`, method: 'GET' });
}

it('lets an agent’s panel read the clocks of the desk, and no customer’s', async () => {
  const key = await desk.ask({ entitlement: 'Finance Approvers', end: '2027-01-31T17:00:00.000Z' });
  const agent = await slaOf(key, 'amir');
  expect(agent.status).toBe(200);
  const { values } = JSON.parse(agent.body) as { values: Array<Record<string, unknown>> };
  expect(values.map((metric) => metric['name'])).toEqual(['Time to first response', 'Time to resolution']);
  expect(values[0]).toMatchObject({ ongoingCycle: { breached: false, paused: false } });
  expect((await slaOf(key, 'rita')).status).toBe(403);
});
