import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from './bundle';
import type { Hunted } from './hunt';
import { knownFinds, rememberFinds } from './known-finds';
import { lastLine } from './report';
import { problemOf, seededDefects, withDefect, type SeededDefect } from './seeded-defect';

/** A defect that so many histories do not find is not found. */
const mostHistories = 2000;
const run = promisify(execFile);

interface Row {
  readonly name: string;
  readonly text: string;
  /** The history that found it; undefined: it was not found. */
  readonly in?: string;
}

/**
 * `npm run simulate:mutants [NAME...] [-- --remember]`: puts each seeded defect into a bundle of its own and runs histories
 * until one breaks an invariant, the one that found it last time first. Fails when a defect is not found, does not fit the
 * sources any more, or is found by a history that fails without it too. `--remember` writes down what found each.
 */
async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => !arg.startsWith('--'));
  const defects = seededDefects().filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
  const known = knownFinds();
  const rows: Row[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let defect = defects[next++]; defect; defect = defects[next++]) {
      const row = await rowOf(defect, known[defect.name]);
      console.log(lineOf(row));
      rows.push(row);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  await requireSound(rows);
  if (args.includes('--remember'))
    rememberFinds({ ...known, ...Object.fromEntries(rows.map((row) => [row.name, row.in])) });
  console.log(`\n${rows.map(lineOf).sort().join('\n')}\n`);
  const missed = rows.filter((row) => row.in === undefined).length;
  console.log(lastLine(rows.length - missed, missed));
  process.exitCode = missed === 0 ? 0 : 1;
}

async function rowOf(defect: SeededDefect, known: string | undefined): Promise<Row> {
  const { name } = defect;
  const problem = problemOf(defect);
  if (problem !== undefined) return { name, text: problem };
  const found = await hunted(defect, mostHistories, known === undefined ? [] : [known]);
  if (found.invariant === undefined || found.in === undefined)
    return { name, text: found.sentence ?? `NOT FOUND in ${found.histories} histories` };
  const news = found.in === known ? '' : `, after ${found.histories}`;
  return { name, in: found.in, text: `${found.invariant} in ${found.in}${news}: ${found.sentence}` };
}

/** What fails without any defect would count as the find of every defect. */
async function requireSound(rows: readonly Row[]): Promise<void> {
  const used = [...new Set(rows.flatMap((row) => row.in ?? []))];
  if (used.length === 0) return;
  const sound = await hunted({ name: 'none', why: '', edits: [] }, 0, used);
  if (sound.invariant !== undefined) throw new Error(`without a defect, ${sound.in}: ${sound.sentence}`);
  if (sound.histories !== used.length)
    throw new Error(`only ${sound.histories} of ${used.length} finds were run again`);
}

const lineOf = ({ name, text }: Row): string => `${name.padEnd(36)} ${text.slice(0, 150)}`;

async function hunted(defect: SeededDefect, most: number, known: readonly string[]): Promise<Hunted> {
  const script = await bundle('hunt.ts', [withDefect(defect)]);
  try {
    const { stdout } = await run(process.execPath, [script, String(most), ...known]);
    return JSON.parse(stdout) as Hunted;
  } finally {
    rmSync(dirname(script), { recursive: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
