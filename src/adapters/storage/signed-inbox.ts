import { kvs } from '@forge/kvs';
import { chainStart, sealEntry } from '../../domain/audit/entry';
import type { Connector, SecretFacts } from '../../domain/connector';
import { ownOrigin } from '../../domain/connector-kinds';
import type { Instant } from '../../domain/instant';
import type { SignedBox } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, getRows, transacted, type Row } from './entities';
import { auditKey, configKey, workKey } from './keys';

interface Chain {
  readonly seq: number;
  readonly head: string;
}
type Transaction = ReturnType<typeof kvs.transact>;
type StoredState<S> = Row & { readonly rev: number; readonly data: { readonly state: S; readonly chain: Chain } };
type StoredNonce = Row & { readonly rev: number; readonly data: { readonly expiresAt: Instant } };
type StoredConnector = Row & { readonly data: { readonly value: Connector } };

/** The secrets with which the other sides of connectors sign. */
export interface ReadingSecrets {
  read(connectorId: string, purpose: 'read', facts: SecretFacts): Promise<string | undefined>;
}

/** The row in which everything about one connector's messages stands, beside what they bring. */
export const boxKey = (kind: 'feed' | 'relay', connectorId: string): string => workKey(kind, connectorId);

/**
 * Where signed messages of one kind of connector arrive: one row of state for each connector, nonces, and the audit chain
 * `{kind}:{connector}`. `more` puts further rows into the same transaction.
 */
export function createSignedInbox<S, M = undefined>(parts: {
  readonly kind: 'feed' | 'relay';
  readonly empty: S;
  readonly secrets: ReadingSecrets;
  readonly more?: (transaction: Transaction, connectorId: string, more: M, now: Instant) => void;
}): SignedBox<S, M> & { state(row: Row | undefined): S } {
  const { kind, empty, secrets } = parts;
  const nonceKey = (connectorId: string, nonce: string): string => workKey('nonce', `${kind}:${connectorId}:${nonce}`);
  return {
    async secret(connectorId) {
      const connector = (await getRow<StoredConnector>('config', configKey('connector', connectorId)))?.data.value;
      const facts = connector?.kind === kind ? connector.secret : undefined;
      return facts?.origin === ownOrigin(kind, connectorId) ? secrets.read(connectorId, 'read', facts) : undefined;
    },
    state: (row) => (row as StoredState<S> | undefined)?.data.state ?? empty,
    async inbox(connectorId, nonce) {
      const keys = {
        config: configKey('connector', connectorId),
        nonce: nonceKey(connectorId, nonce),
        state: boxKey(kind, connectorId),
      };
      const found = await getRows([
        { key: keys.config, entityName: 'config' },
        { key: keys.nonce, entityName: 'work' },
        { key: keys.state, entityName: 'work' },
      ]);
      const config = found.get(keys.config) as StoredConnector | undefined;
      const seen = found.get(keys.nonce) as StoredNonce | undefined;
      const stored = found.get(keys.state) as StoredState<S> | undefined;
      return {
        connectorId,
        ...(config ? { connector: config.data.value } : {}),
        ...(seen ? { nonce: { rev: seen.rev, expiresAt: seen.data.expiresAt } } : {}),
        rev: stored?.rev ?? 0,
        state: stored?.data.state ?? empty,
        chain: stored?.data.chain ?? { seq: 0, head: '' },
      };
    },
    async save({ inbox, state, now, nonce, facts, more }) {
      const { connectorId } = inbox;
      const chain = `${kind}:${connectorId}`;
      const prev = inbox.chain.seq === 0 ? chainStart(chain) : inbox.chain.head;
      const entry =
        facts &&
        sealEntry({ chain, seq: inbox.chain.seq + 1, at: now, kind: `take-${kind}`, actor: 'app', facts, prev });
      const row: Row = {
        v: 1,
        rev: inbox.rev + 1,
        kind,
        at: now,
        data: { state, chain: entry ? { seq: entry.seq, head: entry.hash } : inbox.chain },
      };
      return transacted(() => {
        const transaction = kvs
          .transact()
          .set<Row>(boxKey(kind, connectorId), row, { entityName: 'work', conditions: expectRev(inbox.rev) });
        if (entry) transaction.set<Row>(auditKey(chain, entry.seq), auditRow(entry), { entityName: 'audit' });
        if (nonce)
          transaction.set<Row>(
            nonceKey(connectorId, nonce.value),
            {
              v: 1,
              rev: (inbox.nonce?.rev ?? 0) + 1,
              kind: 'nonce',
              at: nonce.expiresAt,
              data: { expiresAt: nonce.expiresAt },
            },
            { entityName: 'work', conditions: expectRev(inbox.nonce?.rev ?? 0) },
            // For the garbage collector only: what counts is `expiresAt`, compared whenever the row is read.
            { ttl: { value: 1, unit: 'DAYS' } },
          );
        if (more !== undefined) parts.more?.(transaction, connectorId, more, now);
        return transaction.execute();
      });
    },
  };
}
