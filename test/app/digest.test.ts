import { verifyAnchored, type ExportedDigest } from '../../src/domain/audit/verify-digests';
import { verifyExport } from '../../src/domain/audit/verify-export';
import type { DigestStateView } from '../../src/contract/settings-view';
import type { LedgerCall } from '../../sandbox/contracts';
import { openDesk, type Desk, type PersonKey } from './desk';

let desk: Desk;
let anchorKey: string;
beforeEach(async () => {
  desk = await openDesk();
  anchorKey = await desk.ask({ as: 'gus', entitlement: 'Finance Readers' });
});
afterEach(() => desk.close());

const admin = (name: string, payload: unknown = {}, person: PersonKey = 'adele') =>
  desk.invoke(person, 'access-admin', name, undefined, payload);

async function setAnchor(anchor?: object, expectedRev = 1) {
  return admin('saveSite', { site: anchor ? { anchor } : {}, expectedRev });
}

async function toIssue(): Promise<void> {
  expect(await setAnchor({ kind: 'issue', issueKey: anchorKey })).toMatchObject({ ok: true, result: { rev: 2 } });
}

/** What stands on the anchor issue, line by line, oldest first. */
async function anchorLines(): Promise<string[]> {
  const answer = await desk.as('amir').get(`/rest/servicedeskapi/request/${anchorKey}/comment?limit=100`);
  const { values } = answer.body as { values: Array<{ body: string; public: boolean }> };
  const lines = values.filter(({ body }) => body.startsWith('proofgate-digest'));
  expect(lines.every((line) => !line.public)).toBe(true);
  return lines.map(({ body }) => body);
}

/** The digests of the app's own export, which must be valid. */
async function digests(): Promise<readonly ExportedDigest[]> {
  const verdict = verifyExport(await desk.world.exportAudit());
  if (!verdict.ok) throw new Error(`line ${verdict.line}: ${verdict.problem}`);
  return verdict.digests ?? [];
}

async function digestState(): Promise<DigestStateView> {
  const answer = await admin('getSettings');
  if (!answer.ok) throw new Error(answer.error);
  return (answer.result as { digest: DigestStateView }).digest;
}

/** Every digest since the anchor was set stands on it exactly once, in order, and the export agrees with it. */
async function expectAnchoredOnce(): Promise<void> {
  const found = await digests();
  const lines = await anchorLines();
  const sequence = lines.map((line) => Number(line.split(' ')[1]));
  const first = sequence[0] ?? 0;
  expect(sequence).toEqual(sequence.map((_, i) => first + i));
  expect(sequence.at(-1)).toBe(found.length);
  expect(verifyAnchored(found, lines.join('\n'))).toMatchObject({ ok: true, beyond: 0 });
}

function sweepCalls(since: number): LedgerCall[] {
  return desk.world.ledger(since).calls.filter(({ module }) => module.endsWith('/sweep'));
}

it('folds all chains every hour and anchors each digest as one internal comment', async () => {
  await toIssue();
  await desk.world.advance('PT3H');
  const found = await digests();
  expect(found.length).toBeGreaterThanOrEqual(3);
  expect(found.length).toBeLessThanOrEqual(5);
  expect(found.flatMap(({ heads }) => Object.keys(heads))).toEqual(
    expect.arrayContaining(['config:policy:current', 'config:site:current']),
  );
  await expectAnchoredOnce();
  expect(await digestState()).toMatchObject({
    state: 'fresh',
    waiting: 0,
    anchored: { seq: found.length, where: `issue ${anchorKey}` },
  });
});

it('writes a digest when nothing changed, and lists a head once', async () => {
  await desk.world.advance('PT4H');
  const found = await digests();
  expect(found.at(-1)).toMatchObject({ size: 0, heads: {} });
  const heads = found.flatMap((digest) => Object.entries(digest.heads).map(([chain, { seq }]) => `${chain} ${seq}`));
  expect(new Set(heads).size).toBe(heads.length);
  expect(await digestState()).toMatchObject({ state: 'no-anchor', waiting: 0 });
});

it('covers each head within two hours, also when queries show storage as it was before', async () => {
  desk.world.faults({ staleQueries: 600_000 });
  const key = await desk.ask({ end: '2027-01-31T00:00:00.000Z' });
  await desk.world.advance('PT50M');
  await desk.answer(key, 'mark');
  await desk.world.advance('PT2H');
  desk.world.faults({});
  const found = await digests();
  const issue = await desk.as('amir').get(`/rest/api/3/issue/${key}?fields=status`);
  const chain = `request:${(issue.body as { id: string }).id}`;
  const entries = await desk.audit(key);
  const covered = Math.max(...found.map(({ heads }) => heads[chain]?.seq ?? 0));
  expect(covered).toBe(entries.at(-1)?.seq);
});

it('makes up for a long silence at the first sweep', async () => {
  await toIssue();
  await desk.world.advance('PT10M');
  const before = (await digests()).length;
  desk.world.faults({ silenceTriggersFor: 'PT36H' });
  const key = await desk.ask({ entitlement: 'Finance Approvers', end: '2027-01-31T00:00:00.000Z' });
  await desk.world.advance('PT35H55M');
  expect((await digests()).length).toBe(before);
  await desk.world.advance('PT15M');
  const after = await digests();
  expect(after.length).toBe(before + 1);
  expect(Object.keys(after.at(-1)?.heads ?? {}).some((chain) => chain.startsWith('request:'))).toBe(true);
  expect((await desk.audit(key)).length).toBeGreaterThan(0);
  await expectAnchoredOnce();
});

