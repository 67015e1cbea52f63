import { standardLadder } from '../../src/domain/escalation/ladder';
import type { Stage } from '../../src/domain/approval/stage';
import { evaluatePolicy } from '../../src/domain/policy/evaluate';
import type { AccessRequest, Item, ReadingSummary } from '../../src/domain/request/access-request';
import { itemContentHash, requestContentHash } from '../../src/domain/request/content';
import { commitOf } from '../../src/domain/request/lifecycle/commit';
import type { Context, Outcome } from '../../src/domain/request/lifecycle/outcome';
import { register, type Content } from '../../src/domain/request/lifecycle/register';

export const t0 = '2026-11-23T09:00:00.000Z';

export const contextAt = (now: string, actor: Context['actor'] = { kind: 'app' }): Context => ({
  now,
  actor,
  ref: (id) => `ref-${id}`,
});

export function anItem(over: Partial<Item> = {}): Item {
  const open: Item = {
    id: '1',
    changeKind: 'grant',
    identity: {
      kind: 'person',
      id: 'dir-rita',
      name: 'Rita Rees',
      login: 'rita@acme.test',
      active: true,
      accountId: 'rita',
      attributes: { department: 'finance' },
    },
    account: { id: 'dir-rita', login: 'rita@acme.test' },
    connector: { id: 'scim-directory', name: 'SCIM directory', origin: 'https://scim.acme.test' },
    entitlement: {
      catalogueId: 'c1',
      entitlementId: 'g-approvers',
      name: 'Finance Approvers',
      replaces: [],
      instructions: { grant: '', revoke: '' },
    },
    risk: 'sensitive',
    period: { end: '2027-01-31T00:00:00.000Z' },
    contentHash: '',
    baseline: { kind: 'absent', at: t0 },
    readings: [],
    outcome: 'open',
    ...over,
  };
  return { ...open, contentHash: itemContentHash(open) };
}

export const managerStage: Stage = { id: 'manager', name: 'Manager', order: 1, quorum: 1, approvers: ['mark'] };

export function aContent(over: Partial<Content> = {}): Content {
  return {
    issueId: '10001',
    key: 'ACC-1',
    projectId: '10000',
    requesterId: 'rita',
    raiserId: 'rita',
    submittedAt: t0,
    justification: 'Quarter close',
    fieldsHash: 'fields-1',
    fields: {
      target: 'f1',
      entitlement: 'f2',
      beneficiary: 'f3',
      serviceAccount: 'f4',
      start: 'f5',
      end: 'f6',
      justification: 'f7',
      approvers: 'f8',
    },
    legacy: false,
    names: { mark: 'Mark Moss' },
    items: [anItem()],
    stages: [managerStage],
    policy: {
      version: 1,
      rules: ['sensitive'],
      reasons: ['Sensitive access'],
      evidenceMaxAge: 'PT15M',
      grace: 'PT15M',
      approvalExpiresAfter: 'P30D',
      mode: 'enforce',
      clocks: {
        approval: { within: 'PT8H' },
        fulfilment: { within: 'P1D' },
        removal: { within: 'P1D' },
        compromise: { within: 'PT1H' },
        review: { within: 'P1D' },
      },
      ladder: standardLadder,
      ends: { revocationLead: 'PT4H', warnBefore: 'P3D', checkEvery: 'P1D' },
      extensionsAtMost: 2,
      exceptions: { atMost: 'P30D', renewalsAtMost: 1 },
      emergency: { atMost: 'PT4H', registerWithin: 'P1D' },
    },
    problems: [],
    ...over,
  };
}

/** Applies an outcome as storage would: the next revision of the request. */
export function applied(result: Outcome | undefined, now: string): AccessRequest {
  if (!result) throw new Error('the command changed nothing');
  return commitOf(result, contextAt(now)).request;
}

export function aRequest(over: Partial<Content> = {}, now = t0): AccessRequest {
  return applied(register(undefined, aContent(over), contextAt(now)), now);
}

export function aReading(
  request: AccessRequest,
  verdict: ReadingSummary['verdict'],
  at: string,
  over: Partial<ReadingSummary> = {},
): { itemId: string; reading: ReadingSummary } {
  const item = request.items[0] as Item;
  const held =
    verdict === 'unreadable'
      ? undefined
      : item.changeKind === 'revoke'
        ? verdict !== 'confirmed'
        : verdict === 'confirmed';
  return {
    itemId: item.id,
    reading: {
      id: `r-${at}`,
      at,
      verdict,
      reason: verdict === 'confirmed' ? 'held' : verdict === 'unreadable' ? 'timeout' : 'not-held',
      expected: 'member',
      observed: 'something',
      rawHash: 'raw',
      ...(held === undefined ? {} : { held }),
      epoch: request.epoch,
      contentHash: item.contentHash,
      accountId: 'dir-rita',
      ...over,
    },
  };
}

export { evaluatePolicy, requestContentHash };
