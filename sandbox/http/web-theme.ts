/** Atlassian's design tokens as stylesheets, from the package that products use. */
import type { HttpReply } from './router';

const THEMES = ['light', 'dark', 'spacing', 'typography', 'shape', 'motion'] as const;
const sheets = new Map<string, string>();

export function themeSheet(file: string): HttpReply {
  const theme = THEMES.find((known) => `${known}.css` === file);
  if (!theme) return { status: 404, body: { error: `There is no theme ${file}` } };
  return {
    status: 200,
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
    },
    body: sheetOf(theme),
  };
}

function sheetOf(theme: string): string {
  const known = sheets.get(theme);
  if (known !== undefined) return known;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package lists its themes only as files
  const found = require(`@atlaskit/tokens/dist/cjs/artifacts/themes/atlassian-${theme}.js`) as { default: string };
  sheets.set(theme, found.default);
  return found.default;
}
