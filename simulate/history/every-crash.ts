import { flows } from '../flows/all-flows';
import type { Fault, Script } from '../script';
import { endState } from './end-state';
import { runHistory, type HistoryResult } from './run-history';
import type { Failure } from './tally';

/** What crashing one flow at every call came to. */
export interface FlowResult {
  readonly name: string;
  readonly calls: number;
  readonly runs: number;
  readonly problems: readonly string[];
  readonly failures: readonly Failure[];
}

/**
 * Crashes every main flow once at each of its calls, before and after the call's effect. Each run must keep every
 * invariant and come to the same end as the run that nothing disturbed (Sieve's oracle).
 */
export async function* everyCrash(only?: string): AsyncIterable<FlowResult> {
  for (const [name, script] of Object.entries(flows)) {
    if (only !== undefined && name !== only) continue;
    const undisturbed = await runHistory(script);
    if (undisturbed.violations[0]) throw new Error(`flow "${name}": ${undisturbed.violations[0].sentence}`);
    const wanted = endState(undisturbed.world);
    const callsOfSteps = await countCalls(script);
    const problems: string[] = [];
    const failures: Failure[] = [];
    let runs = 0;
    for (const [step, calls] of callsOfSteps.entries()) {
      for (let nth = 1; nth <= calls; nth++) {
        for (const when of ['before', 'after'] as const) {
          runs++;
          const crashed = withFault(script, step, { kind: 'crash', nth, when });
          const problem = judge(await runHistory(crashed), wanted);
          if (problem === undefined) continue;
          problems.push(`step ${step + 1}, ${when} call ${nth}: ${problem}`);
          if (failures.length < 2) failures.push(await failureOf(crashed, name, problem));
        }
      }
    }
    yield { name, calls: callsOfSteps.reduce((a, b) => a + b, 0), runs, problems, failures };
  }
}

function judge({ violations, world }: HistoryResult, wanted: string): string | undefined {
  const violation = violations[0];
  if (violation) return `${violation.invariant}: ${violation.sentence}`;
  const end = endState(world);
  return end === wanted ? undefined : `ends differently:\n    ${end}\n    instead of\n    ${wanted}`;
}

async function failureOf(script: Script, name: string, problem: string): Promise<Failure> {
  const { lines } = await runHistory(script, true);
  return { script, shrunk: script, violation: { invariant: `flow "${name}"`, sentence: problem }, lines };
}

function withFault(script: Script, index: number, fault: Fault): Script {
  return { ...script, steps: script.steps.map((step, i) => (i === index ? { ...step, faults: [fault] } : step)) };
}

/** How many calls the app makes in each step of the undisturbed run. */
async function countCalls(script: Script): Promise<number[]> {
  const totals: number[] = [];
  for (let steps = 1; steps <= script.steps.length; steps++)
    totals.push((await runHistory({ ...script, steps: script.steps.slice(0, steps) }, false, true)).operations);
  return totals.map((total, index) => total - (totals[index - 1] ?? 0));
}
