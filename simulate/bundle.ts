import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Bundles a file of this directory into one script in a new temporary directory: it starts at once and runs anywhere. */
export async function bundle(entry: string, plugins: Plugin[] = []): Promise<string> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'proofgate-simulate-')), 'bundle.cjs');
  await build({
    entryPoints: [resolve(__dirname, entry)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
    plugins,
  });
  return outfile;
}
