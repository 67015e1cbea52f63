/** Pictures of every screen in both themes, for people to look at, and whether everybody can use it. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { barriers } from './accessibility';

const DIRECTORY = resolve(__dirname, '..', '..', 'test-results', 'screens');
const WIDTH = 1360;
const TALLEST = 2600;

/** What keeps somebody out of a screen, over all pictures. */
export const found: string[] = [];

/** The window grows to the page: a picture of more than the window would leave the frames of the app unpainted. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(DIRECTORY, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const height = (await page.evaluate('document.getElementById("root").scrollHeight')) as number;
    await page.setViewportSize({ width: WIDTH, height: Math.min(Math.max(height, 900), TALLEST) });
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(DIRECTORY, `${name}-${colorScheme}.png`) });
    found.push(...(await barriers(page)).map((line) => `${name}, ${colorScheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: WIDTH, height: 900 });
}
