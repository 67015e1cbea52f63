import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { atMost, type Row } from '../row';

/** KB; docs/decisions/0012-backend-weight.md says why. */
const limit = 640;

/** What the backend weighs with everything it imports, as the official bundler is given it, minified by esbuild. */
export async function bundleRow(): Promise<Row> {
  const { metafile } = await build({
    entryPoints: [join(__dirname, '..', '..', 'src', 'index.ts')],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    outdir: 'dist',
    logLevel: 'error',
  });
  return atMost('backend bundle, packages included', Math.round(bytesOf(metafile) / 102.4) / 10, limit, 'KB');
}

function bytesOf({ outputs }: Metafile): number {
  return Object.values(outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}
