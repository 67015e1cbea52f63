/** axe-core over a page and the app's frames in it. Run through the debugger, so the pages' policies need no exception. */
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES =
  '{ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], iframes: false, resultTypes: ["violations"] }';

interface Violation {
  id: string;
  help: string;
  nodes: Array<{ target: string[]; html: string }>;
}

/** What is wrong, one line per rule and document. */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames()) found.push(...(await barriersIn(frame)));
  return found;
}

async function barriersIn(frame: Frame): Promise<string[]> {
  await frame.evaluate(`if (!window.axe) { ${AXE} }`);
  const violations = (await frame.evaluate(`axe.run(document, ${RULES}).then((r) => r.violations)`)) as Violation[];
  const where = new URL(frame.url()).pathname;
  return violations.map(({ id, help, nodes }) => {
    const first = nodes[0];
    return `${where}: ${id}: ${help} (${nodes.length}x, first ${first?.target.join(' ')}: ${first?.html.slice(0, 200)})`;
  });
}
