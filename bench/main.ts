/** `npm run bench`: measures what the README promises, prints one table and writes bench/results.json. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './row';
import { bundleRow } from './rows/bundle';
import { gateRows } from './rows/gate';
import { listingRows } from './rows/listing';
import { panelRows } from './rows/panel';
import { policyRows } from './rows/policy';
import { sweepRows } from './rows/sweep';
import { verificationRows } from './rows/verification';
import { workingTimeRows } from './rows/working-time';

async function main(): Promise<void> {
  const rows: Row[] = [
    ...(await gateRows()),
    ...(await panelRows()),
    ...(await policyRows()),
    ...workingTimeRows(),
    ...(await verificationRows()),
    ...listingRows(),
    await bundleRow(),
    ...(await sweepRows()),
  ];
  writeFileSync(join(__dirname, 'results.json'), `${JSON.stringify(rows, null, 2)}\n`);
  const width = Math.max(...rows.map((row) => row.name.length));
  for (const row of rows) {
    const measured = row.ratio === undefined ? `${row.value} ${row.unit}` : `${row.ratio}x ${row.peer}`;
    console.log(`${row.holds ? 'holds ' : 'FAILS '} ${row.name.padEnd(width)}  ${measured}  (goal ${row.goal})`);
  }
  const failed = rows.filter((row) => !row.holds).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exit(1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
