/** The script that Forge puts into every frame before the app's own: window.__bridge. */
import { buildSync } from 'esbuild';
import { join, resolve } from 'node:path';

const ENTRY = join(resolve(__dirname, '..', 'web'), 'bridge', 'global-bridge.ts');
let built: string | undefined;

export function globalBridge(): string {
  built ??= buildSync({
    entryPoints: [ENTRY],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  }).outputFiles[0]?.text;
  if (built === undefined) throw new Error('the bridge was not built');
  return built;
}
