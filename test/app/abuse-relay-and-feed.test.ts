/** Abuse of relays and feeds, by the rows of the abuse table that speak of evidence (B) and of secrets (E). */
import { randomUUID } from 'node:crypto';
import { jobsText, relayText } from '../../src/domain/relay/relay-state';
import { feedText } from '../../src/domain/feed/feed-state';
import { sign } from '../../src/domain/signature';
import type { ProbeStepView } from '../../src/contract/settings-view';
import { openDesk, type Desk } from './desk';
import { appInRelayTime } from './relay-time';

const secrets = {
  plant: 'canary-secret-of-the-plant-relay-00001',
  mine: 'canary-secret-of-the-other-relay-00002',
  payroll: 'canary-secret-of-the-payroll-feed-0001',
};
type Name = keyof typeof secrets;
const connectorOf = (id: Name) => ({
  id,
  name: id,
  kind: id === 'payroll' ? 'feed' : 'relay',
  baseUrl: '',
  auth: { kind: 'signature' },
  directory: false,
  write: false,
});

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ app: appInRelayTime });
  for (const id of Object.keys(secrets) as Name[]) expect(await save(id, secrets[id])).toMatchObject({ ok: true });
});
afterEach(async () => {
  const exported = await desk.world.exportAudit();
  for (const secret of Object.values(secrets)) expect(exported).not.toContain(secret);
  await desk.close();
});

const admin = (name: string, payload: unknown = {}) => desk.invoke('adele', 'access-admin', name, undefined, payload);
const save = (id: Name, secret: string, expectedRev = 0) =>
  admin('saveConnector', { connector: connectorOf(id), secret, expectedRev });
const names = async (id: Name) => JSON.stringify(await admin('listEntitlements', { connectorId: id }));
const facts = async (chain: string) =>
  (await desk.world.exportAudit())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { chain?: string; facts: Array<Record<string, unknown>> })
    .filter((entry) => entry.chain === chain)
    .flatMap((entry) => entry.facts);

type Job = { id: string; nonce: string };

async function post(
  trigger: 'relay' | 'feed',
  key: Name,
  text: string,
  body: string,
  more: Record<string, string> = {},
) {
  const signed = { timestamp: desk.world.now(), nonce: randomUUID() };
  const headers = {
    'x-proofgate-key': key,
    'x-proofgate-timestamp': signed.timestamp,
    'x-proofgate-nonce': signed.nonce,
    'x-proofgate-signature': sign(secrets[key], signed, text),
    ...more,
  };
  const answer = await desk.world.callWebTrigger({
    method: 'POST',
    path: new URL(desk.state.webTriggers[trigger] as string).pathname,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
  });
  const genuine = answer.headers['X-Proofgate-Signature']?.[0] === sign(secrets[key], signed, jobsText(answer.body));
  return { status: answer.status, body: answer.body, genuine };
}

async function say(key: Name, answers: unknown[] = [], body = JSON.stringify({ v: 1, waitSeconds: 0, answers })) {
  const said = await post('relay', key, relayText(body), body);
  return { ...said, jobs: (JSON.parse(said.body) as { jobs?: Job[] }).jobs ?? [] };
}

async function send(body: string, rows: number) {
  const envelope = { asOf: desk.world.now(), rows: String(rows), part: '1/1' };
  return post('feed', 'payroll', feedText(envelope, body), body, {
    'x-proofgate-as-of': envelope.asOf,
    'x-proofgate-rows': envelope.rows,
    'x-proofgate-part': envelope.part,
  });
}

/** A question to the relay of the plant, and its job. */
async function question(): Promise<Job> {
  expect(await names('plant')).toContain('relay-silent');
  const [job] = (await say('plant')).jobs;
  if (!job) throw new Error('no job came');
  return job;
}
const listed = { entitlements: [{ id: 'g1', name: 'Forged' }], complete: true };

