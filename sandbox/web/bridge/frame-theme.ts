/** `view.theme.enable()`: the attributes and the token sheets that products set on the frame's document. */

export interface Theme {
  colorMode: 'light' | 'dark';
}

const SHEETS = ['light', 'dark', 'spacing', 'typography', 'shape', 'motion'];

export function applyTheme({ colorMode }: Theme): void {
  const root = document.documentElement;
  root.dataset['theme'] = 'light:light dark:dark spacing:spacing typography:typography shape:shape motion:motion';
  root.dataset['colorMode'] = colorMode;
}

/** Resolves when all sheets are there, so that an app can show itself without a flash. */
export async function loadTokenSheets(): Promise<void> {
  await Promise.all(
    SHEETS.map((name) => {
      const id = `bridge-theme-${name}`;
      if (document.getElementById(id)) return Promise.resolve();
      const link = document.createElement('link');
      return new Promise<void>((resolve) => {
        Object.assign(link, {
          id,
          rel: 'stylesheet',
          href: `/bridge/theme/${name}.css`,
          onload: () => resolve(),
          onerror: () => resolve(),
        });
        document.head.append(link);
      });
    }),
  );
}
