import fc from 'fast-check';
import { chainStart, sealEntry, type AuditEntry } from '../../src/domain/audit/entry';
import { exportStart, foldLine, trailerLine, verifyExport } from '../../src/domain/audit/verify-export';
import { canonicalJson, type Json } from '../../src/domain/canonical';

function chain(name: string, length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    entries.push(
      sealEntry({
        chain: name,
        seq,
        at: '2026-11-23T09:00:00.000Z',
        kind: 'test',
        actor: 'app',
        facts: [{ fact: 'n', value: seq }],
        prev: entries.at(-1)?.hash ?? chainStart(name),
      }),
    );
  }
  return entries;
}

function exported(entries: readonly AuditEntry[]): string[] {
  const lines = [
    ...entries.map((e) => canonicalJson(e as unknown as Json)),
    canonicalJson({ person: 'p-1', accountId: 'rita' }),
  ];
  const heads = Object.fromEntries(entries.map((e) => [e.chain, { seq: e.seq, hash: e.hash }]));
  return [...lines, trailerLine(lines.length, heads, lines.reduce(foldLine, exportStart))];
}

const good = exported([...chain('request:1', 5), ...chain('config:policy:current', 3)]);
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;

it('accepts an untouched export', () => {
  expect(verifyExport(text(good))).toEqual({ ok: true, entries: 8, chains: 2 });
});

it('names the first changed line', () => {
  const changed = good.map((line, i) => (i === 3 ? line.replace('"value":4', '"value":5') : line));
  expect(verifyExport(text(changed))).toMatchObject({ ok: false, line: 4 });
});

it('notices that the end was cut off, with and without the trailer', () => {
  expect(verifyExport(text(good.slice(0, -1)))).toMatchObject({
    ok: false,
    problem: expect.stringContaining('cut off') as string,
  });
  expect(verifyExport(text([...good.slice(0, 7), good.at(-1) as string]))).toMatchObject({ ok: false });
});

it('refuses a trailer whose members have other names, without failing itself', () => {
  const renamed = good.map((line) => line.replace('"chains":', '"xhains":'));
  expect(verifyExport(text(renamed)).ok).toBe(false);
});

it('notices a chain that was dropped whole', () => {
  expect(verifyExport(text(good.filter((line) => !line.includes('config:policy'))))).toMatchObject({ ok: false });
});

it('finds any deleted, doubled, swapped or altered line', () => {
  const line = fc.integer({ min: 0, max: good.length - 1 });
  fc.assert(
    fc.property(fc.constantFrom('delete', 'double', 'swap', 'alter'), line, line, fc.nat(), (how, a, b, where) => {
      const lines = [...good];
      if (how === 'delete') lines.splice(a, 1);
      if (how === 'double') lines.splice(a, 0, lines[a] as string);
      if (how === 'swap') [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
      if (how === 'alter') {
        const old = lines[a] as string;
        const at = where % old.length;
        lines[a] = old.slice(0, at) + (old[at] === 'x' ? 'y' : 'x') + old.slice(at + 1);
      }
      if (lines.join('\n') === good.join('\n')) return;
      expect(verifyExport(text(lines)).ok).toBe(false);
    }),
    { numRuns: 400 },
  );
});
