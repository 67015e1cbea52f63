import { randomUUID } from 'node:crypto';
import { jobsText, relayText } from '../../src/domain/relay/relay-state';
import { sign } from '../../src/domain/signature';
import type { ProbeStepView } from '../../src/contract/settings-view';
import { readFor, type Job } from '../../relay/read-target';
import { runRelay, type Post } from '../../relay/run-relay';
import { openDesk, type Desk } from './desk';
import { appInRelayTime, relayTime } from './relay-time';

const secret = 'canary-secret-of-the-plant-relay-00001';
const until = '2027-01-31T00:00:00.000Z';
const connector = {
  id: 'plant',
  name: 'Plant',
  kind: 'relay',
  baseUrl: '',
  auth: { kind: 'signature' },
  directory: false,
  write: false,
};

let desk: Desk;
let running: { stop(): Promise<void> } | undefined;
/** What the relay told whoever operates it. */
let notes: string[];
beforeEach(async () => {
  notes = [];
  running = undefined;
  desk = await openDesk({ app: appInRelayTime });
  await admin('saveConnector', { connector, secret, expectedRev: 0 });
});
afterEach(async () => {
  await running?.stop();
  expect(await desk.world.exportAudit()).not.toContain(secret);
  expect(notes.join('\n')).not.toContain(secret);
  await desk.close();
});

async function admin<T = unknown>(name: string, payload: unknown = {}): Promise<T> {
  const answer = await desk.invoke('adele', 'access-admin', name, undefined, payload);
  if (!answer.ok) throw new Error(answer.error);
  return answer.result as T;
}

const post: Post = async (headers, body) => {
  const url = new URL(desk.state.webTriggers.relay as string);
  const answer = await desk.world.callWebTrigger({
    method: 'POST',
    path: url.pathname,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
  });
  const signature = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === 'x-proofgate-signature');
  return { status: answer.status, signature: signature?.[1][0], body: answer.body };
};

/** The relay of the company, in front of its SCIM directory. */
function startRelay(over: { token?: string; baseUrl?: string; waitSeconds?: number } = {}): void {
  const directory = desk.state.targets['SCIM directory'];
  const target = {
    baseUrl: over.baseUrl ?? (directory?.baseUrl as string).replace(/\/+$/, ''),
    token: over.token ?? (directory?.token as string),
  };
  const stop = relayTime.start((stopped, pause) =>
    runRelay(
      {
        connectorId: 'plant',
        secret,
        post,
        read: (job) => readFor(job, target),
        now: () => desk.world.now(),
        waitSeconds: over.waitSeconds ?? 0,
        pause,
        note: (text) => notes.push(text),
      },
      stopped,
    ),
  );
  running = {
    stop() {
      running = undefined;
      return stop();
    },
  };
}

interface Saying {
  key?: string;
  secret?: string;
  nonce?: string;
  timestamp?: string;
  answers?: unknown[];
  body?: string;
  signedBody?: string;
  method?: string;
}

/** One message of a relay, written by hand. */
async function say(more: Saying = {}): Promise<{ status: number; jobs: Job[]; genuine: boolean }> {
  const body = more.body ?? JSON.stringify({ v: 1, waitSeconds: 0, answers: more.answers ?? [] });
  const signed = { timestamp: more.timestamp ?? desk.world.now(), nonce: more.nonce ?? randomUUID() };
  const url = new URL(desk.state.webTriggers.relay as string);
  const answer = await desk.world.callWebTrigger({
    method: more.method ?? 'POST',
    path: url.pathname,
    headers: {
      'x-proofgate-key': [more.key ?? 'plant'],
      'x-proofgate-timestamp': [signed.timestamp],
      'x-proofgate-nonce': [signed.nonce],
      'x-proofgate-signature': [sign(more.secret ?? secret, signed, relayText(more.signedBody ?? body))],
    },
    body,
  });
  const given = answer.headers['X-Proofgate-Signature']?.[0];
  const jobs = (JSON.parse(answer.body) as { jobs?: Job[] }).jobs ?? [];
  return { status: answer.status, jobs, genuine: given === sign(secret, signed, jobsText(answer.body)) };
}

async function facts(): Promise<Array<Record<string, unknown>>> {
  return (await desk.world.exportAudit())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { chain?: string; facts: Array<Record<string, unknown>> })
    .filter(({ chain }) => chain === 'relay:plant')
    .flatMap((entry) => entry.facts);
}

