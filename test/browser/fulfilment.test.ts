/**
 * Changes that the app makes itself, and access that people attest, as an administrator, agents and a requester see them.
 * Any error on a console, any violation of a content security policy and any request to elsewhere fails it.
 */
import type { Page } from 'playwright-core';
import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/scim/access-tokens';
import { appFrame, ask, openDialog, signIn, statusIs } from './people-at-work';
import { type RunningSandbox, startSandbox } from './running-sandbox';
import { found, shoot } from './screens';
import { type WatchedBrowser, watchedBrowser } from './watched-browser';

let sandbox: RunningSandbox;
let browser: WatchedBrowser;
let rita: Page;
let amir: Page;
let adele: Page;
let ana: Page;
let olga: Page;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), watchedBrowser()]);
  [rita, amir, adele] = [await browser.open(), await browser.open(), await browser.open()];
  await signIn(rita, sandbox.url, 'Rita Rees');
  await signIn(amir, sandbox.url, 'Amir Aziz');
  [ana, olga] = [await browser.open(), await browser.open()];
  await signIn(ana, sandbox.url, 'Ana Alvarez');
  await signIn(olga, sandbox.url, 'Olga Orlova');
  await signIn(adele, sandbox.url, 'Adele Adler');
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

afterEach(() => {
  expect(browser.complaints()).toEqual([]);
});

const post = async (path: string, body: unknown): Promise<{ ok?: boolean; result?: unknown; error?: string }> => {
  const answer = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { ok?: boolean };
};

interface Saved {
  connectors: Array<Record<string, unknown> & { id: string; name: string; rev: number }>;
}

const admin = async (name: string, payload: unknown = {}): Promise<unknown> => {
  const as = 'adele@acme.test';
  const answer = await post('/sandbox/invoke', { as, module: 'access-admin', function: name, payload });
  if (!answer.ok) throw new Error(answer.error);
  return answer.result;
};

interface State {
  people: Record<string, { accountId: string }>;
  project: { serviceDeskId: string };
  requestTypes: Record<string, string>;
  fields: Record<string, string>;
}

const state = async (): Promise<State> => (await fetch(`${sandbox.url}/sandbox/state`)).json() as Promise<State>;
const accountIdOf = async (person: string): Promise<string> => (await state()).people[person]?.accountId ?? '';

/** A day at noon, as a field for moments takes it. */
const inDays = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00`;

async function rest(person: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${sandbox.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${person}@acme.test:sandbox`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await post('/sandbox/settle', {});
  return (await answer.json()) as Record<string, unknown>;
}

/** An approved request for a target without a reader, whose work Amir has reported. */
async function reportedOnPaper(): Promise<string> {
  const { project, requestTypes, fields, people } = await state();
  const connector = { id: 'key-cabinet', name: 'Key cabinet', kind: 'manual', baseUrl: '', auth: { kind: 'none' } };
  await admin('saveConnector', { connector: { ...connector, directory: false, write: false }, expectedRev: 0 });
  const entry = {
    connectorId: connector.id,
    name: 'Vault key',
    description: '',
    entitlementId: 'key-7',
    replaces: [],
    risk: 'sensitive',
    ownerAccountId: people['olga']?.accountId,
    instructions: { grant: 'Hand the key over.', revoke: 'Take the key back.' },
  };
  await admin('saveCatalogueEntry', { entry, expectedRev: 0 });
  const { issueKey } = await rest('rita', '/rest/servicedeskapi/request', {
    serviceDeskId: project.serviceDeskId,
    requestTypeId: requestTypes['Request access'],
    requestFieldValues: {
      summary: 'Vault key please',
      [fields['Target system'] ?? '']: connector.name,
      [fields['Entitlement'] ?? '']: entry.name,
      [fields['Access end'] ?? '']: new Date(Date.now() + 30 * 86_400_000).toISOString(),
      [fields['Justification'] ?? '']: 'Quarter close',
    },
  });
  const key = String(issueKey);
  const path = `/rest/servicedeskapi/request/${key}/approval`;
  const [approval] = (await rest('mark', path))['values'] as Array<{ id: string }>;
  await rest('mark', `${path}/${approval?.id}`, { decision: 'approve' });
  const as = 'amir@acme.test';
  const reported = await post('/sandbox/invoke', {
    as,
    module: 'access-panel',
    issue: key,
    function: 'reportFulfilment',
    payload: {},
  });
  if (!reported.ok) throw new Error(reported.error);
  return key;
}

