import { canonicalHash, canonicalJson, sha256, type Json } from '../canonical';
import { chainStart, entryHash, type AuditEntry } from './entry';

/** What an export ends with: how many lines stand before it, the heads of all chains, and a hash over those lines. */
export interface ExportTrailer {
  readonly trailer: 'proofgate-export-1';
  readonly lines: number;
  readonly chains: Readonly<Record<string, { readonly seq: number; readonly hash: string }>>;
  readonly sha256: string;
}

export type ExportVerdict =
  | { readonly ok: true; readonly entries: number; readonly chains: number }
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

/**
 * Checks an audit export without anything else at hand: every line parses, every chain runs from its start without gap,
 * every hash fits, and the trailer counts and covers all of it. Names the first bad line (1-based).
 */
export function verifyExport(text: string): ExportVerdict {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const heads = new Map<string, { seq: number; hash: string }>();
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
      return checkTrailer(value as unknown as ExportTrailer, index, heads, running, entries, bad);
    }
    if (!('person' in value)) {
      const problem = entryProblem(value as unknown as AuditEntry, heads);
      if (problem) return bad(problem);
      entries++;
    }
    running = foldLine(running, line);
  }
  return { ok: false, line: lines.length + 1, problem: 'the trailer is missing: the export was cut off' };
}

function checkTrailer(
  trailer: ExportTrailer,
  lines: number,
  heads: ReadonlyMap<string, { seq: number; hash: string }>,
  running: string,
  entries: number,
  bad: (problem: string) => ExportVerdict,
): ExportVerdict {
  if (trailer.trailer !== 'proofgate-export-1') return bad('unknown kind of trailer');
  if (!isRecord(trailer.chains)) return bad('the trailer names no chains');
  if (trailer.lines !== lines) return bad(`the trailer counts ${trailer.lines} lines, there are ${lines}`);
  if (canonicalHash(trailer.chains as unknown as Json) !== canonicalHash(Object.fromEntries(heads)))
    return bad('the heads of the chains differ');
  if (trailer.sha256 !== running) return bad('the hash over all lines differs');
  return { ok: true, entries, chains: heads.size };
}

function entryProblem(entry: AuditEntry, heads: Map<string, { seq: number; hash: string }>): string | undefined {
  if (typeof entry.chain !== 'string' || typeof entry.seq !== 'number') return 'is no audit entry';
  const head = heads.get(entry.chain);
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
  heads.set(entry.chain, { seq: entry.seq, hash: entry.hash });
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
