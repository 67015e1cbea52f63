import { kvs } from '@forge/kvs';
import { chainStart, sealEntry } from '../../domain/audit/entry';
import type { ConfigDocuments, ConfigKind, Configuration } from '../../usecases/ports';
import { auditRow } from './audit-repository';
import { expectRev, getRow, queryRows, transacted, type Row } from './entities';
import { auditKey, configKey } from './keys';

type StoredConfig<K extends ConfigKind> = Row & {
  readonly rev: number;
  readonly data: { readonly id: string; readonly value: ConfigDocuments[K]; readonly head: string };
};

/** Configuration documents, each with its own revision and audit chain `config:{kind}:{id}`. */
export function createConfigurationRepository(): Configuration {
  return {
    async get<K extends ConfigKind>(kind: K, id: string) {
      const row = await getRow<StoredConfig<K>>('config', configKey(kind, id));
      return row && { rev: row.rev, value: row.data.value };
    },
    async list<K extends ConfigKind>(kind: K) {
      const found: Array<{ rev: number; value: ConfigDocuments[K] }> = [];
      let cursor: string | undefined;
      do {
        const page = await queryRows<StoredConfig<K>>('config', 'by-kind', [kind], {
          limit: 100,
          ...(cursor ? { cursor } : {}),
        });
        found.push(...page.rows.map(({ value }) => ({ rev: value.rev, value: value.data.value })));
        cursor = page.cursor;
      } while (cursor);
      return found;
    },
    async save(kind, id, value, expectedRev, change) {
      const key = configKey(kind, id);
      const stored = await getRow<StoredConfig<typeof kind>>('config', key);
      if ((stored?.rev ?? 0) !== expectedRev) return false;
      const chain = `config:${kind}:${id}`;
      const rev = expectedRev + 1;
      const entry = sealEntry({
        chain,
        seq: rev,
        at: change.at,
        kind: `save-${kind}`,
        actor: change.actor,
        facts: change.facts,
        prev: stored?.data.head ?? chainStart(chain),
      });
      const row = { v: 1 as const, rev, kind, name: nameOf(id, value), data: { id, value, head: entry.hash } };
      return transacted(() =>
        kvs
          .transact()
          .set<Row>(key, row, { entityName: 'config', conditions: expectRev(expectedRev) })
          .set<Row>(auditKey(chain, rev), auditRow(entry), { entityName: 'audit' })
          .execute(),
      );
    },
  };
}

function nameOf(id: string, value: ConfigDocuments[ConfigKind]): string {
  return 'name' in value ? value.name : 'projectKey' in value ? value.projectKey : id;
}
