import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which history found each seeded defect last time: only where to look first, so that finding it again takes moments. */
export type KnownFinds = Readonly<Record<string, string | undefined>>;

const file = join(__dirname, 'known-finds.json');

/** Empty when nothing was remembered yet. */
export function knownFinds(): KnownFinds {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownFinds) : {};
}

/** Writes them down, in the order of the defects. */
export function rememberFinds(finds: KnownFinds): void {
  const sorted = Object.fromEntries(Object.entries(finds).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
