/**
 * Changes that the app makes itself, and access that people attest, as an administrator, agents and a requester see them.
 * Any error on a console, any violation of a content security policy and any request to elsewhere fails it.
 */
import type { Page } from 'playwright-core';
import { ADMIN_TOKEN, READER_TOKEN } from '../../sandbox/scim/access-tokens';
import { appFrame, ask, statusIs, signIn } from './people-at-work';
import { type RunningSandbox, startSandbox } from './running-sandbox';
import { found, shoot } from './screens';
import { type WatchedBrowser, watchedBrowser } from './watched-browser';

let sandbox: RunningSandbox;
let browser: WatchedBrowser;
let rita: Page;
let amir: Page;
let adele: Page;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), watchedBrowser()]);
  [rita, amir, adele] = [await browser.open(), await browser.open(), await browser.open()];
  await signIn(rita, sandbox.url, 'Rita Rees');
  await signIn(amir, sandbox.url, 'Amir Aziz');
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

it('keeps nobody out: no barrier on any of these screens in any theme', () => {
  expect(found).toEqual([]);
});
