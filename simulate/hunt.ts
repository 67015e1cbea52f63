import { regressions } from './history/regressions';
import { runHistory } from './history/run-history';
import { writeScript } from './history/write-script';
import type { Script } from './script';

/** How a hunt for a defect ended. */
export interface Hunted {
  readonly histories: number;
  readonly seed?: number;
  readonly invariant?: string;
  readonly sentence?: string;
}

/** Runs histories until one breaks an invariant, at most so many. */
async function hunt(most: number): Promise<Hunted> {
  let histories = 0;
  const scripts = function* (): Iterable<Script> {
    for (const { script } of regressions()) yield script;
    for (let seed = 1; seed <= most; seed++) yield writeScript(seed);
  };
  for (const script of scripts()) {
    histories++;
    const { violations } = await runHistory(script);
    if (violations[0]) return { histories, seed: script.seed, ...violations[0] };
  }
  return { histories };
}

Error.stackTraceLimit = 0;
hunt(Number(process.argv[2])).then(
  (hunted) => console.log(JSON.stringify(hunted)),
  (error: unknown) =>
    console.log(
      JSON.stringify({ histories: 0, invariant: 'crash', sentence: `the simulator itself fell: ${String(error)}` }),
    ),
);
