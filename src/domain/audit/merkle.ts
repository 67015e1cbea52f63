import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962, section 2.1, over texts: leaves and nodes are hashed with different prefixes, so that no
 * leaf can pass for a node. Hashes are lower-case hexadecimal SHA-256.
 */
export function merkleRoot(leaves: readonly string[]): string {
  return treeHash(leaves).toString('hex');
}

/** The hashes that lead from the leaf at `index` to the root, nearest first (RFC 6962, section 2.1.1). */
export function inclusionProof(leaves: readonly string[], index: number): readonly string[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`There is no leaf ${index} among ${leaves.length}`);
  if (leaves.length === 1) return [];
  const left = splitPoint(leaves.length);
  return index < left
    ? [...inclusionProof(leaves.slice(0, left), index), merkleRoot(leaves.slice(left))]
    : [...inclusionProof(leaves.slice(left), index - left), merkleRoot(leaves.slice(0, left))];
}

/** Whether `leaf` stands at `index` of the tree of `size` leaves with this root (RFC 9162, section 2.1.3.2). */
export function isIncluded(leaf: string, index: number, size: number, proof: readonly string[], root: string): boolean {
  if (!Number.isInteger(index) || !Number.isInteger(size) || index < 0 || index >= size) return false;
  if (!proof.every((hash) => /^[0-9a-f]{64}$/.test(hash))) return false;
  const found = climb(leafHash(leaf), index, size, proof);
  return found?.toString('hex') === root;
}

function climb(hash: Buffer, index: number, size: number, proof: readonly string[]): Buffer | undefined {
  if (size === 1) return proof.length === 0 ? hash : undefined;
  const sibling = proof.at(-1);
  if (sibling === undefined) return undefined;
  const left = splitPoint(size);
  const rest = proof.slice(0, -1);
  if (index < left) {
    const child = climb(hash, index, left, rest);
    return child && nodeHash(child, Buffer.from(sibling, 'hex'));
  }
  const child = climb(hash, index - left, size - left, rest);
  return child && nodeHash(Buffer.from(sibling, 'hex'), child);
}

function treeHash(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leafHash(leaves[0] as string);
  const left = splitPoint(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)));
}

function leafHash(leaf: string): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(leaf, 'utf8').digest();
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}

/** The largest power of two below `size`. */
function splitPoint(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}
