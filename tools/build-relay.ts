/** Makes the relay one file that Node runs without anything installed: `npm run build:relay [FILE]`. */
import { resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(__dirname, '..');

export async function buildRelay(outfile = `${root}/relay/dist/proofgate-relay.mjs`): Promise<string> {
  await build({
    entryPoints: [`${root}/relay/main.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Readable on purpose: whoever runs it in their network should be able to look into it.
    minify: false,
    legalComments: 'inline',
  });
  return outfile;
}

if (require.main === module)
  void buildRelay(process.argv[2]).then((file) => {
    process.stdout.write(`${file}\n`);
  });
