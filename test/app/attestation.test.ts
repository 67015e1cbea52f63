/** Targets that nothing can read: two people's word, marked as what it is, and never a proof. */
import { openDesk, type Desk, type PersonKey } from './desk';
import { settings } from './direct-desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  const saved = await desk.invoke('adele', 'access-admin', 'saveConnector', undefined, {
    connector: { ...paper, baseUrl: '', auth: { kind: 'none' }, directory: false, write: false },
    expectedRev: 0,
  });
  expect(saved).toMatchObject({ ok: true });
  const entry = {
    connectorId: paper.id,
    name: 'Vault key',
    description: '',
    entitlementId: 'vault-key',
    replaces: [],
    risk: 'sensitive',
    ownerAccountId: desk.accountId('olga'),
    instructions: { grant: 'Hand the key over.', revoke: 'Take the key back.' },
  };
  const offered = await desk.invoke('adele', 'access-admin', 'saveCatalogueEntry', undefined, {
    entry,
    expectedRev: 0,
  });
  expect(offered).toMatchObject({ ok: true });
});
afterEach(() => desk.close());

const paper = { id: 'key-cabinet', name: 'Key cabinet', kind: 'manual' };
const panel = 'access-panel';
const asked = { target: paper.name, entitlement: 'Vault key', end: '2027-01-31T00:00:00.000Z' };

const attest = (key: string, person: PersonKey, more: object = {}) =>
  desk.invoke(person, panel, 'attest', key, {
    statement: 'Rita has key 7',
    ownerAccountId: desk.accountId('gus'),
    expiresAt: '2026-12-01T09:00:00.000Z',
    ...more,
  });
const confirm = (key: string, person: PersonKey) =>
  desk.invoke(person, panel, 'confirmAttestation', key, { statement: 'I saw key 7 in her hand' });
const refusal = (answer: unknown): string => (answer as { error?: string }).error ?? 'not refused';

/** An approved request whose work amir has reported. */
async function reported(more: Parameters<Desk['ask']>[0] = {}, approver: PersonKey = 'mark'): Promise<string> {
  const key = await desk.ask({ ...asked, ...more });
  await desk.answer(key, approver);
  expect(await desk.invoke('amir', panel, 'reportFulfilment', key)).toMatchObject({ ok: true });
  return key;
}

describe('a target that nothing can read', () => {
  it('takes requests whose account is the login of the directory', async () => {
    const key = await desk.ask(asked);
    expect(await desk.status(key)).toBe('Waiting for approval');
    const view = await desk.view(key);
    expect(view.problems).toEqual([]);
    expect(view.items[0]).toMatchObject({ baseline: { kind: 'unknown' }, entitlement: { attested: true } });
  });

  it('opens no gate by the word of whoever did the work, nor by a picture of it (B16, B17)', async () => {
    const key = await reported();
    await desk.as('amir').post(`/rest/api/3/issue/${key}/comment`, {
      body: {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'I checked it, see screenshot.png' }] }],
      },
    });
    await desk.verify(key);
    const refused = await desk.move(key, 'Resolve');
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('this target has no reader');
    expect(refusal(await attest(key, 'amir'))).toContain('the own word proves nothing');
    const facts = (await desk.audit(key)).flatMap((entry) => entry.facts);
    expect(facts).toContainEqual(expect.objectContaining({ fact: 'attestation-refused', rule: 'SOD5' }));
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect((await desk.view(key)).attestation).toBeUndefined();
  });

  it('closes as excepted once two people who had no part in it attest, and names both', async () => {
    const key = await reported();
    expect(await attest(key, 'ana')).toMatchObject({ ok: true });
    expect((await desk.view(key)).attestation).toMatchObject({ by: { accountId: desk.accountId('ana') } });
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
    expect(await confirm(key, 'olga')).toMatchObject({ ok: true });
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    const view = await desk.view(key);
    expect(view.state).toBe('excepted');
    expect(view.items[0]?.outcome).toBe('open');
    expect(view.exception).toMatchObject({
      kind: 'manual-attestation',
      owner: { accountId: desk.accountId('gus') },
      attested: [
        { by: { name: 'Ana Alvarez', accountId: desk.accountId('ana') }, statement: 'Rita has key 7' },
        { by: { accountId: desk.accountId('olga') }, statement: 'I saw key 7 in her hand' },
      ],
    });
    const facts = (await desk.audit(key)).flatMap((entry) => entry.facts);
    expect(facts).toContainEqual(
      expect.objectContaining({ fact: 'closed-under-exception', exception: 'manual-attestation' }),
    );
    expect(facts.map(({ fact }) => fact)).not.toContain('closed-on-proof');
    expect(await desk.world.exportAudit()).not.toContain('key 7');
  });

  it('is resolved by the app after the second word, when an agent has walked away', async () => {
    const key = await reported();
    await desk.invoke('amir', panel, 'resolveWhenProven', key, { on: true });
    await attest(key, 'ana');
    await confirm(key, 'olga');
    await desk.world.settle();
    expect(await desk.status(key)).toBe('Resolved');
    expect((await desk.view(key)).state).toBe('excepted');
  });
});

