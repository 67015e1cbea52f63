import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import { chainStart, sealEntry } from '../../domain/audit/entry';
import type { LeaverKey } from '../../domain/leaver/leaver-key';
import { listDueAt, type LeaverList } from '../../domain/leaver/leaver-list';
import type { Instant } from '../../domain/instant';
import type { Leavers, LeaverSummary } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, getRows, guarded, queryRows, transacted, type Row } from './entities';
import { auditKey, configKey, leaversDueKey, leaversSecretKey, workKey } from './keys';

type StoredList = Row & { readonly rev: number; readonly data: LeaverList };
type StoredNonce = Row & { readonly rev: number; readonly data: { readonly expiresAt: Instant } };
/** What is known of a key: the head of its audit chain and its newest list. */
type StoredSender = Row & { readonly rev: number; readonly data: LeaverSummary & { readonly head: string } };

const listKey = (listId: string): string => workKey('leavers', listId);
const markKey = (hash: string): string => workKey('leaver', hash);
const senderKey = (keyId: string): string => workKey('leaver-sender', keyId);
const nonceKey = (keyId: string, nonce: string): string => workKey('nonce', `${keyId}:${nonce}`);

/** The due-index has one partition now. */
const shard = '0';
/** How many keys one batch may name (developer.atlassian.com/platform/forge/limits-kvs-ce). */
const batch = 25;

/** Lists of leavers, their keys' secrets, nonces and audit chains `leavers:{keyId}`, over @forge/kvs. */
export function createLeaverRepository(): Leavers {
  return {
    async setSecret(keyId, value) {
      await guarded(() => kvs.setSecret<string>(leaversSecretKey(keyId), value));
    },
    async clearSecret(keyId) {
      await guarded(async () => {
        try {
          await kvs.deleteSecret(leaversSecretKey(keyId));
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
      });
    },
    async secret(keyId) {
      return guarded(() => kvs.getSecret<string>(leaversSecretKey(keyId)));
    },
    async inbox(keyId, nonce) {
      const keys = {
        config: configKey('integration-key', keyId),
        nonce: nonceKey(keyId, nonce),
        sender: senderKey(keyId),
      };
      const found = await getRows([
        { key: keys.config, entityName: 'config' },
        { key: keys.nonce, entityName: 'work' },
        { key: keys.sender, entityName: 'work' },
      ]);
      const config = found.get(keys.config) as (Row & { readonly data: { readonly value: LeaverKey } }) | undefined;
      const seen = found.get(keys.nonce) as StoredNonce | undefined;
      const sender = found.get(keys.sender) as StoredSender | undefined;
      return {
        ...(config ? { key: config.data.value } : {}),
        ...(seen ? { nonce: { rev: seen.rev, expiresAt: seen.data.expiresAt } } : {}),
        chain: sender ? { seq: sender.rev, head: sender.data.head } : { seq: 0, head: '' },
      };
    },
    async list(listId) {
      const row = await getRow<StoredList>('work', listKey(listId));
      return row && { rev: row.rev, value: row.data };
    },
    async take({ inbox, nonce, list, summary, facts }) {
      const { keyId, at } = summary;
      const chain = `leavers:${keyId}`;
      const seq = inbox.chain.seq + 1;
      const prev = inbox.chain.seq === 0 ? chainStart(chain) : inbox.chain.head;
      const entry = sealEntry({ chain, seq, at, kind: 'take-leavers', actor: 'app', facts, prev });
      const nonceRow: Row = {
        v: 1,
        rev: (inbox.nonce?.rev ?? 0) + 1,
        kind: 'nonce',
        at: nonce.expiresAt,
        data: { expiresAt: nonce.expiresAt },
      };
      const senderRow: Row = { v: 1, rev: seq, kind: 'leaver-sender', at, data: { ...summary, head: entry.hash } };
      return transacted(() => {
        const transaction = kvs
          .transact()
          .set<Row>(
            nonceKey(keyId, nonce.value),
            nonceRow,
            { entityName: 'work', conditions: expectRev(inbox.nonce?.rev ?? 0) },
            // For the garbage collector only: what counts is `expiresAt`, compared whenever the row is read.
            { ttl: { value: 1, unit: 'DAYS' } },
          )
          .set<Row>(senderKey(keyId), senderRow, { entityName: 'work', conditions: expectRev(inbox.chain.seq) })
          .set<Row>(auditKey(chain, seq), auditRow(entry), { entityName: 'audit' });
        if (list) {
          transaction.set<Row>(listKey(list.id), listRow(list, 1), { entityName: 'work', conditions: expectRev(0) });
          transaction.set<Row>(leaversDueKey(list.id), dueRow(list, at), { entityName: 'due' });
        }
        return transaction.execute();
      });
    },
    async save(list, expectedRev, applied, now) {
      return transacted(() => {
        const transaction = kvs.transact();
        const conditions = expectRev(expectedRev);
        if (list.entries.length === 0) transaction.delete<Row>(listKey(list.id), { entityName: 'work', conditions });
        else transaction.set<Row>(listKey(list.id), listRow(list, expectedRev + 1), { entityName: 'work', conditions });
        if (listDueAt(list) === undefined) transaction.delete(leaversDueKey(list.id), { entityName: 'due' });
        else transaction.set<Row>(leaversDueKey(list.id), dueRow(list, now), { entityName: 'due' });
        for (const hash of applied)
          transaction.set<Row>(markKey(hash), { v: 1, rev: 1, kind: 'leaver', at: now }, { entityName: 'work' });
        return transaction.execute();
      });
    },
    async applied(hashes) {
      const found = new Set<string>();
      const keys = new Map(hashes.map((hash) => [markKey(hash), hash]));
      const all = [...keys.keys()];
      for (let first = 0; first < all.length; first += batch) {
        const wanted = all.slice(first, first + batch).map((key) => ({ key, entityName: 'work' as const }));
        for (const key of (await getRows(wanted)).keys()) found.add(keys.get(key) ?? '');
      }
      return found;
    },
    async waiting(limit) {
      const { rows } = await queryRows<StoredList>('work', 'by-kind', ['leavers'], { limit });
      return rows.map(({ value }) => value.data);
    },
    async newest(limit) {
      const { rows } = await queryRows<StoredSender>('work', 'by-kind', ['leaver-sender'], { limit, sort: 'DESC' });
      return rows.map(({ value: { data } }) => ({
        keyId: data.keyId,
        at: data.at,
        entries: data.entries,
        refused: data.refused,
      }));
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof ForgeKvsAPIError && error.code === 'KEY_NOT_FOUND';
}

function listRow(list: LeaverList, rev: number): Row {
  return { v: 1, rev, kind: 'leavers', at: list.receivedAt, data: list };
}

function dueRow(list: LeaverList, now: Instant): Row {
  return { v: 1, shard, at: listDueAt(list) ?? now, kind: 'leavers', aggregate: list.id };
}
