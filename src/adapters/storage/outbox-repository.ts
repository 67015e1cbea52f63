import { Filter, FilterConditions, kvs, WhereConditions } from '@forge/kvs';
import type { OutboxRow } from '../../domain/request/lifecycle/commit';
import type { Outbox } from '../../usecases/ports';
import { getRow, guarded, queryRows, transacted, type Row } from './entities';
import { outboxKey } from './keys';

type StoredOutbox = Row & { readonly data: OutboxRow };

/** Rows that wait and rows that gave up are in different lanes, so a poison row never stands in front of others. */
const lane = (row: OutboxRow): string => (row.stuck ? '0:stuck' : '0:waiting');

/** The stored form of an outbox row. */
export function outboxRow(row: OutboxRow): Row {
  return { v: 1, lane: lane(row), at: row.at, aggregate: row.issueId, data: row };
}

/** Effects waiting to be made, over @forge/kvs. */
export function createOutboxRepository(): Outbox {
  return {
    async get(issueId, rev) {
      return (await getRow<StoredOutbox>('outbox', outboxKey(issueId, rev)))?.data;
    },
    async save(row) {
      await guarded(() => kvs.entity<Row>('outbox').set(outboxKey(row.issueId, row.rev), outboxRow(row)));
    },
    async claim(row, seenAt) {
      const conditions = new Filter<Row>().and('at', FilterConditions.equalTo(seenAt));
      return transacted(() =>
        kvs
          .transact()
          .set<Row>(outboxKey(row.issueId, row.rev), outboxRow(row), { entityName: 'outbox', conditions })
          .execute(),
      );
    },
    async remove(row) {
      await guarded(() => kvs.entity<Row>('outbox').delete(outboxKey(row.issueId, row.rev)));
    },
    async due(now, limit) {
      const { rows } = await queryRows<StoredOutbox>('outbox', 'by-lane', ['0:waiting'], {
        limit,
        where: WhereConditions.lessThanEqualTo(now),
      });
      return rows.map(({ value }) => ({ issueId: value.data.issueId, rev: value.data.rev }));
    },
    async stuck(limit) {
      const { rows } = await queryRows<StoredOutbox>('outbox', 'by-lane', ['0:stuck'], { limit });
      return rows.map(({ value: { data } }) => ({
        issueId: data.issueId,
        rev: data.rev,
        since: data.stuck?.since ?? data.at,
        problem: data.stuck?.problem ?? '',
      }));
    },
    async held(limit) {
      const { rows } = await queryRows<StoredOutbox>('outbox', 'by-lane', ['0:waiting'], { limit });
      return rows.flatMap(({ value }) => (value.data.held ? [value.data.held] : []));
    },
  };
}
