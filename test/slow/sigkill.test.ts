/** `npm start` killed at any moment and started again: nothing is lost and nothing doubled. */
import { verifyExport } from '../../src/domain/audit/verify-export';
import { killableSandbox, type KillableSandbox } from './killable-sandbox';

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

let sandbox: KillableSandbox;
beforeEach(() => {
  sandbox = killableSandbox();
});
afterEach(() => sandbox.close());

it('plays the story to its end although it is killed after every step, at a different moment each time', async () => {
  const { start, kill, call, settle, advance } = sandbox;
  await start();
  const state = await sandbox.state();
  const field = (name: string) => state.fields[name] as string;
  const created = await call('rita', 'POST', '/rest/servicedeskapi/request', {
    serviceDeskId: state.project.serviceDeskId,
    requestTypeId: state.requestTypes['Request access'],
    requestFieldValues: {
      summary: 'Finance Approvers please',
      [field('Target system')]: 'SCIM directory',
      [field('Entitlement')]: 'Finance Approvers',
      [field('Access end')]: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    },
  });
  const key = (created.body as { issueKey: string }).issueKey;
  await wait(15);
  await kill();

  await start();
  await settle();
  await advance('PT10M');
  const approvals = (await call('mark', 'GET', `/rest/servicedeskapi/request/${key}/approval`)).body as {
    values: Array<{ id: string }>;
  };
  expect(approvals.values).toHaveLength(1);
  await call('mark', 'POST', `/rest/servicedeskapi/request/${key}/approval/${approvals.values[0]?.id}`, {
    decision: 'approve',
  });
  await wait(40);
  await kill();

  await start();
  await settle();
  await advance('PT10M');
  await sandbox.member('add', 'Finance Approvers', 'rita@acme.test');
  const resolving = call('amir', 'POST', `/rest/api/3/issue/${key}/transitions`, {
    transition: { id: state.transitions.Resolve },
  }).catch(() => undefined);
  await wait(60);
  await kill();
  await resolving;

  await start();
  await settle();
  await call('amir', 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: state.transitions.Resolve } });
  await settle();
  const issue = (await call('amir', 'GET', `/rest/api/3/issue/${key}?fields=status`)).body as {
    fields: { status: { name: string } };
  };
  expect(issue.fields.status.name).toBe('Resolved');
  const exported = (await call('adele', 'GET', '/sandbox/export')).body as unknown as string;
  expect(verifyExport(exported)).toMatchObject({ ok: true });
  for (const fact of ['"fact":"approved"', '"fact":"closed-on-proof"', '"fact":"content"'])
    expect(exported.split(fact)).toHaveLength(2);
}, 60_000);

it('loses and doubles nothing of what falls due when it is killed in the middle of sweeps', async () => {
  const { start, kill, call, settle, advance } = sandbox;
  await start();
  const state = await sandbox.state();
  const field = (name: string) => state.fields[name] as string;
  const created = await call('rita', 'POST', '/rest/servicedeskapi/request', {
    serviceDeskId: state.project.serviceDeskId,
    requestTypeId: state.requestTypes['Request access'],
    requestFieldValues: {
      summary: 'Finance Approvers once more',
      [field('Target system')]: 'SCIM directory',
      [field('Entitlement')]: 'Finance Approvers',
      [field('Access end')]: new Date(Date.parse(state.now) + 2 * 86_400_000).toISOString(),
    },
  });
  const key = (created.body as { issueKey: string }).issueKey;
  await settle();
  const approvals = (await call('mark', 'GET', `/rest/servicedeskapi/request/${key}/approval`)).body as {
    values: Array<{ id: string }>;
  };
  await advance('PT4H10M');
  await call('mark', 'POST', `/rest/servicedeskapi/request/${key}/approval/${approvals.values[0]?.id}`, {
    decision: 'approve',
  });
  await settle();
  await sandbox.member('add', 'Finance Approvers', 'rita@acme.test');
  await call('amir', 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: state.transitions.Resolve } });
  await settle();
  // Warning, removal and their effects fall due in these hours; each kill comes at another moment of the sweeps.
  for (const delay of [30, 90, 160, 250]) {
    const moving = advance('PT14H').catch(() => undefined);
    await wait(delay);
    await kill();
    await moving;
    await start();
  }
  await settle();
  await advance('PT46H');
  const found = (
    await call('amir', 'POST', '/rest/api/3/search/jql', {
      jql: 'project = ACC AND issuetype = "Remove access"',
      fields: ['summary'],
    })
  ).body as { issues: unknown[] };
  expect(found.issues).toHaveLength(1);
  const comments = JSON.stringify((await call('amir', 'GET', `/rest/api/3/issue/${key}/comment`)).body);
  for (const text of ['Reminder: Approval is due', 'Extend it in the Access panel', 'was raised as'])
    expect(comments.split(text)).toHaveLength(2);
  const exported = (await call('adele', 'GET', '/sandbox/export')).body as unknown as string;
  expect(verifyExport(exported)).toMatchObject({ ok: true });
}, 90_000);
