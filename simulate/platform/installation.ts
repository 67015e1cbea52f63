import { resolve } from 'node:path';
import { memoryStore, type MemoryStore } from '../../sandbox/memory-store';
import { createKvsApi, type KvsAnswer, type KvsApi } from '../../sandbox/platform/kvs/kvs-api';
import { loadManifest } from '../../sandbox/platform/manifest';
import { Desk, type DeskEvent } from '../desk/desk';
import { Directory } from '../target/directory';
import { Witness, type WrittenByApp } from '../truth/witness';
import { Rows, writesOf, type Row, type Written } from './rows';

/** Configured storage to start from. */
export interface Prepared {
  readonly store: MemoryStore;
  readonly rows: Rows;
}

/** One customer's site: its storage, desk, directory, and what was seen of it from outside. */
export class Installation {
  readonly store: MemoryStore;
  readonly rows: Rows;
  readonly desk: Desk;
  readonly directory = new Directory();
  readonly witness = new Witness();
  /** Everything the app told anybody: gate texts, comments, log lines. */
  readonly outputs: string[] = [];
  readonly secret: string;
  /** A word that stands in this installation's data and nowhere else. */
  readonly marker: string;
  /** Transactions that the app had written, for whoever watches. */
  onWrite: ((path: string, written: readonly Written[], body: string) => void) | undefined;
  /** Changes of the target that the app made, for whoever watches. */
  onApply: ((written: WrittenByApp) => void) | undefined;
  private auditedAt = 0;
  private readonly kvs: KvsApi;

  constructor(
    readonly index: 0 | 1,
    parts: {
      readonly now: () => number;
      readonly staleMs: number;
      readonly publish: (event: DeskEvent) => void;
      readonly prepared?: Prepared;
    },
  ) {
    this.store = parts.prepared?.store.copy() ?? memoryStore({ shared: true });
    this.rows = parts.prepared?.rows.copy() ?? new Rows();
    this.desk = new Desk(parts.now, parts.publish);
    this.secret = `canary-secret-${index}-7Qm2`;
    this.marker = `canary-site-${index}`;
    const manifest = loadManifest(resolve(process.cwd(), 'manifest.yml'));
    this.kvs = createKvsApi(this.store, { now: parts.now }, manifest, () => parts.staleMs);
  }

  /** Answers a call to the storage, and notes what it wrote. */
  storage(path: string, text: string): KvsAnswer {
    const body: unknown = JSON.parse(text);
    const answer = this.kvs.answer(path, body);
    if (!answer) throw new Error(`storage has no ${path}`);
    if (answer.status < 300) {
      const written = writesOf(path, body);
      if (written.length > 0) {
        this.onWrite?.(path, written, text);
        for (const row of written) {
          this.rows.apply(row);
          if (row.entity === 'audit') this.auditedAt = Date.parse(String(row.value?.['at'] ?? 0));
        }
      }
    }
    return answer;
  }

  /** Whether the audit has grown since an instant of the app's clock. */
  auditedSince(ms: number): boolean {
    return this.auditedAt >= ms;
  }

  /** Changes a row behind the app's back, as another version of the app would have written it. */
  rewrite(entity: string, key: string, change: (row: Row) => Row): void {
    const row = this.rows.get(entity, key);
    if (!row) return;
    const value = change(row);
    this.kvs.answer('/api/v1/entity/set', { entityName: entity, key, value });
    this.rows.apply({ entity, key, value });
  }
}
