import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Everything is a file of its own: the pages forbid inline code and styles. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
});
