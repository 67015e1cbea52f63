import type { AccessRequest, Item, ReadingSummary } from '../../domain/request/access-request';
import type { ItemReading } from '../../domain/request/lifecycle/read';
import type { Connector } from '../../domain/connector';
import { describeExpected, describeObserved } from '../../domain/verification/explain';
import { judge, type Expectation, type Observation, type ReadFailure } from '../../domain/verification/judge';
import { canonicalHash } from '../../domain/canonical';
import { later, requireDurationMs, type Instant } from '../../domain/instant';
import type { Budget, Ports, Target } from '../ports';
import { findAccount } from './find-account';

/**
 * Reads the target for every item of a request, or for one. Never throws for what a target or its configuration does: a
 * reading that is not possible is a reading with verdict `unreadable`.
 */
export async function readItems(
  ports: Pick<Ports, 'targets' | 'configuration' | 'ids' | 'clock'>,
  request: Pick<AccessRequest, 'items' | 'former' | 'epoch' | 'policy' | 'reopenedAt'>,
  budget: Budget,
  only?: string,
): Promise<readonly ItemReading[]> {
  const readings: ItemReading[] = [];
  for (const item of [...request.items, ...request.former]) {
    if (only !== undefined && item.id !== only) continue;
    const connector = (await ports.configuration.get('connector', item.connector.id))?.value;
    readings.push(await readItem(ports, item, request, connector, budget));
  }
  return readings;
}

async function readItem(
  ports: Pick<Ports, 'targets' | 'ids' | 'clock'>,
  item: Item,
  { epoch, policy, reopenedAt }: Pick<AccessRequest, 'epoch' | 'policy' | 'reopenedAt'>,
  connector: Connector | undefined,
  budget: Budget,
): Promise<ItemReading> {
  // Evidence belongs to the origin that was approved; a connector that points elsewhere now is another target.
  if (!connector || connector.origin !== item.connector.origin)
    return failedReading(ports, item, epoch, 'origin-changed');
  const target = ports.targets.open(connector, budget);
  const oldest = policy && later(ports.clock.now(), -requireDurationMs(policy.evidenceMaxAge));
  const notBefore = [oldest, reopenedAt]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  const account = await accountOf(target, connector, item);
  return 'failure' in account
    ? failedReading(ports, item, epoch, account.failure)
    : observeItem(ports, target, item, epoch, account, notBefore);
}

/** What an item asks of the target, for reading and for writing alike. */
export function expectationOf(item: Item, account: NonNullable<Item['account']>): Expectation {
  return {
    changeKind: item.changeKind,
    account,
    entitlement: { id: item.entitlement.entitlementId, name: item.entitlement.name },
    // Only a change of level says anything about the other levels.
    replaces: item.changeKind === 'modify' ? item.entitlement.replaces : [],
  };
}

/** One observation through a target that is open already, judged. What was told before `notBefore` says nothing. */
export async function observeItem(
  ports: Pick<Ports, 'ids' | 'clock'>,
  target: Target,
  item: Item,
  epoch: number,
  account: NonNullable<Item['account']>,
  notBefore?: Instant,
): Promise<ItemReading> {
  const expectation = { ...expectationOf(item, account), ...(notBefore === undefined ? {} : { notBefore }) };
  const seen = await target.observe(expectation);
  const judged = judge(expectation, seen);
  const reading: ReadingSummary = {
    id: ports.ids.next(),
    at: seen.at,
    verdict: judged.verdict,
    reason: judged.reason,
    expected: describeExpected(item),
    observed: describeObserved(item, seen, judged),
    rawHash: seen.rawHash,
    ...(judged.held === undefined ? {} : { held: judged.held }),
    epoch,
    contentHash: item.contentHash,
    accountId: account.id,
  };
  return { itemId: item.id, reading, ...(item.account ? {} : { account }) };
}

/** The account of an item: as it was when it was submitted or, where there was none, on one unique match. */
export async function accountOf(
  target: Target,
  connector: Pick<Connector, 'accountMatch'>,
  item: Item,
): Promise<NonNullable<Item['account']> | { readonly failure: ReadFailure }> {
  if (item.account) return item.account;
  const found = await findAccount(target, connector, item.identity);
  if (found.found === 'one') return found.value;
  // An outage says nothing about whether there is an account.
  return { failure: found.found === 'unreadable' ? found.failure : 'no-account' };
}

/** The reading that was not possible, and why. */
export function failedReading(
  ports: Pick<Ports, 'ids' | 'clock'>,
  item: Item,
  epoch: number,
  failure: ReadFailure,
): ItemReading {
  const at = ports.clock.now();
  const seen: Observation = {
    at,
    hold: 'unknown',
    through: [],
    replaced: {},
    account: 'unknown',
    failure,
    rawHash: canonicalHash({ failure }),
    calls: 0,
    bytes: 0,
  };
  const reading: ReadingSummary = {
    id: ports.ids.next(),
    at,
    verdict: 'unreadable',
    reason: failure,
    expected: describeExpected(item),
    observed: describeObserved(item, seen, { verdict: 'unreadable', reason: failure, held: undefined }),
    rawHash: seen.rawHash,
    epoch,
    contentHash: item.contentHash,
    ...(item.account ? { accountId: item.account.id } : {}),
  };
  return { itemId: item.id, reading };
}
