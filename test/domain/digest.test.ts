import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { anchorLine, anchorMessage, readAnchors } from '../../src/domain/audit/anchor';
import {
  digestStart,
  isProven,
  nextDigestAt,
  proveHead,
  sealDigest,
  splitHeads,
  type ChainHead,
  type Digest,
  type Heads,
} from '../../src/domain/audit/digest';
import { nextTurn, withAnchored, withDigest, withFailure, withLease } from '../../src/domain/audit/digest-state';
import { chainStart, sealEntry, type AuditEntry } from '../../src/domain/audit/entry';
import { inclusionProof, isIncluded, merkleRoot } from '../../src/domain/audit/merkle';
import { verifyAnchored } from '../../src/domain/audit/verify-digests';
import { digestLine, exportStart, foldLine, trailerLine, verifyExport } from '../../src/domain/audit/verify-export';
import { canonicalJson, type Json } from '../../src/domain/canonical';
import { later } from '../../src/domain/instant';

const nine = '2026-11-23T09:00:00.000Z';
const minutes = (n: number): string => later(nine, n * 60_000);

/** A history: each change adds one entry to a chain; every hour ends in a digest over what changed in it. */
interface Change {
  readonly chain: string;
  readonly fact: string;
}

function history(hours: ReadonlyArray<readonly Change[]>): { entries: AuditEntry[]; digests: Digest[] } {
  const chains = new Map<string, AuditEntry[]>();
  const digests: Digest[] = [];
  hours.forEach((changes, hour) => {
    const heads: Record<string, ChainHead> = {};
    changes.forEach(({ chain, fact }, minute) => {
      const entries = chains.get(chain) ?? [];
      const entry = sealEntry({
        chain,
        seq: entries.length + 1,
        at: minutes(hour * 60 + minute),
        kind: 'test',
        actor: 'app',
        facts: [{ fact }],
        prev: entries.at(-1)?.hash ?? chainStart(chain),
      });
      chains.set(chain, [...entries, entry]);
      heads[chain] = { seq: entry.seq, hash: entry.hash };
    });
    digests.push(
      sealDigest({
        series: 'audit',
        seq: hour + 1,
        at: minutes(hour * 60 + 60),
        from: minutes(hour * 60),
        to: minutes(hour * 60 + 60),
        previous: digests.at(-1)?.hash ?? digestStart('audit'),
        heads,
      }),
    );
  });
  return { entries: [...chains.values()].flat(), digests };
}

/** The lines of an export with a trailer that fits them: what anybody can make who can write all of storage. */
function exported(entries: readonly AuditEntry[], digests: readonly Digest[]): string[] {
  const lines = [
    ...entries.map((e) => canonicalJson(e as unknown as Json)),
    ...digests.map(digestLine),
    canonicalJson({ person: 'p-1', accountId: 'rita' }),
  ];
  const heads = Object.fromEntries(entries.map((e) => [e.chain, { seq: e.seq, hash: e.hash }]));
  return [...lines, trailerLine(lines.length, heads, lines.reduce(foldLine, exportStart))];
}

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const hour = (...facts: string[]): Change[] => facts.map((fact, i) => ({ chain: `request:${i % 3}`, fact }));
const hours = [hour('a', 'b', 'c', 'd'), hour('e'), [], hour('f', 'g')];
const real = history(hours);
const lines = exported(real.entries, real.digests);
const anchor = real.digests.map(anchorLine).join('\n');

function withAnchorAnswer(exportLines: readonly string[], anchorText = anchor) {
  const verdict = verifyExport(text(exportLines));
  if (!verdict.ok) return verdict;
  return verifyAnchored(verdict.digests ?? [], anchorText);
}

