/**
 * The story as a newcomer plays it, by four people in four browsers. Any error on a console, any violation of a content
 * security policy and any request to elsewhere fails it.
 */
import type { Page } from 'playwright-core';
import { addMember, appFrame, ask, move, offered, removeMember, signIn, statusIs } from './people-at-work';
import { type RunningSandbox, startSandbox } from './running-sandbox';
import { found, shoot } from './screens';
import { type WatchedBrowser, watchedBrowser } from './watched-browser';

const GROUP = 'Finance Approvers';

let sandbox: RunningSandbox;
let browser: WatchedBrowser;
let rita: Page;
let mark: Page;
let amir: Page;
let adele: Page;
let key: string;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox(), watchedBrowser()]);
  process.stdout.write(`sandbox ready after ${sandbox.readyAfterMs} ms\n`);
  rita = await browser.open();
  mark = await browser.open();
  amir = await browser.open();
  adele = await browser.open();
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/** One step of the story; when one falls the rest would only wait for what never comes. */
let fell: string | undefined;
function step(name: string, play: () => Promise<void>): void {
  it(name, async () => {
    if (fell !== undefined) throw new Error(`not played, because this fell: ${fell}`);
    fell = name;
    await play();
    expect(browser.complaints()).toEqual([]);
    expect(sandbox.complaints()).not.toContain('content security policy');
    fell = undefined;
  });
}

step('welcomes a newcomer and signs in as anybody', async () => {
  await rita.goto(sandbox.url);
  await rita.getByRole('heading', { level: 1 }).waitFor();
  await expectText(rita, 'Sandbox: no real Jira, everything on this machine');
  await shoot(rita, 'landing');
  await signIn(rita, sandbox.url, 'Rita Rees');
  await signIn(mark, sandbox.url, 'Mark Moss');
  await signIn(amir, sandbox.url, 'Amir Aziz');
  await signIn(adele, sandbox.url, 'Adele Adler');
});

step('lets Rita ask in the portal', async () => {
  await rita.goto(`${sandbox.url}/portal`);
  await rita.getByRole('link', { name: 'Request access' }).waitFor();
  await shoot(rita, 'portal-home');
  await rita.goto(`${sandbox.url}/portal/create/11`);
  await rita.getByRole('combobox', { name: 'Entitlement' }).waitFor();
  await shoot(rita, 'portal-create');
  key = await ask(rita, sandbox.url, {
    type: 'Request access',
    entitlement: GROUP,
    days: '30 days',
    because: 'Quarter close, replaces Mona',
  });
  await rita.getByText('Waiting for approval').first().waitFor();
  await appFrame(rita, 'access-portal').getByText('Waiting for', { exact: false }).first().waitFor();
  await shoot(rita, 'portal-request-requester');
});

step('does not offer Resolve to Amir while approval is missing', async () => {
  await amir.goto(`${sandbox.url}/agent`);
  await amir.getByRole('link', { name: key }).first().waitFor();
  await shoot(amir, 'agent-queue');
  await amir.getByRole('link', { name: key }).first().click();
  await statusIs(amir, 'Waiting for approval');
  await appFrame(amir, 'access-panel').getByText('Waiting for approval').first().waitFor();
  await appFrame(amir, 'access-context').getByText('Mark Moss').first().waitFor();
  expect(await offered(amir)).not.toContain('Resolve');
  await shoot(amir, 'agent-issue-waiting');
});

step('lets Mark approve in the portal panel', async () => {
  await mark.goto(`${sandbox.url}/portal/approvals`);
  await mark.getByRole('link', { name: key }).first().waitFor();
  await shoot(mark, 'portal-approvals');
  await mark.getByRole('link', { name: key }).first().click();
  const panel = appFrame(mark, 'access-portal');
  await panel.getByRole('button', { name: 'Approve' }).waitFor();
  await shoot(mark, 'portal-request-approver');
  await panel.getByLabel('Comment').fill('ok until the quarter is closed');
  await panel.getByRole('button', { name: 'Approve' }).click();
  await mark.getByText('In progress').first().waitFor();
});

step('refuses Amir’s Resolve with a sentence, since the directory does not show it', async () => {
  await statusIs(amir, 'In progress');
  browser.expect({ status: 400, path: /\/transitions$/ });
  await move(amir, 'Resolve');
  const refusal = amir.getByRole('alert').filter({ hasText: 'Resolve was refused' });
  await refusal.waitFor();
  expect(await refusal.textContent()).toContain(`Rita Rees does not have ${GROUP} in SCIM directory yet`);
  await statusIs(amir, 'In progress');
  await shoot(amir, 'agent-issue-refused');
});

step('proves it once somebody has added her, and then resolves', async () => {
  await addMember(adele, sandbox.url, GROUP, 'Rita Rees');
  await shoot(adele, 'scim-group');
  const panel = appFrame(amir, 'access-panel');
  await panel.getByRole('button', { name: 'Verify now' }).click();
  await panel.getByText('Can be resolved').first().waitFor();
  await shoot(amir, 'agent-issue-proven');
  await move(amir, 'Resolve');
  await statusIs(amir, 'Resolved');
  await panel.getByText('Proven and closed').first().waitFor();
  await shoot(amir, 'agent-issue-resolved');
  await amir.getByRole('tab', { name: 'History' }).click();
  await amir.getByText('changed status').first().waitFor();
});

