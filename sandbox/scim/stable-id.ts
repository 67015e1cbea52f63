import { createHash } from 'node:crypto';

/**
 * The directory's id for a resource: a UUID made from its name, so that every fresh sandbox has the same ids.
 * `generation` 0 is the seeded resource; later ones differ, because a name that is used again is another account.
 */
export function stableId(kind: 'User' | 'Group', name: string, generation = 0): string {
  const hex = createHash('sha256').update(`scim.acme.test/${kind}/${name}/${generation}`).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
