import type { Installation } from '../platform/installation';

/** Entities whose values a newer version of the app may have written with more in them. Audit entries are closed by a hash. */
const growing = ['request', 'gate', 'outbox'] as const;

/** Writes every row as a newer version would: with a member that this version does not know. */
export function upgradeRows(installation: Installation): void {
  for (const entity of growing) {
    for (const key of installation.rows.keys(entity)) {
      installation.rewrite(entity, key, (row) => ({
        ...row,
        data: { ...(row.data as object), ofANewerVersion: true },
      }));
    }
  }
}