async function offer(): Promise<void> {
  const { entitlements } = await admin<{ entitlements: Array<{ id: string; name: string }> }>('listEntitlements', {
    connectorId: 'plant',
  });
  const group = entitlements.find(({ name }) => name === 'Finance Approvers');
  await admin('saveCatalogueEntry', {
    entry: {
      connectorId: 'plant',
      name: 'Finance Approvers',
      description: 'Approve payments at the plant',
      entitlementId: group?.id,
      replaces: [],
      risk: 'sensitive',
      ownerAccountId: desk.accountId('olga'),
      instructions: { grant: 'Add to the group.', revoke: 'Remove from the group.' },
    },
    expectedRev: 0,
  });
}

const evidence = async (key: string) => (await desk.verify(key)).items[0]?.evidence[0];

/** A grant that is approved and done by nobody yet, with the relay at work. */
async function askedFor(): Promise<string> {
  startRelay();
  await say();
  await offer();
  const key = await desk.ask({ target: 'Plant', entitlement: 'Finance Approvers', end: until });
  await desk.answer(key, 'mark');
  return key;
}

const result = (hold: 'direct' | 'none') => ({
  observation: { hold, through: [], replaced: {}, account: 'active', rawHash: 'a'.repeat(64), calls: 1, bytes: 1 },
});
const refused = (job: string) => ({ fact: 'relay-answer-refused', job, problem: 'no-such-job' });

/** The job that a reading opened, fetched by hand. */
async function nextJob(): Promise<Job> {
  for (let i = 0; i < 100; i++) {
    const job = (await say()).jobs.find(({ ask }) => ask.ask === 'observe');
    if (job) return job;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('no job came');
}

/** A reading that nobody answers, because the relay has been away for long, and its job. */
async function unanswered(key: string): Promise<Job> {
  await desk.world.advance('PT2M');
  expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
  return nextJob();
}

describe('access in a network that only a relay reaches', () => {
  it('is proven by what the relay reads there, and so is its removal', async () => {
    const key = await askedFor();
    expect(await evidence(key)).toMatchObject({ verdict: 'absent' });
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    await desk.world.advance('PT1M');
    expect(await evidence(key)).toMatchObject({ verdict: 'confirmed' });
    expect((await desk.move(key, 'Resolve')).status).toBe(204);

    const removal = await desk.ask({ type: 'Remove access', target: 'Plant', entitlement: 'Finance Approvers' });
    expect(await evidence(removal)).toMatchObject({ verdict: 'different' });
    await desk.createGroup('Inner');
    await desk.addMember('Inner', 'rita@acme.test');
    await desk.nestGroup('Finance Approvers', 'Inner');
    await desk.removeMember('Finance Approvers', 'rita@acme.test');
    await desk.world.advance('PT1M');
    expect(await evidence(removal)).toMatchObject({ verdict: 'different', reason: 'held-through-another-path' });
    await desk.removeMember('Inner', 'rita@acme.test');
    await desk.world.advance('PT1M');
    expect(await evidence(removal)).toMatchObject({ verdict: 'confirmed' });
    expect((await desk.move(removal, 'Resolve')).status).toBe(204);
  });

  it('is unreadable, and never absent, while the relay is silent', async () => {
    const key = await askedFor();
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    await desk.world.advance('PT1M');
    expect((await evidence(key))?.verdict).toBe('confirmed');
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    const removal = await desk.ask({ type: 'Remove access', target: 'Plant', entitlement: 'Finance Approvers' });
    await running?.stop();
    await desk.removeMember('Finance Approvers', 'rita@acme.test');
    await desk.world.advance('PT2M');
    expect(await evidence(removal)).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
    expect((await desk.move(removal, 'Resolve')).status).not.toBe(204);
    expect(await desk.status(removal)).not.toBe('Resolved');
  });

  it('is unreadable when a relay that was there a moment ago does not answer in time', async () => {
    const key = await askedFor();
    await running?.stop();
    await desk.world.advance('PT1M');
    await say();
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
  });

  it.each([
    ['what stands behind the relay is down', { baseUrl: 'http://127.0.0.1:9' }, 'unreachable'],
    ['it refuses the relay', { token: 'not-the-token' }, 'refused-credentials'],
  ])('is unreadable when %s', async (_what, over, reason) => {
    const key = await askedFor();
    await running?.stop();
    startRelay(over);
    await desk.world.advance('PT1M');
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason });
  });

  it('is read as of the instant at which the job was handed out', async () => {
    const key = await askedFor();
    await running?.stop();
    const job = await unanswered(key);
    const handedAt = desk.world.now();
    await desk.world.advance('PT10S');
    await say({ answers: [{ job: job.id, nonce: job.nonce, result: result('direct') }] });
    expect(await evidence(key)).toMatchObject({ verdict: 'confirmed', at: handedAt });
    // An answer that came too late for who asked serves the next, for some seconds.
    await desk.world.advance('PT2M');
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
  });
});

