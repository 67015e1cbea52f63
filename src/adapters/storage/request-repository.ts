import { kvs, WhereConditions } from '@forge/kvs';
import { gateRowOf, type GateRow } from '../../domain/gate/gate-row';
import type { AccessRequest } from '../../domain/request/access-request';
import type { Commit } from '../../domain/request/lifecycle/commit';
import type { Requests } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, queryRows, transacted, type Row } from './entities';
import { auditKey, caseKey, dueKey, gateKey, outboxKey, readingKey, requestKey } from './keys';
import { outboxRow } from './outbox-repository';

interface Data<T> extends Row {
  readonly data: T;
}

/** One partition now; the attribute is there so that the index can be split without a new one. */
const shard = '0';

/** Access requests over @forge/kvs: every change is one transaction of at most 25 operations. */
export function createRequestRepository(): Requests {
  return {
    async get(issueId) {
      return (await getRow<Data<AccessRequest>>('request', requestKey(issueId)))?.data;
    },
    async gate(issueId) {
      return (await getRow<Data<GateRow>>('gate', gateKey(issueId)))?.data;
    },
    async commit(commit) {
      return transacted(() => write(commit));
    },
    async due(now, limit) {
      const { rows } = await queryRows<Row & { aggregate: string }>('due', 'by-due', [shard], {
        limit,
        where: WhereConditions.lessThanEqualTo(now),
      });
      return rows.map(({ value }) => value.aggregate);
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
