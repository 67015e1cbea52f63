import { openDesk, type Asking, type Desk } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const until = '2027-01-31T00:00:00.000Z';

it.each<[string, Asking, string]>([
  [
    'an unknown target system',
    { target: 'Mainframe' },
    'There is no target system "Mainframe". Offered: SCIM directory.',
  ],
  [
    'an entitlement that is not in the catalogue',
    { entitlement: 'Root' },
    '"Root" is not in the catalogue of SCIM directory. Offered: Finance Approvers, Finance Readers, Production Admins.',
  ],
  ['an entitlement with an invisible character', { entitlement: 'Finance\u200b Approvers' }, 'cannot be seen'],
  ['an entitlement with a look-alike letter', { entitlement: 'Fin\u0430nce Approvers' }, 'cannot be told apart'],
  ['an end in the past', { end: '2026-11-01T00:00:00.000Z' }, 'lies in the past'],
  ['an end before the start', { start: '2027-02-01T00:00:00.000Z', end: until }, 'lies before access start'],
  ['a duration that is none', { entitlement: 'Production Admins', duration: 'eight hours' }, 'no length of time'],
  ['end and duration together', { entitlement: 'Production Admins', duration: 'PT8H', end: until }, 'not both'],
  ['an unknown service account', { serviceAccount: 'svc-nobody', end: until }, 'does not know the service account'],
  ['a person named as a service account', { serviceAccount: 'mark@acme.test', end: until }, 'is a person'],
  [
    'a filter injection as service account',
    { serviceAccount: '" or userName pr or userName eq "', end: until },
    'does not know the service account',
  ],
])('tells the requester about %s and leaves the request where it is', async (_name, asking, text) => {
  const key = await desk.ask({
    end: asking.start || asking.duration !== undefined ? undefined : until,
    ...asking,
  } as Asking);
  expect(await desk.status(key)).toBe('Submitted');
  const view = await desk.view(key);
  expect(view.state).toBe('submitted');
  expect(view.problems.join(' ')).toContain(text);
  const comments = await desk.as('rita').get(`/rest/servicedeskapi/request/${key}/comment`);
  expect(JSON.stringify(comments.body)).toContain('This request cannot go on yet');
  expect(await desk.facts(key)).toContain('problems');
  expect((await desk.move(key, 'Start')).status).not.toBe(204);
});

it('goes on by itself once the requester’s mistake is corrected', async () => {
  const key = await desk.ask({ entitlement: 'Finance Approver', end: until });
  expect(await desk.status(key)).toBe('Submitted');
  await desk.edit(key, { Entitlement: 'Finance Approvers' });
  await desk.world.settle();
  expect(await desk.status(key)).toBe('Waiting for approval');
});

it('refuses unknown fields and over-long names when the request is raised', async () => {
  const unknown = await desk.as('rita').post('/rest/servicedeskapi/request', {
    serviceDeskId: desk.state.project.serviceDeskId,
    requestTypeId: desk.state.requestTypes['Request access'],
    requestFieldValues: { summary: 'x', customfield_99999: 'y' },
  });
  expect(unknown.status).toBe(400);
  expect((await desk.raise({ entitlement: 'x'.repeat(300), end: until })).status).toBe(400);
});

it.each([
  ['an unknown function', 'constructor', {}, '[unknown-function]'],
  ['another unknown function', '__proto__', {}, '[unknown-function]'],
  ['an unknown member', 'verifyNow', { issueId: '10002' }, '[invalid-input]'],
  ['a wrong type', 'verifyNow', { item: { $gt: '' } }, '[invalid-input]'],
  [
    'a spoofed account',
    'decideStage',
    { decision: 'approve', contentHash: 'a'.repeat(64), accountId: 'mark' },
    '[invalid-input]',
  ],
  ['a hash that is none', 'decideStage', { decision: 'approve', contentHash: 'x' }, '[invalid-input]'],
])('refuses %s without touching anything', async (_name, name, payload, code) => {
  const key = await desk.ask({ end: until });
  const before = await desk.audit(key);
  const answer = await desk.invoke('amir', 'access-panel', name, key, payload);
  expect(answer).toMatchObject({ ok: false, error: expect.stringContaining(code) as string });
  expect(await desk.audit(key)).toEqual(before);
});

it('shows nobody a request that Jira would not show them', async () => {
  const key = await desk.ask({ end: until });
  expect(await desk.invoke('mark', 'access-panel', 'getRequest', key)).toMatchObject({ ok: false });
  expect(await desk.invoke('amir', 'access-panel', 'getRequest', 'ACC-999')).toMatchObject({ ok: false });
});

it('lets only Jira admins change settings', async () => {
  for (const person of ['amir', 'gus'] as const) {
    expect(await desk.invoke(person, 'access-admin', 'getSettings', undefined)).toMatchObject({
      ok: false,
      error: expect.stringContaining('[no-permission]') as string,
    });
  }
  const settings = await desk.invoke('adele', 'access-admin', 'getSettings', undefined);
  expect(settings).toMatchObject({ ok: true });
  expect(JSON.stringify(settings)).not.toContain(desk.world.target('SCIM directory').token);
});

it('tells the second of two people who edit one policy, and overwrites nothing', async () => {
  const settings = (await desk.invoke('adele', 'access-admin', 'getSettings', undefined)) as {
    result: { policy: { rev: number; version: number; rules: unknown[] } };
  };
  const { rev, version: _version, ...policy } = settings.result.policy;
  const save = (name: string) =>
    desk.invoke('adele', 'access-admin', 'savePolicy', undefined, {
      policy: { ...policy, rules: [{ id: 'r', name, when: {}, then: {} }] },
      expectedRev: rev,
    });
  expect(await save('first')).toMatchObject({ ok: true });
  expect(await save('second')).toMatchObject({ ok: false, error: expect.stringContaining('[conflict]') as string });
  const after = await desk.invoke('adele', 'access-admin', 'getSettings', undefined);
  expect(JSON.stringify(after)).toContain('first');
});

it.each([
  'http://scim.acme.test/scim/v2',
  'https://127.0.0.1/scim',
  'https://scim.acme.test@evil.test/',
  'https://evil.test\\.acme.test/',
  'https://localhost/scim',
])('does not accept %s as a target’s address', async (baseUrl) => {
  const connector = {
    id: 'evil',
    name: 'Evil',
    kind: 'scim',
    baseUrl,
    auth: { kind: 'bearer' },
    directory: false,
    write: false,
  };
  expect(
    await desk.invoke('adele', 'access-admin', 'saveConnector', undefined, {
      connector,
      secret: 'canary-secret',
      expectedRev: 0,
    }),
  ).toMatchObject({
    ok: false,
    error: expect.stringContaining('[address-refused]') as string,
  });
});

it('keeps the record of a request whose issue is deleted', async () => {
  const key = await desk.ask({ end: until });
  const issue = await desk.as('adele').get(`/rest/api/3/issue/${key}?fields=status`);
  expect((await desk.as('adele').delete(`/rest/api/3/issue/${key}`)).status).toBe(204);
  await desk.world.settle();
  const exported = await desk.world.exportAudit();
  expect(exported).toContain('issue-deleted');
  expect(exported).toContain(`request:${(issue.body as { id: string }).id}`);
});
