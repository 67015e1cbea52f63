/**
 * Opens screens in Chromium and keeps pictures of them: `node shoot.mjs OUT panel/not-proven panel/proven@dark …`
 * `+Name` presses a button of that name, `+tab:Name` opens a tab, `+open:Name` a disclosure that begins so; `&x=y` is handed
 * to the page; AXE=1 also checks accessibility.
 * Reports every console error, page error and CSP violation, and fails when there is one.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const [out, ...names] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = { panel: 760, context: 320, portal: 640, admin: 1100 };
mkdirSync(out, { recursive: true });

const { origin, stop } = await serve();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--headless=new',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    '--disable-sync',
  ],
});
let complaints = 0;
try {
  for (const name of names) {
    const [where, theme = 'light'] = name.split('@');
    const [surface, rest] = where.split('/');
    const [first, ...clicks] = rest.split('+');
    const [state, more = ''] = first.split(/&(.*)/s);
    const page = await browser.newPage({ viewport: { width: widths[surface], height: 400 } });
    const complain = (kind) => (text) => {
      complaints++;
      process.stdout.write(`${name}: ${kind}: ${text}\n`);
    };
    page.on(
      'console',
      (message) => ['error', 'warning'].includes(message.type()) && complain(message.type())(message.text()),
    );
    page.on('pageerror', (error) => complain('thrown')(error.message));
    await page.goto(`${origin}/?surface=${surface}&theme=${theme}&state=${state}&${more}`);
    await page.waitForLoadState('networkidle');
    for (const click of clicks) {
      if (click === 'wait') await page.waitForTimeout(1200);
      else if (click.startsWith('open:'))
        await page
          .locator('summary', { hasText: click.slice(5).replaceAll('_', ' ') })
          .first()
          .click();
      else
        await page
          .getByRole(/^(tab):/.test(click) ? 'tab' : 'button', {
            name: click.replace(/^tab:/, '').replaceAll('_', ' '),
            exact: true,
          })
          .first()
          .click();
      await page.waitForTimeout(450);
    }
    const height = await page.evaluate(
      () =>
        Math.max(
          Math.ceil(document.getElementById('root').getBoundingClientRect().height),
          ...[...document.querySelectorAll('dialog')].map((dialog) => dialog.getBoundingClientRect().bottom),
        ) + 8,
    );
    await page.setViewportSize({ width: widths[surface], height: Math.max(60, height) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) complain('wider than its frame by')(String(wide));
    if (process.env.AXE) {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }),
      );
      for (const { id, nodes } of violations)
        complain('axe')(`${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    }
    await page.screenshot({ path: `${out}/${name.replace(/[/:&=]/g, '-')}.png` });
    await page.close();
  }
} finally {
  await browser.close();
  stop();
}
process.exitCode = complaints > 0 ? 1 : 0;
