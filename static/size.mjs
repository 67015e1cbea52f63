import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const entry = 'index.html';

/**
 * What the issue panel loads before it shows anything: the page, its scripts and styles and everything they import at
 * once. Chunks that are only loaded on demand (history, admin) do not count.
 * @param {string} distDir
 * @returns {{ files: Array<{ file: string, gzipBytes: number }>, gzipBytes: number }}
 */
export function panelFirstLoad(distDir) {
  return firstLoad(distDir, 'panel');
}

/** The same for any surface, by the name of its folder. */
export function firstLoad(distDir, surface) {
  const read = (name) => JSON.parse(readFileSync(path.join(distDir, '.vite', name), 'utf8'));
  const manifest = read('manifest.json');
  const file = read('surfaces.json')[surface];
  const key = Object.keys(manifest).find((each) => manifest[each].file === file);
  if (!file || !key) throw new Error(`the build has no surface ${surface}`);
  const names = new Set([entry]);
  const seen = new Set();
  const follow = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    names.add(chunk.file);
    for (const asset of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) names.add(asset);
    for (const imported of chunk.imports ?? []) follow(imported);
  };
  follow(entry);
  follow(key);
  const files = [...names].map((file) => ({
    file,
    gzipBytes: gzipSync(readFileSync(path.join(distDir, file))).length,
  }));
  return { files, gzipBytes: files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), 'dist');
  for (const surface of ['panel', 'context', 'portal', 'admin']) {
    const { files, gzipBytes } = firstLoad(dist, surface);
    process.stdout.write(`${surface}: ${(gzipBytes / 1024).toFixed(1)} KB gzip in ${files.length} files\n`);
    if (surface === 'panel')
      for (const { file, gzipBytes: bytes } of files)
        process.stdout.write(`  ${(bytes / 1024).toFixed(1).padStart(6)}  ${file}\n`);
  }
}