it('offers the switch only once the connector may write, and says what is missing', async () => {
  await adele.goto(`${sandbox.url}/admin`);
  const page = appFrame(adele, 'access-admin');
  await page.getByRole('tab', { name: 'Catalogue' }).click();
  await page.getByRole('button', { name: 'Edit Finance Approvers' }).click();
  await page.getByText('What is missing for that').waitFor();
  await shoot(adele, 'admin-direct-missing');
  const { connectors } = (await admin('getSettings')) as Saved;
  const directory = connectors.find(({ name }) => name === 'SCIM directory');
  if (!directory) throw new Error('no directory');
  const { rev, origin: _origin, secret: _secret, writeSecret: _write, ...connector } = directory;
  await admin('saveConnector', { connector, secret: READER_TOKEN, expectedRev: rev });
  await admin('saveConnector', {
    connector: { ...connector, write: true },
    writeSecret: ADMIN_TOKEN,
    expectedRev: rev + 1,
  });
  await adele.reload();
  await page.getByRole('tab', { name: 'Catalogue' }).click();
  await page.getByRole('button', { name: 'Edit Finance Readers' }).click();
  await page.getByText('Proofgate makes the change itself').click();
  await page.getByText('When it does not work, a person gets the instructions below.', { exact: false }).waitFor();
  await shoot(adele, 'admin-direct-on');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'Proofgate', exact: true }).waitFor();
});

it('names the owner when there is no seat, and makes the change once somebody says that there is one', async () => {
  await post('/sandbox/faults', { targetAnswers: { 'SCIM directory': 'no-seat' } });
  const key = await ask(rita, sandbox.url, {
    type: 'Request access',
    entitlement: 'Finance Readers',
    days: '30 days',
    because: 'Quarter close',
  });
  await post('/sandbox/settle', {});
  await amir.goto(`${sandbox.url}/browse/${key}`);
  const panel = appFrame(amir, 'access-panel');
  await panel.getByText('Blocked: no seat in SCIM directory').waitFor();
  await panel.getByText('owns this entitlement and buys or frees a seat', { exact: false }).waitFor();
  await shoot(amir, 'agent-direct-no-seat');
  await post('/sandbox/faults', {});
  await panel.getByRole('button', { name: 'Try again' }).click();
  await statusIs(amir, 'Resolved');
  await panel.getByText('Proven and closed').first().waitFor();
  await shoot(amir, 'agent-direct-made');
});

it('has two people attest what nothing can read, and tells the requester that it is no proof', async () => {
  const key = await reportedOnPaper();
  await ana.goto(`${sandbox.url}/browse/${key}`);
  const first = appFrame(ana, 'access-panel');
  await first.getByText('Nothing can be read in Key cabinet', { exact: true }).waitFor();
  await first.getByRole('button', { name: 'Attest', exact: true }).click();
  const dialog = await openDialog(ana, 'access-panel');
  await dialog.getByRole('button', { name: 'Attest', exact: true }).click();
  await dialog.getByText('Say why, in a sentence that an auditor will understand.').waitFor();
  await dialog.getByLabel('What you saw').fill('Hook 7 is empty, the receipt carries her signature.');
  await dialog.getByLabel('Owner').fill(await accountIdOf('gus'));
  await dialog.getByLabel('Ends').fill(inDays(5));
  await shoot(ana, 'agent-attest-first');
  await dialog.getByRole('button', { name: 'Attest', exact: true }).click();
  await first.getByText('Attested by one person: it waits for a second one').waitFor();
  // She is no agent: the page around the issue may not show her the queues.
  browser.expect({ status: 403, path: /\/queue\?/ });
  await olga.goto(`${sandbox.url}/browse/${key}`);
  const second = appFrame(olga, 'access-panel');
  await second.getByRole('button', { name: 'Confirm' }).click();
  const confirmation = await openDialog(olga, 'access-panel');
  await confirmation.getByLabel('What you saw yourself').fill('I saw key 7 in her hand.');
  await shoot(olga, 'agent-attest-second');
  await confirmation.getByRole('button', { name: 'Confirm' }).click();
  await second.getByText('Attested by two people, not proven').first().waitFor();
  await second.getByText('Can be resolved on an attestation').waitFor();
  await shoot(olga, 'agent-attested');
  await rita.goto(`${sandbox.url}/portal/request/${key}`);
  await appFrame(rita, 'access-portal').getByText('Attested by two people, not proven').first().waitFor();
  await shoot(rita, 'portal-attested');
});

it('keeps nobody out: no barrier on any of these screens in any theme', () => {
  expect(found).toEqual([]);
});
