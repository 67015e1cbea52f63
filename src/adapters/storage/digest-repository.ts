import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { auditSeries, type Digest } from '../../domain/audit/digest';
import type { DigestState } from '../../domain/audit/digest-state';
import { Unavailable, type Digests, type StoredDigest } from '../../usecases/ports';
import { expectRev, getRow, guarded, transacted, type Row } from './entities';
import { digestKey, workKey } from './keys';

type DigestRow = Row & { readonly data: StoredDigest };

const stateKey = workKey('digest', auditSeries);
const keyOf = (seq: number): string => digestKey(auditSeries, seq);
/** Digests may be as large as a value can be, so a batch names few of them. */
const batch = 8;

/** The digests of the audit chains, over @forge/kvs. A row that points to the newest makes every look-up one by key. */
export function createDigestRepository(): Digests {
  return {
    async state() {
      return (await getRow<Row & { data: DigestState }>('work', stateKey))?.data;
    },
    async get(seq) {
      return (await getRow<DigestRow>('digest', keyOf(seq)))?.data;
    },
    async range(first, last) {
      const digests: Digest[] = [];
      for (let start = first; start <= last; start += batch) {
        const length = Math.min(batch, last - start + 1);
        const keys = Array.from({ length }, (_, i) => ({ key: keyOf(start + i), entityName: 'digest' }));
        const answer = await guarded(() => kvs.batchGet<DigestRow>(keys));
        const rows = new Map(answer.successfulKeys.map(({ key, value }) => [key, value]));
        for (const { key } of keys) {
          const stored = rows.get(key)?.data;
          // The row that points to the newest was written with it: a digest below it is there, or storage is not.
          if (!stored) throw new Unavailable('storage');
          digests.push(stored.digest);
        }
      }
      return digests;
    },
    async append(digest, state) {
      const absent = new Filter<Row>().and('series', FilterConditions.notExists());
      return transacted(() =>
        kvs
          .transact()
          .set<Row>(keyOf(digest.seq), rowOf({ digest }), { entityName: 'digest', conditions: absent })
          .set<Row>(stateKey, stateRow(state), { entityName: 'work', conditions: expectRev(state.rev - 1) })
          .execute(),
      );
    },
    async save(state) {
      return transacted(() =>
        kvs
          .transact()
          .set<Row>(stateKey, stateRow(state), { entityName: 'work', conditions: expectRev(state.rev - 1) })
          .execute(),
      );
    },
    async anchored(stored, state) {
      return transacted(() =>
        kvs
          .transact()
          .set<Row>(keyOf(stored.digest.seq), rowOf(stored), { entityName: 'digest' })
          .set<Row>(stateKey, stateRow(state), { entityName: 'work', conditions: expectRev(state.rev - 1) })
          .execute(),
      );
    },
  };
}

function rowOf(stored: StoredDigest): Row {
  return { v: 1, series: stored.digest.series, at: stored.digest.at, data: stored };
}

function stateRow(state: DigestState): Row {
  return { v: 1, rev: state.rev, kind: 'digest', at: state.newest.at, data: state };
}
