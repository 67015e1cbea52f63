import type { Failure, Tally } from './history/tally';

/** A failing history as a person reads it: what broke, how to run it again, and the shortest way there. */
export function failureReport({ script, violation, shrunk, lines }: Failure): string {
  return [
    '',
    `seed=${script.seed} breaks ${violation.invariant}: ${violation.sentence}`,
    `  again: npm run simulate -- --histories 1 --seed ${script.seed} --trace`,
    `  ${shrunk.steps.length} of ${script.steps.length} steps are enough:`,
    ...lines.filter((line) => !/ storage | {2}[<>] /.test(line)).map((line) => `    ${line.slice(0, 200)}`),
    `  script: ${JSON.stringify(shrunk)}`,
  ].join('\n');
}

/** What was done, in figures. */
export function tallyReport(tally: Tally, seconds: number): string {
  const faults = Object.entries(tally.injected)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, n]) => `${kind} ${n}`)
    .join(', ');
  return [
    `${tally.histories} histories in ${seconds.toFixed(1)} s (${(tally.histories / seconds).toFixed(0)} a second)`,
    `${tally.operations} calls of the app, ${tally.sweeps} sweeps`,
    `faults: ${faults === '' ? 'none' : faults}`,
  ].join('\n');
}

/** The last line: what a pipeline counts. */
export function lastLine(passed: number, failed: number): string {
  return `${passed} passed, ${failed} failed`;
}
