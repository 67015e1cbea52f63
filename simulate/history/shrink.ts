import type { Script, Step } from '../script';
import { runHistory } from './run-history';

/** How many runs a reduction may take. */
const mostRuns = 600;

/** The smallest script found that still breaks the same invariant: fewer steps, fewer faults, shorter waits. */
export async function shrink(script: Script, invariant: string): Promise<Script> {
  let runs = 0;
  const fails = async (candidate: Script): Promise<boolean> => {
    if (runs++ >= mostRuns) return false;
    const { violations } = await runHistory(candidate);
    return violations[0]?.invariant === invariant;
  };
  let best = script;
  for (let progress = true; progress;) {
    progress = false;
    for (const smaller of simplifications(best)) {
      if (!(await fails(smaller))) continue;
      best = smaller;
      progress = true;
      break;
    }
  }
  return best;
}

/** Simpler scripts, the boldest first. */
function* simplifications(script: Script): Iterable<Script> {
  const { site, steps } = script;
  const withSteps = (changed: readonly Step[]): Script => ({ ...script, steps: changed });
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = steps.length - size; from >= 0; from -= size)
      yield withSteps([...steps.slice(0, from), ...steps.slice(from + size)]);
  }
  if (site.installations === 2) yield { ...script, site: { ...site, installations: 1 } };
  if (site.staleMs !== 0) yield { ...script, site: { ...site, staleMs: 0 } };
  if (site.legacyForMs !== 0) yield { ...script, site: { ...site, legacyForMs: 0 } };
  const change = (index: number, step: Partial<Step>, without: readonly (keyof Step)[] = []): Script =>
    withSteps(
      steps.map((old, i) => {
        if (i !== index) return old;
        const changed = { ...old, ...step } as Record<string, unknown>;
        for (const name of without) delete changed[name];
        return changed as unknown as Step;
      }),
    );
  for (const [index, step] of steps.entries()) {
    if (step.faults.length > 0) yield change(index, { faults: [] });
    if (step.faults.length > 1)
      for (const fault of step.faults) yield change(index, { faults: step.faults.filter((other) => other !== fault) });
    if (step.race) yield change(index, {}, ['race']);
    if (step.jump) yield change(index, {}, ['jump']);
    for (const waitMs of [0, 1_000, 60_000, 360_000]) if (step.waitMs > waitMs) yield change(index, { waitMs });
  }
}
