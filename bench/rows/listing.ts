import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { crowds } from '../listing/crowds';
import type { Listed } from '../listing/list-members';
import { atMost, type Row } from '../row';

const size = 100_000;
const heapMB = 64;
const everyone = (size * (size - 1)) / 2;

/**
 * Listing a group of 100,000 through each connector that lists, in two processes one after the other. Each has a heap of
 * 64 MB and dies if it needs more; the second knows nothing but where the first one stopped.
 */
export function listingRows(): Row[] {
  const directory = mkdtempSync(join(tmpdir(), 'proofgate-bench-'));
  try {
    const script = join(directory, 'list-members.cjs');
    buildSync({
      entryPoints: [join(__dirname, '..', 'listing', 'list-members.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
      logLevel: 'error',
    });
    return Object.keys(crowds).map((name) => listingRow(name, script));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function listingRow(name: string, script: string): Row {
  const list = (pages: number, from?: string): Listed => {
    const given = [name, String(size), String(pages), ...(from === undefined ? [] : [from])];
    const said = execFileSync(process.execPath, [`--max-old-space-size=${heapMB}`, script, ...given]);
    return JSON.parse(said.toString('utf8')) as Listed;
  };
  const first = list(40);
  if (first.next === undefined) throw new Error(`${name} answered ${first.members} members on 40 pages`);
  const second = list(size, first.next);
  const [members, sum] = [first.members + second.members, first.sum + second.sum];
  if (members !== size || sum !== everyone || second.next !== undefined)
    throw new Error(`${name} listed ${members} of ${size} members`);
  const longest = Math.max(first.longestPage, second.longestPage);
  if (longest > 1_000) throw new Error(`${name} had ${longest} members on one page`);
  const peak = Math.max(first.peakHeapBytes, second.peakHeapBytes);
  return atMost(`listing a group of 100,000, ${name}: heap`, Math.round(peak / 1024 / 102.4) / 10, heapMB, 'MB');
}