describe('two people', () => {
  it('are two, and neither asked for the access nor is to hold it nor answers for it', async () => {
    const key = await reported({ beneficiary: 'adele' }, 'pam');
    expect(refusal(await attest(key, 'adele'))).toContain('is to hold it may not attest');
    expect(refusal(await attest(key, 'ana', { ownerAccountId: desk.accountId('ana') }))).toContain('does not own');
    expect(refusal(await attest(key, 'ana', { ownerAccountId: desk.accountId('rita') }))).toContain('no part');
    expect(await attest(key, 'ana')).toMatchObject({ ok: true });
    expect(refusal(await confirm(key, 'ana'))).toContain('A second person');
    expect(refusal(await confirm(key, 'gus'))).toContain('Somebody else');
    expect(refusal(await confirm(key, 'adele'))).toContain('is to hold it');
    expect((await desk.view(key)).exception).toBeUndefined();
  });

  it('attest nothing before the work is reported, and not for longer than policy allows', async () => {
    const key = await desk.ask(asked);
    expect(refusal(await attest(key, 'ana'))).toContain('approved and in work');
    await desk.answer(key, 'mark');
    expect(refusal(await attest(key, 'ana'))).toContain('reports that first');
    await desk.invoke('amir', panel, 'reportFulfilment', key);
    expect(refusal(await attest(key, 'ana', { expiresAt: '2027-11-01T00:00:00.000Z' }))).toContain('Policy allows');
    expect(refusal(await attest(key, 'ana', { expiresAt: '2026-11-01T00:00:00.000Z' }))).toContain('in the future');
  });

  it('have three days: what the first one saw gets old', async () => {
    const key = await reported();
    await attest(key, 'ana');
    await desk.world.advance('P3DT1M');
    expect((await desk.view(key)).attestation).toBeUndefined();
    expect(refusal(await confirm(key, 'olga'))).toContain('Attest it first');
  });

  it('attest for what was asked then: other content needs other words', async () => {
    const key = await reported();
    await attest(key, 'ana');
    await desk.edit(key, { 'Access end': '2027-02-15T00:00:00.000Z' });
    await desk.world.settle();
    await desk.answer(key, 'mark');
    await desk.invoke('amir', panel, 'reportFulfilment', key);
    expect(refusal(await confirm(key, 'olga'))).toContain('Attest it first');
    expect((await desk.move(key, 'Resolve')).status).toBe(400);
  });

  it('does not take the assignee for a witness, however late the work was handed over', async () => {
    const key = await reported();
    await attest(key, 'ana');
    await desk.as('amir').put(`/rest/api/3/issue/${key}/assignee`, { accountId: desk.accountId('ana') });
    expect(refusal(await confirm(key, 'olga'))).toContain('has a part in the request by now');
  });

  it('are people of the desk: a customer attests nothing', async () => {
    const key = await reported();
    expect(refusal(await attest(key, 'mark'))).toContain('not open to people without a licence');
  });
});