describe('a request that is raised while the relay is silent', () => {
  async function silent(): Promise<void> {
    startRelay();
    await say();
    await offer();
    await running?.stop();
    await desk.world.advance('PT2M');
  }

  /** The relay polls all the time; here it does so every minute. */
  async function minutes(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      await desk.world.advance('PT1M');
      await relayTime.turn();
    }
  }
  const item = async (key: string) => (await desk.view(key)).items[0];

  it('says since when it waits, and is read by itself once the relay is back', async () => {
    await silent();
    const since = desk.world.now();
    const key = await desk.ask({ target: 'Plant', entitlement: 'Finance Approvers', end: until });
    expect((await desk.view(key)).state).toBe('awaiting-approval');
    expect(await item(key)).toMatchObject({ unreadableSince: since, baseline: { kind: 'unknown' } });
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    await minutes(10);
    expect(await item(key)).toMatchObject({ unreadableSince: since, baseline: { kind: 'unknown' } });
    const silence = { verdict: 'unreadable', reason: 'relay-silent' };
    for (const reading of (await item(key))?.evidence ?? []) expect(reading).toMatchObject(silence);
    expect(await desk.facts(key)).not.toContain('account-pinned');

    startRelay();
    await minutes(25);
    const read = await item(key);
    expect(read?.unreadableSince).toBeUndefined();
    expect(read).toMatchObject({
      evidence: [{ verdict: 'confirmed' }, ...silences(read)],
      baseline: { kind: 'pre-existing' },
    });
    expect((await desk.facts(key)).filter((fact) => fact === 'account-pinned')).toHaveLength(1);
  });
  const silences = (read: Awaited<ReturnType<typeof item>>) => (read?.evidence ?? []).slice(1);

  it('goes to the approvers all the same, and is not closed by anything but a reading', async () => {
    await silent();
    const key = await desk.ask({ target: 'Plant', entitlement: 'Finance Approvers', end: until });
    await desk.answer(key, 'mark');
    expect(await desk.status(key)).toBe('In progress');
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    startRelay();
    await minutes(25);
    expect(await item(key)).toMatchObject({
      evidence: expect.arrayContaining([expect.objectContaining({ verdict: 'confirmed' })]) as unknown,
    });
    await say();
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
  });

  it('escalates when the silence outlasts the time that a removal may take', async () => {
    await silent();
    const key = await desk.ask({ type: 'Remove access', target: 'Plant', entitlement: 'Finance Approvers' });
    expect((await item(key))?.evidence[0]).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
    await desk.world.advance('P2D');
    const facts = await desk.facts(key);
    expect(facts).toContain('clock-breached');
    expect(facts).toContain('escalated');
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  });
});

