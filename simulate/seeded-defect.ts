import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/** A defect put into the app on purpose, to see that the simulator finds it. Each `find` must occur exactly once. */
export interface SeededDefect {
  readonly name: string;
  readonly why: string;
  readonly edits: ReadonlyArray<{ readonly file: string; readonly find: string; readonly replace: string }>;
}

const root = resolve(__dirname, '..');

/** The defects of simulate/mutants, in the order of their numbers. */
export function seededDefects(): SeededDefect[] {
  const directory = join(__dirname, 'mutants');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      ...(JSON.parse(readFileSync(join(directory, file), 'utf8')) as Omit<SeededDefect, 'name'>),
    }));
}

/** What is wrong with a defect as it is described: text that is not there any more, or there more than once. */
export function problemOf(defect: SeededDefect): string | undefined {
  for (const { file, find, replace } of defect.edits) {
    const found = readFileSync(join(root, file), 'utf8').split(find).length - 1;
    if (found !== 1) return `${file} holds its text ${found} times instead of once`;
    if (find === replace) return `${file} would not be changed`;
  }
  return undefined;
}

/** Puts the defect in while the simulator is bundled: the sources on disk stay as they are. */
export function withDefect(defect: SeededDefect): Plugin {
  return {
    name: 'seeded-defect',
    setup(build) {
      build.onLoad({ filter: /src[/\\].*\.ts$/ }, ({ path }) => {
        const edits = defect.edits.filter(({ file }) => file === relative(root, path).split('\\').join('/'));
        if (edits.length === 0) return undefined;
        const contents = edits.reduce(
          (text, { find, replace }) => text.replace(find, () => replace),
          readFileSync(path, 'utf8'),
        );
        return { contents, loader: 'ts' };
      });
    },
  };
}
