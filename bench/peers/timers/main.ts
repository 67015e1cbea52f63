/**
 * `npm run bench:timers`: the same escalation script on Proofgate and on BullMQ, both under kill -9. Prints one table and
 * writes bench/timers-results.json. Needs what .ci/timers installs.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Row } from '../../row';
import { bullmqSide } from './bullmq-side';
import { peerName, requirePeer } from './peer-package';
import { proofgateSide } from './proofgate-side';
import { startRedis } from './redis-process';
import { timerRows } from './rows';

async function main(): Promise<void> {
  requirePeer();
  const directory = mkdtempSync(join(tmpdir(), 'proofgate-timers-'));
  try {
    const ours = await proofgateSide(join(directory, 'proofgate'));
    process.stderr.write(`proofgate: ${JSON.stringify(ours)}\n`);
    const [asItComes, careful] = await peers(join(directory, 'bullmq'));
    const first = timerRows(ours, `${peerName()} as it comes`, asItComes);
    const second = timerRows(ours, `${peerName()} with care`, careful);
    const rows = [...first, ...second];
    writeFileSync(resolve(__dirname, '../../timers-results.json'), `${JSON.stringify(rows, null, 2)}\n`);
    print(first, second);
    const failed = first.filter((row) => !row.holds).length;
    console.log(`${first.length - failed} passed, ${failed} failed`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Both ways of using the peer at the same time, each with its own queue, worker and sink. */
async function peers(directory: string) {
  mkdirSync(directory, { recursive: true });
  const { redis, port } = await startRedis(directory);
  try {
    return await Promise.all([bullmqSide('as-it-comes', port, directory), bullmqSide('careful', port, directory)]);
  } finally {
    await redis.kill();
  }
}

function print(first: readonly Row[], second: readonly Row[]): void {
  const width = Math.max(...first.map((row) => row.name.length));
  const column = (value: number | undefined) => String(value ?? 'not fair').padStart(12);
  const head = ['Proofgate', 'as it comes', 'with care'].map((title) => title.padStart(12)).join('');
  console.log(`${''.padEnd(width + 7)}${head}`);
  for (const [index, row] of first.entries()) {
    const values = [row.value, row.peerValue, second[index]?.peerValue].map(column).join('');
    console.log(
      `${row.holds ? 'holds ' : 'FAILS '} ${row.name.padEnd(width)}${values}  ${row.unit} (goal ${row.goal})`,
    );
  }
  if (first.some((row) => row.peer === undefined) || second.some((row) => row.peer === undefined))
    console.log('not fair: this machine is too busy to restart the peer in time, so its times would say nothing.');
  console.log(`The peer is ${peerName()}; bench/README.md says what "with care" means and what differs.`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
