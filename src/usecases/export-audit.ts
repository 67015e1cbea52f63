import { canonicalJson, type Json } from '../domain/canonical';
import { exportStart, foldLine, trailerLine, type ExportTrailer } from '../domain/audit/verify-export';
import type { Ports } from './ports';

/** Where a paged export stands; carried by the caller between pages. */
export interface ExportProgress {
  readonly cursor?: string;
  readonly lines: number;
  readonly running: string;
  readonly heads: ExportTrailer['chains'];
}

const chainsPerPage = 20;

/**
 * One page of the audit export: canonical JSON lines, chain by chain; on the last page the people behind the references
 * and the trailer. `next` is absent on the last page.
 */
export async function exportAudit(
  ports: Pick<Ports, 'auditLog' | 'people'>,
  progress?: ExportProgress,
): Promise<{ lines: readonly string[]; next?: ExportProgress }> {
  const { entries, cursor } = await ports.auditLog.page(progress?.cursor, chainsPerPage);
  const lines: string[] = entries.map((entry) => canonicalJson(entry as unknown as Json));
  const heads: Record<string, { seq: number; hash: string }> = { ...progress?.heads };
  for (const entry of entries) heads[entry.chain] = { seq: entry.seq, hash: entry.hash };
  if (cursor === undefined) {
    for (const { ref, accountId } of await ports.people.mappings())
      lines.push(canonicalJson({ person: ref, accountId }));
  }
  const running = lines.reduce(foldLine, progress?.running ?? exportStart);
  const count = (progress?.lines ?? 0) + lines.length;
  if (cursor === undefined) return { lines: [...lines, trailerLine(count, heads, running)] };
  return { lines, next: { cursor, lines: count, running, heads } };
}
