import { Worker } from 'node:worker_threads';
import { bundle } from './bundle';
import { everyCrash } from './history/every-crash';
import { regressions } from './history/regressions';
import { runHistory } from './history/run-history';
import { runCounted } from './history/run-seeds';
import { emptyTally, merge, type Tally } from './history/tally';
import { writeScript } from './history/write-script';
import { readOptions, type Options } from './options';
import { failureReport, lastLine, tallyReport } from './report';

/** `npm run simulate -- --histories N --seed S [--workers W] [--trace] [--exhaustive]`. Fails when anything is broken. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.trace) return traceOne(options.seed);
  const started = performance.now();
  const tally = emptyTally();
  await runRegressions(tally);
  if (options.exhaustive) await crashEverywhere(tally);
  await runAll(options, tally);
  for (const failure of tally.failures.slice(0, 5)) console.log(failureReport(failure));
  console.log(tallyReport(tally, (performance.now() - started) / 1000));
  console.log(lastLine(tally.histories - tally.failures.length, tally.failures.length));
  process.exitCode = tally.failures.length === 0 ? 0 : 1;
}

async function traceOne(seed: number): Promise<void> {
  const { lines, violations } = await runHistory(writeScript(seed), true);
  console.log(lines.join('\n'));
  console.log(lastLine(violations.length === 0 ? 1 : 0, violations.length === 0 ? 0 : 1));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

async function runRegressions(tally: Tally): Promise<void> {
  for (const { file, script } of regressions()) {
    const failure = await runCounted(tally, script, false);
    if (!failure) continue;
    console.log(`regression ${file}`);
    tally.failures.push(failure);
  }
}

async function crashEverywhere(tally: Tally): Promise<void> {
  for await (const flow of everyCrash()) {
    console.log(
      `${flow.name}: ${flow.runs} crashes at ${flow.calls} calls, ${flow.problems.length} without a good end`,
    );
    for (const problem of flow.problems.slice(0, 5)) console.log(`  ${problem}`);
    tally.histories += flow.runs;
    tally.failures.push(...flow.failures);
  }
}

/** Small enough that all threads end together, large enough that talking costs nothing. */
const portion = 50;

async function runAll(options: Options, tally: Tally): Promise<void> {
  if (options.histories === 0) return;
  const script = await bundle('worker.ts');
  const end = options.seed + options.histories;
  let next = options.seed;
  const workers = Array.from(
    { length: Math.min(options.workers, Math.ceil(options.histories / portion)) },
    async () => {
      const worker = new Worker(script);
      try {
        while (next < end) {
          const first = next;
          const histories = Math.min(portion, end - first);
          next += histories;
          const done = await answerOf(worker, { first, histories });
          for (const { script, violation } of done.failures)
            console.log(`seed ${script.seed} breaks ${violation.invariant}; its trace stands at the end`);
          merge(tally, done);
          progress(tally.histories, options.histories);
        }
      } finally {
        await worker.terminate();
      }
    },
  );
  await Promise.all(workers);
  tally.failures.sort((a, b) => a.script.seed - b.script.seed);
}

/** A line now and then: a long run is not silent. */
const toldEvery = 10_000;

function progress(done: number, of: number): void {
  const told = Math.floor(done / toldEvery);
  if (told > 0 && done - told * toldEvery < portion) console.log(`${done} of ${of} histories`);
}

function answerOf(worker: Worker, portionOfWork: { first: number; histories: number }): Promise<Tally> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners('message').removeAllListeners('error');
    worker.once('message', resolve).once('error', reject);
    worker.postMessage(portionOfWork);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