describe('the tree over heads', () => {
  it('has the roots that RFC 6962 defines', () => {
    const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
    const leaf = (l: string): Buffer => sha(Buffer.of(0), Buffer.from(l));
    const node = (a: Buffer, b: Buffer): Buffer => sha(Buffer.of(1), a, b);
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(merkleRoot([''])).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    const [a, b, c] = [leaf('a'), leaf('b'), leaf('c')] as [Buffer, Buffer, Buffer];
    expect(merkleRoot(['a', 'b', 'c'])).toBe(node(node(a, b), c).toString('hex'));
  });

  it('proves every leaf, and no other text, place, size or root', () => {
    const leaves = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(leaves, fc.nat(), fc.string(), (all, n, other) => {
        const index = n % all.length;
        const leaf = all[index] as string;
        const root = merkleRoot(all);
        const proof = inclusionProof(all, index);
        expect(isIncluded(leaf, index, all.length, proof, root)).toBe(true);
        if (other !== leaf) expect(isIncluded(other, index, all.length, proof, root)).toBe(false);
        if (all.length > 1) expect(isIncluded(leaf, (index + 1) % all.length, all.length, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, all.length, [...proof, root], root)).toBe(false);
        expect(isIncluded(leaf, index, all.length, proof, merkleRoot([...all, 'more']))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('proves one chain to somebody who knows only the anchored hash and the header', () => {
    const digest = real.digests[0] as Digest;
    const { heads: _others, hash, ...header } = digest;
    const proof = proveHead(digest, 'request:1');
    expect(proof && isProven(header, hash, proof)).toBe(true);
    expect(proof && isProven(header, hash, { ...proof, head: { ...proof.head, seq: 9 } })).toBe(false);
    expect(proof && isProven({ ...header, size: 9 }, hash, proof)).toBe(false);
    expect(proveHead(digest, 'request:9')).toBeUndefined();
  });
});

it('splits heads into groups that fit, losing and doubling none', () => {
  const head = fc.record({ seq: fc.nat(), hash: fc.stringMatching(/^[0-9a-f]{64}$/) }, { noNullPrototype: true });
  const all = fc.dictionary(fc.stringMatching(/^[a-z:]{1,40}$/), head, { maxKeys: 60, noNullPrototype: true });
  fc.assert(
    fc.property(all, fc.integer({ min: 200, max: 2000 }), (heads: Heads, bytes) => {
      const groups = splitHeads(heads, bytes);
      expect(groups.length).toBeGreaterThan(0);
      expect(groups.flatMap((group) => Object.keys(group))).toEqual(Object.keys(heads).sort());
      expect(Object.assign({}, ...groups)).toEqual(heads);
      for (const group of groups) expect(canonicalJson(group as unknown as Json).length).toBeLessThanOrEqual(bytes + 2);
    }),
    { numRuns: 100 },
  );
});

it('is due at the full hour after the newest one', () => {
  expect(nextDigestAt(nine)).toBe('2026-11-23T10:00:00.000Z');
  expect(nextDigestAt('2026-11-23T09:59:59.999Z')).toBe('2026-11-23T10:00:00.000Z');
});

describe('an export with digests', () => {
  it('is accepted, and says what the digests cover', () => {
    expect(verifyExport(text(lines))).toMatchObject({ ok: true, entries: 7, chains: 3 });
    expect(withAnchorAnswer(lines)).toEqual({ ok: true, anchored: 4, newest: 4, beyond: 0 });
  });

  it('is found out by any single change of it', () => {
    const how = fc.constantFrom('delete', 'double', 'swap', 'alter', 'truncate', 'insert');
    const line = fc.integer({ min: 0, max: lines.length - 1 });
    fc.assert(
      fc.property(how, line, line, fc.nat(), (kind, a, b, where) => {
        const changed = [...lines];
        if (kind === 'delete') changed.splice(a, 1);
        if (kind === 'double') changed.splice(a, 0, lines[a] as string);
        if (kind === 'swap') [changed[a], changed[b]] = [lines[b] as string, lines[a] as string];
        if (kind === 'truncate') changed.length = a;
        if (kind === 'insert') changed.splice(a, 0, '{"accountId":"gus","person":"p-2"}');
        if (kind === 'alter') {
          const old = lines[a] as string;
          const at = where % old.length;
          changed[a] = old.slice(0, at) + (old[at] === '1' ? '2' : '1') + old.slice(at + 1);
        }
        if (text(changed) === text(lines)) return;
        expect(verifyExport(text(changed)).ok).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  it('whose newest entries were cut off and whose trailer was made anew is found by its digests', () => {
    const cut = real.entries.filter((entry) => !entry.facts.some(({ fact }) => fact === 'g'));
    expect(verifyExport(text(exported(cut, real.digests)))).toMatchObject({
      ok: false,
      line: cut.length + 4,
      problem: 'digest 4 covers entry 2 of chain request:1, which is missing from the export',
    });
  });

  it('whose entries were rewritten under the old digests is found by its digests', () => {
    const rewritten = history([hour('a', 'b', 'c', 'X'), ...hours.slice(1)]);
    expect(verifyExport(text(exported(rewritten.entries, real.digests)))).toMatchObject({
      ok: false,
      problem: expect.stringContaining('digest 1 covers entry 2 of chain request:0') as string,
    });
  });

  it.each<[string, (digests: readonly Digest[]) => Digest[], string]>([
    ['taken out', (all) => all.filter(({ seq }) => seq !== 2), 'digest 2 expected, 3 found'],
    ['doubled', (all) => all.flatMap((d) => (d.seq === 2 ? [d, d] : [d])), 'digest 3 expected, 2 found'],
    ['out of order', (all) => [...all].reverse(), 'digest 1 expected, 4 found'],
    ['changed', (all) => all.map((d) => (d.seq === 3 ? { ...d, at: nine } : d)), 'digest 3 was changed'],
    ['emptied', (all) => all.map((d) => (d.seq === 2 ? { ...d, heads: {} } : d)), 'digest 2: its heads were changed'],
    [
      'of another line',
      (all) => all.map((d) => (d.seq === 2 ? sealDigest({ ...d, previous: digestStart('audit') }) : d)),
      'digest 2 does not follow the one before',
    ],
  ])('is found out by a digest %s, whatever its trailer says', (_how, change, problem) => {
    expect(verifyExport(text(exported(real.entries, change(real.digests))))).toMatchObject({ ok: false, problem });
  });

  it('is refused when a head was left uncovered for more than two hours', () => {
    const { heads: _left, ...first } = real.digests[0] as Digest;
    const digests: Digest[] = [sealDigest({ ...first, heads: {} })];
    for (const { seq, at, from, to } of real.digests.slice(1))
      digests.push(sealDigest({ series: 'audit', seq, at, from, to, previous: digests.at(-1)?.hash ?? '', heads: {} }));
    const answer = (count: number) => verifyExport(text(exported(real.entries, digests.slice(0, count))));
    expect(answer(2).ok).toBe(true);
    expect(answer(3)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('no digest up to 3 covers') as string,
    });
  });

  it.each(['null', '[]', '{}', '{"heads":[]}', '{"heads":{"x":null},"v":1}'])(
    'is refused, without failing, when a digest is %s',
    (value) => expect(verifyExport(`{"digest":${value}}\n`)).toMatchObject({ ok: false, line: 1 }),
  );

  it('stays valid when it is of before there were digests', () => {
    expect(verifyExport(text(exported(real.entries, [])))).toEqual({ ok: true, entries: 7, chains: 3 });
  });
});

describe('with the anchor', () => {
  it('any shorter history is a rollback, however well it is made', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: hours.length - 1 }), (kept) => {
        const earlier = history(hours.slice(0, kept));
        const made = exported(earlier.entries, earlier.digests);
        expect(verifyExport(text(made)).ok).toBe(true);
        expect(withAnchorAnswer(made)).toMatchObject({
          ok: false,
          where: 'export',
          problem: expect.stringContaining(`digest ${kept + 1} was anchored`) as string,
        });
      }),
    );
  });

  it('a history that was recomputed as a whole is found at the first digest that differs', () => {
    const change = fc.record({ hour: fc.constantFrom(0, 1, 3), fact: fc.stringMatching(/^[A-Z]{2,9}$/) });
    fc.assert(
      fc.property(change, ({ hour: changed, fact }) => {
        const forged = history(hours.map((one, i) => (i === changed ? [{ chain: 'request:0', fact }, ...one] : one)));
        const made = exported(forged.entries, forged.digests);
        expect(verifyExport(text(made)).ok).toBe(true);
        expect(withAnchorAnswer(made)).toMatchObject({
          ok: false,
          where: 'export',
          line: forged.entries.length + changed + 1,
          problem: expect.stringContaining(`digest ${changed + 1} is not the one that was anchored`) as string,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('a fork shows on the anchor itself', () => {
    const other = history([...hours.slice(0, 3), hour('other')]);
    const both = `${anchor}\n${anchorLine(other.digests[3] as Digest)}`;
    expect(withAnchorAnswer(lines, both)).toMatchObject({ ok: false, where: 'anchor', line: 5 });
  });

  it('reads what people copy: other text, other order, several times, and the lines of an address', () => {
    const [a, b, c, d] = real.digests as [Digest, Digest, Digest, Digest];
    const copied = `Proofgate added a comment - 5 minutes ago\r\n${anchorLine(d)}\r\n\n  ${anchorLine(b)} Edited\n${anchorLine(d)}\n`;
    expect(withAnchorAnswer(lines, copied)).toMatchObject({ ok: true, anchored: 2, newest: 4 });
    const received = `${anchorMessage(a)}\n${anchorMessage(c)}\n{"kind":"other"}\n`;
    expect(withAnchorAnswer(lines, received)).toMatchObject({ ok: true, anchored: 2, newest: 3, beyond: 1 });
  });

  it('a damaged digest in the anchor is no digest to pass over', () => {
    expect(readAnchors('nothing here')).toEqual({ ok: false, problem: 'holds no digest' });
    const whole = anchorLine(real.digests[3] as Digest);
    for (const damaged of [
      whole.slice(0, -3),
      whole.slice(0, 50),
      whole.replace(' 4 ', ' 4x '),
      '{"kind":"proofgate-digest"',
    ])
      expect(readAnchors(`${anchorLine(real.digests[0] as Digest)}\n${damaged}`)).toMatchObject({ ok: false, line: 2 });
  });
});

describe('the state of a series', () => {
  const [one, two, three] = real.digests as [Digest, Digest, Digest];

  it('lets nothing wait while there is no anchor, and begins with the next digest once there is', () => {
    const without = withDigest(undefined, one, false);
    expect(without.waitingFrom).toBeUndefined();
    expect(withDigest(without, two, true).waitingFrom).toBe(2);
  });

  it('keeps the oldest waiting digest first until it is anchored, whatever is added', () => {
    const waiting = withDigest(withDigest(undefined, one, true), two, true);
    expect(waiting.waitingFrom).toBe(1);
    const first = withAnchored(waiting, one, one.at, 'issue GOV-1');
    expect(first).toMatchObject({ waitingFrom: 2, anchored: { seq: 1, where: 'issue GOV-1' }, attempts: 0 });
    expect(withAnchored(first, two, two.at, 'issue GOV-1').waitingFrom).toBeUndefined();
  });

  it('tries again after growing pauses of at most an hour, or when the other side said', () => {
    let state = withDigest(undefined, one, true);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      state = withFailure(withLease(state, later(nine, 360_000)), nine, 'no');
      pauses.push((Date.parse(state.tryAt ?? '') - Date.parse(nine)) / 60_000);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(withFailure(withLease(state, nine), nine, 'no', 7200).tryAt).toBe(later(nine, 7_200_000));
    expect(nextTurn(withFailure(state, one.at, 'no'), one.at)).toBe(nextDigestAt(one.at));
  });

  it('counts its revisions one by one', () => {
    const first = withDigest(undefined, one, true);
    const leased = withLease(withDigest(first, two, true), nine);
    expect([first.rev, leased.rev, withDigest(leased, three, true).rev]).toEqual([1, 3, 4]);
  });
});