it('costs a sweep nothing while no digest is due', async () => {
  await toIssue();
  await desk.world.advance('PT15M');
  const since = desk.world.ledger().next;
  await desk.world.advance('PT5M');
  const calls = sweepCalls(since);
  expect(calls.filter(({ kind }) => kind === 'kvs')).toHaveLength(4);
  expect(calls.filter(({ kind }) => kind === 'jira')).toHaveLength(0);
});

describe('a sweep that dies', () => {
  /** Which call of the sweep puts the comment on the anchor issue, as a sweep that lives through shows. */
  let commentCall = 0;
  const sweep = 'scheduledTrigger/sweep';
  const around = Array.from({ length: 16 }, (_, i) => i - 12);

  async function crash(offset: number, when: 'before' | 'after'): Promise<void> {
    desk.world.faults({ crashAt: { call: commentCall + offset, when, module: sweep } });
    await desk.world.advance('PT1H10M');
    desk.world.faults({});
    await desk.world.advance('PT1H10M');
  }

  beforeEach(async () => {
    await toIssue();
    if (commentCall > 0) return;
    const since = desk.world.ledger().next;
    await desk.world.advance('PT10M');
    const calls = sweepCalls(since);
    commentCall =
      1 + calls.findIndex(({ kind, method, path }) => kind === 'jira' && method === 'POST' && /comment$/.test(path));
    await desk.close();
    desk = await openDesk();
    anchorKey = await desk.ask({ as: 'gus', entitlement: 'Finance Readers' });
    await toIssue();
  });

  it.each(around.flatMap((offset) => [[offset, 'before'] as const, [offset, 'after'] as const]))(
    '%s calls from the comment (%s its effect) leaves every digest written and anchored once',
    async (offset, when) => {
      expect(commentCall).toBeGreaterThan(12);
      await crash(offset, when);
      await expectAnchoredOnce();
      expect((await anchorLines()).length).toBeGreaterThanOrEqual(2);
    },
  );
});

it('anchors later what Jira did not take, each once and in order', async () => {
  await toIssue();
  await desk.world.advance('PT10M');
  desk.world.faults({ jira429: true });
  await desk.world.advance('PT3H');
  desk.world.faults({});
  const state = await digestState();
  expect(state).toMatchObject({ state: 'late', problem: `Jira did not take the comment on ${anchorKey}.` });
  expect(state.waiting).toBeGreaterThanOrEqual(2);
  await desk.world.advance('PT2H');
  await expectAnchoredOnce();
  expect(await digestState()).toMatchObject({ state: 'fresh', waiting: 0 });
  expect(await digestState()).not.toHaveProperty('problem');
});

it('keeps what an address did not take, and says why', async () => {
  const url = 'https://siem.acme.test/digests';
  expect(await setAnchor({ kind: 'address', url })).toMatchObject({ ok: true });
  await desk.world.advance('PT2H');
  const state = await digestState();
  expect(state).toMatchObject({
    state: 'late',
    problem: 'The host of the anchor address is not approved for this app.',
  });
  expect(state.waiting).toBeGreaterThanOrEqual(2);
  expect(await setAnchor({ kind: 'issue', issueKey: anchorKey }, 2)).toMatchObject({ ok: true });
  await desk.world.advance('PT2H');
  await expectAnchoredOnce();
});

it('notices a storage that was set back, with the anchor only', async () => {
  await toIssue();
  await desk.world.advance('PT2H');
  const before = await digests();
  await desk.world.advance('PT2H');
  const anchor = (await anchorLines()).join('\n');
  expect(verifyAnchored(before, anchor)).toMatchObject({ ok: false, where: 'export' });
});

describe('the settings of the site', () => {
  it('refuse an anchor that cannot be one, and keep what stood before', async () => {
    expect(await setAnchor({ kind: 'issue', issueKey: 'ACC-9999' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('does not exist') as string,
    });
    for (const url of ['http://siem.acme.test/', 'https://10.0.0.1/', 'https://u:p@siem.acme.test/'])
      expect(await setAnchor({ kind: 'address', url })).toMatchObject({
        ok: false,
        error: expect.stringContaining('[address-refused]') as string,
      });
    expect(await setAnchor({ kind: 'issue', issueKey: 'acc-1' })).toMatchObject({ ok: false });
    await toIssue();
    expect(await setAnchor()).toMatchObject({ ok: false, error: expect.stringContaining('[conflict]') as string });
    expect(await admin('getSettings')).toMatchObject({
      result: { site: { rev: 2, anchor: { kind: 'issue', issueKey: anchorKey } } },
    });
  });

  it('belong to the Jira administrator', async () => {
    expect(await admin('saveSite', { site: {}, expectedRev: 0 }, 'amir')).toMatchObject({
      ok: false,
      error: expect.stringContaining('[no-permission]') as string,
    });
  });
});
