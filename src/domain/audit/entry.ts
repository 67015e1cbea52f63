import { canonicalHash, type Json } from '../canonical';
import type { Instant } from '../instant';

/** One entry of an audit chain: everything that one change of one record did. */
export interface AuditEntry {
  readonly v: 1;
  readonly chain: string;
  /** 1 for the first entry of a chain; no gaps. Equals the record's revision. */
  readonly seq: number;
  readonly at: Instant;
  /** What was asked of the record: `submit`, `decide`, `record-reading` … */
  readonly kind: string;
  /** Salted reference of the person, or `app`, or `jira`. */
  readonly actor: string;
  readonly facts: readonly AuditFact[];
  /** Hash of the previous entry of the chain; `chainStart` of the chain for the first. */
  readonly prev: string;
  readonly hash: string;
}

/** One thing that is true since this entry. Values carry ids, hashes and salted references, never names or secrets. */
export interface AuditFact {
  readonly fact: string;
  readonly [key: string]: Json;
}

/** The hash that stands before the first entry of a chain. */
export function chainStart(chain: string): string {
  return canonicalHash({ chain, start: 'proofgate-audit-1' });
}

/** Closes an entry with its hash over everything else in it. */
export function sealEntry(entry: Omit<AuditEntry, 'hash' | 'v'>): AuditEntry {
  const open = { ...entry, v: 1 as const };
  return { ...open, hash: entryHash(open) };
}

/** The hash an entry must carry. */
export function entryHash(entry: Omit<AuditEntry, 'hash'>): string {
  return canonicalHash({
    v: entry.v,
    chain: entry.chain,
    seq: entry.seq,
    at: entry.at,
    kind: entry.kind,
    actor: entry.actor,
    facts: entry.facts,
    prev: entry.prev,
  });
}