step('lets Adele test the connector on the admin page, with its negative control', async () => {
  await adele.goto(`${sandbox.url}/admin`);
  const admin = appFrame(adele, 'access-admin');
  await admin.getByText('SCIM directory').first().waitFor();
  await shoot(adele, 'admin');
  await admin.getByRole('button', { name: /^Test/ }).first().click();
  await admin.getByText('A made-up secret is refused').waitFor();
  await admin.getByText('Every step works.').waitFor();
  await shoot(adele, 'admin-tested');
});

step('lets the app call a domain only after Adele has allowed it', async () => {
  await adele.getByRole('button', { name: 'Withdraw scim.acme.test' }).click();
  await adele.getByText('None yet.').waitFor();
  const admin = appFrame(adele, 'access-admin');
  await admin.getByRole('button', { name: /^Test/ }).first().click();
  await admin.getByText('Jira has not approved this connection').waitFor();
  await admin.getByRole('button', { name: 'Ask Jira to approve it' }).click();
  const question = adele.getByRole('dialog', { name: 'Allow Proofgate to call these domains?' });
  await question.waitFor();
  await shoot(adele, 'admin-egress');
  await question.getByRole('button', { name: 'Allow' }).click();
  await adele.getByRole('button', { name: 'Withdraw scim.acme.test' }).waitFor();
  await admin.getByRole('button', { name: /^Test/ }).first().click();
  await admin.getByText('Every step works.').waitFor();
});

step('closes a removal only when she is out, by keyboard alone', async () => {
  await rita.goto(`${sandbox.url}/portal/create/13`);
  await rita.getByRole('combobox', { name: 'Entitlement' }).waitFor();
  // From here on no mouse.
  await tabTo(rita, 'Entitlement');
  await rita.keyboard.type('Finance A');
  await rita.keyboard.press('ArrowDown');
  await rita.keyboard.press('Enter');
  await tabTo(rita, 'Justification');
  await rita.keyboard.type('I moved to another team');
  await tabTo(rita, 'Send');
  await rita.keyboard.press('Enter');
  await rita.waitForURL(/\/portal\/request\/ACC-\d+$/);
  const removal = rita.url().split('/').at(-1) ?? '';

  await amir.goto(`${sandbox.url}/browse/${removal}`);
  await statusIs(amir, 'In progress');
  await resolveByKeyboard(amir);
  const refusal = amir.getByRole('alert').filter({ hasText: 'Resolve was refused' });
  await refusal.waitFor();
  expect(await refusal.textContent()).toContain(`Rita Rees still has ${GROUP}`);
  await removeMember(adele, sandbox.url, GROUP, 'Rita Rees');
  await resolveByKeyboard(amir);
  await statusIs(amir, 'Resolved');
});

step('moves time, breaks the directory and shows what the app did', async () => {
  await adele.goto(`${sandbox.url}/sandbox-controls`);
  await adele.getByRole('button', { name: 'Advance 5 minutes' }).click();
  await adele.getByText('What fell due on the way has happened').waitFor();
  const down = adele.getByRole('switch', { name: 'Directory is down' });
  await down.click();
  await adele.getByText('One fault is in force.').waitFor();
  await shoot(adele, 'sandbox-controls');
  await down.click();
  await adele.getByText('One fault is in force.').waitFor({ state: 'detached' });
  const download = adele.waitForEvent('download');
  await adele.getByRole('link', { name: 'Download audit export' }).click();
  expect((await download).suggestedFilename()).toBe('audit.jsonl');
  await adele.goto(`${sandbox.url}/scim?people`);
  await adele.getByRole('button', { name: 'Deactivate Mark Moss' }).waitFor();
  await shoot(adele, 'scim-accounts');
  await adele.goto(sandbox.url);
  await shoot(adele, 'landing-after');
});

step('shows frames in the theme of the page, and changes with it', async () => {
  await amir.goto(`${sandbox.url}/browse/${key}`);
  const panel = appFrame(amir, 'access-panel');
  await panel.locator('html[data-color-mode="light"]').waitFor({ state: 'attached' });
  await amir.getByRole('button', { name: 'Switch to dark theme' }).click();
  await panel.locator('html[data-color-mode="dark"]').waitFor({ state: 'attached' });
});

step('lets no foreign page write', async () => {
  const write = (headers: Record<string, string>) =>
    fetch(`${sandbox.url}/sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: '{"advance":"PT1S"}',
    });
  expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await write({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await write({})).status).toBe(200);
});

step('keeps nobody out: no barrier on any screen in any theme', () => {
  expect(found).toEqual([]);
  return Promise.resolve();
});

async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const focused = (await page.evaluate(
      `(() => { const e = document.activeElement; return (e.labels && e.labels[0] ? e.labels[0].textContent : e.getAttribute('aria-label') || e.textContent || '').trim(); })()`,
    )) as string;
    if (focused.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

async function resolveByKeyboard(page: Page): Promise<void> {
  await page.locator('body').press('Home');
  await tabTo(page, 'Status: ');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  for (let presses = 0; presses < 8; presses++) {
    const at = (await page.evaluate('document.activeElement.textContent')) as string;
    if (at.startsWith('Resolve')) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}
