/** What people do in the sandbox's pages, with the words that they see. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

export type Module = 'access-panel' | 'access-context' | 'access-admin' | 'access-portal';

export const appFrame = (page: Page, module: Module): FrameLocator =>
  page.frameLocator(`iframe[data-module="${module}"]`);

/**
 * The dialog that is open in a frame of the app, once the frame stands still: what is inside looks still to the browser
 * while Jira's page still makes room for the frame, and a click would go past it.
 */
export async function openDialog(page: Page, module: Module): Promise<Locator> {
  const dialog = appFrame(page, module).getByRole('dialog');
  await dialog.waitFor();
  await page.locator(`iframe[data-module="${module}"]`).evaluate(
    (frame) =>
      new Promise<void>((resolve) => {
        let last = '';
        let same = 0;
        const look = (): void => {
          const { top, left, width, height } = frame.getBoundingClientRect();
          const now = [top, left, width, height].join(' ');
          same = now === last ? same + 1 : 0;
          last = now;
          if (same < 12) setTimeout(look, 16);
          else resolve();
        };
        look();
      }),
  );
  return dialog;
}

export async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('region', { name: 'Sign in as' }).getByRole('button', { name }).click();
  await page.getByRole('button', { name: `Signed in as ${name}` }).waitFor();
}

export interface Asking {
  type: 'Request access' | 'Remove access';
  entitlement: string;
  days?: '30 days' | '90 days';
  because: string;
}

/** Fills the form of the portal and sends it. Answers the key of the request. */
export async function ask(page: Page, url: string, asking: Asking): Promise<string> {
  await page.goto(`${url}/portal`);
  await page.getByRole('link', { name: asking.type }).click();
  await page.getByRole('combobox', { name: 'Entitlement' }).fill(asking.entitlement.slice(0, 9));
  await page.getByRole('option', { name: asking.entitlement }).click();
  if (asking.days) await page.getByRole('button', { name: asking.days }).click();
  await page.getByLabel('Justification').fill(asking.because);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL(/\/portal\/request\/ACC-\d+$/);
  return page.url().split('/').at(-1) ?? '';
}

/** What the workflow offers to this person, by name. */
export async function offered(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: /^Status: / }).click();
  const names = await page.getByRole('menu').locator('.status-menu__name').allTextContents();
  await page.keyboard.press('Escape');
  return names;
}

export async function move(page: Page, transition: string): Promise<void> {
  await page.getByRole('button', { name: /^Status: / }).click();
  await page.getByRole('menuitem', { name: transition }).click();
}

export const statusIs = (page: Page, status: string): Promise<void> =>
  page.getByRole('button', { name: `Status: ${status}` }).waitFor();

export async function addMember(page: Page, url: string, group: string, name: string): Promise<void> {
  await page.goto(`${url}/scim?group=${encodeURIComponent(group)}`);
  await page.getByRole('heading', { name: group, level: 1 }).waitFor();
  await page.getByRole('combobox', { name: 'Add a member' }).fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('cell', { name }).first().waitFor();
}

export async function removeMember(page: Page, url: string, group: string, name: string): Promise<void> {
  await page.goto(`${url}/scim?group=${encodeURIComponent(group)}`);
  await page.getByRole('button', { name: `Remove ${name}` }).click();
  await page.getByRole('button', { name: `Remove ${name}` }).waitFor({ state: 'detached' });
}
