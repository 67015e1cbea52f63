import { canonicalHash, canonicalJson } from '../canonical';
import { epochMs, later, type Instant } from '../instant';
import { inclusionProof, isIncluded, merkleRoot } from './merkle';

/** Where an audit chain stood: the number and the hash of its newest entry. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** Heads by chain. */
export type Heads = Readonly<Record<string, ChainHead>>;

/** What a digest says without naming the heads; its hash covers exactly this, and `root` covers the heads. */
export interface DigestHeader {
  readonly v: 1;
  readonly series: string;
  /** 1 for the first digest of a series; no gaps. */
  readonly seq: number;
  readonly at: Instant;
  /** Covered are changes since this instant, the `to` of the digest before… */
  readonly from: Instant;
  /** …up to this one. It lies before `at` while a long backlog is being caught up with. */
  readonly to: Instant;
  /** Hash of the digest before; `digestStart` of the series for the first. */
  readonly previous: string;
  /** How many heads the digest holds. */
  readonly size: number;
  /** Merkle root over the heads in the order of their chains. */
  readonly root: string;
}

/**
 * The fold of all audit chains that changed since the digest before. Whoever keeps its hash outside of the app's storage
 * can prove later that no entry up to these heads was changed, taken away or slipped in.
 */
export interface Digest extends DigestHeader {
  readonly heads: Heads;
  readonly hash: string;
}

/** The one series that covers the audit chains. */
export const auditSeries = 'audit';

/** The hash that stands before the first digest of a series. */
export function digestStart(series: string): string {
  return canonicalHash({ series, start: 'proofgate-digest-1' });
}

/** Closes a digest: counts its heads, folds them, and hashes the result. */
export function sealDigest(open: Omit<DigestHeader, 'v' | 'size' | 'root'> & { readonly heads: Heads }): Digest {
  const { heads, ...rest } = open;
  const header: DigestHeader = { v: 1, ...rest, size: Object.keys(heads).length, root: headsRoot(heads) };
  return { ...header, heads, hash: digestHash(header) };
}

/** The hash a digest must carry. */
export function digestHash(digest: DigestHeader): string {
  const { v, series, seq, at, from, to, previous, size, root } = digest;
  return canonicalHash({ v, series, seq, at, from, to, previous, size, root });
}

/** The root a digest with these heads must carry. */
export function headsRoot(heads: Heads): string {
  return merkleRoot(chainsOf(heads).map((chain) => headLeaf(chain, heads[chain] as ChainHead)));
}

/** That one chain stood at one head when a digest was made, for somebody who may not see the other chains. */
export interface HeadProof {
  readonly chain: string;
  readonly head: ChainHead;
  readonly index: number;
  readonly path: readonly string[];
}

/** The proof for one chain of a digest; undefined when the digest does not hold the chain. */
export function proveHead(digest: Digest, chain: string): HeadProof | undefined {
  const chains = chainsOf(digest.heads);
  const index = chains.indexOf(chain);
  const head = digest.heads[chain];
  if (index < 0 || head === undefined) return undefined;
  const leaves = chains.map((name) => headLeaf(name, digest.heads[name] as ChainHead));
  return { chain, head, index, path: inclusionProof(leaves, index) };
}

/** Whether a proof leads to a digest, of which only the header and the (anchored) hash are known. */
export function isProven(header: DigestHeader, hash: string, proof: HeadProof): boolean {
  const leaf = headLeaf(proof.chain, proof.head);
  return digestHash(header) === hash && isIncluded(leaf, proof.index, header.size, proof.path, header.root);
}

/** The full hour after an instant: at most one digest is begun in every hour of the clock. */
export function nextDigestAt(newest: Instant): Instant {
  const hourMs = 3_600_000;
  return later(newest, hourMs - (epochMs(newest) % hourMs));
}

/** Heads in groups whose text stays under `bytes`, in the order of their chains; one empty group for no heads. */
export function splitHeads(heads: Heads, bytes: number): readonly Heads[] {
  const groups: Array<Array<[string, ChainHead]>> = [[]];
  let used = 0;
  for (const chain of chainsOf(heads)) {
    const head = heads[chain] as ChainHead;
    const size = Buffer.byteLength(canonicalJson({ [chain]: { hash: head.hash, seq: head.seq } }), 'utf8');
    if (used + size > bytes && used > 0) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push([chain, head]);
    used += size;
  }
  return groups.map((group) => Object.fromEntries(group));
}

function chainsOf(heads: Heads): string[] {
  return Object.keys(heads).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function headLeaf(chain: string, head: ChainHead): string {
  return canonicalJson({ chain, seq: head.seq, hash: head.hash });
}
