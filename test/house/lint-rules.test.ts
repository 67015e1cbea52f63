import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

const clock = 'The time comes from a port';
const chance = 'Ids and chance come from a port';
const cases: Array<[file: string, code: string, complaint: string | undefined]> = [
  ['src/domain/x.ts', 'export const now = Date.now();', clock],
  ['src/domain/x.ts', 'export const now = new Date();', clock],
  ['src/domain/x.ts', "export const then = new Date('2026-01-01');", undefined],
  ['src/domain/x.ts', 'export const n = Math.random();', chance],
  ['src/domain/x.ts', 'setTimeout(() => 1, 5);', 'not a timer'],
  ['src/domain/x.ts', "import { randomUUID } from 'node:crypto'; randomUUID();", chance],
  ['src/domain/x.ts', "import { createHash } from 'node:crypto'; createHash('x');", undefined],
  ['src/usecases/x.ts', 'export const now = Date.now();', clock],
  ['src/usecases/x.ts', 'setInterval(() => 1, 5);', 'not a timer'],
  ['src/usecases/x.ts', 'export const t = performance.now();', clock],
  ['src/entry/x.ts', 'export const now = new Date();', clock],
  ['src/adapters/storage/x.ts', 'export const now = Date.now();', clock],
  ['src/adapters/jira/x.ts', 'export const n = Math.random();', chance],
  ['src/adapters/targets/scim/x.ts', 'export const now = new Date();', clock],
  ['src/adapters/targets/http/x.ts', 'setTimeout(() => 1, 5);', undefined],
  ['src/adapters/platform/x.ts', 'export const now = Date.now(); console.log(now);', undefined],
  ['src/entry/x.ts', 'console.log(1);', 'Unexpected console'],
  ['test/x.ts', 'console.log(1);', 'Unexpected console'],
  ['sandbox/x.ts', 'console.log(Date.now());', undefined],
  ['test/x.ts', "jest.mock('./y');", 'Nothing is mocked by module'],
  ['test/x.ts', 'export const x: any = 1;', 'Unexpected any'],
  ['src/entry/x.ts', "import { A } from './y'; export const a = (b: A) => b;", 'only used as types'],
];

const typeAware = ['no-floating-promises', 'no-misused-promises', 'switch-exhaustiveness-check'];

// ESLint loads its configuration as a module, which jest cannot, so one Node process answers for all cases. The rules
// that need types are only looked up: they are typescript-eslint's own and would cost a whole program.
const script = `
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
const cases = JSON.parse(process.argv[1]);
const eslint = new ESLint({ cwd: process.cwd(), overrideConfig: tseslint.configs.disableTypeChecked });
const messages = [];
for (const [filePath, code] of cases) {
  const [result] = await eslint.lintText(code, { filePath });
  messages.push(result.messages.map(({ message }) => message));
}
const { rules } = await new ESLint({ cwd: process.cwd() }).calculateConfigForFile('src/domain/x.ts');
console.log(JSON.stringify({ messages, rules }));
`;

const answer = JSON.parse(
  execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(cases)], {
    cwd: root,
    encoding: 'utf8',
  }),
) as { messages: string[][]; rules: Record<string, [number]> };

test.each(cases.map((entry, i) => [...entry, answer.messages[i] ?? []] as const))(
  'in %s: %s',
  (_file, _code, complaint, messages) => {
    if (complaint === undefined) expect(messages).toEqual([]);
    else expect(messages).toEqual([expect.stringContaining(complaint)]);
  },
);

test.each(typeAware)('%s is an error', (rule) => {
  expect(answer.rules[`@typescript-eslint/${rule}`]?.[0]).toBe(2);
});
