import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';
import type { ManifestFacts } from './manifest-problems';

/** Events of the app's own life; the validator's list holds those of the products only. */
const LIFECYCLE = ['avi:forge:installed:app', 'avi:forge:upgraded:app', 'avi:forge:uninstalled:app'];

/** Reads from the code what the manifest must agree with: bundled as Forge would, so dead code does not count. */
export async function manifestFacts(root: string, manifestText: string): Promise<ManifestFacts> {
  const manifest = parse(manifestText) as { modules?: { function?: Array<{ handler?: string }> } } | null;
  const handlers = (manifest?.modules?.function ?? []).map(({ handler = '' }) => handler);
  const files = [...new Set(handlers.map((handler) => handler.slice(0, handler.lastIndexOf('.'))))];
  const entries = files.flatMap((file) => {
    const path = ['ts', 'tsx', 'js'].map((ext) => join(root, 'src', `${file}.${ext}`)).find(existsSync);
    return path ? [{ file, path }] : [];
  });
  const exports: Record<string, readonly string[]> = {};
  const packages = new Set<string>();
  for (const { file, path } of entries) {
    const { metafile } = await build({
      entryPoints: [path],
      bundle: true,
      write: false,
      metafile: true,
      outdir: join(root, 'unwritten'),
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'silent',
    });
    for (const output of Object.values(metafile.outputs)) {
      exports[file] = output.exports;
      for (const { path: imported, external } of output.imports) if (external) packages.add(packageOf(imported));
    }
  }
  return {
    exports,
    packages: [...packages],
    events: [...LIFECYCLE, ...productEvents()],
    directories: directoriesOf(root),
  };
}

const packageOf = (path: string) => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/** Atlassian's list of events ships inside the validator, where it maps each to its scopes. */
function productEvents(): string[] {
  const file = join(dirname(require.resolve('@forge/manifest')), 'mapping/product-event-to-scope-mapping.json');
  const { mapping } = JSON.parse(readFileSync(file, 'utf8')) as { mapping: Array<{ productEvent: string }> };
  return mapping.map(({ productEvent }) => productEvent);
}

const directoriesOf = (root: string) => readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory());
