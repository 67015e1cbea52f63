/** `npm run verify-export` as a person runs it, over files of a desk. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anchorLine } from '../../src/domain/audit/anchor';
import { verifyExport } from '../../src/domain/audit/verify-export';
import { openDesk } from '../app/desk';

const folder = mkdtempSync(join(tmpdir(), 'proofgate-export-'));
const path = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const desk = await openDesk();
  await desk.world.advance('PT1H10M');
  writeFileSync(path('early'), await desk.world.exportAudit());
  await desk.world.advance('PT1H');
  const exported = await desk.world.exportAudit();
  writeFileSync(path('late'), exported);
  writeFileSync(path('edited'), exported.replace('"actor":"', '"actor":"x'));
  const verdict = verifyExport(exported);
  const digests = (verdict.ok && verdict.digests) || [];
  writeFileSync(path('anchor'), `Copied by hand:\n${digests.map(anchorLine).join('\n')}\n`);
  await desk.close();
});

function run(args: string[], env: Record<string, string> = {}): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'tools/verify-export.ts', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    },
  );
  return { status, text: stdout + stderr };
}

it('says what it verified, and that nothing was compared with an anchor', () => {
  const { status, text } = run([path('late')]);
  expect(status).toBe(0);
  expect(text).toContain('verified.');
  expect(text).toContain('Not compared with an anchor');
});

it('names the first bad line and exits with 1', () => {
  const { status, text } = run([path('edited')]);
  expect(status).toBe(1);
  expect(text).toMatch(/NOT valid\. Line 1: chain .* was changed\./);
});

it('finds a rollback with the anchor, and agrees with the export that is whole', () => {
  expect(run([path('early')]).status).toBe(0);
  const rolledBack = run([path('early'), '--anchor', path('anchor')]);
  expect(rolledBack.status).toBe(1);
  expect(rolledBack.text).toMatch(/NOT valid\. Digest 3 was anchored at .*, but the export ends with digest 2/);
  const whole = run([path('late'), '--anchor', path('anchor')]);
  expect(whole).toMatchObject({ status: 0, text: expect.stringContaining('3 anchored digests agree') as string });
});

it('understands the anchor also when npm keeps the option for itself', () => {
  expect(run([path('early'), path('anchor')], { npm_config_anchor: 'true' }).status).toBe(1);
  expect(run([path('early')], { npm_config_anchor: path('anchor') }).status).toBe(1);
});

it.each([[[]], [['--anchor']], [['a', 'b']], [['--other', 'a']], [['/does/not/exist']]])(
  'exits with 2 for %j',
  (args) => {
    expect(run(args).status).toBe(2);
  },
);
