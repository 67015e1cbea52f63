import type { Script } from '../script';
import { runHistory } from './run-history';
import { shrink } from './shrink';
import { count, emptyTally, type Failure, type Tally } from './tally';
import { writeScript } from './write-script';

/** Runs the histories of consecutive seeds. Stops reducing failures after the first few: one tells as much as ten. */
export async function runSeeds(first: number, histories: number, reduce = 2): Promise<Tally> {
  const tally = emptyTally();
  for (let seed = first; seed < first + histories; seed++) {
    const script = writeScript(seed);
    const failure = await runCounted(tally, script, tally.failures.length < reduce);
    if (failure) tally.failures.push(failure);
  }
  return tally;
}

/** Runs one script and answers its failure, reduced if wanted. */
export async function runCounted(tally: Tally, script: Script, reduce: boolean): Promise<Failure | undefined> {
  const result = await runHistory(script);
  count(tally, result);
  const violation = result.violations[0];
  if (!violation) return undefined;
  const shrunk = reduce ? await shrink(script, violation.invariant) : script;
  const { lines, violations } = await runHistory(shrunk, true);
  return { script, violation: violations[0] ?? violation, shrunk, lines: reduce ? lines : [] };
}
