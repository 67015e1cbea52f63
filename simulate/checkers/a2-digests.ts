import { digestHash, headsRoot, type Digest } from '../../src/domain/audit/digest';
import type { AuditEntry } from '../../src/domain/audit/entry';
import { anchorKey } from '../company';
import type { Checker } from './checker';

const hour = 3_600_000;

/** A2: every entry older than two hours is covered by a digest, digests follow one another, and each is anchored once. */
export const digests: Checker = {
  name: 'A2',
  atEnd({ rows, desk }, { now }) {
    const all = rows
      .all('digest')
      .map((row) => (row.data as { digest?: Digest } | undefined)?.digest)
      .filter((digest): digest is Digest => digest !== undefined)
      .sort((a, b) => a.seq - b.seq);
    const covered = new Map<string, number>();
    for (const [index, digest] of all.entries()) {
      const before = all[index - 1];
      if (digest.seq !== index + 1) return `digest ${digest.seq} stands where ${index + 1} must stand`;
      if (before && digest.previous !== before.hash) return `digest ${digest.seq} does not follow the one before`;
      if (digestHash(digest) !== digest.hash || headsRoot(digest.heads) !== digest.root)
        return `digest ${digest.seq} does not have its own hash`;
      for (const [chain, head] of Object.entries(digest.heads))
        covered.set(chain, Math.max(head.seq, covered.get(chain) ?? 0));
    }
    for (const row of rows.all('audit')) {
      const entry = row.data as AuditEntry;
      if (Date.parse(entry.at) > now - 2 * hour || (covered.get(entry.chain) ?? 0) >= entry.seq) continue;
      return `entry ${entry.seq} of ${entry.chain} (${entry.at}) is in no digest`;
    }
    const anchored =
      desk.governance.find(({ key }) => key === anchorKey)?.comments.map(({ effectId }) => effectId) ?? [];
    if (new Set(anchored).size !== anchored.length) return 'a digest was anchored twice';
    return undefined;
  },
};
