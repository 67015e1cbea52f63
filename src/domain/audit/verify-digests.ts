import type { AuditEntry } from './entry';
import { later } from '../instant';
import { readAnchors } from './anchor';
import { digestHash, digestStart, headsRoot, type Digest } from './digest';

/** A digest with the line of the export it stands on. */
export interface ExportedDigest extends Digest {
  readonly line: number;
}

/** Invariant A2: every head is covered by a digest within this time. */
const coveredWithinMs = 2 * 3_600_000;

/** What is wrong with a digest in itself and as the one that follows `before`; undefined when nothing is. */
export function digestProblem(value: unknown, before: Digest | undefined): string | undefined {
  if (!isDigest(value)) return 'is no digest';
  const expected = (before?.seq ?? 0) + 1;
  if (value.seq !== expected) return `digest ${expected} expected, ${value.seq} found`;
  if (before && value.series !== before.series) return `digest ${value.seq} is of another series`;
  if (value.previous !== (before?.hash ?? digestStart(value.series)))
    return `digest ${value.seq} does not follow the one before`;
  if (before && value.from !== before.to) return `digest ${value.seq} leaves a gap after the one before`;
  if (value.size !== Object.keys(value.heads).length || value.root !== headsRoot(value.heads))
    return `digest ${value.seq}: its heads were changed`;
  return digestHash(value) === value.hash ? undefined : `digest ${value.seq} was changed`;
}

/**
 * Holds digests against the chains of the same export: every head of every digest is an entry of its chain, and entries
 * older than two hours before what the newest digest covers are covered (invariant A2).
 */
export function verifyDigests(
  digests: readonly ExportedDigest[],
  chains: ReadonlyMap<string, readonly AuditEntry[]>,
): { readonly line: number; readonly problem: string } | undefined {
  const covered = new Map<string, number>();
  for (const digest of digests) {
    for (const [chain, head] of Object.entries(digest.heads)) {
      const entry = chains.get(chain)?.[head.seq - 1];
      const what = `digest ${digest.seq} covers entry ${head.seq} of chain ${chain}`;
      if (!entry) return { line: digest.line, problem: `${what}, which is missing from the export` };
      if (entry.hash !== head.hash)
        return { line: digest.line, problem: `${what}, which is another one in the export` };
      covered.set(chain, Math.max(covered.get(chain) ?? 0, head.seq));
    }
  }
  const newest = digests.at(-1);
  if (!newest) return undefined;
  const mustBeCovered = later(newest.to, -coveredWithinMs);
  for (const [chain, entries] of chains) {
    const late = entries.slice(covered.get(chain) ?? 0).find((entry) => entry.at < mustBeCovered);
    if (late) {
      const problem = `no digest up to ${newest.seq} covers entry ${late.seq} of chain ${chain}, written at ${late.at}`;
      return { line: newest.line, problem };
    }
  }
  return undefined;
}

export type AnchorVerdict =
  | {
      readonly ok: true;
      /** How many anchored digests were found in the export. */
      readonly anchored: number;
      readonly newest: number;
      /** How many digests of the export are newer than the newest anchored one. */
      readonly beyond: number;
    }
  | { readonly ok: false; readonly where: 'export' | 'anchor'; readonly line?: number; readonly problem: string };

/**
 * Holds the digests of a verified export against what was copied from the anchor. Finds a storage that was set back, cut
 * short or recomputed as a whole, and an anchor that tells two stories.
 */
export function verifyAnchored(digests: readonly ExportedDigest[], anchorText: string): AnchorVerdict {
  const reading = readAnchors(anchorText);
  if (!reading.ok) return { where: 'anchor', ...reading };
  const known = new Map<number, { hash: string; at: string; line: number }>();
  for (const anchor of reading.anchored) {
    const before = known.get(anchor.seq);
    if (before && (before.hash !== anchor.hash || before.at !== anchor.at)) {
      const problem = `digest ${anchor.seq} is another one here than on line ${before.line}: there are two histories`;
      return { ok: false, where: 'anchor', line: anchor.line, problem };
    }
    known.set(anchor.seq, before ?? anchor);
  }
  const inOrder = [...known].sort(([a], [b]) => a - b);
  for (const [seq, anchor] of inOrder) {
    const digest = digests[seq - 1];
    if (!digest) {
      const end = digests.length === 0 ? 'holds no digest' : `ends with digest ${digests.length}`;
      const problem = `digest ${seq} was anchored at ${anchor.at}, but the export ${end}: it is older than the anchor, or its newest part was taken away`;
      return { ok: false, where: 'export', problem };
    }
    if (digest.hash !== anchor.hash || digest.at !== anchor.at) {
      const problem = `digest ${seq} is not the one that was anchored: history was rewritten up to here or before`;
      return { ok: false, where: 'export', line: digest.line, problem };
    }
  }
  const newest = inOrder.at(-1)?.[0] ?? 0;
  return { ok: true, anchored: known.size, newest, beyond: digests.length - newest };
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const hashForm = /^[0-9a-f]{64}$/;

/** An export is anybody's text: nothing about its form is taken for granted. */
function isDigest(value: unknown): value is Digest {
  if (!isRecord(value) || !isRecord(value.heads)) return false;
  const { v, series, seq, at, from, to, previous, size, root, heads, hash } = value;
  return (
    Object.keys(value).length === 11 &&
    v === 1 &&
    typeof series === 'string' &&
    isCount(seq) &&
    isCount(size) &&
    [at, from, to].every(
      (text) => typeof text === 'string' && instantForm.test(text) && !Number.isNaN(Date.parse(text)),
    ) &&
    [previous, root, hash].every((text) => typeof text === 'string' && hashForm.test(text)) &&
    Object.values(heads).every(isHead)
  );
}

function isHead(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.keys(value).length === 2 &&
    isCount(value.seq) &&
    typeof value.hash === 'string' &&
    hashForm.test(value.hash)
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
