import { parentPort } from 'node:worker_threads';
import { runSeeds } from './history/run-seeds';

/** A thread that runs the seeds it is given. Its traces of errors would cost a tenth of the time and are never read. */
Error.stackTraceLimit = 0;

parentPort?.on('message', ({ first, histories }: { first: number; histories: number }) => {
  void runSeeds(first, histories).then((tally) => parentPort?.postMessage(tally));
});
