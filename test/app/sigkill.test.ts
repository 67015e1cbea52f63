/** `npm start` killed at any moment and started again: nothing is lost and nothing doubled. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { verifyExport } from '../../src/domain/audit/verify-export';

const root = resolve(__dirname, '../..');
const dataDir = mkdtempSync(join(tmpdir(), 'proofgate-kill-'));
let child: ChildProcess | undefined;
let url = '';

async function start(): Promise<void> {
  const started = spawn(
    process.execPath,
    ['--import', 'tsx', 'sandbox/main.ts', '--rest-only', '--data', join(dataDir, 'data')],
    {
      cwd: root,
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  child = started;
  url = await new Promise<string>((done, fail) => {
    let output = '';
    started.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      const found = /^ready (http:\/\/localhost:\d+)$/m.exec(output);
      if (found) done(found[1] as string);
    });
    started.once('exit', (code) => fail(new Error(`ended with ${code}: ${output}`)));
  });
}

async function kill(): Promise<void> {
  const dead = new Promise((done) => child?.once('exit', done));
  child?.kill('SIGKILL');
  await dead;
}

afterAll(async () => {
  await kill();
  rmSync(dataDir, { recursive: true, force: true });
});

async function call(
  who: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never }> {
  const authorization = `Basic ${Buffer.from(`${who}@acme.test:sandbox`).toString('base64')}`;
  const answer = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', ...(who ? { authorization } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    body: (text.startsWith('{') && !path.endsWith('/export') ? JSON.parse(text) : text) as never,
  };
}

const settle = () => call(undefined, 'POST', '/sandbox/settle');
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

interface State {
  project: { serviceDeskId: string };
  requestTypes: Record<string, string>;
  fields: Record<string, string>;
  transitions: Record<string, string>;
  targets: Record<string, { baseUrl: string; token: string }>;
}

it('plays the story to its end although it is killed after every step, at a different moment each time', async () => {
  await start();
  const state = (await call(undefined, 'GET', '/sandbox/state')).body as State;
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
  await call(undefined, 'POST', '/sandbox/clock', { advance: 'PT10M' });
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
  await call(undefined, 'POST', '/sandbox/clock', { advance: 'PT10M' });
  const target = ((await call(undefined, 'GET', '/sandbox/state')).body as State).targets['SCIM directory'] as {
    baseUrl: string;
    token: string;
  };
  const headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/scim+json' };
  const find = async (path: string) =>
    ((await (await fetch(target.baseUrl + path, { headers })).json()) as { Resources: Array<{ id: string }> })
      .Resources[0]?.id;
  const group = await find(`/Groups?filter=${encodeURIComponent('displayName eq "Finance Approvers"')}`);
  const user = await find(`/Users?filter=${encodeURIComponent('userName eq "rita@acme.test"')}`);
  const operations = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'members', value: [{ value: user }] }],
  };
  expect(
    (await fetch(`${target.baseUrl}/Groups/${group}`, { method: 'PATCH', headers, body: JSON.stringify(operations) }))
      .status,
  ).toBeLessThan(300);
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
