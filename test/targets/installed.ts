/** What the real servers need on this machine. Where it is missing their tests are skipped and say so; with CI=true they fail. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the packages live that only these tests use. */
export const toolsFolder = join(__dirname, '..', '..', 'tools', 'targets');

/** A CommonJS package of tools/targets. The caller says what it uses of it. */
export function toolPackage<T>(name: string): T {
  return createRequire(join(toolsFolder, 'package.json'))(name) as T;
}

export function hasToolPackage(name: string): boolean {
  return existsSync(join(toolsFolder, 'node_modules', name, 'package.json'));
}

export function hasCommand(name: string): boolean {
  return spawnSync('which', [name]).status === 0;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Declares tests that need `what`. `missing` names what of it is not there: then one skipped test stands for all of them,
 * and with CI=true one that fails.
 */
export function withInstalled(what: string, missing: readonly string[], declare: () => void): void {
  if (missing.length === 0) return declare();
  const title = `${what}: not tested here, missing ${missing.join(' and ')} (.ci/targets installs it)`;
  if (process.env.CI === 'true') it(title, () => expect(missing).toEqual([]));
  else it.skip(title, () => undefined);
}

/** The names of the needs that are not met. */
export function missingOf(needs: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(needs).flatMap(([name, met]) => (met ? [] : [name]));
}

/** A module of tools/targets in a process of its own: tests themselves load CommonJS only. */
export async function toolModule<T>(name: string): Promise<T> {
  const file = createRequire(join(toolsFolder, 'package.json')).resolve(name);
  return (await import(pathToFileURL(file).href)) as T;
}