describe('an answer of a relay', () => {
  let key: string;
  beforeEach(async () => {
    key = await askedFor();
    await running?.stop();
  });

  it('counts once, and for its own job and nonce only', async () => {
    const job = await unanswered(key);
    const other = { job: randomUUID(), nonce: job.nonce, result: result('direct') };
    const wrongNonce = { job: job.id, nonce: randomUUID(), result: result('direct') };
    await say({ answers: [other, wrongNonce] });
    expect(await facts()).toEqual([refused(other.job), refused(job.id)]);
    const genuine = { job: job.id, nonce: job.nonce, result: result('none') };
    await say({ answers: [genuine] });
    await say({ answers: [{ ...genuine, result: result('direct') }] });
    expect(await evidence(key)).toMatchObject({ verdict: 'absent' });
    expect((await facts()).at(-1)).toEqual(refused(job.id));
  });

  it('that comes after the job is over is refused', async () => {
    const job = await unanswered(key);
    await desk.world.advance('PT1M');
    await say({ answers: [{ job: job.id, nonce: job.nonce, result: result('direct') }] });
    expect(await facts()).toEqual([refused(job.id)]);
    await desk.world.advance('PT2M');
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
  });

  it('to another sort of question is no answer', async () => {
    const job = await unanswered(key);
    await say({ answers: [{ job: job.id, nonce: job.nonce, result: { lookup: { found: 'none' } } }] });
    await desk.world.advance('PT2M');
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable' });
  });

  it.each<[string, Saying]>([
    ['is signed with another secret', { secret: 'somebody-elses-secret' }],
    ['was changed after it was signed', { signedBody: '{"v":1,"waitSeconds":0,"answers":[]}' }],
    ['names a connector that is not there', { key: 'nobody' }],
    ['names a connector that is no relay', { key: 'scim-directory' }],
    ['was signed too long ago', { timestamp: '2026-11-23T08:00:00.000Z' }],
    ['was signed in the future', { timestamp: '2026-11-23T10:00:00.000Z' }],
    ['does not come as POST', { method: 'PUT' }],
  ])('is refused when the message %s, and no job is told', async (_what, more) => {
    const job = await unanswered(key);
    const said = await say({ answers: [{ job: job.id, nonce: job.nonce, result: result('direct') }], ...more });
    expect(said).toEqual({ status: 401, jobs: [], genuine: false });
    expect(await desk.world.exportAudit()).not.toContain('relay-answer-refused');
    await desk.world.advance('PT2M');
    expect(await evidence(key)).toMatchObject({ verdict: 'unreadable', reason: 'relay-silent' });
  });

  it('is refused when the message was sent before', async () => {
    const job = await unanswered(key);
    const again = { nonce: randomUUID(), timestamp: desk.world.now() };
    expect((await say(again)).status).toBe(200);
    const answers = [{ job: job.id, nonce: job.nonce, result: result('direct') }];
    expect((await say({ ...again, answers })).status).toBe(401);
    expect((await say({ answers })).status).toBe(200);
    expect((await say({ ...again, answers })).status).toBe(401);
  });

  it('with a wrong signature is written down once an hour', async () => {
    for (let i = 0; i < 3; i++) await say({ secret: 'somebody-elses-secret' });
    expect(await facts()).toEqual([{ fact: 'relay-refused', problem: 'signature' }]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another version', '{"v":2,"waitSeconds":0,"answers":[]}'],
    ['a member that is not known', '{"v":1,"waitSeconds":0,"answers":[],"also":1}'],
    ['a wait without end', '{"v":1,"waitSeconds":3600,"answers":[]}'],
    [
      'a hold that does not exist',
      '{"v":1,"waitSeconds":0,"answers":[{"job":"12345678","nonce":"12345678","result":{"observation":{"hold":"yes"}}}]}',
    ],
  ])('that is %s is told so when it is genuine, and written down', async (_what, body) => {
    expect(await say({ body })).toEqual({ status: 400, jobs: [], genuine: false });
    expect(await facts()).toEqual([{ fact: 'relay-refused', problem: 'malformed' }]);
  });
});

describe('a crash', () => {
  const points = [1, 2, 3, 4, 5, 6].flatMap((call) => [[call, 'before'] as const, [call, 'after'] as const]);

  it.each(points)(
    'of the app at call %s (%s its effect) for a relay loses no answer and counts none twice',
    async (call, when) => {
      const key = await askedFor();
      await desk.addMember('Finance Approvers', 'rita@acme.test');
      await desk.world.advance('PT1M');
      desk.world.faults({ crashAt: { call, when, module: 'webtrigger/relay' } });
      expect(['confirmed', 'unreadable']).toContain((await evidence(key))?.verdict);
      desk.world.faults({});
      await desk.removeMember('Finance Approvers', 'rita@acme.test');
      await desk.world.advance('PT1M');
      await relayTime.turn();
      await desk.world.advance('PT20S');
      expect(await evidence(key)).toMatchObject({ verdict: 'absent', reason: 'not-held' });
      expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
      // What was answered a second time, because nobody knows whether the first came, was written down and not taken.
      expect((await facts()).every(({ fact }) => fact === 'relay-answer-refused')).toBe(true);
    },
  );

  it('of the relay in the middle of a job leaves the job to the next relay', async () => {
    const key = await askedFor();
    await running?.stop();
    const job = await unanswered(key);
    await desk.addMember('Finance Approvers', 'rita@acme.test');
    await desk.world.advance('PT20S');
    startRelay();
    await relayTime.turn();
    expect(await evidence(key)).toMatchObject({ verdict: 'confirmed' });
    // The relay that was thought dead answers after all.
    await say({ answers: [{ job: job.id, nonce: job.nonce, result: result('none') }] });
    expect(await evidence(key)).toMatchObject({ verdict: 'confirmed' });
    expect((await facts()).at(-1)).toEqual(refused(job.id));
  });
});

describe('an admin', () => {
  it('is told where relays and feeds call the app, and nobody else is', async () => {
    for (const kind of ['relay', 'feed']) {
      expect(await admin('getSendingAddress', { kind })).toEqual({ url: desk.state.webTriggers[kind] });
      expect(await desk.invoke('gus', 'access-admin', 'getSendingAddress', undefined, { kind })).toMatchObject({
        ok: false,
      });
    }
    await expect(admin('getSendingAddress', { kind: 'constructor' })).rejects.toThrow();
  });

  it('cannot save a secret that could be guessed from one message', async () => {
    const save = (given: string) =>
      desk.invoke('adele', 'access-admin', 'saveConnector', undefined, { connector, secret: given, expectedRev: 1 });
    expect(await save('x'.repeat(31))).toMatchObject({ ok: false });
    expect((await say()).status).toBe(200);
    expect(await save('another-canary-secret-of-the-plant-0002')).toMatchObject({ ok: true });
    expect((await say()).status).toBe(401);
  });

  it('cannot let a relay write, nor make it the directory', async () => {
    for (const more of [{ write: true }, { directory: true }])
      expect(
        await desk.invoke('adele', 'access-admin', 'saveConnector', undefined, {
          connector: { ...connector, ...more },
          expectedRev: 1,
        }),
      ).toMatchObject({ ok: false });
  });
});

describe('the live test of a relay', () => {
  const steps = async () =>
    (await admin<{ steps: ProbeStepView[] }>('probeConnector', { connector })).steps.map(({ step, ok }) => [step, ok]);

  it('says that the relay is silent, and passes on what the relay finds once it runs', async () => {
    expect(await steps()).toEqual([['reach', false]]);
    // The question comes while the relay waits for one.
    startRelay({ waitSeconds: 5 });
    await say();
    const found = await steps();
    expect(found).toContainEqual(['reach', true]);
    expect(found).toContainEqual(['sign-in', true]);
    expect(found).toContainEqual(['wrong-secret-refused', true]);
    expect(found).toContainEqual(['read-groups', true]);
  });
});

describe('a relay', () => {
  /** Runs a relay against an app that is made up, for some messages. */
  async function run(answer: (headers: Readonly<Record<string, string>>) => { signature: string; body: string }) {
    const read: Job[] = [];
    const sent: string[] = [];
    await runRelay(
      {
        connectorId: 'plant',
        secret,
        post: (headers, body) => {
          sent.push(body);
          return Promise.resolve({ status: 200, ...answer(headers) });
        },
        read: (job) => {
          read.push(job);
          return Promise.resolve({ failure: 'unreachable' });
        },
        now: () => '2026-11-23T09:00:00.000Z',
        waitSeconds: 0,
        pause: () => Promise.resolve(),
        note: (text) => notes.push(text),
      },
      () => sent.length === 3,
    );
    return { read, sent };
  }
  const body = JSON.stringify({ v: 1, jobs: [{ id: 'job-00001', nonce: 'nonce-00001', ask: { ask: 'probe' } }] });
  const signed = (headers: Readonly<Record<string, string>>, text: string) =>
    sign(
      secret,
      { timestamp: headers['x-proofgate-timestamp'] ?? '', nonce: headers['x-proofgate-nonce'] ?? '' },
      jobsText(text),
    );

  it('reads what the app asks for and answers with the next message', async () => {
    const { read, sent } = await run((headers) => ({ signature: signed(headers, body), body }));
    expect(read).toHaveLength(3);
    expect(JSON.parse(sent[1] ?? '')).toMatchObject({
      answers: [{ job: 'job-00001', nonce: 'nonce-00001', result: { failure: 'unreachable' } }],
    });
  });

  it.each<[string, (headers: Readonly<Record<string, string>>) => { signature: string; body: string }]>([
    ['is not signed', () => ({ signature: '', body })],
    ['is signed with another secret', () => ({ signature: sign('other', { timestamp: '', nonce: '' }, body), body })],
    [
      'was changed on its way',
      (headers) => ({ signature: signed(headers, body), body: body.replace('00001', '00002') }),
    ],
    ['answers another message', () => ({ signature: signed({}, body), body })],
  ])('reads nothing for an answer that %s', async (_what, answer) => {
    const { read } = await run(answer);
    expect(read).toEqual([]);
    expect(notes).toContain('An answer was not signed by the app. Nothing was read for it.');
  });

  it('reads nothing for a question that it does not know', async () => {
    const odd = JSON.stringify({ v: 1, jobs: [{ id: 'job-00001', nonce: 'nonce-00001', ask: { ask: 'delete' } }] });
    expect((await run((headers) => ({ signature: signed(headers, odd), body: odd }))).read).toEqual([]);
  });
});
