import { canonicalJson, type Json } from '../domain/canonical';
import { digestLine, exportStart, foldLine, trailerLine, type ExportTrailer } from '../domain/audit/verify-export';
import type { AuditEntry } from '../domain/audit/entry';
import type { Ports } from './ports';

/** Where a paged export stands; carried by the caller between pages. */
export interface ExportProgress {
  readonly cursor?: string;
  readonly lines: number;
  readonly running: string;
  readonly heads: ExportTrailer['chains'];
  /** The newest digest when the export began: what it covers was written before the chains are read. */
  readonly lastDigest: number;
  /** The digest to go on with, once all chains are read. */
  readonly nextDigest?: number;
}

const chainsPerPage = 20;
const digestsPerRead = 8;
/** Digests of large hours are large; an answer may hold 5 MB (developer.atlassian.com/platform/forge/limits-invocation). */
const digestBytesPerPage = 1_500_000;

/**
 * One page of the audit export: canonical JSON lines, chain by chain, then the digests over them; on the last page the
 * people behind the references and the trailer. `next` is absent on the last page.
 */
export async function exportAudit(
  ports: Pick<Ports, 'auditLog' | 'people' | 'digests'>,
  progress?: ExportProgress,
): Promise<{ lines: readonly string[]; next?: ExportProgress }> {
  const lastDigest = progress?.lastDigest ?? (await ports.digests.state())?.newest.seq ?? 0;
  const heads: Record<string, { seq: number; hash: string }> = { ...progress?.heads };
  const lines: string[] = [];
  const add = (entries: readonly AuditEntry[]): void => {
    for (const entry of entries) {
      lines.push(canonicalJson(entry as unknown as Json));
      heads[entry.chain] = { seq: entry.seq, hash: entry.hash };
    }
  };
  const pause = (rest: { cursor?: string; nextDigest?: number }): { lines: string[]; next: ExportProgress } => {
    const running = lines.reduce(foldLine, progress?.running ?? exportStart);
    return { lines, next: { lines: (progress?.lines ?? 0) + lines.length, running, heads, lastDigest, ...rest } };
  };

  if (progress?.nextDigest === undefined) {
    const { entries, cursor } = await ports.auditLog.page(progress?.cursor, chainsPerPage);
    add(entries);
    if (cursor !== undefined) return pause({ cursor });
  }
  let bytes = 0;
  for (let seq = progress?.nextDigest ?? 1; seq <= lastDigest; seq += digestsPerRead) {
    if (bytes > digestBytesPerPage) return pause({ nextDigest: seq });
    for (const digest of await ports.digests.range(seq, Math.min(lastDigest, seq + digestsPerRead - 1))) {
      // The list of chains comes from a query, which may be late; a digest knows better.
      for (const chain of Object.keys(digest.heads))
        if (heads[chain] === undefined) add(await ports.auditLog.chain(chain, Number.POSITIVE_INFINITY));
      const line = digestLine(digest);
      bytes += line.length;
      lines.push(line);
    }
  }
  for (const { ref, accountId } of await ports.people.mappings()) lines.push(canonicalJson({ person: ref, accountId }));
  const running = lines.reduce(foldLine, progress?.running ?? exportStart);
  return { lines: [...lines, trailerLine((progress?.lines ?? 0) + lines.length, heads, running)] };
}
