/**
 * The peer's worker: takes jobs of one queue and makes their effects at the sink, until it is killed. Prints `loaded`, waits
 * for a line on its input, and prints `ready` when it takes jobs. `ALWAYS_LOOK=1` asks the sink whether the effect stands there before it makes it.
 */
import { once } from 'node:events';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const { QUEUE, REDIS_PORT, SINK, WORKER_OPTIONS, ALWAYS_LOOK } = process.env;
// Whoever started it is gone: nobody would ever end it.
process.stdin.on('end', () => process.exit(0));
process.stdout.write('loaded\n');
await once(process.stdin, 'data');

const connection = new Redis({ host: '127.0.0.1', port: Number(REDIS_PORT), maxRetriesPerRequest: null });

async function makeEffect({ data }) {
  const effect = `${SINK}/effects/${data.request}/${data.step}`;
  if (ALWAYS_LOOK === '1' && (await (await fetch(effect)).json()).count > 0) return;
  const answer = await fetch(effect, { method: 'POST' });
  if (!answer.ok) throw new Error(`the sink answered ${answer.status}`);
}

const worker = new Worker(QUEUE, makeEffect, { connection, ...JSON.parse(WORKER_OPTIONS) });
worker.on('error', (error) => process.stderr.write(`${error.stack ?? error}\n`));
await worker.waitUntilReady();
process.stdout.write('ready\n');
