import type { Json } from '../../../domain/canonical';

/** Attributes of a resource by lower-case name, as RFC 7643 compares them; unassigned (null) ones are left out. */
export type Attributes = ReadonlyMap<string, Json>;

/** Undefined when the value is no object or names an attribute twice in different case, so that nobody can say which holds. */
export function attributesOf(value: Json | undefined): Attributes | undefined {
  if (value === undefined || value === null || typeof value !== 'object' || isList(value)) return undefined;
  const attributes = new Map<string, Json>();
  const seen = new Set<string>();
  for (const [key, member] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (seen.has(name)) return undefined;
    seen.add(name);
    if (member !== undefined && member !== null) attributes.set(name, member);
  }
  return attributes;
}

/** The text of an attribute; undefined when it is absent, empty or no text. */
export function textOf(attributes: Attributes | undefined, name: string): string | undefined {
  const value = attributes?.get(name.toLowerCase());
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A multi-valued attribute: `absent`, or its complex values; undefined when it is anything else. */
export function listOf(attributes: Attributes, name: string): readonly Attributes[] | 'absent' | undefined {
  const value = attributes.get(name.toLowerCase());
  if (value === undefined) return 'absent';
  if (typeof value !== 'object' || value === null || !isList(value)) return undefined;
  const values: Attributes[] = [];
  for (const member of value) {
    const attributesOfMember = attributesOf(member);
    if (!attributesOfMember) return undefined;
    values.push(attributesOfMember);
  }
  return values;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
