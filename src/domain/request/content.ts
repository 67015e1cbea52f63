import { canonicalHash } from '../canonical';
import { epochMs, requireDurationMs } from '../instant';
import type { AccessPeriod, AccessRequest, Item } from './access-request';

/** What an approval is given for: change kind, identity, target, entitlement, level, period. No names, no justification. */
export function itemContentHash(
  item: Pick<Item, 'changeKind' | 'identity' | 'connector' | 'entitlement' | 'period'>,
): string {
  return canonicalHash({ ...identityOfContent(item), period: { ...item.period } });
}

/** The content of a whole request: of its one item, or of all items in their order. */
export function requestContentHash(items: ReadonlyArray<Pick<Item, 'contentHash'>>): string {
  const [only, ...others] = items;
  return only && others.length === 0 ? only.contentHash : canonicalHash(items.map((item) => item.contentHash));
}

/**
 * How new content relates to the approved one. `shortened` keeps approvals: less was asked for than approved. Everything
 * else voids them.
 */
export function compareContent(
  before: AccessRequest['items'],
  after: AccessRequest['items'],
): 'same' | 'shortened' | 'changed' {
  if (before.length !== after.length) return 'changed';
  let shortened = false;
  for (const [index, old] of before.entries()) {
    const now = after[index] as Item;
    // Who answers for a service account or workload stands in no hash, and may not be among those who approved it.
    if (old.ownerAccountId !== now.ownerAccountId) return 'changed';
    if (old.contentHash === now.contentHash) continue;
    if (canonicalHash(identityOfContent(old)) !== canonicalHash(identityOfContent(now))) return 'changed';
    if (!endsEarlier(old.period, now.period)) return 'changed';
    shortened = true;
  }
  return shortened ? 'shortened' : 'same';
}

function identityOfContent(item: Pick<Item, 'changeKind' | 'identity' | 'connector' | 'entitlement'>) {
  return {
    changeKind: item.changeKind,
    identity: item.identity.id,
    connector: item.connector.id,
    origin: item.connector.origin,
    entitlement: item.entitlement.entitlementId,
    level: item.entitlement.level,
  };
}

function endsEarlier(before: AccessPeriod, after: AccessPeriod): boolean {
  if (before.start !== after.start) return false;
  if (after.duration !== undefined) {
    return (
      before.duration !== undefined &&
      before.end === after.end &&
      requireDurationMs(after.duration) < requireDurationMs(before.duration)
    );
  }
  if (after.end === undefined || before.duration !== undefined) return false;
  return before.end === undefined || epochMs(after.end) < epochMs(before.end);
}

/** How long access lasts, in milliseconds; undefined when it has no end. Counted from its start or from `from`. */
export function lastsMs(period: AccessPeriod, from: string): number | undefined {
  if (period.duration !== undefined) return requireDurationMs(period.duration);
  if (period.end === undefined) return undefined;
  return epochMs(period.end) - epochMs(period.start ?? from);
}