describe('an attestation', () => {
  async function attested(expiresAt = '2026-12-01T09:00:00.000Z'): Promise<string> {
    const key = await reported();
    await attest(key, 'ana', { expiresAt });
    await confirm(key, 'olga');
    expect((await desk.move(key, 'Resolve')).status).toBe(204);
    return key;
  }

  it('is asked again at its end, like every exception', async () => {
    const key = await attested();
    await desk.world.advance('P8DT1H');
    expect(await desk.status(key)).not.toBe('Resolved');
    expect(await desk.facts(key)).toContain('exception-expired');
    expect((await desk.move(key, 'Resolve')).status).not.toBe(204);
  });

  it('is made anew by two people before its end, and as often as policy lets exceptions be renewed', async () => {
    const key = await attested();
    const later = '2026-12-10T09:00:00.000Z';
    expect(await attest(key, 'ana', { expiresAt: later })).toMatchObject({ ok: true });
    expect(await confirm(key, 'olga')).toMatchObject({ ok: true });
    expect((await desk.view(key)).exception).toMatchObject({ renewals: 1, expiresAt: later });
    await desk.world.advance('P8DT1H');
    expect(await desk.status(key)).toBe('Resolved');
    await attest(key, 'ana', { expiresAt: '2026-12-20T09:00:00.000Z' });
    expect(await confirm(key, 'olga')).toMatchObject({ ok: true });
    expect(refusal(await attest(key, 'ana', { expiresAt: '2026-12-25T09:00:00.000Z' }))).toContain(
      'the most that policy',
    );
    const renewed = await desk.invoke('gus', panel, 'grantException', key, {
      gate: 'verification',
      reason: 'Longer',
      ownerAccountId: desk.accountId('pam'),
      expiresAt: '2026-12-20T09:00:00.000Z',
      renew: true,
    });
    expect(refusal(renewed)).toContain('Two people attest it again');
  });

  it('has what it granted taken away at the end of the access', async () => {
    const key = await reported({ end: '2026-11-27T09:00:00.000Z' });
    await attest(key, 'ana');
    await confirm(key, 'olga');
    await desk.move(key, 'Resolve');
    await desk.world.advance('P4D');
    const removal = (await desk.view(key)).items[0]?.holding?.revocation?.key ?? '';
    expect(removal).toMatch(/^ACC-/);
    expect((await desk.move(removal, 'Resolve')).status).toBe(400);
  });

  it('lets a grant be cancelled of which two people saw nothing in the target', async () => {
    const key = await desk.ask(asked);
    await desk.answer(key, 'mark');
    expect((await desk.move(key, 'Cancel')).status).toBe(400);
    expect(await attest(key, 'ana', { statement: 'All keys hang in the cabinet' })).toMatchObject({ ok: true });
    expect((await desk.move(key, 'Cancel')).status).toBe(400);
    expect(await confirm(key, 'olga')).toMatchObject({ ok: true });
    expect((await desk.move(key, 'Cancel')).status).toBe(204);
    expect(await desk.facts(key)).toContain('attested-as-before');
  });

  it('never outranks a reader: not where there is one, and not where there is one by now', async () => {
    const readable = await desk.ask({ end: asked.end });
    await desk.answer(readable, 'mark');
    await desk.invoke('amir', panel, 'reportFulfilment', readable);
    expect(refusal(await attest(readable, 'ana'))).toContain('no attestation outranks a reading');
    const key = await reported();
    await attest(key, 'ana');
    await confirm(key, 'olga');
    const cabinet = (await settings(desk)).connectors.find(({ id }) => id === paper.id);
    const saved = await desk.invoke('adele', 'access-admin', 'saveConnector', undefined, {
      connector: {
        ...paper,
        kind: 'scim',
        baseUrl: 'https://scim.acme.test/scim/v2',
        auth: { kind: 'bearer' },
        directory: false,
        write: false,
      },
      secret: 'another-secret-that-reads',
      expectedRev: cabinet?.rev ?? 0,
    });
    expect(saved).toMatchObject({ ok: true });
    const refused = await desk.move(key, 'Resolve');
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('has a reader by now');
  });
});
