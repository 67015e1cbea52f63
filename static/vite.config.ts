import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/**
 * Writes down in which chunk each surface ended up: the bundler's own manifest names a chunk by its entry only as long as
 * no other chunk takes something from it, so the sizes of the first loads (size.mjs) cannot rest on that name.
 */
function surfaceChunks(): Plugin {
  return {
    name: 'surface-chunks',
    generateBundle(_options, bundle) {
      const chunks: Record<string, string> = {};
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          for (const id of chunk.moduleIds) {
            const surface = /\/src\/surfaces\/(\w+)\/surface\.tsx$/.exec(id)?.[1];
            if (surface) chunks[surface] = chunk.fileName;
          }
      this.emitFile({ type: 'asset', fileName: '.vite/surfaces.json', source: JSON.stringify(chunks) });
    },
  };
}

/** One page for all modules; it loads its surface on demand. Everything is a file of its own: the Forge CSP forbids inline code and styles. */
export default defineConfig({
  base: './',
  plugins: [react(), surfaceChunks()],
  resolve: {
    alias: [
      {
        find: /^@atlaskit\/feature-gate-js-client(\/feature-gates)?$/,
        replacement: fileURLToPath(new URL('./src/no-feature-gates.ts', import.meta.url)),
      },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    target: 'es2022',
    reportCompressedSize: false,
  },
});
