import { canonicalHash, canonicalJson, sha256, type Json } from '../canonical';
import { chainStart, entryHash, type AuditEntry } from './entry';
import type { Digest } from './digest';
import { digestProblem, verifyDigests, type ExportedDigest } from './verify-digests';

/** What an export ends with: how many lines stand before it, the heads of all chains, and a hash over those lines. */
export interface ExportTrailer {
  readonly trailer: 'proofgate-export-1';
  readonly lines: number;
  readonly chains: Readonly<Record<string, { readonly seq: number; readonly hash: string }>>;
  readonly sha256: string;
}

export type ExportVerdict =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly chains: number;
      /** Oldest first; absent from exports that hold none. */
      readonly digests?: readonly ExportedDigest[];
    }
  | { readonly ok: false; readonly line: number; readonly problem: string };

/** Running hash over export lines: each line's hash folded into the one before, so that lines can be produced in pages. */
export function foldLine(running: string, line: string): string {
  return sha256(`${running}\n${line}`);
}

/** The value that the running hash starts from. */
export const exportStart = sha256('proofgate-export-1');

/** The trailer line for lines that were folded to `running`. */
export function trailerLine(lines: number, heads: ExportTrailer['chains'], running: string): string {
  return canonicalJson({ trailer: 'proofgate-export-1', lines, chains: heads as unknown as Json, sha256: running });
}

/** The export line of a digest. */
export function digestLine(digest: Digest): string {
  return canonicalJson({ digest: digest as unknown as Json });
}

/**
 * Checks an audit export without anything else at hand: every line parses, every chain runs from its start without gap,
 * every hash fits, the digests follow one another, lie on the chains and cover them, and the trailer counts and covers
 * all of it. Names the first bad line (1-based). Who can rewrite all of it is found with the anchor: `verifyAnchored`.
 */
export function verifyExport(text: string): ExportVerdict {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const chains = new Map<string, AuditEntry[]>();
  const digests: ExportedDigest[] = [];
  let running = exportStart;
  let entries = 0;
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const bad = (problem: string): ExportVerdict => ({ ok: false, line: number, problem });
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return bad('is not JSON');
    }
    if (!isRecord(value)) return bad('is not an object');
    if (line !== canonicalJson(value as Json)) return bad('is not in canonical form');
    if ('trailer' in value) {
      if (index !== lines.length - 1) return bad('a trailer stands before the end');
      const problem = trailerProblem(value as unknown as ExportTrailer, index, chains, running);
      if (problem) return bad(problem);
      const wrong = verifyDigests(digests, chains);
      if (wrong) return { ok: false, ...wrong };
      return { ok: true, entries, chains: chains.size, ...(digests.length > 0 ? { digests } : {}) };
    }
    if ('digest' in value) {
      const problem = Object.keys(value).length === 1 ? digestProblem(value.digest, digests.at(-1)) : 'is no digest';
      if (problem) return bad(problem);
      digests.push({ ...(value.digest as Digest), line: number });
    } else if (!('person' in value)) {
      const problem = entryProblem(value as unknown as AuditEntry, chains);
      if (problem) return bad(problem);
      entries++;
    }
    running = foldLine(running, line);
  }
  return { ok: false, line: lines.length + 1, problem: 'the trailer is missing: the export was cut off' };
}

function trailerProblem(
  trailer: ExportTrailer,
  lines: number,
  chains: ReadonlyMap<string, readonly AuditEntry[]>,
  running: string,
): string | undefined {
  if (trailer.trailer !== 'proofgate-export-1') return 'unknown kind of trailer';
  if (!isRecord(trailer.chains)) return 'the trailer names no chains';
  if (trailer.lines !== lines) return `the trailer counts ${trailer.lines} lines, there are ${lines}`;
  const heads = [...chains].map(([chain, entries]) => [chain, headOf(entries)] as const);
  if (canonicalHash(trailer.chains as unknown as Json) !== canonicalHash(Object.fromEntries(heads)))
    return 'the heads of the chains differ';
  return trailer.sha256 === running ? undefined : 'the hash over all lines differs';
}

function headOf(entries: readonly AuditEntry[]): { seq: number; hash: string } {
  const { seq, hash } = entries.at(-1) as AuditEntry;
  return { seq, hash };
}

function entryProblem(entry: AuditEntry, chains: Map<string, AuditEntry[]>): string | undefined {
  if (typeof entry.chain !== 'string' || typeof entry.seq !== 'number') return 'is no audit entry';
  const before = chains.get(entry.chain) ?? [];
  const head = before.at(-1);
  const expectedSeq = (head?.seq ?? 0) + 1;
  if (entry.seq !== expectedSeq) return `chain ${entry.chain}: entry ${expectedSeq} expected, ${entry.seq} found`;
  if (entry.prev !== (head?.hash ?? chainStart(entry.chain)))
    return `chain ${entry.chain}: entry ${entry.seq} does not follow the one before`;
  let hash: string;
  try {
    hash = entryHash(entry);
  } catch {
    return `chain ${entry.chain}: entry ${entry.seq} has no canonical form`;
  }
  if (hash !== entry.hash) return `chain ${entry.chain}: entry ${entry.seq} was changed`;
  if (Object.keys(entry).length !== 9)
    return `chain ${entry.chain}: entry ${entry.seq} has members that its hash does not cover`;
  before.push(entry);
  chains.set(entry.chain, before);
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
