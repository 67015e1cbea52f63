import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from '@forge/manifest';
import { parse } from 'yaml';

/**
 * What Atlassian's own full validation says; warnings count too.
 *
 * It runs beside a copy with placeholder resources, because it wants the built screens and this check must not need a
 * build. It also only looks into the working directory, so that is changed for as long as it runs.
 */
export async function officialProblems(root: string, manifestText: string): Promise<string[]> {
  const stage = mkdtempSync(join(tmpdir(), 'manifest-'));
  const before = process.cwd();
  try {
    writeFileSync(join(stage, 'manifest.yml'), manifestText);
    copyFileSync(join(root, 'package.json'), join(stage, 'package.json'));
    symlinkSync(join(root, 'src'), join(stage, 'src'));
    for (const path of resourcePaths(manifestText)) {
      mkdirSync(join(stage, path), { recursive: true });
      writeFileSync(join(stage, path, 'index.html'), '<!doctype html>');
    }
    process.chdir(stage);
    const { success, errors = [] } = await validate(false);
    const problems = errors.map(({ level, message, line }) => `${level} in line ${line ?? '?'}: ${message}`);
    return success || problems.length > 0 ? problems : ['the validation failed without saying why'];
  } finally {
    process.chdir(before);
    rmSync(stage, { recursive: true, force: true });
  }
}

function resourcePaths(manifestText: string): string[] {
  try {
    const manifest = parse(manifestText) as { resources?: Array<{ path?: string }> } | null;
    return (manifest?.resources ?? []).flatMap(({ path }) => (path && !path.startsWith('..') ? [path] : []));
  } catch {
    // The validator itself will say that this is no YAML.
    return [];
  }
}
