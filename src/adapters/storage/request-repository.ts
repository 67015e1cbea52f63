import { Filter, FilterConditions, kvs, WhereConditions } from '@forge/kvs';
import { gateRowOf, type GateRow } from '../../domain/gate/gate-row';
import type { AccessRequest } from '../../domain/request/access-request';
import type { Commit } from '../../domain/request/lifecycle/commit';
import { Unavailable, type Requests } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, guarded, queryRows, transacted, type Row } from './entities';
import { auditKey, caseKey, dueKey, gateKey, outboxKey, readingKey, requestKey } from './keys';
import { outboxRow } from './outbox-repository';

interface Data<T> extends Row {
  readonly data: T;
}

/** One partition now; the attribute is there so that the index can be split without a new one. */
const shard = '0';
/** Requests that gave up stand apart, so that they never stand in front of others. */
const stuckShard = '0:stuck';
/** How many keys one batch may name (developer.atlassian.com/platform/forge/limits-kvs-ce). */
const batch = 25;

type StoredDue = Row & {
  readonly at: string;
  readonly kind: string;
  readonly aggregate: string;
  readonly data?: { readonly attempts?: number; readonly problem?: string; readonly since?: string };
};

/** Access requests over @forge/kvs: every change is one transaction of at most 25 operations. */
export function createRequestRepository(): Requests {
  return {
    async get(issueId) {
      return (await getRow<Data<AccessRequest>>('request', requestKey(issueId)))?.data;
    },
    async getMany(issueIds) {
      const found = new Map<string, AccessRequest>();
      for (let first = 0; first < issueIds.length; first += batch) {
        const keys = issueIds
          .slice(first, first + batch)
          .map((issueId) => ({ key: requestKey(issueId), entityName: 'request' }));
        const answer = await guarded(() => kvs.batchGet<Data<AccessRequest>>(keys));
        // A key that failed is not a record that is missing.
        if (answer.failedKeys.some(({ error }) => error.code !== 'KEY_NOT_FOUND')) throw new Unavailable('storage');
        for (const { value } of answer.successfulKeys) if (value) found.set(value.data.issueId, value.data);
      }
      return found;
    },
    async gate(issueId) {
      return (await getRow<Data<GateRow>>('gate', gateKey(issueId)))?.data;
    },
    async commit(commit) {
      return transacted(() => write(commit));
    },
    async due(now, limit) {
      const { rows } = await queryRows<StoredDue>('due', 'by-due', [shard], {
        limit,
        where: WhereConditions.lessThanEqualTo(now),
      });
      return rows.map(({ value }) => ({
        issueId: value.aggregate,
        at: value.at,
        attempts: value.data?.attempts ?? 0,
        ...(value.kind === 'leavers' ? { what: 'leavers' as const } : {}),
      }));
    },
    async postpone(due, at, problem, stuck) {
      const row: Row = {
        v: 1,
        shard: stuck ? stuckShard : shard,
        at,
        kind: 'request',
        aggregate: due.issueId,
        data: { attempts: due.attempts, problem, since: at },
      };
      // Whoever changed the request meanwhile has written a due row of its own: that one counts.
      const conditions = new Filter<Row>().and('at', FilterConditions.equalTo(due.at));
      await transacted(() =>
        kvs.transact().set<Row>(dueKey(due.issueId), row, { entityName: 'due', conditions }).execute(),
      );
    },
    async realign(due, at) {
      const key = dueKey(due.issueId);
      const conditions = new Filter<Row>().and('at', FilterConditions.equalTo(due.at));
      await transacted(() => {
        const transaction = kvs.transact();
        if (at === undefined) return transaction.delete(key, { entityName: 'due', conditions }).execute();
        const row: Row = { v: 1, shard, at, kind: 'request', aggregate: due.issueId };
        return transaction.set<Row>(key, row, { entityName: 'due', conditions }).execute();
      });
    },
    async about(identityId, limit) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await queryRows<Data<AccessRequest>>('request', 'by-identity', [identityId], {
          limit: Math.min(100, limit - ids.length),
          sort: 'DESC',
          ...(cursor ? { cursor } : {}),
        });
        ids.push(...page.rows.map(({ value }) => value.data.issueId));
        cursor = page.cursor;
      } while (cursor !== undefined && ids.length < limit);
      return ids;
    },
    async stuck(limit) {
      const { rows } = await queryRows<StoredDue>('due', 'by-due', [stuckShard], { limit });
      return rows.map(({ value }) => ({
        issueId: value.aggregate,
        since: value.data?.since ?? value.at,
        problem: value.data?.problem ?? '',
      }));
    },
    async unstick(issueId, now) {
      const row: Row = { v: 1, shard, at: now, kind: 'request', aggregate: issueId };
      await guarded(() => kvs.entity<Row>('due').set(dueKey(issueId), row));
    },
  };
}

async function write(commit: Commit): Promise<void> {
  const { request } = commit;
  const { issueId } = request;
  const gate = gateRowOf(request);
  const transaction = kvs.transact();
  transaction.set(requestKey(issueId), requestRow(request), {
    entityName: 'request',
    conditions: expectRev(commit.expectedRev),
  });
  transaction.set(gateKey(issueId), { v: 1, rev: gate.rev, data: gate }, { entityName: 'gate' });
  for (const entry of commit.entries)
    transaction.set(auditKey(entry.chain, entry.seq), auditRow(entry), { entityName: 'audit' });
  if (commit.dueAt) {
    transaction.set(
      dueKey(issueId),
      { v: 1, shard, at: commit.dueAt, kind: 'request', aggregate: issueId },
      { entityName: 'due' },
    );
  } else {
    transaction.delete(dueKey(issueId), { entityName: 'due' });
  }
  if (commit.outbox)
    transaction.set(outboxKey(issueId, commit.outbox.rev), outboxRow(commit.outbox), { entityName: 'outbox' });
  for (const reading of commit.readings) {
    const connector = request.items[0]?.connector.id ?? 'none';
    transaction.set(
      readingKey(issueId, reading.id),
      { v: 1, aggregate: issueId, connector, at: reading.at, verdict: reading.verdict, data: reading },
      { entityName: 'reading' },
    );
  }
  for (const found of commit.discrepancies) {
    const row = { v: 1, rev: 1, lane: 'discrepancy:open', ref: issueId, at: found.at, data: found };
    transaction.set(caseKey(found.id), row, { entityName: 'case' });
  }
  if (request.exception) {
    const { exception } = request;
    const lane = exception.ended === undefined ? 'exception:open' : 'exception:ended';
    const data = { ...exception, issueId, key: request.key };
    transaction.set(
      caseKey(`exception:${issueId}`),
      {
        v: 1,
        rev: request.rev,
        lane,
        owner: exception.ownerId,
        ref: issueId,
        at: exception.grantedAt,
        due: exception.expiresAt,
        data,
      },
      { entityName: 'case' },
    );
  }
  await transaction.execute();
}

function requestRow(request: AccessRequest): Row & { rev: number } {
  const item = request.items[0];
  return {
    v: 1,
    rev: request.rev,
    state: request.state,
    project: request.projectId,
    ...(item ? { identity: item.identity.id, entitlement: item.entitlement.catalogueId } : {}),
    at: request.submittedAt,
    data: request,
  };
}
