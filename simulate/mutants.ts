import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from './bundle';
import type { Hunted } from './hunt';
import { lastLine } from './report';
import { problemOf, seededDefects, withDefect, type SeededDefect } from './seeded-defect';

/** A defect that so many histories do not find is not found. */
const mostHistories = 2000;
const run = promisify(execFile);

/**
 * `npm run simulate:mutants [NAME...]`: puts each seeded defect into a bundle of its own and runs histories until one
 * breaks an invariant. Fails when a defect is not found, or does not fit the sources any more.
 */
async function main(names: readonly string[]): Promise<void> {
  const defects = seededDefects().filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
  // What fails without any defect would count as the find of every defect.
  const sound = await hunted({ name: 'none', why: '', edits: [] });
  if (sound.invariant !== undefined) throw new Error(`without a defect, seed ${sound.seed}: ${sound.sentence}`);
  const rows: string[] = [];
  let missed = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let defect = defects[next++]; defect; defect = defects[next++]) {
      const found = problemOf(defect) ?? (await hunted(defect));
      const caught = typeof found !== 'string' && found.invariant !== undefined;
      if (!caught) missed++;
      const text =
        typeof found === 'string'
          ? found
          : caught
            ? `${found.invariant} after ${found.histories}: ${found.sentence}`
            : `NOT FOUND in ${found.histories} histories`;
      const row = `${defect.name.padEnd(36)} ${text.slice(0, 150)}`;
      console.log(row);
      rows.push(row);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  console.log(`\n${rows.sort().join('\n')}\n`);
  console.log(lastLine(defects.length - missed, missed));
  process.exitCode = missed === 0 ? 0 : 1;
}

async function hunted(defect: SeededDefect): Promise<Hunted> {
  const script = await bundle('hunt.ts', [withDefect(defect)]);
  try {
    const { stdout } = await run(process.execPath, [script, String(mostHistories)]);
    return JSON.parse(stdout) as Hunted;
  } finally {
    rmSync(dirname(script), { recursive: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