it('B02: the answer of one relay is nothing to another, nor does a feed speak for a relay', async () => {
  const job = await question();
  const forged = [{ job: job.id, nonce: job.nonce, result: listed }];
  expect((await say('mine', forged)).status).toBe(200);
  expect(await facts('relay:mine')).toEqual([{ fact: 'relay-answer-refused', job: job.id, problem: 'no-such-job' }]);
  expect((await say('payroll', forged)).status).toBe(401);
  expect(await names('plant')).not.toContain('Forged');
  expect(await names('mine')).not.toContain('Forged');
});

it.each<[string, (job: Job) => string]>([
  ['keys that reach into prototypes', (job) => answerOf(job, '{"__proto__":{"hold":"direct"},"failure":"timeout"}')],
  ['a member more than there is', (job) => answerOf(job, '{"failure":"timeout","entitlements":[]}')],
  ['a number that is none', (job) => answerOf(job, '{"entitlements":[],"complete":NaN}')],
  ['a very deep answer', (job) => answerOf(job, '['.repeat(50_000) + ']'.repeat(50_000))],
  ['a million answers', (job) => `{"v":1,"waitSeconds":0,"answers":[${'1,'.repeat(150_000)}${JSON.stringify(job)}]}`],
])('B12: %s from a relay is refused and changes nothing', async (_what, body) => {
  const job = await question();
  expect((await say('plant', [], body(job))).status).toBe(400);
  expect(await facts('relay:plant')).toEqual([{ fact: 'relay-refused', problem: 'malformed' }]);
  // The job is still open for a genuine answer.
  expect((await say('plant', [{ job: job.id, nonce: job.nonce, result: listed }])).status).toBe(200);
  expect(await names('plant')).toContain('Forged');
});
const answerOf = (job: Job, result: string): string =>
  `{"v":1,"waitSeconds":0,"answers":[{"job":"${job.id}","nonce":"${job.nonce}","result":${result}}]}`;

it('B13: a message of a relay that is larger than one may be is refused unread', async () => {
  const job = await question();
  const since = desk.world.ledger().next;
  expect((await say('plant', [], answerOf(job, `{"failure":"${'x'.repeat(400_000)}"}`))).status).toBe(401);
  expect(desk.world.ledger(since).calls).toEqual([]);
  expect(await facts('relay:plant')).toEqual([]);
});

it('E07: neither the live test nor a refusal says a secret', async () => {
  const probed = await admin('probeConnector', { connector: connectorOf('plant') });
  const said = JSON.stringify([probed, await say('plant'), await send('nonsense', 1)]);
  for (const secret of Object.values(secrets)) expect(said).not.toContain(secret);
});

it('E10: the secret of a relay serves no other relay and no feed', async () => {
  for (const id of ['mine', 'payroll'] as const) {
    const answer = await save(id, secrets.plant, 1);
    expect(answer).toMatchObject({ ok: false, error: expect.stringContaining('stored already') as unknown });
  }
  expect((await say('mine')).status).toBe(200);
});

it('E11: with a secret that is too old nothing is read, neither over a relay nor from a feed', async () => {
  const row = '{"account_id":"a","login":"a","active":true,"entitlement_id":"E1","entitlement_name":"First"}';
  expect((await send(row, 1)).status).toBe(202);
  expect(await names('payroll')).toContain('First');
  const settings = await admin('getSettings');
  const { rev = 0, ...site } = (settings as { result: { site?: { rev?: number } } }).result.site ?? {};
  const short = { ...site, secretMaxAge: 'P3D', secretRemindBefore: 'P1D' };
  expect(await admin('saveSite', { site: short, expectedRev: rev })).toMatchObject({ ok: true });
  await desk.world.advance('P4D');
  await send(row, 1);
  await say('plant');
  for (const id of ['payroll', 'plant'] as const) {
    expect(await names(id)).toContain('secret-too-old');
    const probed = await admin('probeConnector', { connector: connectorOf(id) });
    const steps = (probed as { result?: { steps: ProbeStepView[] } }).result?.steps ?? [];
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.some(({ ok }) => ok)).toBe(false);
  }
});
