/** `npm run deploy -- [forge deploy options]`: builds the screens, puts the app's id into a copy of the app, deploys that. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const appId = process.env['PROOFGATE_APP_ID'];
const idForm = /^ari:cloud:ecosystem::app\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

if (appId === undefined || !idForm.test(appId)) {
  console.error('Set PROOFGATE_APP_ID to the id that `forge register` printed (ari:cloud:ecosystem::app/...).');
  process.exit(2);
}

run('npm', ['run', 'build', '-w', 'static'], root);
const staged = mkdtempSync(join(tmpdir(), 'proofgate-deploy-'));
try {
  for (const part of ['src', 'static/dist', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(join(root, part), join(staged, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(staged, 'node_modules'));
  const manifest = readFileSync(join(root, 'manifest.yml'), 'utf8');
  writeFileSync(join(staged, 'manifest.yml'), manifest.replace(/^ {2}id: .*$/m, `  id: ${appId}`));
  run('forge', ['deploy', ...process.argv.slice(2)], staged);
} finally {
  rmSync(staged, { recursive: true, force: true });
}

function run(command: string, args: string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error || status !== 0) {
    console.error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
    process.exit(status ?? 1);
  }
}
