/** `npm run check:manifest`: Atlassian's own validation, then what it misses. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { manifestFacts } from './manifest-facts';
import { manifestProblems } from './manifest-problems';
import { officialProblems } from './official-validation';

async function main(): Promise<void> {
  const root = resolve(__dirname, '../..');
  const text = readFileSync(join(root, 'manifest.yml'), 'utf8');
  const official = await officialProblems(root, text);
  const own = manifestProblems(text, await manifestFacts(root, text));
  for (const problem of official) console.error(`manifest.yml (Forge): ${problem}`);
  for (const problem of own) console.error(`manifest.yml: ${problem}`);
  const count = official.length + own.length;
  if (count === 0) console.log('manifest.yml: no problem');
  else console.error(`manifest.yml: ${count} problem${count === 1 ? '' : 's'}`);
  process.exitCode = count === 0 ? 0 : 1;
}

void main();
