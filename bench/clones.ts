/** Many open requests without the front door: copies of what app and site wrote about one real request. */
import type { Store, Table } from '../sandbox/contracts';
import { childPrefix, childRow, openTables, row } from '../sandbox/jira/site-state';
import { createRows } from '../sandbox/platform/kvs/rows';
import type { World } from '../sandbox/world';
import { chainStart, sealEntry, type AuditEntry } from '../src/domain/audit/entry';

/** The entities in which a request that waits for its approval has a row. */
const entities = ['audit', 'due', 'gate', 'reading', 'request'];
/** Clones never fall due while anybody measures. */
const farAway = Date.parse('2036-01-01T00:00:00.000Z');

export interface Source {
  readonly id: string;
  readonly key: string;
}

/** The clone with a number: ids and keys that the site gives to nobody. */
function cloneOf(number: number): Source {
  return { id: String(1_000_000 + number), key: `ACC-${1_000_000 + number}` };
}

/** Stores clones under the numbers from the first to the one before the last. */
export type CloneRequests = (from: number, to: number) => void;

/**
 * Takes a request as the app has just stored it: request, gate row, due row, readings and the first entry of its audit
 * chain. Clones differ from it in id and key, so the entry is sealed anew, and in their due instants: those lie in the
 * far future.
 */
export function takeRequest(store: Store, world: World, source: Source): CloneRequests {
  const stored = storedRows(store, source);
  const [entry, second] = stored.filter(({ entity }) => entity === 'audit');
  if (!entry || second) throw new Error('the request to clone must have been changed once only');
  return (from, to) => writeClones(store, world, source, stored, entry.value as { data: AuditEntry }, from, to);
}

function writeClones(
  store: Store,
  world: World,
  source: Source,
  stored: readonly Stored[],
  entry: { readonly data: AuditEntry },
  from: number,
  to: number,
): void {
  const rows = createRows(store, { now: () => Date.parse(world.now()) }, () => 0);
  const { hash } = entry.data;
  const facts = templateOf(JSON.stringify(entry.data.facts), source, hash);
  const templates = stored.map(({ entity, key, value }) => {
    const schema = world.manifest.entities.get(entity);
    if (!schema) throw new Error(`no entity ${entity}`);
    return { entity, schema, text: templateOf(JSON.stringify({ key, value }), source, hash) };
  });
  store.transaction(() => {
    for (let number = from; number < to; number++) {
      const clone = cloneOf(number);
      const head = sealed(entry.data, source, clone, facts(clone, hash));
      for (const { entity, schema, text } of templates) {
        const { key, value } = JSON.parse(text(clone, head.hash)) as { key: string; value: Record<string, unknown> };
        if (entity === 'audit') value['data'] = head;
        if (entity === 'due') value['at'] = new Date(farAway + number * 60_000).toISOString();
        rows.write({ space: 'entity', key, schema }, value, undefined);
      }
    }
  });
}

/** The site's own rows of an issue, copied: the issue, its key, property, history and approval, as old as `at` says. */
export function cloneIssues(store: Store, source: Source, count: number, at: number): void {
  const tables = openTables(store);
  const issue = tables.issues.get(row(source.id));
  if (!issue) throw new Error(`no issue ${source.id}`);
  let child = 10_000_000;
  const copyChildren = <T extends object>(table: Table<T>, id: string) => {
    for (const [, value] of table.entries({ prefix: childPrefix(source.id) }))
      table.put(childRow(id, String(child)), { ...value, id: String(child++), issueId: id });
  };
  store.transaction(() => {
    for (let number = 0; number < count; number++) {
      const { id, key } = cloneOf(number);
      const times = { created: at, updated: at, statusSince: at, statusCategorySince: at };
      tables.issues.put(row(id), { ...issue, id, key, ...times });
      tables.issueIdByKey.put(key, id);
      for (const [place, property] of tables.properties.entries({ prefix: childPrefix(source.id) }))
        tables.properties.put(place.replace(row(source.id), row(id)), property);
      copyChildren(tables.history, id);
      copyChildren(tables.approvals, id);
    }
  });
}

interface Stored {
  readonly entity: string;
  readonly key: string;
  readonly value: unknown;
}

function storedRows(store: Store, source: Source): Stored[] {
  const table = store.table<{ versions: Array<{ value: unknown }> }>('kvs.entity');
  const ofSource = new RegExp(`:${source.id}(:|$)`);
  return entities.flatMap((entity) =>
    table
      .entries({ prefix: `${entity}|` })
      .filter(([id]) => ofSource.test(id))
      .map(([id, { versions }]) => ({ entity, key: id.slice(entity.length + 1), value: versions.at(-1)?.value })),
  );
}

/** The text of a row with its id, key and audit head replaced wherever they stand. */
function templateOf(text: string, source: Source, head: string): (clone: Source, head: string) => string {
  const parts = text.split(new RegExp(`((?<![0-9])${source.id}(?![0-9])|${source.key}(?![0-9])|${head})`));
  return (clone, newHead) =>
    parts
      .map((part) => (part === source.id ? clone.id : part === source.key ? clone.key : part === head ? newHead : part))
      .join('');
}

function sealed(entry: AuditEntry, source: Source, clone: Source, facts: string): AuditEntry {
  const { v: _v, hash: _hash, ...open } = entry;
  const chain = open.chain.replace(source.id, clone.id);
  return sealEntry({ ...open, chain, facts: JSON.parse(facts) as AuditEntry['facts'], prev: chainStart(chain) });
}
