import { regressions } from './history/regressions';
import { runHistory } from './history/run-history';
import { writeScript } from './history/write-script';
import type { Script } from './script';

/** How a hunt for a defect ended. `in` names the history that broke an invariant: `seed 12` or `kept permit.json`. */
export interface Hunted {
  readonly histories: number;
  readonly in?: string;
  readonly invariant?: string;
  readonly sentence?: string;
}

interface Named {
  readonly name: string;
  readonly script: Script;
}

const bySeed = (seed: number): Named => ({ name: `seed ${seed}`, script: writeScript(seed) });

function* kept(): Iterable<Named> {
  for (const { file, script } of regressions()) yield { name: `kept ${file}`, script };
}

/** The histories with these names, as far as there are any. */
function* named(names: readonly string[]): Iterable<Named> {
  for (const name of names) {
    const seed = /^seed (\d+)$/.exec(name)?.[1];
    if (seed !== undefined) yield bySeed(Number(seed));
    else for (const history of kept()) if (history.name === name) yield history;
  }
}

/** Where to look: first what is known, then what was kept, then one seed after the other. */
function* everything(known: readonly string[], most: number): Iterable<Named> {
  yield* named(known);
  if (most === 0) return;
  yield* kept();
  for (let seed = 1; seed <= most; seed++) yield bySeed(seed);
}

/** Runs histories until one breaks an invariant. */
async function hunt(known: readonly string[], most: number): Promise<Hunted> {
  let histories = 0;
  for (const { name, script } of everything(known, most)) {
    histories++;
    const { violations } = await runHistory(script);
    if (violations[0]) return { histories, in: name, ...violations[0] };
  }
  return { histories };
}

Error.stackTraceLimit = 0;
const [most, ...known] = process.argv.slice(2);
hunt(known, Number(most)).then(
  (hunted) => console.log(JSON.stringify(hunted)),
  (error: unknown) =>
    console.log(
      JSON.stringify({ histories: 0, invariant: 'crash', sentence: `the simulator itself fell: ${String(error)}` }),
    ),
);
