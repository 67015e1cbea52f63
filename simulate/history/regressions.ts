import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Script } from '../script';

/** A history that once broke an invariant: it runs first, every time. */
export interface Regression {
  readonly file: string;
  readonly script: Script;
}

/** The kept scripts of simulate/regressions, in the order of their names. */
export function regressions(directory = resolve(process.cwd(), 'simulate/regressions')): Regression[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, script: JSON.parse(readFileSync(join(directory, file), 'utf8')) as Script }));
}
