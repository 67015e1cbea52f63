import { listOf, textOf, type Attributes } from './attributes';

/** Attributes that carry access, and the schemas that define them. */
const carriers = {
  groupMembers: { schema: 'urn:ietf:params:scim:schemas:core:2.0:Group', attribute: 'members' },
  userGroups: { schema: 'urn:ietf:params:scim:schemas:core:2.0:User', attribute: 'groups' },
} as const;

/**
 * Whether the server's own schema says that it shows this attribute whenever there is something in it (`returned` is
 * `default` or `always`). Only then does RFC 7643 2.5 let a reader take its absence for emptiness.
 */
export function declaresShown(schemas: readonly Attributes[], carrier: keyof typeof carriers): boolean {
  const { schema, attribute } = carriers[carrier];
  const declared = schemas.filter((row) => textOf(row, 'id') === schema);
  const [only] = declared;
  const attributes = only && declared.length === 1 ? listOf(only, 'attributes') : undefined;
  if (!attributes || attributes === 'absent') return false;
  const named = attributes.filter((row) => textOf(row, 'name')?.toLowerCase() === attribute);
  const returned = named.length === 1 ? textOf(named[0], 'returned')?.toLowerCase() : undefined;
  return returned === 'default' || returned === 'always';
}
