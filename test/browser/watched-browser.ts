/** Chromium that misses nothing: every console error, policy violation and request to elsewhere is written down. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type ConsoleMessage, type Page } from 'playwright-core';

const PATH = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--disable-sync',
  '--disable-quic',
];
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A browser says on the console that a call was answered 4xx. Where a person is refused, that is what must happen. */
export interface Expected {
  status: number;
  path: RegExp;
}

export interface WatchedBrowser {
  /** A browser of somebody's own: no cookie is shared with the others. */
  open(): Promise<Page>;
  expect(answer: Expected): void;
  /** Everything that should not have happened since this was last asked. */
  complaints(): string[];
  close(): Promise<void>;
}

export async function watchedBrowser(): Promise<WatchedBrowser> {
  if (!existsSync(PATH)) throw new Error(`There is no Chromium at ${PATH}: install one, or set CHROMIUM_PATH`);
  const browser: Browser = await chromium.launch({ executablePath: PATH, args: ARGS });
  const complaints: string[] = [];
  const expected: Expected[] = [];
  const isExpected = (message: ConsoleMessage) => {
    const status = /status of (\d+)/.exec(message.text())?.[1];
    return expected.some((answer) => String(answer.status) === status && answer.path.test(message.location().url));
  };

  return {
    open: async () => {
      const context = await browser.newContext({
        viewport: { width: 1360, height: 900 },
        colorScheme: 'light',
        reducedMotion: 'reduce',
        timezoneId: 'Europe/Berlin',
        locale: 'en-US',
      });
      context.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message))
          complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', ({ error }) => void complaints.push(`error: ${String(error)}`));
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (/^(https?|wss?):$/.test(url.protocol) && !LOOPBACK.has(url.hostname))
          complaints.push(`request to ${request.url()}`);
      });
      // In every document, frames of the app included.
      await context.addInitScript(
        `document.addEventListener('securitypolicyviolation', (e) => console.error('policy violation: ' + e.effectiveDirective + ' ' + e.blockedURI + ' ' + e.sourceFile));`,
      );
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      return page;
    },
    expect: (answer) => void expected.push(answer),
    complaints: () => complaints.splice(0).map((line) => line.slice(0, 500)),
    close: () => browser.close(),
  };
}
